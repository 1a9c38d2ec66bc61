// Configurations here are written by hand from S126.
#include "io/terraform_references.hpp"

#include <fmt/format.h>

#include <optional>

#include "reading.hpp"

namespace netproof::io {
namespace {

std::string created(const std::string& address,
                    const std::string& unknown = R"({"id": true})") {
  return fmt::format(R"({{"address": "{}", "change": {{"actions": ["create"],
    "after": {{}}, "after_unknown": {}}}}})",
                     address, unknown);
}

std::string block(const std::string& address, const std::string& attribute,
                  const std::string& references) {
  return fmt::format(
      R"({{"address": "{}", "expressions": {{"{}": {{"references": [{}]}}}}}})",
      address, attribute, references);
}

class References : public testing::Test {
 protected:
  void read(const std::string& changes, const std::string& root) {
    file_.emplace(SourceText{"plan.json",
                             R"({"format_version": "1.2", "planned_values": {},
      "resource_changes": [)" + changes +
                                 R"(], "configuration": {"root_module": {)" +
                                 root + "}}}"},
                  0);
    Problems problems;
    document_ = {};
    ASSERT_TRUE(read_terraform_document(*file_, document_, problems));
    ASSERT_EQ(lines_of(problems.take()), "");
    references_.emplace(document_, *file_);
  }
  // The name that an attribute of a resource has, or "?".
  std::string one(const std::string& address, const std::string& attribute,
                  const TerraformTypes& types = {"aws_vpc"}) const {
    for (const TerraformResource& from : document_.resources) {
      if (from.address != address) continue;
      const AwsValue found = references_->one(from, attribute, types);
      return is_unknown(found) ? "?" : std::string(found.text);
    }
    ADD_FAILURE() << "no " << address;
    return {};
  }

  std::optional<AwsFile> file_;
  TerraformDocument document_;
  std::optional<TerraformReferences> references_;
};

constexpr const char* kHidden = R"({"id": true, "vpc_id": true})";

// A subnet whose VPC is what `references` say.
std::string subnet_of(const std::string& references) {
  return R"("resources": [)" + block("aws_subnet.s", "vpc_id", references) +
         "]";
}

// covers S126
TEST_F(References, LeadToTheResource) {
  read(created("aws_vpc.a") + "," + created("aws_subnet.s", kHidden),
       subnet_of(R"("aws_vpc.a.id", "aws_vpc.a")"));
  EXPECT_EQ(one("aws_subnet.s", "vpc_id"), "aws_vpc.a");
  EXPECT_EQ(one("aws_subnet.s", "vpc_id", {"aws_subnet"}), "?");
}

TEST_F(References, WhatIsNotUniqueIsUnknown) {
  for (const char* references :
       {R"("aws_vpc.a.id", "aws_vpc.a", "aws_vpc.b.id", "aws_vpc.b")",
        R"("local.vpc")", R"("aws_vpc.none.id", "aws_vpc.none")", "",
        R"("each.value")", R"("aws_vpc.a.cidr_block", "aws_vpc.a")",
        R"("var.x")", R"("module.none.id", "module.none")"}) {
    read(created("aws_vpc.a") + "," + created("aws_vpc.b") + "," +
             created("aws_subnet.s", kHidden),
         subnet_of(references));
    EXPECT_EQ(one("aws_subnet.s", "vpc_id"), "?") << references;
  }
}

TEST_F(References, InstancesGoByEqualKeys) {
  const std::string vpcs =
      created(R"(aws_vpc.a[\"x\"])") + "," + created(R"(aws_vpc.a[\"y\"])");
  const std::string subnets = created(R"(aws_subnet.s[\"x\"])", kHidden) + "," +
                              created(R"(aws_subnet.s[\"z\"])", kHidden);
  read(vpcs + "," + subnets, subnet_of(R"("aws_vpc.a", "each.key")"));
  EXPECT_EQ(one(R"(aws_subnet.s["x"])", "vpc_id"), R"(aws_vpc.a["x"])");
  EXPECT_EQ(one(R"(aws_subnet.s["z"])", "vpc_id"), "?");
  read(vpcs + "," + subnets, subnet_of(R"("aws_vpc.a")"));
  EXPECT_EQ(one(R"(aws_subnet.s["x"])", "vpc_id"), "?");
  read(vpcs + "," + subnets,
       subnet_of(R"x("aws_vpc.a[\"y\"].id", "aws_vpc.a[\"y\"]")x"));
  EXPECT_EQ(one(R"(aws_subnet.s["x"])", "vpc_id"), R"(aws_vpc.a["y"])");
}

TEST_F(References, OneInstanceServesAll) {
  read(created("aws_vpc.a") + "," + created("aws_subnet.s[0]", kHidden),
       subnet_of(R"("aws_vpc.a.id", "aws_vpc.a", "count.index")"));
  EXPECT_EQ(one("aws_subnet.s[0]", "vpc_id"), "aws_vpc.a");
}

// covers S126: through variables of the caller, and outputs.
TEST_F(References, PassModules) {
  read(created("module.net.aws_vpc.a") + "," +
           created("module.sub.aws_subnet.s", kHidden),
       R"("module_calls": {
    "net": {"module": {"outputs": {"vpc": {"expression":
      {"references": ["aws_vpc.a.id", "aws_vpc.a"]}}}}},
    "sub": {"expressions": {"vpc": {"references":
      ["module.net.vpc", "module.net"]}},
      "module": {)" +
           subnet_of(R"("var.vpc")") + "}}}");
  EXPECT_EQ(one("module.sub.aws_subnet.s", "vpc_id"), "module.net.aws_vpc.a");
}

TEST_F(References, DataThatIsReadLaterMayBeAnything) {
  read(created("data.aws_vpc.a") + "," + created("aws_subnet.s", kHidden),
       subnet_of(R"("data.aws_vpc.a.id", "data.aws_vpc.a")"));
  EXPECT_EQ(one("aws_subnet.s", "vpc_id"), "?");
}

TEST_F(References, AResourceIsCalledByItsIdOrAddress) {
  read(R"({"address": "aws_vpc.a", "change": {"actions": ["no-op"],
    "before": {}, "after": {"id": "vpc-1"}}}, )" +
           created("aws_vpc.b"),
       "");
  EXPECT_EQ(references_->name_of(document_.resources[0]), "vpc-1");
  EXPECT_EQ(references_->name_of(document_.resources[1]), "aws_vpc.b");
  EXPECT_EQ(
      references_->part_of(document_.resources[1], "default_route_table_id"),
      "aws_vpc.b.default_route_table_id");
  EXPECT_EQ(references_->find("vpc-1"), &document_.resources[0]);
}

// A default table is the one that AWS has made with its VPC.
TEST_F(References, DefaultsAreNamedAfterTheirVpc) {
  read(created("aws_vpc.a") + "," +
           created("aws_default_route_table.d",
                   R"({"id": true, "default_route_table_id": true})"),
       R"("resources": [)" +
           block("aws_default_route_table.d", "default_route_table_id",
                 R"("aws_vpc.a.default_route_table_id", "aws_vpc.a")") +
           "]");
  EXPECT_EQ(references_->name_of(document_.resources[1]),
            "aws_vpc.a.default_route_table_id");
}

// Hostile files: references in a circle, and ones that double at every step.
TEST_F(References, CirclesEnd) {
  read(
      created("aws_subnet.s", kHidden) + "," + created("aws_subnet.t", kHidden),
      R"("resources": [)" +
          block("aws_subnet.s", "vpc_id",
                R"("aws_subnet.t.vpc_id", "aws_subnet.t")") +
          "," +
          block("aws_subnet.t", "vpc_id",
                R"("aws_subnet.s.vpc_id", "aws_subnet.s")") +
          "]");
  EXPECT_EQ(one("aws_subnet.s", "vpc_id"), "?");
}

TEST_F(References, DoublingEnds) {
  read(created("module.m.aws_subnet.s", kHidden), R"("module_calls": {"m": {
    "expressions": {"v": {"references": ["module.m.a", "module.m.b"]}},
    "module": {"outputs": {
       "a": {"expression": {"references": ["var.v", "var.v.x"]}},
       "b": {"expression": {"references": ["var.v.y", "var.v.z"]}}},)" +
                                                      subnet_of(R"("var.v")") +
                                                      "}}}");
  EXPECT_EQ(one("module.m.aws_subnet.s", "vpc_id"), "?");
}

}  // namespace
}  // namespace netproof::io
