#include "lza_landing.hpp"

namespace netproof {
namespace {

class LzaFilters : public Landing {
 protected:
  const SecurityGroup& group(const std::string& in, const std::string& out) {
    read_ = parts(
        "prefixLists: [{name: L, addressFamily: IPv4, maxEntries: 1, entries: "
        "[10.9.0.0/16]}]\n"
        "vpcs:\n"
        "  - name: V\n"
        "    account: A\n"
        "    region: eu-west-1\n"
        "    cidrs: [10.0.0.0/16]\n"
        "    subnets: [{name: S, ipv4CidrBlock: 10.0.1.0/24}, {name: P, "
        "ipamAllocation: {}}]\n"
        "    securityGroups:\n"
        "      - name: g\n"
        "        inboundRules: [" +
        in + "]\n        outboundRules: [" + out + "]\n");
    return named(read_.security_groups, "V/g");
  }
  std::string service(const std::string& keys) {
    const auto& rules =
        group("{description: d, sources: [10.0.0.0/8], " + keys + "}", "")
            .ingress;
    if (rules.items.empty()) return rules.open ? "open" : "none";
    const auto& found = rules.items.front().service;
    return found.unknown ? "unknown" : to_string(found.value);
  }
  const NetworkAcl& acl(const std::string& in) {
    read_ = parts(
        "vpcs:\n"
        "  - name: V\n"
        "    account: A\n"
        "    region: eu-west-1\n"
        "    cidrs: [10.0.0.0/16]\n"
        "    subnets: [{name: S, ipv4CidrBlock: 10.0.1.0/24}]\n"
        "    networkAcls:\n"
        "      - {name: N, subnetAssociations: [S], inboundRules: [" +
        in + "]}\n");
    return named(read_.network_acls, "V/N");
  }
  std::string entry(const std::string& keys) {
    const auto& list =
        acl("{rule: 1, action: deny, source: 0.0.0.0/0, " + keys + "}").inbound;
    if (list.items.empty()) return list.open ? "open" : "none";
    const auto& found = list.items.front().service;
    return found.unknown ? "unknown" : to_string(found.value);
  }

  TopologyParts read_;
};

// covers S168: types and ports.
TEST_F(LzaFilters, TypesStandForPorts) {
  EXPECT_EQ(service("types: [SSH]"), "tcp/22");
  EXPECT_EQ(service("types: [RDP, HTTPS]"), "tcp/443, tcp/3389");
  EXPECT_EQ(service("types: [ALL]"), "any");
  EXPECT_EQ(service("types: [TCP], fromPort: 8080, toPort: 8090"),
            "tcp/8080-8090");
  EXPECT_EQ(service("types: [UDP], fromPort: 53, toPort: 53"), "udp/53");
  EXPECT_EQ(service("types: [ICMP], fromPort: -1, toPort: -1"), "icmp");
  EXPECT_EQ(service("types: [ICMP], fromPort: 8, toPort: 0"), "icmp/8/0");
  EXPECT_EQ(service("tcpPorts: [80, 443]"), "tcp/80, tcp/443");
  EXPECT_EQ(service("types: [SSH], tcpPorts: [80]"), "tcp/22");
  EXPECT_EQ(service("ipProtocols: ['50']"), "proto/50");
  EXPECT_EQ(service("fromPort: 1, toPort: 2"), "none");
}

TEST_F(LzaFilters, AServiceThatIsNotKnownIsUnknown) {
  EXPECT_EQ(service("types: [TCP]"), "unknown");
  EXPECT_EQ(service("types: [SMTP]"), "unknown");
  EXPECT_EQ(service("types: [TCP], fromPort: 9, toPort: 8"), "unknown");
  EXPECT_EQ(service("types: [ICMP], fromPort: 300, toPort: 0"), "unknown");
  EXPECT_EQ(service("tcpPorts: [\"{{ X }}\"]"), "unknown");
  EXPECT_EQ(service("ipProtocols: [ESP]"), "unknown");
  EXPECT_EQ(service("types: [SSH], newKey: 1"), "unknown");
}

TEST_F(LzaFilters, SourcesAreOfFourKinds) {
  const auto& peers =
      group(
          "{description: d, types: [ALL], sources: [10.0.0.0/8, "
          "{securityGroups: [g]}, {prefixLists: [L]}, {account: A, vpc: V, "
          "subnets: [S]}]}",
          "")
          .ingress.items.at(0)
          .peers;
  ASSERT_EQ(peers.items.size(), 4U);
  EXPECT_FALSE(peers.open);
  EXPECT_EQ(std::get<WrittenPrefix>(peers.items[0]).text, "10.0.0.0/8");
  EXPECT_EQ(std::get<Ref<SecurityGroup>>(peers.items[1]).name, "V/g");
  EXPECT_EQ(std::get<Ref<PrefixList>>(peers.items[2]).name, "L");
  EXPECT_EQ(std::get<WrittenPrefix>(peers.items[3]).text, "10.0.1.0/24");
}

TEST_F(LzaFilters, SourcesThatAreNotKnownOpenTheRule) {
  for (const char* source : {"{account: A, vpc: V, subnets: [P]}",
                             "{account: B, vpc: V, subnets: [S]}",
                             "{account: A, vpc: V, subnets: [X]}",
                             "{account: A, vpc: X, subnets: [S]}",
                             "\"${ACCEL_LOOKUP::X}\"", "{newKind: 1}"}) {
    const auto& rules =
        group(std::string("{description: d, types: [ALL], sources: [") +
                  source + "]}",
              "")
            .ingress;
    ASSERT_EQ(rules.items.size(), 1U) << source;
    EXPECT_TRUE(rules.items[0].peers.open) << source;
  }
}

// AWS has let everything out before a reference is added.
TEST_F(LzaFilters, WithoutALineOfItsOwnAGroupMayLetAllOut) {
  EXPECT_TRUE(group("", "").egress.open);
  EXPECT_TRUE(group("",
                    "{description: d, types: [ALL], sources: "
                    "[{securityGroups: [g]}]}")
                  .egress.open);
  EXPECT_FALSE(
      group("", "{description: d, types: [ALL], sources: [10.0.0.0/8]}")
          .egress.open);
  EXPECT_FALSE(read_.security_groups.at(0).ingress.open);
}

TEST_F(LzaFilters, AVpcWithGroupsMayHaveOthers) {
  group("", "");
  const auto& carried = named(read_.vpcs, "V").security_groups;
  ASSERT_TRUE(carried);
  EXPECT_EQ(names_of(carried->items), Names({"V/g"}));
  EXPECT_TRUE(carried->open);
  acl("");
  EXPECT_FALSE(named(read_.vpcs, "V").security_groups);
}

// covers S169: numbers, protocols and ports of entries.
TEST_F(LzaFilters, EntriesHaveProtocolsAndPorts) {
  EXPECT_EQ(entry("protocol: -1, fromPort: -1, toPort: -1"), "any");
  EXPECT_EQ(entry("protocol: 6, fromPort: 22, toPort: 23"), "tcp/22-23");
  EXPECT_EQ(entry("protocol: 17, fromPort: 53, toPort: 53"), "udp/53");
  EXPECT_EQ(entry("protocol: 47, fromPort: -1, toPort: -1"), "proto/47");
  EXPECT_EQ(entry("protocol: 1, fromPort: -1, toPort: -1"), "unknown");
  EXPECT_EQ(entry("protocol: 6, fromPort: -1, toPort: -1"), "unknown");
  EXPECT_EQ(entry("protocol: 256, fromPort: 1, toPort: 1"), "unknown");
  EXPECT_EQ(entry("protocol: 6, fromPort: 1, toPort: 1, tcpFlags: 1"), "open");
}

TEST_F(LzaFilters, AnEntryMayNameASubnet) {
  const auto& list = acl(
      "{rule: 7, action: allow, protocol: -1, fromPort: -1, toPort: -1, "
      "source: {account: A, vpc: V, subnet: S}}, {rule: 8, action: \"{{ X "
      "}}\", protocol: -1, fromPort: -1, toPort: -1, source: {account: A, vpc: "
      "V, subnet: X}}");
  ASSERT_EQ(list.inbound.items.size(), 2U);
  EXPECT_EQ(list.inbound.items[0].number, 7);
  EXPECT_EQ(list.inbound.items[0].cidr.value.text, "10.0.1.0/24");
  EXPECT_TRUE(list.inbound.items[1].cidr.unknown);
  EXPECT_TRUE(list.inbound.items[1].allow.unknown);
  EXPECT_EQ(named(read_.subnets, "V/S").acl->value.name, "V/N");
}

TEST_F(LzaFilters, TwoAclsForOneSubnetAreUnknown) {
  const TopologyParts read = parts(
      "vpcs:\n"
      "  - name: V\n"
      "    account: A\n"
      "    region: eu-west-1\n"
      "    subnets: [{name: S, ipv4CidrBlock: 10.0.1.0/24}]\n"
      "    networkAcls:\n"
      "      - {name: N, subnetAssociations: [S]}\n"
      "      - {name: M, subnetAssociations: [S]}\n");
  EXPECT_TRUE(named(read.subnets, "V/S").acl->unknown);
}

}  // namespace
}  // namespace netproof
