#include "io/sections.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "reading.hpp"
#include "support/source_dir.hpp"

namespace netproof::io {
namespace {

TEST(Sections, EveryTableIsOnThePageAndInTheSchema) {
  for (const char* file :
       {"topologies/README.md", "topologies/topology.schema.json"}) {
    std::ifstream stream{testing::source_dir() + "/" + file};
    std::ostringstream text;
    text << stream.rdbuf();
    for (const std::string& name : table_names()) {
      EXPECT_NE(text.str().find(name), std::string::npos)
          << file << ": " << name;
    }
  }
}

TEST(Sections, OtherFormatsAreKnownByTheirKeys) {
  const auto kind = [](const std::string& text) {
    const auto read = read_topology_text(text, "a.yaml");
    return read ? "" : read.error().at(0).fragment;
  };
  EXPECT_EQ(kind("Resources: {}"), "a CloudFormation template");
  EXPECT_EQ(kind("planned_values: {}"), "a Terraform plan or state");
  EXPECT_EQ(kind("apiVersion: v1"), "a Kubernetes manifest");
  EXPECT_EQ(kind("homeRegion: x"),
            "a network-config of AWS Landing Zone Accelerator");
  EXPECT_EQ(kind("TransitGateways: []"), "an AWS snapshot");
}

TEST(Sections, OnlyTheFirstFileHasAHeading) {
  Draft draft;
  Node root;
  root.kind = NodeKind::kMap;
  read_sections(draft, root, false);
  EXPECT_EQ(draft.problems.failures(), 0);
  EXPECT_FALSE(draft.fatal);
}

}  // namespace
}  // namespace netproof::io
