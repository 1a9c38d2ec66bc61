#include "io/aws_snapshot.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "reading.hpp"

namespace netproof::io {
namespace {

TEST(AwsScope, StandsInThePath) {
  struct Row {
    const char* path;
    const char* account;
    const char* region;
    const char* folder;
  };
  const Row rows[] = {
      {"111122223333/eu-west-1/Vpcs.json", "111122223333", "eu-west-1", ""},
      {"aws_configs/us-gov-east-1/Vpcs.json", "", "us-gov-east-1", ""},
      {"describe-vpcs_ap-northeast-1.json", "", "ap-northeast-1", ""},
      {"a-111122223333.json", "111122223333", "", ""},
      {"prod/vpcs.json", "", "", "prod"},
      // Neither a Region nor an account.
      {"my-vpc-1/x.json", "", "", "my-vpc-1"},
      {"1111222233334/x.json", "", "", "1111222233334"},
      {"us-1/eu-west/x.json", "", "", "us-1/eu-west"},
      {"menu-west-1/x.json", "", "", "menu-west-1"},
      {"x.json", "", "", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.path);
    const AwsScope scope = scope_of(row.path);
    EXPECT_EQ(scope.account, row.account);
    EXPECT_EQ(scope.region, row.region);
    EXPECT_EQ(scope.folder, row.folder);
  }
}

TEST(AwsScope, IsSaidInWords) {
  EXPECT_EQ(to_string(AwsScope{"1", "r", ""}), "account 1 in r");
  EXPECT_EQ(to_string(AwsScope{"1", "", ""}), "account 1");
  EXPECT_EQ(to_string(AwsScope{"", "r", ""}), "Region r");
  EXPECT_EQ(to_string(AwsScope{"", "", "f"}), "folder f");
  EXPECT_EQ(to_string(AwsScope{}), "this snapshot");
}

TEST(AwsScope, TheNearestIdIsMeant) {
  EXPECT_EQ(id_in_path("tgw-rtb-1/routes.json", "tgw-rtb-"), "tgw-rtb-1");
  EXPECT_EQ(id_in_path("tgw-rtb-1/tgw-rtb-2.json", "tgw-rtb-"), "tgw-rtb-2");
  EXPECT_EQ(id_in_path("routes-pl-0ab.json", "pl-"), "pl-0ab");
  EXPECT_EQ(id_in_path("pl-", "pl-"), "");
  EXPECT_EQ(id_in_path("xpl-1/a.json", "pl-"), "");
}

class Snapshot : public testing::Test {
 protected:
  bool read(const std::string& path, const std::string& text) {
    return read_aws_file(snapshot_, SourceText{path, text}, path, problems_,
                         gaps_);
  }
  std::string errors() { return lines_of(problems_.take()); }
  std::string gaps() { return lines_of(gaps_.take()); }

  AwsSnapshot snapshot_;
  Problems problems_;
  Problems gaps_;
};

// covers S123
TEST_F(Snapshot, AnAnswerIsWholeWithItsLastPage) {
  ASSERT_TRUE(read("a/1.json", R"({"Vpcs": [], "NextToken": "x"})"));
  EXPECT_FALSE(snapshot_.has(AwsFamily::kVpcs, 0));
  ASSERT_TRUE(read("a/2.json", R"({"Vpcs": [], "NextToken": null})"));
  EXPECT_TRUE(snapshot_.has(AwsFamily::kVpcs, 0));
  EXPECT_FALSE(snapshot_.has(AwsFamily::kSubnets, 0));
  ASSERT_TRUE(read("b/2.json", R"({"Subnets": []})"));
  EXPECT_FALSE(snapshot_.has(AwsFamily::kSubnets, 0));
  EXPECT_TRUE(snapshot_.has(AwsFamily::kSubnets, 1));
}

TEST_F(Snapshot, AnswersAboutATableKnowWhichOne) {
  ASSERT_TRUE(read("tgw-rtb-1.json", R"({"Routes": [{}]})"));
  ASSERT_TRUE(read("x.json", R"({"Routes": [{}, {}],
                                 "TransitGatewayRouteTableId": "tgw-rtb-2"})"));
  const auto& routes = snapshot_.table(AwsFamily::kTransitRoutes);
  ASSERT_EQ(routes.size(), 3U);
  EXPECT_EQ(routes[0].about, "tgw-rtb-1");
  EXPECT_EQ(routes[1].about, "tgw-rtb-2");
  EXPECT_EQ(routes[2].about, "tgw-rtb-2");
  EXPECT_TRUE(snapshot_.has_about(AwsFamily::kTransitRoutes, "tgw-rtb-2"));
  ASSERT_TRUE(read("y.json", R"({"Routes": []})"));
  EXPECT_NE(errors().find("y.json:1:1: aws-about"), std::string::npos);
}

TEST_F(Snapshot, ElementsHaveTheirIds) {
  ASSERT_TRUE(read("a.json", R"({"Vpcs": [{"CidrBlock": "x"}, 3]})"));
  const std::string said = errors();
  EXPECT_NE(said.find("a.json:1:11: value-missing"), std::string::npos) << said;
  EXPECT_NE(said.find("a.json:1:31: value-type"), std::string::npos) << said;
}

TEST_F(Snapshot, WhatNobodyKnowsIsSaidOnce) {
  ASSERT_TRUE(read("a.json", R"({"New": [{}, {}], "Listeners": [{}]})"));
  const std::string said = gaps();
  EXPECT_EQ(std::ranges::count(said, '\n'), 1) << said;
  EXPECT_NE(said.find("'New'"), std::string::npos) << said;
}

TEST_F(Snapshot, ARefusedCallIsAGap) {
  ASSERT_TRUE(read("a.json", "An error occurred (AccessDenied) when\n"));
  ASSERT_TRUE(read("b.json", "  \n"));
  ASSERT_TRUE(read("c.json", R"({"Error": {"Code": "AccessDenied"}})"));
  const std::string said = gaps();
  EXPECT_EQ(std::ranges::count(said, '\n'), 3) << said;
  EXPECT_EQ(errors(), "");
}

// covers S122
TEST_F(Snapshot, TheOwnersCopyCounts) {
  ASSERT_TRUE(read("111111111111/a.json",
                   R"({"Vpcs": [{"VpcId": "v", "OwnerId": "222222222222"}]})"));
  ASSERT_TRUE(
      read("222222222222/a.json",
           R"({"Vpcs": [{"VpcId": "v", "OwnerId": "222222222222", "x": 1}]})"));
  ASSERT_TRUE(read("333333333333/a.json",
                   R"({"Vpcs": [{"VpcId": "v", "OwnerId": "222222222222"}]})"));
  merge_copies(snapshot_, problems_);
  const auto& vpcs = snapshot_.table(AwsFamily::kVpcs);
  ASSERT_EQ(vpcs.size(), 1U);
  EXPECT_EQ(vpcs[0].text("x"), "1");
  EXPECT_EQ(errors(), "");
}

TEST_F(Snapshot, CopiesOfOneAccountSayTheSame) {
  ASSERT_TRUE(read("a/1.json", R"({"Vpcs": [{"VpcId": "v", "x": 1}]})"));
  ASSERT_TRUE(read("a/2.json", R"({"Vpcs": [{"VpcId": "v", "x": 1}]})"));
  ASSERT_TRUE(read("a/3.json", R"({"Vpcs": [{"VpcId": "v", "x": 2}]})"));
  merge_copies(snapshot_, problems_);
  const std::string said = errors();
  EXPECT_EQ(std::ranges::count(said, '\n'), 1) << said;
  EXPECT_NE(said.find("a/3.json:1:11: aws-same-resource"), std::string::npos)
      << said;
}

}  // namespace
}  // namespace netproof::io
