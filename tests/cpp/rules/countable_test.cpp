#include "rules/countable.hpp"

#include <gtest/gtest.h>

#include "support/network.hpp"

namespace netproof {
namespace {

using testing::Network;

Count count(const Topology& topology, std::string_view what,
            const LabelChoice& choice = {}) {
  const Countable* kind = find_countable(what);
  if (kind == nullptr) throw ContractViolation("the kind can be counted");
  return kind->count(topology.parts(), LabelIndex{topology.parts()}, choice);
}

TEST(Countable, IsFoundByTheNameOfItsTable) {
  for (const Countable& kind : countable_kinds()) {
    EXPECT_EQ(find_countable(kind.name), &kind) << kind.name;
  }
  EXPECT_NE(find_countable("transit-gateway-attachments"), nullptr);
  EXPECT_EQ(find_countable("transit_attachments"), nullptr);
  EXPECT_EQ(find_countable("zebras"), nullptr);
}

TEST(Countable, ObjectsCountByTheLabelsThatTheyInherit) {
  Network net;
  net.vpc("a", {"10.0.0.0/16"}).labels = {{"environment", "prod"}};
  net.vpc("b", {"10.1.0.0/16"}).labels = {{"environment", "dev"}};
  net.subnet("one", "a", {"10.0.0.0/24"});
  net.subnet("two", "a", {"10.0.1.0/24"});
  net.subnet("three", "b", {"10.1.0.0/24"});
  const Topology topology = net.build();
  EXPECT_EQ(count(topology, "subnets").value, 3U);
  const Count prod = count(topology, "subnets", {{"environment", {"prod"}}});
  EXPECT_EQ(prod.value, 2U);
  ASSERT_EQ(prod.places.size(), 2U);
  EXPECT_EQ(prod.places[1].message, "two");
  EXPECT_EQ(prod.places[1].source, topology->subnets[1].where);
  EXPECT_FALSE(prod.open);
}

TEST(Countable, AnAccountThatOnlyAVpcNamesCountsOnce) {
  Network net;
  net.vpc("a", {"10.0.0.0/16"}).account = "one";
  net.vpc("b", {"10.1.0.0/16"}).account = "one";
  net.vpc("c", {"10.2.0.0/16"}).account = "123456789012";
  TopologyParts parts = net.build().parts();
  parts.accounts.emplace_back();
  parts.accounts[0].name = "two";
  parts.accounts[0].id = "123456789012";
  const Topology topology{std::move(parts)};
  EXPECT_EQ(count(topology, "accounts").value, 2U);
  EXPECT_EQ(count(topology, "accounts", {{"account", {"one"}}}).value, 1U);
}

TEST(Countable, AnOpenVpcMayHaveMoreSubnetsThanAreListed) {
  Network net;
  net.vpc("a", {"10.0.0.0/16"}).subnets_open = true;
  EXPECT_TRUE(count(net.build(), "subnets").open);
  EXPECT_TRUE(count(net.build(), "interfaces").open);
  EXPECT_FALSE(count(net.build(), "vpcs").open);
}

}  // namespace
}  // namespace netproof
