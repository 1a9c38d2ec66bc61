// What a PacketSet answers: its size, a member, its projections, its price.

#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "diagram_access.hpp"
#include "diagram_algebra.hpp"
#include "netproof/net/packet_set.hpp"

namespace netproof {

namespace {

using diagram::Access;
using diagram::DportNode;
using diagram::DstNode;
using diagram::ProtocolNode;
using diagram::Ref;
using diagram::SportNode;
using diagram::SrcNode;

// The transport points below a node of sources, over their addresses. What is
// below neighbours is mostly the same node. Of IPv4, 2^98 at most.
template <class Number>
Number count(const SrcNode& node) {
  Number total{0};
  const ProtocolNode* last = nullptr;
  std::uint64_t points = 0;
  for (const auto& branch : node.branches) {
    if (branch.child.get() != last) {
      last = branch.child.get();
      points = diagram::point_count(*last);
    }
    // All of IPv6 has 2^128 addresses: one more than fits.
    total += (Number{branch.last - branch.first} + Number{1}) * Number{points};
  }
  return total;
}

/// Each distinct node of sources is counted once.
template <class Number>
Number count(const DstNode& root) {
  std::unordered_map<const void*, Number> known;
  Number total{0};
  for (const auto& branch : root.branches) {
    const auto [at, is_new] = known.try_emplace(branch.child.get());
    if (is_new) at->second = count<Number>(*branch.child);
    total += (Number{branch.last - branch.first} + Number{1}) * at->second;
  }
  return total;
}

// Adds the distinct nodes of one level below `root`, in order of appearance.
class Collector {
 public:
  explicit Collector(const PacketSet& set) {
    for (const Family family : {Family::kV4, Family::kV6}) {
      if (const auto& root = Access::root(set, family)) add(family, *root);
    }
  }

  std::vector<std::pair<Family, const SrcNode*>> sources;
  std::vector<Ref<ProtocolNode>> transports;

 private:
  void add(Family family, const DstNode& node) {
    for (const auto& branch : node.branches) {
      if (!seen_.insert(branch.child.get()).second) continue;
      sources.emplace_back(family, branch.child.get());
      for (const auto& below : branch.child->branches) {
        if (seen_.insert(below.child.get()).second) {
          transports.push_back(below.child);
        }
      }
    }
  }

  std::unordered_set<const void*> seen_;
};

template <class Node>
void append_keys(const Node& node, std::vector<IpSet::Interval>& keys) {
  for (const auto& branch : node.branches) {
    keys.push_back({branch.first, branch.last});
  }
}

Flow flow_at(Family family, const DstNode& root) {
  const auto& dst = root.branches.front();
  const auto& src = dst.child->branches.front();
  Flow flow;
  flow.dst = IpAddress::make(family, dst.first);
  flow.src = IpAddress::make(family, src.first);
  return flow;
}

const ProtocolNode& transport_of_first(const DstNode& root) {
  return *root.branches.front().child->branches.front().child;
}

std::size_t count_branches(const SportNode& node,
                           std::unordered_set<const void*>&) {
  return node.ports.intervals().size();
}

template <class Node>
std::size_t count_branches(const Node& node,
                           std::unordered_set<const void*>& seen) {
  std::size_t total = node.branches.size();
  for (const auto& branch : node.branches) {
    if (seen.insert(branch.child.get()).second) {
      total += count_branches(*branch.child, seen);
    }
  }
  return total;
}

}  // namespace

BigUint PacketSet::size() const {
  BigUint total;
  if (v4_) total += BigUint{count<Uint128>(*v4_)};
  if (v6_) total += count<BigUint>(*v6_);
  return total;
}

std::optional<Flow> PacketSet::sample() const {
  if (empty()) return std::nullopt;
  const Family family = v4_ ? Family::kV4 : Family::kV6;
  const DstNode& root = *Access::root(*this, family);
  Flow flow = flow_at(family, root);
  const auto& protocol = transport_of_first(root).branches.front();
  const auto& dport = protocol.child->branches.front();
  flow.protocol = protocol.first;
  flow.dport = dport.first;
  flow.sport = dport.child->ports.intervals().front().first;
  return flow;
}

std::optional<Flow> PacketSet::sample_preferring(
    std::span<const std::uint16_t> dports, std::uint16_t sport) const {
  auto flow = sample();
  if (!flow) return flow;
  const auto& root = Access::root(*this, flow->dst.family());
  const ProtocolNode& transport = transport_of_first(*root);
  const DportNode* points = diagram::child_at(&transport, kTcp);
  flow->protocol = points ? kTcp : transport.branches.front().first;
  if (!points) points = transport.branches.front().child.get();

  const bool is_port = has_ports(flow->protocol);
  flow->dport = points->branches.front().first;
  for (const std::uint16_t dport : dports) {
    if (!is_port || !diagram::child_at(points, dport)) continue;
    flow->dport = dport;
    break;
  }
  const auto& sports = diagram::child_at(points, flow->dport)->ports;
  const bool has_sport = is_port && sports.contains(sport);
  flow->sport = has_sport ? sport : sports.intervals().front().first;
  return flow;
}

IpSet PacketSet::src_addresses() const {
  std::vector<IpSet::Interval> keys[2];
  for (const auto& [family, node] : Collector{*this}.sources) {
    append_keys(*node, keys[family == Family::kV4 ? 0 : 1]);
  }
  return IpSet::from_intervals(Family::kV4, std::move(keys[0])) |
         IpSet::from_intervals(Family::kV6, std::move(keys[1]));
}

IpSet PacketSet::dst_addresses() const {
  IpSet result;
  for (const Family family : {Family::kV4, Family::kV6}) {
    const auto& root = Access::root(*this, family);
    if (!root) continue;
    std::vector<IpSet::Interval> keys;
    keys.reserve(root->branches.size());
    append_keys(*root, keys);
    result |= IpSet::from_intervals(family, std::move(keys));
  }
  return result;
}

TransportSet PacketSet::transport_set() const {
  diagram::Algebra algebra;
  return Access::transport(algebra.unite(Collector{*this}.transports));
}

std::size_t PacketSet::branch_count() const {
  std::unordered_set<const void*> seen;
  return (v4_ ? count_branches(*v4_, seen) : 0) +
         (v6_ ? count_branches(*v6_, seen) : 0);
}

}  // namespace netproof
