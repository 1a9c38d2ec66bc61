#include "io/vpc_index.hpp"

#include <gtest/gtest.h>

namespace netproof::io {
namespace {

Vpc vpc(std::string name, std::string account, Labels labels) {
  Vpc result;
  result.name = std::move(name);
  result.account = std::move(account);
  result.labels = std::move(labels);
  return result;
}

Draft two_vpcs() {
  Draft draft;
  Account account;
  account.name = "a";
  account.labels = {{"env", "prod"}, {"team", "x"}};
  draft.parts.accounts.push_back(account);
  draft.parts.vpcs = {vpc("v", "a", {{"team", "y"}}), vpc("w", "b", {})};
  return draft;
}

using Indexes = std::vector<std::size_t>;

TEST(VpcIndex, ANearerLabelWins) {
  const Draft draft = two_vpcs();
  const VpcIndex index{draft};
  EXPECT_EQ(*index.label(0, "team"), "y");
  EXPECT_EQ(*index.label(0, "env"), "prod");
  EXPECT_EQ(*index.label(1, "account"), "b");
  EXPECT_EQ(index.label(1, "env"), nullptr);
  EXPECT_TRUE(index.has_label("env"));
  EXPECT_FALSE(index.has_label("x"));
  EXPECT_EQ(index.find("w"), 1U);
  EXPECT_FALSE(index.find("x"));
  EXPECT_FALSE(index.may_miss());
}

TEST(VpcIndex, KeysAreAndedAndValuesOred) {
  const Draft draft = two_vpcs();
  const VpcIndex index{draft};
  EXPECT_EQ(index.matching(VpcSelection{{{"account", {"b", "a"}}}, {}, {}}),
            (Indexes{0, 1}));
  EXPECT_EQ(index.matching(
                VpcSelection{{{"account", {"b"}}, {"env", {"prod"}}}, {}, {}}),
            Indexes{});
  EXPECT_EQ(index.matching(VpcSelection{{}, {{"env", {"prod"}}}, {}}),
            Indexes{1});
}

TEST(VpcIndex, AVpcOfALostAccountIsUncertain) {
  Draft draft = two_vpcs();
  draft.lost.push_back({"accounts", "c", {}});
  const VpcIndex index{draft};
  EXPECT_EQ(index.uncertain(), Indexes{1});
  EXPECT_TRUE(index.may_miss());
  EXPECT_EQ(index.matching(VpcSelection{}), Indexes{0});
}

}  // namespace
}  // namespace netproof::io
