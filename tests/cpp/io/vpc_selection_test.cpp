#include "io/vpc_selection.hpp"

#include "reading.hpp"

namespace netproof::io {
namespace {

Node scalar(std::string text) {
  Node node;
  node.kind = NodeKind::kScalar;
  node.text = std::move(text);
  return node;
}

Node map_of(std::vector<std::pair<std::string, Node>> entries) {
  Node node;
  node.kind = NodeKind::kMap;
  for (auto& [key, value] : entries) {
    node.keys.push_back(scalar(key));
    node.items.push_back(std::move(value));
  }
  return node;
}

TEST(VpcSelection, KeepsWhatWasWritten) {
  Problems problems;
  const Node node =
      map_of({{"vpcs", map_of({{"select", map_of({{"a", scalar("b")}})},
                               {"minus", map_of({{"c", scalar("d")}})}})},
              {"same", scalar("e")}});
  const VpcPrefixes read = read_vpc_prefixes(problems, node, true);
  EXPECT_EQ(problems.failures(), 0);
  EXPECT_EQ(read.vpcs.select, (LabelChoice{{"a", {"b"}}}));
  EXPECT_EQ(read.vpcs.minus, (LabelChoice{{"c", {"d"}}}));
  EXPECT_EQ(read.same, Names{"e"});
  read_vpc_prefixes(problems, node, false);
  EXPECT_EQ(problems.diagnostics().at(0).code, "no-vpc-around");
}

TEST(VpcSelection, IsAMappingOfLabels) {
  Problems problems;
  read_vpc_selection(problems, map_of({{"select", scalar("prod")}}));
  ASSERT_EQ(problems.diagnostics().size(), 1U);
  EXPECT_EQ(problems.diagnostics()[0].fragment, "prod");
}

}  // namespace
}  // namespace netproof::io
