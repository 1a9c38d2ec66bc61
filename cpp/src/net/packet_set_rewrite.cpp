// Restrictions and exact pre-images of a PacketSet.

#include <utility>
#include <vector>

#include "diagram_access.hpp"
#include "diagram_rewrite.hpp"
#include "netproof/base/contract.hpp"
#include "netproof/net/packet_set.hpp"

namespace netproof {

namespace {

using diagram::Access;
using diagram::Algebra;
using diagram::DportNode;
using diagram::DstNode;
using diagram::Operation;
using diagram::ProtocolNode;
using diagram::Ref;
using diagram::SportNode;
using diagram::SrcNode;
using Ports = IntervalSet<std::uint16_t>;

constexpr Ports::Interval kEveryPort{0, 65535};

// `f(protocol, points)` in place of the points of each protocol. A branch may
// join a protocol that has ports with one that has not (both hold just 0/0),
// so that each number is asked for by itself.
template <class F>
Ref<ProtocolNode> map_protocols(Algebra& algebra, const ProtocolNode& node,
                                const F& f) {
  std::vector<ProtocolNode::Branch> branches;
  for (const auto& branch : node.branches) {
    for (unsigned number = branch.first; number <= branch.last; ++number) {
      const auto protocol = static_cast<std::uint8_t>(number);
      append(branches, protocol, protocol, f(protocol, branch.child),
             algebra.equality());
    }
  }
  return algebra.intern(diagram::make_node<ProtocolNode>(std::move(branches)));
}

// `f` of what is below each pair of addresses.
template <class F>
PacketSet map_transport(const PacketSet& set, Algebra& algebra, const F& f) {
  auto of_transport = diagram::memoized<ProtocolNode>(f);
  auto of_sources = diagram::memoized<SrcNode>([&](const Ref<SrcNode>& node) {
    return diagram::map_children(algebra, *node, of_transport);
  });
  return Access::packets_by_family([&](Family family) -> Ref<DstNode> {
    const auto& root = Access::root(set, family);
    if (!root) return nullptr;
    return diagram::map_children(algebra, *root, of_sources);
  });
}

// `f` of the points of each protocol that has ports; the others stay.
template <class F>
PacketSet map_ports(const PacketSet& set, Algebra& algebra, const F& f) {
  return map_transport(set, algebra, [&](const Ref<ProtocolNode>& node) {
    return map_protocols(
        algebra, *node,
        [&](std::uint8_t protocol, const Ref<DportNode>& points) {
          return has_ports(protocol) ? f(points) : points;
        });
  });
}

// Source and destination ports change places.
Ref<DportNode> transpose_ports(Algebra& algebra, const DportNode& node) {
  std::vector<Ref<DportNode>> parts;
  for (auto& [sports, dports] : diagram::keys_by_child(node)) {
    const auto leaf =
        algebra.intern(diagram::make_leaf(Ports::of(std::move(dports))));
    parts.push_back(algebra.intern(
        diagram::make_fan<DportNode>(sports->ports.intervals(), leaf)));
  }
  return algebra.unite(std::move(parts));
}

// Echo requests whose reply is among `points`.
Ref<DportNode> echo_requests(Algebra& algebra, std::uint8_t protocol,
                             const DportNode& points) {
  const bool is_v4 = protocol == kIcmp;
  const std::uint16_t reply = is_v4 ? kIcmpEchoReply : kIcmpv6EchoReply;
  const std::uint16_t request = is_v4 ? kIcmpEchoRequest : kIcmpv6EchoRequest;
  const SportNode* types = diagram::child_at(&points, std::uint16_t{0});
  if (types == nullptr || !types->ports.contains(reply)) return nullptr;
  const auto leaf = algebra.intern(diagram::make_leaf({request, request}));
  return algebra.intern(diagram::make_node<DportNode>({{0, 0, leaf}}));
}

Ref<ProtocolNode> reply_points(Algebra& algebra, const ProtocolNode& node) {
  return map_protocols(
      algebra, node, [&](std::uint8_t protocol, const Ref<DportNode>& points) {
        if (has_ports(protocol)) return transpose_ports(algebra, *points);
        if (is_icmp(protocol)) {
          return echo_requests(algebra, protocol, *points);
        }
        return points;
      });
}

// Source and destination addresses change places, with `f` of what is below.
// Destinations with the same sources are turned together:
//
//   dst D -> src S -> T      becomes      dst S -> src D -> f(T)
template <class F>
Ref<DstNode> transpose_addresses(Algebra& algebra, const DstNode& root, F& f) {
  std::vector<Ref<DstNode>> parts;
  for (const auto& [sources, dsts] : diagram::keys_by_child(root)) {
    auto turned = [&, &below = dsts](const Ref<ProtocolNode>& transport) {
      return algebra.intern(diagram::make_fan<SrcNode>(below, f(transport)));
    };
    std::vector<DstNode::Branch> branches;
    for (const auto& branch : sources->branches) {
      append(branches, branch.first, branch.last, turned(branch.child),
             algebra.equality());
    }
    parts.push_back(
        algebra.intern(diagram::make_node<DstNode>(std::move(branches))));
  }
  std::erase(parts, nullptr);
  return algebra.unite(std::move(parts));
}

Ports some_ports(std::uint16_t lo, std::uint16_t hi) {
  expects(lo <= hi, "a range of ports does not end before it starts");
  return {lo, hi};
}

Ref<DportNode> with_every_dport(Algebra& algebra, Ref<SportNode> sports) {
  if (!sports) return nullptr;
  return algebra.intern(diagram::make_node<DportNode>(
      {{kEveryPort.first, kEveryPort.last, std::move(sports)}}));
}

// What every destination port in lo to hi has below it.
Ref<SportNode> common_sports(Algebra& algebra, const DportNode& points,
                             Ports::Interval range) {
  auto at = diagram::first_reaching(points, range.first);
  if (at == points.branches.end() || at->first > range.first) return nullptr;
  Ref<SportNode> common = at->child;
  while (common && at->last < range.last) {
    const auto before = at++;
    const bool has_gap =
        at == points.branches.end() || at->first - before->last != 1;
    if (has_gap) return nullptr;
    common = algebra.combine(Operation::kIntersection, common, at->child);
  }
  return common;
}

}  // namespace

PacketSet PacketSet::restrict_src(const IpSet& src) const {
  Algebra algebra;
  return Access::packets_by_family([&](Family family) -> Ref<DstNode> {
    const auto& root = Access::root(*this, family);
    if (!root) return nullptr;
    auto restricted = diagram::memoized<SrcNode>([&](const Ref<SrcNode>& node) {
      return algebra.intern(
          diagram::restrict_keys(*node, src.intervals(family)));
    });
    return diagram::map_children(algebra, *root, restricted);
  });
}

PacketSet PacketSet::restrict_dst(const IpSet& dst) const {
  return Access::packets_by_family([&](Family family) -> Ref<DstNode> {
    const auto& root = Access::root(*this, family);
    if (!root) return nullptr;
    return diagram::restrict_keys(*root, dst.intervals(family));
  });
}

PacketSet PacketSet::restrict_transport(const TransportSet& transport) const {
  Algebra algebra;
  return map_transport(*this, algebra, [&](const Ref<ProtocolNode>& node) {
    return algebra.combine(Operation::kIntersection, node,
                           Access::root(transport));
  });
}

PacketSet PacketSet::replies_preimage() const {
  Algebra algebra;
  auto points =
      diagram::memoized<ProtocolNode>([&](const Ref<ProtocolNode>& node) {
        return reply_points(algebra, *node);
      });
  return Access::packets_by_family([&](Family family) -> Ref<DstNode> {
    const auto& root = Access::root(*this, family);
    if (!root) return nullptr;
    return transpose_addresses(algebra, *root, points);
  });
}

PacketSet PacketSet::preimage_src(const IpSet& from, IpAddress to) const {
  Algebra algebra;
  return Access::packets_by_family([&](Family family) -> Ref<DstNode> {
    const auto& root = Access::root(*this, family);
    if (!root || to.family() != family) return nullptr;
    const auto rewritten = [&](const Ref<SrcNode>& node) -> Ref<SrcNode> {
      const auto at = diagram::first_reaching(*node, to.value());
      if (at == node->branches.end() || at->first > to.value()) return nullptr;
      return algebra.intern(
          diagram::make_fan<SrcNode>(from.intervals(family), at->child));
    };
    return diagram::map_children(algebra, *root, rewritten);
  });
}

PacketSet PacketSet::preimage_dst(const IpSet& from, IpAddress to) const {
  return Access::packets_by_family([&](Family family) -> Ref<DstNode> {
    const auto& root = Access::root(*this, family);
    if (!root || to.family() != family) return nullptr;
    const auto at = diagram::first_reaching(*root, to.value());
    if (at == root->branches.end() || at->first > to.value()) return nullptr;
    return diagram::make_fan<DstNode>(from.intervals(family), at->child);
  });
}

PacketSet PacketSet::exists_sport(std::uint16_t lo, std::uint16_t hi) const {
  Algebra algebra;
  const Ports asked = some_ports(lo, hi);
  const auto every = algebra.intern(diagram::make_leaf(Ports::all()));
  return map_ports(*this, algebra, [&](const Ref<DportNode>& points) {
    return diagram::map_children(
        algebra, *points, [&](const Ref<SportNode>& sports) {
          return sports->ports.disjoint_from(asked) ? nullptr : every;
        });
  });
}

PacketSet PacketSet::forall_sport(std::uint16_t lo, std::uint16_t hi) const {
  Algebra algebra;
  const Ports asked = some_ports(lo, hi);
  const auto every = algebra.intern(diagram::make_leaf(Ports::all()));
  return map_ports(*this, algebra, [&](const Ref<DportNode>& points) {
    return diagram::map_children(
        algebra, *points, [&](const Ref<SportNode>& sports) {
          return asked.lies_inside(sports->ports) ? every : nullptr;
        });
  });
}

PacketSet PacketSet::exists_dport(std::uint16_t lo, std::uint16_t hi) const {
  Algebra algebra;
  some_ports(lo, hi);
  return map_ports(*this, algebra, [&](const Ref<DportNode>& points) {
    std::vector<Ref<SportNode>> found;
    for (auto at = diagram::first_reaching(*points, lo);
         at != points->branches.end() && at->first <= hi; ++at) {
      found.push_back(at->child);
    }
    return with_every_dport(algebra, algebra.unite(std::move(found)));
  });
}

PacketSet PacketSet::forall_dport(std::uint16_t lo, std::uint16_t hi) const {
  Algebra algebra;
  some_ports(lo, hi);
  return map_ports(*this, algebra, [&](const Ref<DportNode>& points) {
    return with_every_dport(algebra, common_sports(algebra, *points, {lo, hi}));
  });
}

}  // namespace netproof
