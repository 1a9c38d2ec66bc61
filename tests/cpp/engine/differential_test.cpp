// The engine, which answers with sets, against the evaluator, which follows
// one packet: random networks, random questions, packets at the edges of every
// set in play. Neither shares code with the other above the model.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>

#include "support/duel.hpp"
#include "support/exercised.hpp"

namespace netproof::testing {
namespace {

constexpr int kQuestions = 6;

void print(const DuelStatistics& statistics) {
  std::cout << statistics.networks << " networks, " << statistics.packets
            << " packets: " << statistics.delivered << " delivered, "
            << statistics.arrived << " where they were asked for, "
            << statistics.established << " established, "
            << statistics.uncertain << " unknown, " << statistics.mixed
            << " mixed\n";
  for (const auto& [code, times] : statistics.drops) {
    std::cout << "  " << to_string(code) << " " << times << "\n";
  }
  std::cout << "network firewalls: " << statistics.firewall_drops
            << " dropped, " << statistics.handshakes << " handshakes\n"
            << "statements:";
  for (const auto& [number, times] : exercised(statistics)) {
    std::cout << " S" << number << ":" << times;
  }
  std::cout << "\n";
}

// Networks in which nothing happens prove nothing. What is bounded here holds
// with room to spare for the default number of networks.
void expect_lively(const DuelStatistics& statistics) {
  EXPECT_GE(3 * statistics.delivered, statistics.packets);
  EXPECT_GE(10 * statistics.established, statistics.packets);
  EXPECT_GE(100 * statistics.uncertain, statistics.packets);
  EXPECT_GE(statistics.mixed, statistics.networks / 30);
  EXPECT_GE(statistics.firewall_drops, statistics.networks / 8);
  EXPECT_GE(statistics.handshakes, statistics.networks / 60);
  for (int i = 0; i < kDropCodes; ++i) {
    const auto code = static_cast<DropCode>(i);
    // Only a question without a place can have an ambiguous source.
    if (code == DropCode::kAmbiguousSource) continue;
    const auto found = statistics.drops.find(code);
    EXPECT_GE(found == statistics.drops.end() ? 0 : found->second,
              statistics.networks / 30)
        << to_string(code);
  }
  for (const auto& [number, times] : exercised(statistics)) {
    EXPECT_GT(times, 0U) << "S" << number;
  }
}

// Networks of far seeds on which the two once disagreed.
TEST(Differential, WhatOnceDisagreedStaysSettled) {
  DuelStatistics statistics;
  for (const std::uint32_t seed : {702312U}) {
    Duel duel{seed, statistics};
    EXPECT_EQ(duel.run(kQuestions), std::vector<std::string>{}) << seed;
  }
}

// covers S1-S5, S7, S11, S12, S14-S25, S27-S29, S31-S39, S42, S43, S45-S55,
// covers S30, S57-S65, S70-S74, S76-S79, S81-S100, S116-S120, S136-S160
TEST(Differential, EngineAndEvaluatorAgree) {
  const std::uint32_t normal =
      std::getenv("NETPROOF_LONG") == nullptr ? 300 : 2000;
  const std::uint32_t count = number_from("NETPROOF_RANDOM_NETWORKS", normal);
  const std::uint32_t first = number_from("NETPROOF_SEED", 1);
  const std::uint32_t enough = number_from("NETPROOF_MOST_FAILURES", 5);
  DuelStatistics statistics;
  std::uint32_t differ = 0;
  for (std::uint32_t seed = first; seed < first + count; ++seed) {
    Duel duel{seed, statistics};
    const std::vector<std::string> complaints = duel.run(kQuestions);
    if (complaints.empty()) continue;
    for (std::size_t i = 0; i < std::min<std::size_t>(complaints.size(), 2);
         ++i) {
      ADD_FAILURE() << complaints[i] << "\nagain: NETPROOF_SEED=" << seed
                    << " NETPROOF_RANDOM_NETWORKS=1 engine_test "
                       "--gtest_filter=Differential.*";
    }
    if (++differ >= enough) break;
  }
  print(statistics);
  if (count >= 300 && differ == 0) expect_lively(statistics);
}

// Where the engine gives up, it proves nothing and finds nothing that is not
// so.
TEST(Differential, AnEngineThatFollowsFewWaysKnowsLess) {
  DuelStatistics statistics;
  for (std::uint32_t seed = 1; seed <= 100; ++seed) {
    Duel duel{seed, statistics};
    duel.limit_ways(seed % 4);
    EXPECT_EQ(duel.run(kQuestions), std::vector<std::string>{}) << seed;
  }
  EXPECT_GE(10 * statistics.limited, statistics.packets);
}

}  // namespace
}  // namespace netproof::testing
