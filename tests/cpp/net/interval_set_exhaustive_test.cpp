// Compares IntervalSet with std::bitset on every pair of subsets of a small
// universe: the four lowest and the four highest integers of the type, because
// off-by-one and wrap-around errors live at the ends. 256 subsets make 65,536
// pairs a type.
//
// Run for narrow and wide types: arithmetic on narrow types is promoted to int
// and cannot wrap, so they alone would hide a wrap-around error.

#include <gtest/gtest.h>

#include <bitset>
#include <cstdint>
#include <vector>

#include "netproof/net/interval_set.hpp"
#include "netproof/net/uint128.hpp"

namespace netproof {
namespace {

using Bits = std::bitset<8>;

template <class U>
class IntervalSetExhaustive : public testing::Test {
 protected:
  using Set = IntervalSet<U>;

  static U member(unsigned i) {
    return i < 4 ? static_cast<U>(i) : static_cast<U>(Set::kTop - (7U - i));
  }

  // One interval a member, from the top down: `of` has to sort and join.
  static Set set_of(const Bits& bits) {
    std::vector<typename Set::Interval> intervals;
    for (unsigned i = 8; i-- > 0;) {
      if (bits[i]) intervals.push_back({member(i), member(i)});
    }
    return Set::of(std::move(intervals));
  }

  static Bits members(const Set& set) {
    Bits bits;
    for (unsigned i = 0; i < 8; ++i) bits[i] = set.contains(member(i));
    return bits;
  }

  static bool has_middle(const Set& set) { return set.contains(Set::kTop / 2); }
};

using Types = testing::Types<std::uint8_t, std::uint16_t, std::uint32_t,
                             std::uint64_t, Uint128>;
TYPED_TEST_SUITE(IntervalSetExhaustive, Types);

TYPED_TEST(IntervalSetExhaustive, OneSetAgreesWithBitset) {
  for (unsigned i = 0; i < 256; ++i) {
    SCOPED_TRACE(testing::Message() << "subset " << i);
    const Bits a{i};
    const auto set = this->set_of(a);
    ASSERT_TRUE(set.check_invariants());
    ASSERT_EQ(this->members(set), a);
    ASSERT_EQ(set.empty(), a.none());
    ASSERT_FALSE(this->has_middle(set));

    const auto rest = set.complement();
    ASSERT_TRUE(rest.check_invariants());
    ASSERT_EQ(this->members(rest), ~a);
    ASSERT_TRUE(this->has_middle(rest));
    ASSERT_EQ(rest.complement(), set);
    ASSERT_EQ(rest | set, (IntervalSet<TypeParam>::all()));
  }
}

TYPED_TEST(IntervalSetExhaustive, BinaryOperatorsAgreeWithBitset) {
  for (unsigned i = 0; i < 256; ++i) {
    const Bits a{i};
    const auto set_a = this->set_of(a);
    for (unsigned j = 0; j < 256; ++j) {
      const Bits b{j};
      const auto set_b = this->set_of(b);
      ASSERT_EQ(set_a | set_b, this->set_of(a | b)) << i << " | " << j;
      ASSERT_EQ(set_a & set_b, this->set_of(a & b)) << i << " & " << j;
      ASSERT_EQ(set_a - set_b, this->set_of(a & ~b)) << i << " - " << j;
      ASSERT_EQ(set_a == set_b, a == b) << i << " == " << j;
      ASSERT_EQ(set_a.lies_inside(set_b), (a & ~b).none()) << i << ", " << j;
      ASSERT_EQ(set_a.disjoint_from(set_b), (a & b).none()) << i << ", " << j;
    }
  }
}

// Against complements: sets that hold the whole middle as one interval.
TYPED_TEST(IntervalSetExhaustive, ComplementsObeyDeMorgan) {
  for (unsigned i = 0; i < 256; ++i) {
    const auto a = this->set_of(Bits{i});
    for (unsigned j = 0; j < 256; ++j) {
      const auto b = this->set_of(Bits{j}).complement();
      ASSERT_EQ((a | b).complement(), a.complement() & b.complement());
      ASSERT_EQ((a & b).complement(), a.complement() | b.complement());
      ASSERT_EQ(a.lies_inside(b), a.disjoint_from(b.complement()));
      ASSERT_TRUE((a | b).check_invariants());
      ASSERT_TRUE((b - a).check_invariants());
    }
  }
}

TYPED_TEST(IntervalSetExhaustive, RefusesAnIntervalThatEndsBeforeItStarts) {
  using Tested = IntervalSet<TypeParam>;
  EXPECT_THROW((Tested{TypeParam{1}, TypeParam{0}}), ContractViolation);
  EXPECT_THROW((void)Tested::of({{TypeParam{1}, TypeParam{0}}}),
               ContractViolation);
}

}  // namespace
}  // namespace netproof
