#include "netproof/io/write_topology.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "folder.hpp"
#include "io/yaml_text.hpp"
#include "netproof/base/contract.hpp"
#include "support/source_dir.hpp"

namespace netproof {
namespace {

using io::yaml_text;
using io::YamlTree;

class WriteTopology : public Folder {
 protected:
  // The texts of a network, and of what reading them gives.
  void expect_the_same_again(const Topology& topology) {
    const auto files = write_topology(topology);
    for (const TopologyFile& file : files) write(file.name, file.text);
    const auto again = read();
    ASSERT_TRUE(again) << to_string(again.error().front());
    const auto second = write_topology(again.value());
    ASSERT_EQ(files.size(), second.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
      EXPECT_EQ(files[i].text, second[i].text) << files[i].name;
    }
  }

  Topology topology_of(const std::string& text) {
    const auto topology = read_topology_text(text, "net.yaml");
    EXPECT_TRUE(topology);
    return topology.value();
  }
};

TEST_F(WriteTopology, NetworksOfThisRepositoryComeBack) {
  const std::filesystem::path root{testing::source_dir()};
  std::vector<std::filesystem::path> networks{
      root / "topologies/plugin-zone", root / "topologies/two-vpcs",
      root / "topologies/technova", root / "topologies/technova/as-written"};
  for (const auto& entry :
       std::filesystem::directory_iterator{root / "tests/golden/aws"}) {
    if (entry.is_directory()) networks.push_back(entry.path());
  }
  for (const std::filesystem::path& network : networks) {
    SCOPED_TRACE(network);
    const auto topology = read_topology(network.string());
    ASSERT_TRUE(topology) << to_string(topology.error().front());
    expect_the_same_again(topology.value());
  }
}

TEST_F(WriteTopology, UnknownPublicAddressesStayUnknown) {
  const Topology topology = topology_of("public_addresses: unknown\n");
  ASSERT_EQ(topology->gaps.size(), 1U);
  EXPECT_EQ(topology->gaps.front().code, "public-addresses-are-known");
  EXPECT_EQ(topology->gaps.front().where.line, 1);
  expect_the_same_again(topology);
  EXPECT_EQ(read().value()->gaps.size(), 1U);
  EXPECT_TRUE(topology_of("name: a\n")->gaps.empty());
  EXPECT_FALSE(read_topology_text("public_addresses: []\n", "net.yaml"));
}

TEST_F(WriteTopology, AnObjectIsAsItWasRead) {
  const auto files = write_topology(topology_of(R"(
name: small
vpcs:
  - name: web
    labels: {environment: prod}
    cidrs: [10.1.0.0/16, unknown]
    security_groups:
      - {name: web, ingress: [{service: [tcp/443, icmp/8], sources: unknown}]}
)"));
  ASSERT_EQ(files.size(), 3U);
  EXPECT_EQ(files[0].text,
            "version: 1\n"
            "name: small\n"
            "files: [vpcs.yaml, filters.yaml]\n");
  EXPECT_EQ(files[1].text,
            "vpcs:\n"
            "  - {name: web, labels: {environment: prod}, "
            "cidrs: [10.1.0.0/16, unknown]}\n");
  EXPECT_EQ(files[2].text,
            "security_groups:\n"
            "  - name: web\n"
            "    vpc: web\n"
            "    ingress:\n"
            "      - {name: \"sg:web ingress #1\", service: [icmp/8, tcp/443], "
            "sources: [unknown]}\n"
            "    egress:\n"
            "      - {name: \"sg:web egress default\", service: any, "
            "destinations: [0.0.0.0/0, \"::/0\"]}\n");
}

// A line without a target leads nobody knows where; wider than what is meant
// nothing is written.
TEST_F(WriteTopology, WhatCannotBeSaidIsUnknownOrRefused) {
  TopologyParts parts;
  parts.vpcs.emplace_back().name = "v";
  RouteTable table;
  table.name = "t";
  table.vpc.name = "v";
  Route& route = table.routes.items.emplace_back();
  route.destination.emplace().prefix = IpPrefix::all(Family::kV4);
  parts.route_tables.push_back(table);
  const auto files = write_topology(Topology{parts});
  EXPECT_NE(files.back().text.find("target: unknown"), std::string::npos);

  SecurityGroup group;
  group.name = "g";
  group.ingress.items.emplace_back().service.value =
      TransportSet::ports(6, 53, 53, 0, 65535);
  parts.security_groups.push_back(group);
  EXPECT_THROW(write_topology(Topology{parts}), ContractViolation);
}

// What a Name tag or a description may hold.
TEST_F(WriteTopology, HostileTextsComeBack) {
  const std::vector<std::string> texts{"true",    "~",          "null",
                                       "0x10",    "1e3",        "- a",
                                       "a: b",    "#comment",   "a #b",
                                       "*x",      "&x",         "!tag",
                                       "\"",      "'",          "{a}",
                                       "[",       "%",          "@",
                                       "é本",     "a\\b",       "012",
                                       "12:30",   "2025-01-01", "a\tb",
                                       "",        " a ",        "a\nb",
                                       "unknown", "yes",        "0.1.2.3",
                                       "unknow",  "=",          "\xE2\x80\xA8",
                                       ".",       "N",          "-",
                                       "?",       "| x",        ">",
                                       "a,b"};
  TopologyParts parts;
  for (const std::string& text : texts) {
    Account account;
    account.name = fmt::format("account {}", parts.accounts.size());
    account.labels["key"] = text;
    if (!text.empty()) account.labels[text] = "value";
    parts.accounts.push_back(account);
  }
  expect_the_same_again(Topology{parts});
}

TEST(YamlText, AnObjectThatFitsStandsOnOneLine) {
  YamlTree root = YamlTree::object();
  root["list"] = YamlTree::array({nullptr, "a", "unknown", 7, true});
  YamlTree item = YamlTree::object();
  item["name"] = std::string(90, 'x');
  item["more"] = "z";
  root["objects"] = YamlTree::array({item});
  root["none"] = YamlTree::array();
  EXPECT_EQ(yaml_text(root),
            "list: [unknown, a, \"unknown\", 7, true]\n"
            "objects:\n"
            "  - name: " +
                std::string(90, 'x') +
                "\n"
                "    more: z\n"
                "none: []\n");
}

}  // namespace
}  // namespace netproof
