// Rules on random networks: every witness replays, the accounting balances,
// and what is proved holds for packets that the evaluator follows one by one.

#include <gtest/gtest.h>

#include <utility>

#include "support/cluster_network.hpp"
#include "support/judging.hpp"
#include "support/packet_samples.hpp"

namespace netproof {
namespace {

using testing::Dice;
using testing::PacketSamples;

constexpr std::uint32_t kNetworks = 200;
constexpr int kRulesEach = 6;
constexpr int kPacketsEach = 10;

class RandomJudge {
 public:
  RandomJudge(std::uint32_t seed, Topology topology)
      : dice_{seed},
        topology_{std::move(topology)},
        judge_{testing::judge_of(topology_)},
        samples_{topology_} {
    Selector everyone;
    everyone.everyone = true;
    for (const Scope& scope :
         judge_.locations().select(everyone, {}, false).scopes) {
      places_.push_back(scope.place);
    }
  }

  void judge_some() {
    for (int i = 0; i < kRulesEach; ++i) {
      const RuleSpec spec = random_rule();
      RuleSet rules;
      rules.rules = {spec};
      const RuleOutcome outcome = judge_.judge(spec, rules, "", false);
      SCOPED_TRACE(std::string(to_string(spec.verb)) + " " +
                   outcome.result.from + " " + outcome.result.to + " " +
                   spec.service_text);
      for (const std::string& defect : outcome.defects) {
        ADD_FAILURE() << defect;
      }
      const bool violated = outcome.result.verdict == Verdict::kViolated;
      EXPECT_EQ(violated, violated && !outcome.result.witnesses.empty());
      const bool plain = spec.except.empty() && (spec.verb == Verb::kDeny ||
                                                 spec.verb == Verb::kRequire);
      if (plain && outcome.result.verdict == Verdict::kProved) {
        try_to_refute(spec);
      }
    }
  }

 private:
  // A place as a rule can name it; implied subnets are named by their VPC.
  Selector random_zone() {
    for (;;) {
      const Place place = dice_.of(places_);
      const auto zone = parse_selector(to_string(topology_, place), {});
      if (zone &&
          judge_.locations().select(*zone, {}, false).problems.empty()) {
        return *zone;
      }
    }
  }

  RuleSpec random_rule() {
    static const std::vector<std::string> kServices = {
        "any", "tcp/443", "udp/53", "icmp", "tcp/1000-3000"};
    RuleSpec spec;
    spec.id = "rule";
    spec.verb =
        dice_.of(std::vector<Verb>{Verb::kDeny, Verb::kRequire, Verb::kIsolate,
                                   Verb::kOnly, Verb::kThrough});
    spec.from = random_zone();
    spec.to = random_zone();
    spec.zone = spec.from;
    spec.via = {random_zone()};
    spec.from_everyone = dice_.percent(80);
    spec.from_members = !spec.from_everyone;
    spec.interfaces_only = dice_.percent(20);
    AllowEntry entry;
    entry.from = random_zone();
    entry.service = testing::service("tcp/443");
    (spec.verb == Verb::kOnly ? spec.allow : spec.except) = {entry};
    if (spec.verb == Verb::kRequire || dice_.percent(60)) spec.except.clear();
    spec.service_text = dice_.of(kServices);
    spec.service = testing::service(spec.service_text);
    spec.level = dice_.percent(50) ? Level::kConnection : Level::kPacket;
    return spec;
  }

  void try_to_refute(const RuleSpec& spec) {
    const bool demands = spec.verb == Verb::kRequire;
    const bool listed = demands || spec.interfaces_only;
    const ZoneScope from = judge_.locations().select(*spec.from, {}, listed);
    const ZoneScope to = judge_.locations().select(*spec.to, {}, listed);
    for (int i = 0; i < kPacketsEach; ++i) {
      const Scope& start = dice_.of(from.scopes);
      const Scope& end = dice_.of(to.scopes);
      if (start.place == end.place) continue;
      const auto flow = samples_.at_edges(dice_, start.addresses, end.addresses,
                                          spec.service);
      if (!flow) continue;
      if (demands && !asked(*flow, start.place)) continue;
      const Bounds bounds = judge_.evaluator().judge(
          start.place, *flow, [&](Place place) { return place == end.place; },
          spec.level, listed);
      EXPECT_TRUE(demands ? bounds.all_always : !bounds.some_possibly)
          << to_string(*flow) << " from " << to_string(topology_, start.place)
          << " to " << to_string(topology_, end.place);
    }
  }

  // A require speaks of client ports, and of the internet's calls to public
  // addresses only.
  static bool asked(const Flow& flow, Place start) {
    return start.kind != PlaceKind::kInternet &&
           (!has_ports(flow.protocol) || flow.sport >= 1024);
  }

  Dice dice_;
  Topology topology_;
  Judge judge_;
  PacketSamples samples_;
  std::vector<Place> places_;
};

TEST(JudgeRandom, WitnessesReplayAndProofsHold) {
  for (std::uint32_t seed = 1; seed <= kNetworks; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomJudge(seed, testing::random_network(seed).topology).judge_some();
    if (HasFailure()) return;
  }
}

// covers S174
TEST(JudgeRandom, WitnessesReplayAndProofsHoldForPodsInVpcs) {
  for (std::uint32_t seed = 1; seed <= kNetworks; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomJudge(seed, testing::random_pods(seed).topology).judge_some();
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace netproof
