// Clusters by the engine and by the evaluator, as in differential_test.cpp.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/cluster_network.hpp"
#include "support/duel.hpp"

namespace netproof::testing {
namespace {

constexpr std::uint32_t kClusters = 250;
constexpr int kQuestions = 8;
constexpr std::size_t kEnough = 3;

// covers S107-S114, S172, S173
TEST(ClusterDifferential, EngineAndEvaluatorAgree) {
  DuelStatistics statistics;
  std::vector<std::string> complaints;
  for (std::uint32_t seed = 1; seed <= kClusters; ++seed) {
    Duel duel{random_cluster(seed), seed, statistics};
    for (const std::string& one : duel.run(kQuestions)) {
      complaints.push_back(std::to_string(seed) + ": " + one);
    }
    if (complaints.size() >= kEnough) break;
  }
  EXPECT_EQ(complaints, std::vector<std::string>{});
  // Clusters in which nothing happens prove nothing.
  EXPECT_GE(5 * statistics.delivered, statistics.packets);
  EXPECT_GE(8 * statistics.established, statistics.packets);
  EXPECT_GE(20 * statistics.uncertain, statistics.packets);
  EXPECT_GE(25 * statistics.drops[DropCode::kPolicyDeny], statistics.packets);
}

// covers S115, S174
TEST(ClusterDifferential, EngineAndEvaluatorAgreeOnPodsInVpcs) {
  DuelStatistics statistics;
  std::vector<std::string> complaints;
  const std::uint32_t first = number_from("NETPROOF_SEED", 1);
  const std::uint32_t count = number_from("NETPROOF_RANDOM_NETWORKS", 150);
  for (std::uint32_t seed = first; seed < first + count; ++seed) {
    Duel duel{random_pods(seed), seed, statistics};
    for (const std::string& one : duel.run(kQuestions)) {
      complaints.push_back(std::to_string(seed) + ": " + one);
    }
    if (complaints.size() >= kEnough) break;
  }
  EXPECT_EQ(complaints, std::vector<std::string>{});
  if (count < 150) return;
  EXPECT_GE(4 * statistics.delivered, statistics.packets);
  EXPECT_GE(10 * statistics.established, statistics.packets);
  EXPECT_GE(50 * statistics.uncertain, statistics.packets);
  EXPECT_GE(60 * statistics.drops[DropCode::kPolicyDeny], statistics.packets);
}

}  // namespace
}  // namespace netproof::testing
