// Records at the interfaces of one small snapshot; planted changes are found in
// tests/python/test_replay.py.

#include "netproof/replay.hpp"

#include <gtest/gtest.h>

#include "netproof/io/read_topology.hpp"
#include "support/source_dir.hpp"

namespace netproof {
namespace {

const std::string kHeader =
    "interface-id srcaddr dstaddr srcport dstport protocol action tcp-flags\n";

ReplayReport replayed(const std::string& lines) {
  Replay replay{read_topology(testing::source_dir() +
                              "/tests/golden/aws/acl-order/snapshot")
                    .value()};
  replay.open("a.log");
  EXPECT_TRUE(replay.feed(kHeader + lines).empty());
  return replay.report();
}

std::string cause_of(const std::vector<ReplayGroup>& groups) {
  return groups.size() == 1 ? groups.front().cause : "";
}

TEST(Replay, ARequestAndItsReplyAgree) {
  const ReplayReport report = replayed(
      "eni-b 10.1.0.10 10.1.1.10 40000 22 6 ACCEPT 2\n"
      "eni-b 10.1.1.10 10.1.0.10 22 40000 6 ACCEPT 18\n");
  // Outbound the ACL lets client ports out, whoever asked first.
  EXPECT_EQ(report.requests, 2U);
  EXPECT_EQ(report.agreed(), report.records);
}

TEST(Replay, TheAclIsNotAskedWithinItsSubnet) {
  const ReplayReport report =
      replayed("eni-b2 10.1.1.10 10.1.1.11 40000 80 6 ACCEPT 2\n");
  EXPECT_EQ(report.requests, 1U);
}

TEST(Replay, WhatTheAclDeniesCannotBeAccepted) {
  const ReplayReport report = replayed(
      "eni-b 10.1.0.10 10.1.1.10 40000 80 6 ACCEPT 2\n"
      "eni-b 10.1.0.11 10.1.1.10 40001 80 6 ACCEPT 0\n");
  EXPECT_EQ(cause_of(report.disagreements), "accepted-but-acl-denies");
  ASSERT_EQ(report.disagreements.front().count, 2U);
  EXPECT_EQ(report.disagreements.front().example.line, 2);
  EXPECT_EQ(report.disagreements.front().filters.front().at, "acl:acl-b");
  EXPECT_EQ(report.disagreements.front().filters.front().entry, "inbound *");
}

TEST(Replay, WhatGroupAndAclAllowCannotBeRejected) {
  const ReplayReport report =
      replayed("eni-b 10.1.0.10 10.1.1.10 40000 443 6 REJECT 2\n");
  EXPECT_EQ(cause_of(report.disagreements), "rejected-but-allowed");
  EXPECT_EQ(report.disagreements.front().filters.size(), 2U);
}

TEST(Replay, IcmpAgreesIfSomeTypeDoes) {
  const ReplayReport report = replayed(
      "eni-b 10.1.0.10 10.1.1.10 0 0 1 ACCEPT 0\n"
      "eni-b 10.1.0.10 10.1.1.10 0 0 1 REJECT 0\n");
  EXPECT_EQ(report.agreed(), 2U);
  // No type leaves: not even as a reply, for an ACL has no state.
  EXPECT_EQ(
      cause_of(
          replayed("eni-b 10.1.1.10 10.1.0.10 0 0 1 ACCEPT 0\n").disagreements),
      "accepted-but-acl-denies");
}

TEST(Replay, WhatCannotBeJudgedNeverAgrees) {
  for (const auto& [line, reason] :
       {std::pair{"eni-x 10.1.0.10 10.1.1.10 1 22 6 ACCEPT 0",
                  "unknown-interface"},
        std::pair{"eni-b 10.1.0.10 10.9.1.10 1 22 6 ACCEPT 0",
                  "unknown-direction"},
        std::pair{"eni-b 169.254.169.254 10.1.1.10 80 4000 6 ACCEPT 0",
                  "exempt-from-filters"},
        std::pair{"eni-b 10.1.1.10 10.1.0.2 4000 53 17 ACCEPT 0",
                  "exempt-from-filters"},
        std::pair{"eni-b - 10.1.1.10 1 22 6 ACCEPT 0", "missing-field"},
        std::pair{"nonsense", "unreadable-line"}}) {
    const ReplayReport report = replayed(std::string(line) + "\n");
    EXPECT_EQ(cause_of(report.not_judged), reason);
    EXPECT_EQ(report.agreed(), 0U) << line;
  }
}

TEST(Replay, ReferencesAcrossVpcsAreUnknownAndThoseWithinAreNot) {
  Replay replay{read_topology(testing::source_dir() +
                              "/tests/golden/aws/group-references/snapshot")
                    .value()};
  replay.open("a.log");
  // Whether the peering or something else carried the first two.
  EXPECT_TRUE(replay
                  .feed(kHeader +
                        "eni-b 10.1.0.10 10.2.0.10 40000 443 6 ACCEPT 2\n"
                        "eni-c 10.1.0.10 10.3.0.10 40000 443 6 ACCEPT 2\n"
                        "eni-inner 10.1.0.10 10.1.0.12 40000 443 6 ACCEPT 2\n"
                        "eni-inner 10.1.0.11 10.1.0.12 40000 443 6 ACCEPT 2\n")
                  .empty());
  const ReplayReport report = replay.report();
  EXPECT_EQ(report.unknown.size(), 2U);
  EXPECT_EQ(report.requests, 1U);
  EXPECT_EQ(cause_of(report.disagreements), "accepted-but-groups-deny");
}

TEST(Replay, AHeaderThatLacksAFieldIsAProblemAtItsLine) {
  Replay replay{
      read_topology(testing::source_dir() + "/topologies/two-vpcs").value()};
  replay.open("b.log");
  const Diagnostics problems = replay.feed("\nversion srcaddr dstaddr\n");
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems.front().where.file, "b.log");
  EXPECT_EQ(problems.front().where.line, 2);
}

TEST(Replay, EachFileHasItsOwnHeader) {
  Replay replay{
      read_topology(testing::source_dir() + "/topologies/two-vpcs").value()};
  replay.open("a.log");
  EXPECT_TRUE(replay.feed(kHeader).empty());
  replay.open("b.log");
  EXPECT_TRUE(replay.feed("2 1 eni-1 - - - - - - - 1 2 - NODATA").empty());
  EXPECT_EQ(cause_of(replay.report().not_judged), "no-data");
}

}  // namespace
}  // namespace netproof
