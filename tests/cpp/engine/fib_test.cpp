// Holds the sweep over nested prefixes against a plain reading of S137: for an
// address, walk all candidates from the best until one is certain.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "engine/hop.hpp"

namespace netproof::engine {
namespace {

NextHop hop(std::uint32_t index) { return {HopKind::kAttachment, index}; }

Decision plain_decision(std::vector<Candidate> candidates, const Over& over,
                        const IpAddress& address) {
  std::erase_if(candidates, [&](const Candidate& candidate) {
    return !candidate.prefix.contains(address);
  });
  std::ranges::stable_sort(candidates, [](const auto& a, const auto& b) {
    if (a.prefix.length() != b.prefix.length()) {
      return a.prefix.length() > b.prefix.length();
    }
    return a.rank < b.rank;
  });
  const bool inside = std::ranges::any_of(candidates, &Candidate::local);
  Decision all = inside ? over.inside : over.outside;
  bool certain = false;
  for (const Candidate& candidate : candidates) {
    if (certain || (inside && candidate.propagated)) continue;
    candidate.add_to(all);
    certain = !candidate.doubtful;
  }
  if (!certain) all.push_back({NextHop{}});
  Decision unique;
  for (const Sharing& sharing : all) {
    if (std::ranges::find(unique, sharing) == unique.end()) {
      unique.push_back(sharing);
    }
  }
  return unique;
}

Decision decision_at(const Fib& fib, const IpAddress& address) {
  const auto parts = fib.split(IpSet::of(address));
  EXPECT_EQ(parts.size(), 1U);
  return fib.decision(parts.at(0).decision);
}

/// Prefixes near both ends of a family, so that they nest and touch the top.
IpPrefix random_prefix(std::mt19937& random) {
  const bool v6 = random() % 3 == 0;
  const int bits = v6 ? 128 : 32;
  const Uint128 top = random() % 2 == 0 ? 0 : ~Uint128{0};
  const Uint128 low = random() % 16;
  const Uint128 value = v6 ? top ^ low : (top ^ low) & 0xFFFFFFFFU;
  const int length = random() % 4 == 0 ? static_cast<int>(random() % 3)
                                       : bits - static_cast<int>(random() % 5);
  const Family family = v6 ? Family::kV6 : Family::kV4;
  return IpPrefix::enclosing(IpAddress::make(family, value), length);
}

Candidate random_candidate(std::mt19937& random) {
  Candidate candidate;
  candidate.prefix = random_prefix(random);
  candidate.rank = static_cast<int>(random() % 3);
  candidate.hop = hop(static_cast<std::uint32_t>(random() % 6));
  if (random() % 4 == 0) candidate.worlds = {{hop(7)}, {hop(8), hop(9)}};
  candidate.doubtful = random() % 3 == 0;
  candidate.local = random() % 6 == 0;
  candidate.propagated = random() % 4 == 0;
  return candidate;
}

// covers S17, S18, S43, S45, S46, S137
TEST(Fib, AgreesWithAWalkOverAllCandidatesAtEveryEdge) {
  for (std::uint32_t seed = 0; seed < 400; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937 random(seed);
    std::vector<Candidate> candidates(random() % 12);
    for (Candidate& one : candidates) one = random_candidate(random);
    Over over;
    if (random() % 4 == 0) over.outside = {{hop(20)}, {NextHop{}}};
    if (random() % 4 == 0) over.inside = {{hop(21)}};
    const Fib fib = Fib::build(candidates, over);

    for (const Family family : {Family::kV4, Family::kV6}) {
      const Uint128 top =
          family == Family::kV4 ? Uint128{0xFFFFFFFFU} : ~Uint128{0};
      for (Uint128 low = 0; low < 18; ++low) {
        for (const Uint128 value : {low, top - low}) {
          const IpAddress address = IpAddress::make(family, value);
          ASSERT_EQ(decision_at(fib, address),
                    plain_decision(candidates, over, address))
              << to_string(address);
        }
      }
    }
  }
}

TEST(Fib, RunsCoverEveryAddressOnce) {
  const Fib fib = Fib::build({{.prefix = IpPrefix::all(Family::kV4)}});
  ASSERT_EQ(fib.runs(Family::kV4).size(), 1U);
  EXPECT_EQ(fib.runs(Family::kV4)[0].first, Uint128{0});
  EXPECT_EQ(fib.runs(Family::kV4)[0].last, Uint128{0xFFFFFFFFU});
  ASSERT_EQ(fib.runs(Family::kV6).size(), 1U);
  EXPECT_EQ(fib.runs(Family::kV6)[0].last, ~Uint128{0});
}

TEST(Fib, SplitKeepsExactlyWhatWasAsked) {
  std::vector<Candidate> candidates(1);
  candidates[0].prefix = IpPrefix::parse("10.0.0.0/8").value();
  candidates[0].hop = hop(1);
  const Fib fib = Fib::build(candidates);
  const IpSet asked = IpSet::of(IpPrefix::parse("10.255.255.0/24").value()) |
                      IpSet::of(IpPrefix::parse("11.0.0.0/24").value());
  IpSet joined;
  for (const Fib::Part& part : fib.split(asked)) {
    EXPECT_TRUE(joined.disjoint_from(part.addresses));
    joined |= part.addresses;
  }
  EXPECT_EQ(joined, asked);
}

}  // namespace
}  // namespace netproof::engine
