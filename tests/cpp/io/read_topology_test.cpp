#include "netproof/io/read_topology.hpp"

#include "folder.hpp"
#include "reading.hpp"

namespace netproof {
namespace {

namespace fs = std::filesystem;

TEST_F(Folder, TakesTheFilesThatItNames) {
  write("topology.yaml", "files: [plan.csv, more.json]\nrules: [r.yaml]\n");
  write("plan.csv", "vpc,cidr\na,10.0.0.0/16\n");
  write("more.json", R"({"sites": [{"name": "hq", "prefixes": []}]})");
  write("r.yaml", "rules: []\n");
  write("other.yaml", "nonsense: [\n");
  const auto result = read();
  ASSERT_TRUE(result) << lines_of(result.error());
  const TopologyParts& parts = result.value().parts();
  EXPECT_EQ(names_of(parts.vpcs), Names{"a"});
  EXPECT_EQ(names_of(parts.sites), Names{"hq"});
  EXPECT_EQ(parts.rule_files, Names{(path_ / "r.yaml").generic_string()});
  EXPECT_EQ(span_of(parts.vpcs[0].cidrs.items[0].where), "plan.csv:2:3-14");
}

TEST_F(Folder, PlacesAreRelativeToTheWorkTree) {
  fs::create_directories(path_ / ".git");
  write("nets/one/topology.yaml", "vpcs: [{name: a, cidr: 10.0.0.0/8}]\n");
  const auto result = read("nets/one");
  ASSERT_TRUE(result);
  EXPECT_EQ(result.value()->vpcs[0].where.file, "nets/one/topology.yaml");
  EXPECT_EQ(source_root((path_ / "nets/one").string()), path_.generic_string());
}

TEST_F(Folder, ErrorsOfAllFilesComeInOneRun) {
  write("topology.yaml", "files: [a.yaml, b.csv, none.yaml]\nvpsc: []\n");
  write("a.yaml", "vpcs: [{name: a, cidr: 10.0.0.0/33}]\nfiles: [c.yaml]\n");
  write("b.csv", "vpc,cidr\nx\n");
  EXPECT_EQ(errors().size(), 5U) << lines_of(errors());
}

TEST_F(Folder, NamesOfFilesAreRelativeAndStandOnce) {
  write("topology.yaml", "files: [/etc/hosts, topology.yaml]\n");
  const auto found = errors();
  ASSERT_EQ(found.size(), 2U) << lines_of(found);
  EXPECT_EQ(found[0].code, "file-relative");
  EXPECT_EQ(found[1].code, "file-once");
}

TEST_F(Folder, LinksThatLeadInACircleAreAnError) {
  fs::create_symlink("b.yaml", path_ / "a.yaml");
  fs::create_symlink("a.yaml", path_ / "b.yaml");
  write("topology.yaml", "files: [a.yaml]\n");
  const auto found = errors();
  ASSERT_EQ(found.size(), 1U) << lines_of(found);
  EXPECT_EQ(found[0].code, "file-exists");
  EXPECT_NE(found[0].help.find("circle"), std::string::npos);
}

TEST_F(Folder, WithoutTopologyIsAnError) {
  ASSERT_EQ(errors().size(), 1U);
  EXPECT_EQ(errors()[0].code, "folder-has-topology");
  EXPECT_EQ(errors("none.yaml").at(0).code, "file-exists");
}

TEST_F(Folder, TooLargeAFileIsAnError) {
  write("topology.yaml", "name: a\n");
  fs::resize_file(path_ / "topology.yaml", (std::uintmax_t{64} << 20U) + 1);
  ASSERT_EQ(errors().size(), 1U);
  EXPECT_EQ(errors()[0].code, "file-size");
}

TEST_F(Folder, OtherFormatsAreWhatTheyAreCalled) {
  write("topology.yaml", "name: a\n");
  const auto cluster = read("", {false, "kubernetes"});
  ASSERT_FALSE(cluster);
  EXPECT_EQ(cluster.error()[0].code, "kubernetes-object");
  const auto plan = read("", {false, "terraform"});
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error()[0].code, "terraform-files");
  const auto zone = read("", {false, "lza"});
  ASSERT_FALSE(zone);
  EXPECT_EQ(zone.error()[0].code, "file-exists");
  const auto aws = read("", {false, "aws"});
  ASSERT_FALSE(aws);
  EXPECT_EQ(aws.error()[0].code, "aws-files");
  const auto assumed = read("", {false, "", "aws-default"});
  ASSERT_FALSE(assumed);
  EXPECT_EQ(assumed.error()[0].code, "assume-missing");
  const auto none = read("", {false, "netprof"});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error()[0].code, "input-format");
  EXPECT_EQ(none.error()[0].help, "did you mean 'netproof'?");
  EXPECT_TRUE(read("", {false, "netproof"}));
}

TEST_F(Folder, KeepingGoingDoesNotPassOverAWholeFile) {
  write("topology.yaml", "files: [a.yaml]\n");
  write("a.yaml", "vpcs: [\n");
  EXPECT_FALSE(read("", {true, ""}));
}

TEST(Topology, AnEmptyFileIsAnEmptyNetwork) {
  EXPECT_TRUE(parts_of("").vpcs.empty());
  EXPECT_TRUE(parts_of("# only a comment\n").vpcs.empty());
}

TEST(Topology, HeadingAssumptionsAndExpectations) {
  const auto parts = parts_of(
      "version: 1\nname: n\ndescription: d\nrules: a.yaml\nx-note: {a: b}\n"
      "assume: [{id: i, subject: s, value: 7, why: w, confirmed_by: c}]\n"
      "expect: {accounts: 120}\n");
  EXPECT_EQ(parts.name, "n");
  EXPECT_EQ(parts.description, "d");
  EXPECT_EQ(parts.rule_files, Names{"a.yaml"});
  ASSERT_EQ(parts.assumptions.size(), 1U);
  EXPECT_EQ(parts.assumptions[0].value, "7");
  ASSERT_EQ(parts.expectations.size(), 1U);
  EXPECT_EQ(parts.expectations[0].what, "accounts");
  EXPECT_EQ(parts.expectations[0].count, 120);
}

}  // namespace
}  // namespace netproof
