// Rules about pods on interfaces of VPCs (S115).

#include "support/pods_in_vpc.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::labelled;
using testing::PodsInVpc;
using testing::rule;
using testing::rules_of;
using testing::verdict;

/// VPCs a and b that reach each other, a node with a pod in each.
PodsInVpc two_nodes() {
  PodsInVpc n;
  n.net = testing::two_vpcs();
  n.net.open_group("open-a", "a");
  n.net.open_group("open-b", "b");
  n.net.interface("eni-a", "sub-a", {"10.1.0.4"}, testing::Texts{"open-a"});
  n.net.interface("eni-b", "sub-b", {"10.2.0.4"}, testing::Texts{"open-b"});
  n.node("n1", {"eni-a"});
  n.node("n2", {"eni-b"});
  n.cluster().pod_source = {PodSource::kNode, false, {}};
  n.pod("shop/web", "10.1.0.10", "n1").labels = {{"app", "web"}};
  n.pod("shop/db", "10.2.0.10", "n2").labels = {{"app", "db"}};
  return n;
}

ZoneScope zone(const PodsInVpc& n, const Selector& selector) {
  const Topology topology = n.build();
  return Locations{topology, Engine{topology}.members()}.select(selector, {},
                                                                true);
}

bool holds(const PodsInVpc& n, const Selector& selector,
           const std::string& name) {
  const Topology topology = n.build();
  return zone(n, selector).find(testing::place(topology, name)).has_value();
}

// covers S115, S174
TEST(PodsInVpcRules, AZoneOfAVpcHoldsItsPods) {
  PodsInVpc n = two_nodes();
  n.net.get<Vpc>("a").labels = {{"env", "prod"}};
  EXPECT_TRUE(holds(n, testing::selector("vpc:a"), "pod:shop/web"));
  EXPECT_TRUE(holds(n, testing::selector("interface:eni-a"), "pod:shop/web"));
  EXPECT_TRUE(holds(n, testing::selector("subnet:sub-a"), "pod:shop/web"));
  EXPECT_FALSE(holds(n, testing::selector("vpc:b"), "pod:shop/web"));
  Selector prod;
  prod.labels = {{"env", {"prod"}}};
  EXPECT_TRUE(holds(n, prod, "pod:shop/web"));
  EXPECT_EQ(zone(n, prod).members, std::vector<std::string>{"vpc:a"});
  prod.labels = {{"namespace", {"shop"}}};
  EXPECT_EQ(zone(n, prod).members, std::vector<std::string>{"namespace:shop"});
  EXPECT_FALSE(holds(n, prod, "interface:eni-a"));
}

// covers S115, S174
TEST(PodsInVpcRules, WhatAPodSendsArrivesWithItsSourceOrItsNodes) {
  PodsInVpc n = two_nodes();
  // Nothing but the pod lets anything in.
  n.net.get<Interface>("eni-b").security_groups->items = {{"db", {}, {}}};
  n.net.group("db", "b", {{"tcp/5432", {"10.1.0.4/32"}}}, {});
  n.policy("shop/web", labelled({{"app", "web"}})).egress = rules_of({});
  const auto reach = [&] {
    return verdict(n.build(),
                   rule(Verb::kDeny, "pod:shop/web", "interface:eni-b", "tcp"));
  };
  EXPECT_EQ(reach(), Verdict::kProved);
  n.cluster().policies.items.clear();
  EXPECT_EQ(reach(), Verdict::kViolated);
  n.cluster().pod_source.value = PodSource::kOwn;
  EXPECT_EQ(reach(), Verdict::kProved);
  n.cluster().pod_source.unknown = true;
  EXPECT_EQ(reach(), Verdict::kUnknown);
}

// covers S108, S115, S174
TEST(PodsInVpcRules, ARequireNeedsPoliciesAndTheWay) {
  PodsInVpc n = two_nodes();
  const auto required = [&] {
    return verdict(n.build(), rule(Verb::kRequire, "pod:shop/web",
                                   "pod:shop/db", "tcp/5432"));
  };
  EXPECT_EQ(required(), Verdict::kProved);
  n.policy("shop/db", labelled({{"app", "db"}})).ingress =
      rules_of({testing::policy_rule({testing::peer_block("10.1.0.4/32")})});
  EXPECT_EQ(required(), Verdict::kProved);
  n.cluster().pod_source.value = PodSource::kOwn;
  EXPECT_EQ(required(), Verdict::kViolated);
}

// covers S112, S113
TEST(PodsInVpcRules, ANodesAddressIsAWayForTheWholeNetwork) {
  PodsInVpc n = two_nodes();
  n.policy("shop/db", labelled({{"app", "db"}})).ingress = rules_of({});
  const auto denied = [&] {
    return verdict(n.build(),
                   rule(Verb::kDeny, "interface:eni-a", "pod:shop/db", "tcp"));
  };
  EXPECT_EQ(denied(), Verdict::kProved);
  n.pod("shop/api", "10.2.0.11", "n2").served.value = Served::kOutside;
  EXPECT_EQ(verdict(n.build(), rule(Verb::kDeny, "vpc:a", "vpc:b", "tcp")),
            Verdict::kViolated);
  n.net.get<Interface>("eni-b").security_groups->items.clear();
  EXPECT_EQ(verdict(n.build(), rule(Verb::kDeny, "interface:eni-a",
                                    "interface:eni-b", "tcp")),
            Verdict::kUnknown);
}

// covers S174
TEST(PodsInVpcRules, ANodeMaySendToIPv4ForAPodOfIPv6) {
  PodsInVpc n = two_nodes();
  n.pod("shop/six", "2600::10", "n1");
  EXPECT_EQ(verdict(n.build(), rule(Verb::kDeny, "pod:shop/six", "vpc:b")),
            Verdict::kUnknown);
  n.pod("shop/other", "2600::11", "n2");
  n.policy("shop/all", {}).ingress = rules_of({});
  EXPECT_EQ(verdict(n.build(),
                    rule(Verb::kDeny, "pod:shop/six", "pod:shop/other", "tcp")),
            Verdict::kProved);
}

// covers S8, S11
TEST(PodsInVpcRules, AnAddressIsOfOnePodOrInterface) {
  PodsInVpc n = two_nodes();
  const auto twice = [&] {
    return testing::findings(n.build(), "interface-address-is-unique").size();
  };
  EXPECT_EQ(twice(), 0U);
  n.pod("shop/api", "10.1.0.10", "n1");
  EXPECT_EQ(twice(), 1U);
  // With the host's network it has the address of its node.
  n.pod("shop/agent", "10.2.0.4", "n2").host_network = true;
  EXPECT_EQ(twice(), 1U);
}

// covers S101
TEST(PodsInVpcRules, ANameMayPointAtAPod) {
  TopologyParts parts = two_nodes().build().parts();
  DnsRecord record;
  record.name = "db.internal";
  record.addresses = {testing::ip("10.2.0.10")};
  parts.dns_records.push_back(record);
  record.addresses = {testing::ip("10.2.0.11")};
  parts.dns_records.push_back(record);
  EXPECT_EQ(testing::findings(Topology{std::move(parts)},
                              "record-points-at-an-owned-address")
                .size(),
            1U);
}

// covers S112
TEST(PodsInVpcRules, NoPolicyProvesThatANodeDoesNotReachItsPod) {
  PodsInVpc n = two_nodes();
  n.policy("shop/db", labelled({{"app", "db"}})).ingress = rules_of({});
  EXPECT_EQ(verdict(n.build(),
                    rule(Verb::kDeny, "interface:eni-b", "pod:shop/db", "tcp")),
            Verdict::kUnknown);
}

}  // namespace
}  // namespace netproof
