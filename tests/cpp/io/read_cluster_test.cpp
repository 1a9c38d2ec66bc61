#include <gtest/gtest.h>

#include "io/reading.hpp"
#include "netproof/io/write_topology.hpp"

namespace netproof {
namespace {

const char* const kCluster = R"(
clusters:
- name: c
  plugin: calico
  port_ranges: true
  rewrites_first: false
  pod_source: node
  nodes: [n]
  namespaces: [{name: shop, labels: {team: a}}, pay]
  pods:
  - {name: shop/app, labels: {app: app}, address: 10.1.0.1, served: outside, node: n}
  - name: pay/db
    addresses: [10.1.0.2, 2600::2]
    host_network: true
    ports: [{name: sql, port: 5432}]
  policies:
  - name: pay/db
    pods: {app: [db, cache]}
    ingress:
    - peers:
      - namespaces: [{key: team, operator: exists}]
        pods: []
      - {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}
      ports:
      - {port: 80, end_port: 90}
      - {protocol: udp, port: dns}
    egress: []
)";

TEST(ReadCluster, ReadsWhatIsWritten) {
  const TopologyParts parts = parts_of(kCluster);
  ASSERT_EQ(parts.clusters.size(), 1U);
  const Cluster& cluster = parts.clusters[0];
  EXPECT_EQ(cluster.plugin, "calico");
  EXPECT_TRUE(cluster.port_ranges.is(true));
  EXPECT_TRUE(cluster.rewrites_first.is(false));
  EXPECT_TRUE(cluster.pod_source.is(PodSource::kNode));
  EXPECT_EQ(names_of(cluster.nodes), Names{"n"});
  EXPECT_EQ(parts.pods[0].node.name, "n");
  EXPECT_EQ(names_of(cluster.namespaces), (Names{"shop", "pay"}));
  ASSERT_EQ(names_of(parts.pods), (Names{"shop/app", "pay/db"}));
  EXPECT_TRUE(parts.pods[0].served.is(Served::kOutside));
  EXPECT_EQ(parts.pods[1].space, "pay");
  EXPECT_TRUE(parts.pods[1].host_network);
  EXPECT_EQ(parts.pods[1].ports[0].port, 5432);
  const NetworkPolicy& policy = cluster.policies.items.at(0);
  EXPECT_EQ(policy.pods[0].values, (Names{"db", "cache"}));
  ASSERT_TRUE(policy.egress);
  EXPECT_TRUE(policy.egress->items.empty());
  const PolicyRule& rule = policy.ingress->items.at(0);
  EXPECT_EQ(rule.peers.items[0].namespaces->at(0).condition,
            LabelCondition::Operator::kExists);
  EXPECT_TRUE(rule.peers.items[0].pods->empty());
  EXPECT_EQ(rule.peers.items[1].block->except[0].text, "10.1.0.0/16");
  EXPECT_EQ(rule.ports.items[0].end_port, 90);
  EXPECT_EQ(rule.ports.items[1].name, "dns");
}

TEST(ReadCluster, WhatIsNotWrittenIsUnknown) {
  const Cluster cluster = parts_of("clusters: [c]").clusters.at(0);
  EXPECT_TRUE(cluster.plugin.empty());
  EXPECT_TRUE(cluster.port_ranges.unknown);
  EXPECT_TRUE(cluster.rewrites_first.unknown);
  EXPECT_TRUE(cluster.pod_source.unknown);
  EXPECT_FALSE(cluster.policies.open);
  const Cluster open =
      parts_of("clusters: [{name: c, policies: unknown}]").clusters.at(0);
  EXPECT_TRUE(open.policies.open);
}

TEST(ReadCluster, WhatIsWrittenIsReadAgain) {
  const Topology before{parts_of(kCluster)};
  std::string text;
  for (const TopologyFile& file : write_topology(before)) {
    if (file.name == "clusters.yaml") text = file.text;
  }
  const Topology after{parts_of(text)};
  EXPECT_EQ(write_topology(after).back().text, text);
  EXPECT_EQ(names_of(after->pods), names_of(before->pods));
}

std::string with_policy(const std::string& rule) {
  return "clusters:\n- name: c\n  policies:\n  - name: a/b\n    pods: []\n"
         "    ingress:\n    - " +
         rule + "\n";
}

class ClusterRefusals : public testing::TestWithParam<Refusal> {};

TEST_P(ClusterRefusals, SaysWhatIsWrong) {
  expect_refusal(GetParam(), errors_of(GetParam().text));
}

INSTANTIATE_TEST_SUITE_P(
    ReadCluster, ClusterRefusals,
    testing::Values(
        Refusal{
            "except-inside",
            with_policy("peers: [{cidr: 10.0.0.0/16, except: 10.1.0.0/24}]"), 7,
            43, "10.1.0.0/24", "10.0.0.0/16"},
        Refusal{"policy-peer", with_policy("peers: [{}]"), 7, 15, "", "a peer"},
        Refusal{"end-port", with_policy("ports: [{port: 80, end_port: 79}]"), 7,
                15, "79", "not smaller"},
        Refusal{"policy-protocol", with_policy("ports: [{protocol: icmp}]"), 7,
                26, "icmp", "tcp"},
        Refusal{"namespace",
                "clusters: [{name: c, pods: [{name: x, address: 10.0.0.1}]}]",
                1, 36, "x", "NAMESPACE/NAME"},
        Refusal{"policy-plugin", "clusters: [{name: c, plugin: flannel}]", 1,
                12, "flannel", "canal"},
        Refusal{"pod-has-node",
                "clusters: [{name: c, pods: [{name: a/x, address: "
                "10.0.0.1}]}]\nsites: [{name: s, prefixes: [10.0.0.0/8]}]",
                1, 36, "a/x", "by itself"}));

}  // namespace
}  // namespace netproof
