// The comparison of two networks against the evaluator, which follows one
// packet in each: random networks of which one has lost a line, packets of the
// sets that are said to differ and others from every place. What may differ is
// narrowed by tables and filters; the evaluator knows nothing of that.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "netproof/engine/difference.hpp"
#include "netproof/reference/evaluator.hpp"
#include "netproof/rules/compare.hpp"
#include "support/cluster_network.hpp"
#include "support/random_network.hpp"

namespace netproof {
namespace {

using testing::Dice;

template <class List>
bool drop_one(List& list, Dice& dice) {
  if (list.empty()) return false;
  list.erase(list.begin() + dice.below(list.size()));
  return true;
}

// One line less, somewhere; false if there was none of that kind.
bool lose_a_line(TopologyParts& parts, Dice& dice) {
  const auto pick = [&](auto& objects) {
    return objects.empty() ? nullptr : &objects[dice.below(objects.size())];
  };
  if (!parts.clusters.empty() && dice.percent(40)) {
    return drop_one(parts.clusters.front().policies.items, dice);
  }
  const std::uint32_t kind = dice.below(8);
  if (kind < 3) {
    auto* table = pick(parts.transit_route_tables);
    if (table == nullptr) return false;
    return kind == 0   ? drop_one(table->routes.items, dice)
           : kind == 1 ? drop_one(table->propagations.items, dice)
                       : drop_one(table->associations.items, dice);
  }
  if (kind == 3) {
    auto* table = pick(parts.route_tables);
    return table != nullptr && drop_one(table->routes.items, dice);
  }
  if (kind < 6) {
    auto* group = pick(parts.security_groups);
    if (group == nullptr) return false;
    return drop_one(kind == 4 ? group->ingress.items : group->egress.items,
                    dice);
  }
  if (kind == 6) {
    auto* acl = pick(parts.network_acls);
    return acl != nullptr && drop_one(acl->inbound.items, dice);
  }
  auto* interface = pick(parts.interfaces);
  return interface != nullptr && interface->security_groups &&
         drop_one(interface->security_groups->items, dice);
}

const std::vector<std::uint16_t> kPorts = {22, 80, 443, 1024, 8080};

/// One network before and after, and what is said of the two.
class Twin {
 public:
  Twin(const Topology& before, const Topology& after, Level level)
      : before_{before},
        engine_{before},
        old_{before},
        now_{after},
        level_{level},
        change_{compare_reach(before, engine_, after, Engine(after), level)} {}

  const LevelChange& change() const { return change_; }

  // A packet of every set, and `count` others.
  std::size_t judge(Dice& dice, int count) {
    for (const ReachChange& one : change_.changes) {
      for (const PacketSet* set : {&one.opened, &one.closed, &one.altered}) {
        const auto flow = set->sample();
        if (!flow) continue;
        ++judged_;
        EXPECT_TRUE(differs(place(one.from), *flow, &one.to))
            << one.from << " to " << one.to << ": " << to_string(*flow)
            << " is the same in both";
      }
    }
    const auto& members = engine_.members();
    for (int i = 0; i < count; ++i) {
      const Engine::Member& from = members[dice.below(members.size())];
      const Engine::Member& to = members[dice.below(members.size())];
      if (from.addresses.empty() || to.addresses.empty()) continue;
      if (from.answers_only) continue;
      const Flow flow{edge(from.addresses, dice), edge(to.addresses, dice),
                      dice.percent(80) ? kTcp : kUdp, 49152, dice.of(kPorts)};
      if (!well_formed(flow)) continue;
      ++judged_;
      EXPECT_EQ(differs(from.place, flow, nullptr), named(from.place, flow))
          << to_string(before_, from.place) << ": " << to_string(flow);
    }
    return judged_;
  }

 private:
  static IpAddress edge(const IpSet& set, Dice& dice) {
    const Family family = set.has(Family::kV4) ? Family::kV4 : Family::kV6;
    const auto runs = set.intervals(family);
    const auto& run = runs[dice.below(runs.size())];
    return IpAddress::make(family, dice.percent(50) ? run.first : run.last);
  }

  Place place(const std::string& name) const {
    for (const Engine::Member& member : engine_.members()) {
      if (to_string(before_, member.place) == name) return member.place;
    }
    throw ContractViolation("a change names a place");
  }

  // By the evaluator: some bound of the packet is another one, for one of the
  // places or for those that `to` names together.
  bool differs(Place from, const Flow& flow, const std::string* to) const {
    const auto other = [&](const auto& arrives) {
      return !(old_.judge(from, flow, arrives, level_, false) ==
               now_.judge(from, flow, arrives, level_, false));
    };
    if (to != nullptr && other([&](Place place) {
          return to->find(to_string(before_, place)) != std::string::npos;
        })) {
      return true;
    }
    return std::ranges::any_of(engine_.members(), [&](const auto& member) {
      return member.addresses.contains(flow.dst) &&
             other([&](Place place) { return place == member.place; });
    });
  }

  bool named(Place from, const Flow& flow) const {
    const std::string name = to_string(before_, from);
    return std::ranges::any_of(change_.changes, [&](const ReachChange& one) {
      return one.from == name &&
             (one.opened.contains(flow) || one.closed.contains(flow) ||
              one.altered.contains(flow));
    });
  }

  Topology before_;
  Engine engine_;
  Evaluator old_;
  Evaluator now_;
  Level level_;
  LevelChange change_;
  std::size_t judged_ = 0;
};

void expect_same_differences(testing::RandomNetwork (*make)(std::uint32_t),
                             std::uint32_t count) {
  std::size_t changed = 0;
  std::size_t judged = 0;
  for (std::uint32_t seed = 1; seed <= count; ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    const Topology before = make(seed).topology;
    TopologyParts parts = before.parts();
    while (!lose_a_line(parts, dice)) {
    }
    const Topology after(std::move(parts));
    for (const Level level : {Level::kPacket, Level::kConnection}) {
      Twin twin(before, after, level);
      changed += twin.change().changes.size();
      judged += twin.judge(dice, 60);
    }
    if (::testing::Test::HasFailure()) break;
  }
  EXPECT_GT(changed, count);
  EXPECT_GT(judged, 20 * count);
}

std::uint32_t often(std::uint32_t times) {
  return std::getenv("NETPROOF_LONG") == nullptr ? times : 10 * times;
}

TEST(CompareRandom, TheEvaluatorSeesTheSameDifferences) {
  expect_same_differences(testing::random_network, often(150));
}

// covers S174
TEST(CompareRandom, TheEvaluatorSeesTheSameDifferencesForPods) {
  expect_same_differences(testing::random_pods, often(60));
}

}  // namespace
}  // namespace netproof
