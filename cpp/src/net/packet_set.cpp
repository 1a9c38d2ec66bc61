#include "netproof/net/packet_set.hpp"

#include <optional>
#include <utility>

#include "diagram_access.hpp"
#include "diagram_algebra.hpp"
#include "diagram_relations.hpp"
#include "netproof/base/contract.hpp"

namespace netproof {

namespace {

using diagram::Access;
using diagram::Algebra;
using diagram::DstNode;
using diagram::Operation;
using diagram::Ref;
using diagram::SrcNode;

Ref<DstNode> family_box(Family family, const IpSet& src, const IpSet& dst,
                        const TransportSet& transport) {
  return diagram::make_fan<DstNode>(
      dst.intervals(family),
      diagram::make_fan<SrcNode>(src.intervals(family),
                                 Access::root(transport)));
}

// Half of all operations have nothing to do: then no algebra is made.
PacketSet combine(Operation operation, const PacketSet& a, const PacketSet& b) {
  std::optional<Algebra> algebra;
  return Access::packets_by_family([&](Family family) -> Ref<DstNode> {
    const Ref<DstNode>& x = Access::root(a, family);
    const Ref<DstNode>& y = Access::root(b, family);
    if (!x) return operation == Operation::kUnion ? y : nullptr;
    if (!y) return operation == Operation::kIntersection ? nullptr : x;
    if (x == y) return operation == Operation::kDifference ? nullptr : x;
    const bool apart = x->branches.back().last < y->branches.front().first ||
                       y->branches.back().last < x->branches.front().first;
    if (apart && operation == Operation::kIntersection) return nullptr;
    if (apart && operation == Operation::kDifference) return x;
    if (!algebra) algebra.emplace();
    return algebra->combine(operation, x, y);
  });
}

// What some consecutive lines permit, and what any of them matches.
struct Part {
  Ref<DstNode> permit;
  Ref<DstNode> match;
};

class FirstMatch {
 public:
  FirstMatch(std::span<const FilterLine> lines, Family family)
      : lines_{lines}, family_{family} {}

  Ref<DstNode> permitted() {
    if (lines_.empty()) return nullptr;
    return fold(0, lines_.size(), false).permit;
  }

 private:
  // Lines first to last - 1. What the last lines of all match is never asked.
  Part fold(std::size_t first, std::size_t last, bool needs_match) {
    if (last - first == 1) return part_of(lines_[first]);
    const std::size_t middle = first + (last - first) / 2;
    const Part a = fold(first, middle, true);
    const Part b = fold(middle, last, needs_match);
    return {algebra_.combine(
                Operation::kUnion, a.permit,
                algebra_.combine(Operation::kDifference, b.permit, a.match)),
            needs_match ? algebra_.combine(Operation::kUnion, a.match, b.match)
                        : nullptr};
  }

  Part part_of(const FilterLine& line) {
    Ref<DstNode> match = algebra_.adopt(Access::root(line.match, family_));
    return {line.permit ? match : nullptr, match};
  }

  std::span<const FilterLine> lines_;
  Family family_;
  Algebra algebra_;
};

}  // namespace

PacketSet PacketSet::all() {
  return box(IpSet::all(), IpSet::all(), TransportSet::all());
}

PacketSet PacketSet::all(Family family) {
  return box(IpSet::all(family), IpSet::all(family), TransportSet::all());
}

PacketSet PacketSet::box(const IpSet& src, const IpSet& dst,
                         const TransportSet& transport) {
  return Access::packets_by_family(
      [&](Family family) { return family_box(family, src, dst, transport); });
}

PacketSet PacketSet::box(const Box& box) {
  return PacketSet::box(box.src, box.dst, box.transport);
}

PacketSet PacketSet::of(const Flow& flow) {
  expects(well_formed(flow),
          "a flow has ends of one family and ports in range");
  const auto leaf = diagram::make_leaf({flow.sport, flow.sport});
  const auto dport =
      diagram::make_node<diagram::DportNode>({{flow.dport, flow.dport, leaf}});
  const auto transport =
      Access::transport(diagram::make_node<diagram::ProtocolNode>(
          {{flow.protocol, flow.protocol, dport}}));
  return box(IpSet::of(flow.src), IpSet::of(flow.dst), transport);
}

PacketSet PacketSet::union_of(std::vector<PacketSet> sets) {
  return Access::packets_by_family([&](Family family) -> Ref<DstNode> {
    std::vector<Ref<DstNode>> roots;
    for (const PacketSet& set : sets) {
      const auto& root = Access::root(set, family);
      if (root) roots.push_back(root);
    }
    if (roots.empty()) return nullptr;
    if (roots.size() == 1) return roots.front();
    Algebra algebra;
    for (Ref<DstNode>& root : roots) root = algebra.adopt(root);
    return algebra.unite(std::move(roots));
  });
}

PacketSet PacketSet::first_match(std::span<const FilterLine> lines) {
  return Access::packets_by_family([&](Family family) {
    return FirstMatch{lines, family}.permitted();
  });
}

PacketSet operator|(const PacketSet& a, const PacketSet& b) {
  return combine(Operation::kUnion, a, b);
}

PacketSet operator&(const PacketSet& a, const PacketSet& b) {
  return combine(Operation::kIntersection, a, b);
}

PacketSet operator-(const PacketSet& a, const PacketSet& b) {
  return combine(Operation::kDifference, a, b);
}

bool PacketSet::contains(const Flow& flow) const noexcept {
  if (flow.src.family() != flow.dst.family()) return false;
  const auto& root = Access::root(*this, flow.dst.family());
  if (!root) return false;
  const auto* by_src = diagram::child_at(root.get(), flow.dst.value());
  if (by_src == nullptr) return false;
  const auto* by_protocol = diagram::child_at(by_src, flow.src.value());
  if (by_protocol == nullptr) return false;
  const auto* by_dport = diagram::child_at(by_protocol, flow.protocol);
  if (by_dport == nullptr) return false;
  const auto* by_sport = diagram::child_at(by_dport, flow.dport);
  return by_sport != nullptr && by_sport->ports.contains(flow.sport);
}

bool PacketSet::lies_inside(const PacketSet& other) const {
  diagram::Relations relations;
  const auto inside = [&](const Node& a, const Node& b) {
    return !a || (b && relations.inside(a.get(), b.get()));
  };
  return inside(v4_, other.v4_) && inside(v6_, other.v6_);
}

bool PacketSet::disjoint_from(const PacketSet& other) const {
  diagram::Relations relations;
  const auto disjoint = [&](const Node& a, const Node& b) {
    return !a || !b || relations.disjoint(a.get(), b.get());
  };
  return disjoint(v4_, other.v4_) && disjoint(v6_, other.v6_);
}

PacketSet PacketSet::only(Family family) const {
  return family == Family::kV4 ? PacketSet{v4_, nullptr}
                               : PacketSet{nullptr, v6_};
}

bool operator==(const PacketSet& a, const PacketSet& b) {
  diagram::Equality equality;
  return equality.same(a.v4_.get(), b.v4_.get()) &&
         equality.same(a.v6_.get(), b.v6_.get());
}

}  // namespace netproof

std::size_t std::hash<netproof::PacketSet>::operator()(
    const netproof::PacketSet& set) const noexcept {
  return netproof::hash_mix(set.v4_ ? set.v4_->hash : 0,
                            set.v6_ ? set.v6_->hash : 0);
}
