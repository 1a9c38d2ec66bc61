#include "io/plan.hpp"

#include "reading.hpp"

namespace netproof {
namespace {

TopologyParts plan_of(const std::string& text) {
  return parts_of(text, false, "plan.csv");
}

TEST(Plan, ARowIsAnAccountAndAVpc) {
  const auto parts = plan_of(
      "# the plan\n"
      "account,account_id,ou,environment,vpc,cidr,transit_gateway,attachment\n"
      "\n"
      "a,012345678901,infra,prod,v,10.0.0.0/16 10.1.1.0/16,main,att\n"
      "b,,,dev,,10.2.0.0/16,main,\n"
      "c,,,dev,,,,\n");
  ASSERT_EQ(parts.accounts.size(), 3U);
  EXPECT_EQ(parts.accounts[0].id, "012345678901");
  EXPECT_EQ(parts.accounts[0].organisational_unit, "infra");
  EXPECT_EQ(parts.accounts[0].labels, (Labels{{"environment", "prod"}}));
  EXPECT_EQ(span_of(parts.accounts[0].where), "plan.csv:4:1-2");
  ASSERT_EQ(parts.vpcs.size(), 2U);
  EXPECT_EQ(parts.vpcs[0].account, "a");
  ASSERT_EQ(parts.vpcs[0].cidrs.items.size(), 2U);
  const WrittenPrefix& second = parts.vpcs[0].cidrs.items[1];
  EXPECT_TRUE(second.host_bits);
  EXPECT_EQ(span_of(second.where), "plan.csv:4:41-52");
  EXPECT_EQ(parts.vpcs[1].name, "b");
  ASSERT_EQ(parts.transit_attachments.size(), 2U);
  EXPECT_EQ(parts.transit_attachments[0].name, "att");
  EXPECT_EQ(parts.transit_attachments[0].vpc->id, (Id<Vpc>{0}));
  EXPECT_EQ(parts.transit_attachments[1].name, "b");
  EXPECT_EQ(parts.transit_attachments[1].gateway.name, "main");
}

TEST(Plan, RowsOfOneVpcAddUp) {
  const auto parts = plan_of(
      "vpc,cidr,transit_gateway\n"
      "v,10.0.0.0/16,main\nv,unknown,main\n");
  ASSERT_EQ(parts.vpcs.size(), 1U);
  EXPECT_EQ(parts.vpcs[0].cidrs.items.size(), 1U);
  EXPECT_TRUE(parts.vpcs[0].cidrs.open);
  EXPECT_EQ(parts.transit_attachments.size(), 1U);
}

TEST(Plan, AnAccountHasTheLabelsOnWhichItsRowsAgree) {
  const auto parts =
      plan_of("account,vpc,env,function\na,v,prod,web\na,w,prod,\n");
  ASSERT_EQ(parts.accounts.size(), 1U);
  EXPECT_EQ(parts.accounts[0].labels, (Labels{{"env", "prod"}}));
  EXPECT_EQ(parts.vpcs.at(0).labels,
            (Labels{{"env", "prod"}, {"function", "web"}}));
}

TEST(Plan, ColumnsForPeopleAreNotRead) {
  const auto parts = plan_of(
      "vpc,comment,section,description,x-note\nv,\"a, \"\"b\"\"\",1,2,3\n");
  EXPECT_TRUE(parts.vpcs.at(0).labels.empty());
}

TEST(Plan, AnUnknownAccountIdIsRefused) {
  expect_refusal({"account-id", "", 2, 3, "12", "twelve digits"},
                 errors_of("account,account_id\na,12\n", "plan.csv"));
}

}  // namespace
}  // namespace netproof
