#include "rules/labels.hpp"

#include <gtest/gtest.h>

#include "support/network.hpp"

namespace netproof {
namespace {

/// An account with labels, a VPC of it, and what lies inside.
TopologyParts parts() {
  testing::Network net;
  Vpc& vpc = net.vpc("a", {"10.0.0.0/16"});
  vpc.account = "123456789012";
  vpc.labels = {{"environment", "prod"}};
  vpc.region = "tokyo";
  net.subnet("s", "a", {"10.0.0.0/24"}).labels = {{"tier", "web"}};
  net.interface("i", "s", {"10.0.0.4"}).labels = {{"tier", "db"}};
  net.transit("main").account = "sales";
  net.attach_vpc("att", "main", "a");
  net.segment("seg", {"192.168.0.0/24"}).labels = {{"floor", "1"}};
  net.host("h", "seg", {"192.168.0.4"});
  TopologyParts made = net.build().parts();
  Account account;
  account.name = "sales";
  account.id = "123456789012";
  account.organisational_unit = "workloads";
  account.labels = {{"department", "sales"}, {"environment", "none"}};
  made.accounts.push_back(account);
  return made;
}

TEST(LabelIndex, AVpcInheritsFromItsAccountByNameOrId) {
  const TopologyParts network = parts();
  const LabelIndex labels{network};
  const Labels wanted = {{"account", "123456789012"},
                         {"department", "sales"},
                         {"environment", "prod"},
                         {"ou", "workloads"},
                         {"region", "tokyo"}};
  EXPECT_EQ(labels.of_vpc(0), wanted);
  EXPECT_EQ(labels.of(network.transit_gateways[0]).at("department"), "sales");
}

TEST(LabelIndex, TheNearerLabelWins) {
  const TopologyParts network = parts();
  const LabelIndex labels{network};
  EXPECT_EQ(labels.of(network.subnets[0]).at("tier"), "web");
  EXPECT_EQ(labels.of(network.interfaces[0]).at("tier"), "db");
  EXPECT_EQ(labels.of(network.interfaces[0]).at("department"), "sales");
  EXPECT_EQ(labels.of(network.transit_attachments[0]).at("region"), "tokyo");
  EXPECT_EQ(labels.of(network.hosts[0]).at("floor"), "1");
  EXPECT_EQ(labels.of(network.accounts[0]).at("account"), "sales");
}

TEST(LabelChoices, KeysAreAndedAndValuesOred) {
  const Labels labels = {{"a", "1"}, {"b", "2"}};
  EXPECT_TRUE(matches(labels, {}));
  EXPECT_TRUE(matches(labels, {{"a", {"0", "1"}}, {"b", {"2"}}}));
  EXPECT_FALSE(matches(labels, {{"a", {"1"}}, {"b", {"1"}}}));
  EXPECT_FALSE(matches(labels, {{"c", {"1"}}}));
}

TEST(LabelChoices, AreWrittenAsTheyAreRead) {
  EXPECT_EQ(to_string(LabelChoice{}), "any label");
  EXPECT_EQ(to_string(LabelChoice{{"a", {"1", "2"}}, {"b", {"3"}}}),
            "a: 1 or 2, b: 3");
}

}  // namespace
}  // namespace netproof
