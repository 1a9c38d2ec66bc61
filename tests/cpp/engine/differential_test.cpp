// The engine, which answers with sets, against the evaluator, which follows
// one packet: random networks, random questions, packets at the edges of every
// set in play. Neither shares code with the other above the net layer.
//
// covers S30, S38, S49, S78, S88, S99, S137-S159

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "support/duel.hpp"

namespace netproof::testing {
namespace {

/// The number in an environment variable, if it is set.
std::uint32_t number_from(const char* variable, std::uint32_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise
                         : static_cast<std::uint32_t>(std::stoul(text));
}

TEST(Differential, EngineAndEvaluatorAgree) {
  const std::uint32_t normal =
      std::getenv("NETPROOF_LONG") == nullptr ? 300 : 2000;
  const std::uint32_t count = number_from("NETPROOF_RANDOM_NETWORKS", normal);
  const std::uint32_t first = number_from("NETPROOF_SEED", 1);
  DuelStatistics statistics;
  std::size_t networks_that_differ = 0;
  for (std::uint32_t seed = first; seed < first + count; ++seed) {
    Duel duel{seed, statistics};
    const std::vector<std::string> complaints = duel.run(6);
    if (complaints.empty()) continue;
    ++networks_that_differ;
    const std::size_t shown = std::min<std::size_t>(complaints.size(), 2);
    for (std::size_t i = 0; i < shown; ++i) {
      ADD_FAILURE() << complaints[i] << "\nagain: NETPROOF_SEED=" << seed
                    << " NETPROOF_RANDOM_NETWORKS=1 engine_test "
                       "--gtest_filter=Differential.*";
    }
    if (networks_that_differ >= number_from("NETPROOF_MOST_FAILURES", 5)) break;
  }
  std::cout << statistics.networks << " networks, " << statistics.packets
            << " packets, " << statistics.delivered << " delivered, "
            << statistics.arrived << " arrived, " << statistics.established
            << " established, " << statistics.uncertain << " unknown, "
            << statistics.mixed << " mixed\n";
  for (const auto& [code, times] : statistics.drops) {
    std::cout << "  " << to_string(code) << " " << times << "\n";
  }
}

}  // namespace
}  // namespace netproof::testing
