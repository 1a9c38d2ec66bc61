// Pods in a VPC, each question to the engine and to the evaluator.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/both.hpp"
#include "support/pods_in_vpc.hpp"

namespace netproof::testing {
namespace {

/// Two nodes, each in a subnet of its own, one with two pods.
PodsInVpc shop(const std::vector<Line>& lines = {},
               const std::string& acl = "") {
  PodsInVpc n;
  n.net.vpc("v", {"10.0.0.0/16"}, "v");
  n.net.table("v", "v", lines);
  n.net.subnet("a", "v", {"10.0.1.0/24"}, "", "", acl);
  n.net.subnet("b", "v", {"10.0.2.0/24"});
  n.net.group("nodes", "v", {{"tcp/1-7000", {"10.0.0.0/16"}}},
              {{"any", {"0.0.0.0/0"}}});
  n.net.interface("eni-1", "a", {"10.0.1.4"}, Texts{"nodes"});
  n.net.interface("eni-2", "b", {"10.0.2.4"}, Texts{"nodes"});
  n.node("n1", {"eni-1"});
  n.node("n2", {"eni-2"});
  n.pod("shop/web", "10.0.1.10", "n1");
  n.pod("shop/job", "10.0.1.11", "n1");
  n.pod("shop/db", "10.0.2.10", "n2");
  return n;
}

bool passes(const PodsInVpc& n, const std::string& at, const Flow& flow) {
  const Topology topology = n.build();
  const Bounds said =
      judge(topology, place(topology, at), flow, Level::kPacket);
  EXPECT_EQ(said.all_always, said.some_possibly) << at;
  return said.all_always;
}

bool open(const PodsInVpc& n, const std::string& at, const Flow& flow) {
  const Topology topology = n.build();
  const Bounds said =
      judge(topology, place(topology, at), flow, Level::kPacket);
  return said.some_possibly && !said.all_always;
}

bool connects(const PodsInVpc& n, const std::string& at, const Flow& flow) {
  const Topology topology = n.build();
  const Bounds said =
      judge(topology, place(topology, at), flow, Level::kConnection);
  EXPECT_EQ(said.all_always, said.some_possibly) << at;
  return said.all_always;
}

const std::string kWeb = "pod:shop/web";

// covers S115, S174
TEST(PodsInVpc, GroupsOfTheirNodesFilterThem) {
  const PodsInVpc n = shop();
  EXPECT_TRUE(passes(n, kWeb, tcp("10.0.1.10", "10.0.2.10", 5432)));
  EXPECT_FALSE(passes(n, kWeb, tcp("10.0.1.10", "10.0.2.10", 8080)));
  EXPECT_TRUE(connects(n, kWeb, tcp("10.0.1.10", "10.0.2.10", 5432)));
}

// covers S112, S115, S174
TEST(PodsInVpc, NoGroupSeesWhatStaysOnANode) {
  PodsInVpc n = shop();
  EXPECT_TRUE(passes(n, kWeb, tcp("10.0.1.10", "10.0.1.11", 8080)));
  EXPECT_TRUE(passes(n, "interface:eni-1", tcp("10.0.1.4", "10.0.1.11", 8080)));
  n.policy("shop/all", {}).ingress = rules_of({});
  EXPECT_FALSE(passes(n, kWeb, tcp("10.0.1.10", "10.0.1.11", 8080)));
  // Its own node may reach a pod, others do not.
  EXPECT_TRUE(open(n, "interface:eni-1", tcp("10.0.1.4", "10.0.1.11", 8080)));
  EXPECT_FALSE(passes(n, "interface:eni-2", tcp("10.0.2.4", "10.0.1.11", 22)));
}

// covers S108, S115, S174
TEST(PodsInVpc, PoliciesJudgeWhatComesFromTheVpc) {
  PodsInVpc n = shop();
  n.policy("shop/db", {}).ingress = rules_of(
      {policy_rule({peer_block("10.0.2.0/24")}, {policy_port(kTcp, 5432)})});
  EXPECT_TRUE(passes(n, "interface:eni-2", tcp("10.0.2.4", "10.0.1.10", 5432)));
  EXPECT_FALSE(passes(n, "interface:eni-2", tcp("10.0.2.4", "10.0.1.10", 22)));
  n.cluster().plugin.clear();
  EXPECT_TRUE(open(n, "interface:eni-2", tcp("10.0.2.4", "10.0.1.10", 22)));
}

/// The nodes reach 10.9.0.0/16, where only 10.0.1.4 is let in.
PodsInVpc with_partner(const std::string& acl = "") {
  PodsInVpc n = shop({{"10.9.0.0/16", "peering:p"}}, acl);
  n.net.vpc("w", {"10.9.0.0/16"}, "w");
  n.net.subnet("partner", "w", {"10.9.0.0/24"});
  n.net.group("node-only", "w", {{"tcp", {"10.0.1.4/32"}}},
              {{"any", {"0.0.0.0/0"}}});
  n.net.interface("far", "partner", {"10.9.0.5"}, Texts{"node-only"});
  n.net.peering("p", "v", "w");
  n.net.table("w", "w", {{"10.0.0.0/16", "peering:p"}});
  return n;
}

// covers S115, S174
TEST(PodsInVpc, ANodeMayStandAsSourceOutside) {
  PodsInVpc n = with_partner();
  const Flow flow = tcp("10.0.1.10", "10.9.0.5", 443);
  n.cluster().pod_source = {PodSource::kOwn, false, {}};
  EXPECT_FALSE(connects(n, kWeb, flow));
  n.cluster().pod_source = {PodSource::kNode, false, {}};
  EXPECT_TRUE(connects(n, kWeb, flow));
  n.cluster().pod_source.unknown = true;
  EXPECT_TRUE(open(n, kWeb, flow));
  // Inside the VPC never.
  n.cluster().pod_source = {PodSource::kNode, false, {}};
  n.net.get<Interface>("eni-2").security_groups->items = {{"narrow", {}, {}}};
  n.net.group("narrow", "v", {{"tcp", {"10.0.1.10/32"}}}, {});
  EXPECT_TRUE(passes(n, kWeb, tcp("10.0.1.10", "10.0.2.10", 22)));
}

// covers S115, S174
TEST(PodsInVpc, ANodeKeepsPortsInTheirHalf) {
  PodsInVpc n = with_partner("high");
  n.cluster().pod_source = {PodSource::kNode, false, {}};
  n.net.acl("high", "v", {{1, "allow", "tcp/1024-65535", "0.0.0.0/0"}},
            {{1, "allow", "any", "0.0.0.0/0"}});
  Flow flow = tcp("10.0.1.10", "10.9.0.5", 443);
  flow.sport = 2000;
  EXPECT_TRUE(connects(n, kWeb, flow));
  flow.sport = 500;
  EXPECT_FALSE(connects(n, kWeb, flow));
}

// covers S112
TEST(PodsInVpc, AnAddressOfBothANodeAndItsPodIsOfEither) {
  PodsInVpc n = shop();
  Pod& agent = n.pod("shop/agent", "10.0.2.4", "n2");
  agent.host_network = true;
  agent.labels["app"] = "agent";
  EXPECT_TRUE(passes(n, kWeb, tcp("10.0.1.10", "10.0.2.4", 22)));
  n.policy("shop/agent", labelled({{"app", "agent"}})).ingress = rules_of({});
  EXPECT_TRUE(open(n, kWeb, tcp("10.0.1.10", "10.0.2.4", 22)));
}

// covers S15, S115, S174
TEST(PodsInVpc, ARouteToTheirInterfaceReachesThem) {
  const PodsInVpc n = shop({{"10.0.2.0/24", "interface:eni-2"}});
  EXPECT_TRUE(passes(n, kWeb, tcp("10.0.1.10", "10.0.2.10", 22)));
  EXPECT_FALSE(passes(n, kWeb, tcp("10.0.1.10", "10.0.2.11", 22)));
}

}  // namespace
}  // namespace netproof::testing
