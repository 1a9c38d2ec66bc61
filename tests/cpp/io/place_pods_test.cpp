#include <gtest/gtest.h>

#include <string>

#include "io/reading.hpp"
#include "netproof/io/write_topology.hpp"

namespace netproof {
namespace {

const std::string kVpc = R"(
vpcs:
- name: v
  cidrs: [10.0.0.0/16]
  subnets:
  - name: a
    cidrs: [10.0.1.0/24]
    interfaces:
    - {name: eni-1, addresses: [10.0.1.4, 10.0.1.10, 10.0.1.11]}
    - {name: eni-2, addresses: [10.0.1.5, 10.0.1.20], security_groups: []}
  - name: b
    cidrs: [10.0.2.0/24]
    interfaces:
    - {name: eni-3, address: 10.0.2.4, public_addresses: [52.0.0.1]}
)";

std::string with_cluster(const std::string& nodes, const std::string& pods) {
  return kVpc + "clusters:\n- name: c\n  nodes: " + nodes + "\n  pods:\n  - " +
         pods + "\n";
}

/// By the name of the interface that carries it.
std::string carrier(const std::string& nodes, const std::string& pod) {
  return parts_of(with_cluster(nodes, pod)).pods.at(0).interface.name;
}

// covers S115, S174
TEST(PlacePods, AnInterfaceOfTheirNodeCarriesThem) {
  const std::string both = "[{name: n, interfaces: [eni-1, eni-2, eni-3]}]";
  EXPECT_EQ(carrier("[{name: n, interfaces: eni-1}]",
                    "{name: s/x, address: 10.0.1.30, node: n}"),
            "eni-1");
  EXPECT_EQ(carrier(both, "{name: s/x, address: 10.0.1.20, node: n}"), "eni-2");
  EXPECT_EQ(carrier(both, "{name: s/x, address: 10.0.2.20, node: n}"), "eni-3");
  EXPECT_EQ(carrier(both,
                    "{name: s/x, address: 10.0.1.30, node: n, interface: "
                    "eni-2}"),
            "eni-2");
}

// covers S174
TEST(PlacePods, AddressesTellTheInterfacesOfANode) {
  const std::string node = "[{name: n, address: 10.0.1.4}]";
  EXPECT_EQ(carrier(node, "{name: s/x, address: 10.0.1.30, node: n}"), "eni-1");
  const auto parts =
      parts_of(with_cluster(node,
                            "{name: s/x, address: 10.0.1.20, node: n}\n"
                            "  - {name: s/y, address: 10.0.1.10, node: n}"));
  EXPECT_EQ(names_of(parts.clusters.at(0).nodes.at(0).interfaces),
            (Names{"eni-1", "eni-2"}));
  EXPECT_EQ(parts.pods.at(0).interface.name, "eni-2");
}

TEST(PlacePods, AFurtherAddressOfAnInterfaceIsItsPods) {
  const auto parts =
      parts_of(with_cluster("[{name: n, interfaces: [eni-1, eni-3]}]",
                            "{name: s/x, address: 10.0.1.10, node: n}\n"
                            "  - {name: s/y, address: 10.0.1.11, node: n}\n"
                            "  - {name: s/z, address: 10.0.2.4, node: n}"));
  const auto texts = [](const Interface& interface) {
    std::string text;
    for (const IpAddress address : interface.addresses) {
      text += to_string(address) + " ";
    }
    return text;
  };
  EXPECT_EQ(texts(parts.interfaces.at(0)), "10.0.1.4 ");
  // The first stays, and the public one: nobody knows whose they are.
  EXPECT_EQ(texts(parts.interfaces.at(2)), "10.0.2.4 ");
}

TEST(PlacePods, WhatIsWrittenIsReadAgain) {
  const Topology before{
      parts_of(with_cluster("[{name: n, interfaces: [eni-1, eni-2]}]",
                            "{name: s/x, address: 10.0.1.20, node: n}"))};
  std::string text;
  for (const TopologyFile& file : write_topology(before)) {
    const std::size_t cut = file.text.find("files:");
    text += cut == std::string::npos ? file.text : file.text.substr(0, cut);
  }
  EXPECT_EQ(parts_of(text).pods.at(0).interface.name, "eni-2");
}

// An interface of its own, as security groups for pods make it.
TEST(PlacePods, AnInterfaceOfAPodAloneIsIts) {
  const std::string text =
      kVpc +
      "  - name: d\n    cidrs: [10.0.3.0/24]\n    interfaces: [{name: eni-4, "
      "address: 10.0.3.9}]\n"
      "clusters:\n- name: c\n  nodes: [{name: n, address: 10.0.1.4}]\n"
      "  pods: [{name: s/x, address: 10.0.3.9, node: n}]\n";
  const auto parts = parts_of(text);
  EXPECT_EQ(parts.pods.at(0).interface.name, "eni-4");
  EXPECT_TRUE(parts.interfaces.at(3).addresses.empty());
  std::string again;
  for (const TopologyFile& file : write_topology(Topology{parts})) {
    const std::size_t cut = file.text.find("files:");
    again += cut == std::string::npos ? file.text : file.text.substr(0, cut);
  }
  EXPECT_EQ(parts_of(again).pods.at(0).interface.name, "eni-4");
}

class PodRefusals : public testing::TestWithParam<Refusal> {};

TEST_P(PodRefusals, SaysWhatIsWrong) {
  expect_refusal(GetParam(), errors_of(GetParam().text));
}

const std::string kOther = R"(- name: w
  cidrs: [10.0.0.0/16]
  subnets:
  - {name: z, cidrs: [10.0.1.0/24], interfaces: [{name: eni-9, address: 10.0.1.4}]}
)";
const std::string kOne = "[{name: n, interfaces: eni-1}]";
const std::string kPod = "{name: s/x, address: 10.0.1.30, node: n}";

INSTANTIATE_TEST_SUITE_P(
    PlacePods, PodRefusals,
    testing::Values(
        Refusal{"pod-has-node",
                with_cluster(kOne,
                             "{name: s/x, address: "
                             "10.0.1.30}"),
                19, 12, "s/x", "nodes"},
        Refusal{"unknown-node",
                with_cluster(kOne, "{name: s/x, address: 10.0.1.30, node: m}"),
                19, 43, "m", "n"},
        Refusal{"pod-in-subnet",
                with_cluster(kOne, "{name: s/x, address: 10.7.1.30, node: n}"),
                19, 12, "s/x", "not followed"},
        Refusal{"pod-interface-known",
                with_cluster("[{name: n, interfaces: [eni-1, eni-2]}]", kPod),
                19, 12, "s/x", "`interface`"},
        Refusal{"unknown-interface",
                with_cluster("[{name: n, interfaces: [eni-1, eni-9]}]", kPod),
                17, 41, "eni-9", "eni-"},
        Refusal{"unknown-interface",
                with_cluster("[{name: n, interfaces: [eni-1, eni-3]}]",
                             "{name: s/x, address: 10.0.1.30, node: n, "
                             "interface: eni-3}"),
                19, 57, "eni-3", "eni-1"},
        Refusal{"pod-has-node",
                with_cluster("[{name: n, address: 10.0.1.99}]", kPod), 19, 12,
                "s/x", "address"},
        Refusal{"node-in-one-vpc",
                kVpc + kOther +
                    "clusters:\n- name: c\n  nodes: [{name: n, interfaces: "
                    "[eni-1, eni-9]}]\n",
                21, 18, "n", ""},
        Refusal{"node-interface-known",
                kVpc + kOther +
                    "clusters:\n- name: c\n  nodes: [{name: n, address: "
                    "10.0.1.4}]\n",
                21, 18, "10.0.1.4", "interfaces"},
        Refusal{"interface-of-one-node",
                with_cluster("[{name: n, interfaces: eni-1}, {name: m, "
                             "interfaces: eni-1}]",
                             kPod),
                17, 63, "eni-1", ""},
        Refusal{"duplicate-name",
                with_cluster("[{name: n, interfaces: eni-1}, n]", kPod), 17, 41,
                "n", ""}));

// Without its cluster a network would let more through.
TEST(PlacePods, ALostClusterIsNoNetwork) {
  ReadOptions options;
  options.keep_going = true;
  const auto read = read_topology_text(
      kVpc + "clusters: [{name: c, plugin: flannel}]\n", "t.yaml", options);
  EXPECT_FALSE(read);
}

}  // namespace
}  // namespace netproof
