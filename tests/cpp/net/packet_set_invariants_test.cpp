// The check itself is checked: diagrams that break one invariant each.

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "net/diagram_access.hpp"
#include "netproof/net/packet_set.hpp"
#include "support/arbitrary.hpp"

namespace netproof {
namespace {

using namespace diagram;  // NOLINT: a test of this namespace

Ref<ProtocolNode> transport(std::uint8_t protocol, std::uint16_t port) {
  const auto points =
      make_node<DportNode>({{port, port, make_leaf({port, port})}});
  return make_node<ProtocolNode>({{protocol, protocol, points}});
}

Ref<SrcNode> sources(Uint128 first, Uint128 last, Ref<ProtocolNode> below) {
  return make_node<SrcNode>({{first, last, std::move(below)}});
}

bool holds(std::vector<DstNode::Branch> branches) {
  return Access::packets(make_node<DstNode>(std::move(branches)), nullptr)
      .check_invariants();
}

TEST(PacketSetInvariants, HoldForWhatIsWellMade) {
  EXPECT_TRUE(PacketSet{}.check_invariants());
  EXPECT_TRUE(holds({{1, 2, sources(1, 1, transport(kTcp, 65535))}}));
}

TEST(PacketSetInvariants, RefuseBranchesThatOverlapOrAreOutOfOrder) {
  const auto a = sources(1, 1, transport(kTcp, 1));
  const auto b = sources(1, 1, transport(kTcp, 2));
  EXPECT_TRUE(holds({{1, 2, a}, {3, 4, b}}));
  EXPECT_FALSE(holds({{1, 3, a}, {3, 4, b}}));
  EXPECT_FALSE(holds({{3, 4, a}, {1, 2, b}}));
  EXPECT_FALSE(holds({{2, 1, a}}));
}

TEST(PacketSetInvariants, RefuseTouchingBranchesWithEqualChildren) {
  const auto a = sources(1, 1, transport(kTcp, 1));
  const auto again = sources(1, 1, transport(kTcp, 1));
  EXPECT_TRUE(holds({{1, 2, a}, {4, 5, again}}));
  EXPECT_FALSE(holds({{1, 2, a}, {3, 4, again}}));
}

TEST(PacketSetInvariants, RefuseWhatLiesOutsideItsDomain) {
  const Uint128 beyond = Uint128{highest_address(Family::kV4)} + 1;
  EXPECT_FALSE(holds({{beyond, beyond, sources(1, 1, transport(kTcp, 1))}}));
  EXPECT_FALSE(holds({{1, 1, sources(1, beyond, transport(kTcp, 1))}}));
  EXPECT_FALSE(holds({{1, 1, sources(1, 1, transport(47, 1))}}));
  EXPECT_TRUE(holds({{1, 1, sources(1, 1, transport(47, 0))}}));
  EXPECT_FALSE(holds({{1, 1, sources(1, 1, transport(kIcmp, 256))}}));
  EXPECT_TRUE(holds({{1, 1, sources(1, 1, transport(kIcmp, 255))}}));
}

TEST(PacketSetInvariants, RefuseAHashThatIsNotThatOfTheBranches) {
  auto forged = std::make_shared<SrcNode>(*sources(1, 1, transport(kTcp, 1)));
  ++forged->hash;
  EXPECT_FALSE(holds({{1, 2, forged}}));
}

TEST(PacketSetInvariants, RefuseANodeWithoutBranches) {
  EXPECT_FALSE(holds({{1, 2, std::make_shared<SrcNode>()}}));
}

}  // namespace
}  // namespace netproof
