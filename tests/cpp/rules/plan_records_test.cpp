#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::Network;
using testing::Texts;

/// A VPC with a listed server in `db`, nobody listed in `app`; a site.
Network network() {
  Network net;
  net.vpc("a", {"10.0.0.0/16"});
  net.subnet("app", "a", {"10.0.1.0/24"});
  net.subnet("db", "a", {"10.0.2.0/24"});
  net.interface("server", "db", {"10.0.2.9"});
  net.site("hq", {"192.168.0.0/16"});
  return net;
}

std::vector<Finding> judged(const Network& net, const std::string& address) {
  TopologyParts parts = net.build().parts();
  DnsRecord record;
  record.name = "order.internal";
  record.where = {"names.yaml", 3, 1, 3, 9};
  record.addresses = {testing::ip(address)};
  parts.dns_records.push_back(record);
  return testing::findings(Topology{std::move(parts)},
                           "record-points-at-an-owned-address");
}

void expect_one(const Network& net, const std::string& address, Severity level,
                const std::string& why) {
  const auto found = judged(net, address);
  ASSERT_EQ(found.size(), 1U) << address;
  EXPECT_EQ(found[0].level, level) << address;
  EXPECT_EQ(found[0].message,
            "name:order.internal points at " + address + ", " + why);
  EXPECT_EQ(found[0].source.line, 3);
}

// covers S101
TEST(PlanRecords, AnAddressWithOneOwnerIsFine) {
  for (const std::string address :
       {"10.0.2.9", "10.0.1.9", "192.168.7.7", "203.0.114.9"}) {
    EXPECT_TRUE(judged(network(), address).empty()) << address;
  }
}

// covers S101
TEST(PlanRecords, AnAddressThatNobodyHasIsAnError) {
  expect_one(network(), "10.0.9.9", Severity::kError, "which nobody has");
  expect_one(network(), "10.7.0.9", Severity::kError, "which nobody has");
}

// covers S11
TEST(PlanRecords, AReservedAddressIsAnError) {
  expect_one(network(), "10.0.1.3", Severity::kError,
             "which subnet:app gives to nobody: AWS keeps the first four and "
             "the last");
}

TEST(PlanRecords, SomethingUnknownMayHaveIt) {
  Network net = network();
  net.get<Site>("hq").prefixes.open = true;
  expect_one(net, "10.7.0.9", Severity::kWarning,
             "which nobody is known to have (site:hq is not wholly known)");
  Network open = network();
  open.get<Vpc>("a").subnets_open = true;
  expect_one(open, "10.0.9.9", Severity::kWarning,
             "which nobody is known to have (vpc:a is not wholly known)");
}

TEST(PlanRecords, ASubnetThatListsOthersIsAWarning) {
  expect_one(network(), "10.0.2.10", Severity::kWarning,
             "which lies in subnet:db, but nothing listed there has it");
  Network net = network();
  net.get<Subnet>("db").interfaces_open = true;
  EXPECT_TRUE(judged(net, "10.0.2.10").empty());
}

TEST(PlanRecords, SeveralOwnersAreAnError) {
  Network net = network();
  net.segment("lab", {"192.168.7.0/24"});
  expect_one(net, "192.168.7.7", Severity::kError,
             "which has several owners: segment:lab, site:hq");
}

// covers S22
TEST(PlanRecords, ALinkLocalAddressIsAWarning) {
  expect_one(network(), "169.254.169.253", Severity::kWarning,
             "which no router forwards");
}

}  // namespace
}  // namespace netproof
