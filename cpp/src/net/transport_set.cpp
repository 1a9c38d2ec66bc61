#include "netproof/net/transport_set.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "diagram_access.hpp"
#include "diagram_algebra.hpp"
#include "diagram_relations.hpp"
#include "netproof/base/contract.hpp"

namespace netproof {

namespace {

using diagram::Access;
using diagram::Operation;
using Ports = IntervalSet<std::uint16_t>;

TransportSet rectangle(std::uint8_t protocol, const Ports& sports,
                       const Ports& dports) {
  auto leaf = diagram::make_leaf(sports);
  auto node = diagram::make_fan<diagram::DportNode>(dports.intervals(), leaf);
  return Access::transport(diagram::make_node<diagram::ProtocolNode>(
      {{protocol, protocol, std::move(node)}}));
}

TransportSet combine(Operation operation, const TransportSet& a,
                     const TransportSet& b) {
  diagram::Algebra algebra;
  return Access::transport(
      algebra.combine(operation, Access::root(a), Access::root(b)));
}

std::string range_text(std::uint16_t first, std::uint16_t last) {
  if (first == last) return std::to_string(first);
  return fmt::format("{}-{}", first, last);
}

std::string ports_text(const TransportRange& range, const std::string& name) {
  std::string text = name;
  if (range.dport_first != 0 || range.dport_last != 65535) {
    text += "/" + range_text(range.dport_first, range.dport_last);
  }
  if (range.sport_first != 0 || range.sport_last != 65535) {
    text += " from " + range_text(range.sport_first, range.sport_last);
  }
  return text;
}

std::string icmp_text(const TransportRange& range, const std::string& name) {
  const bool any_type = range.sport_first == 0 && range.sport_last == 255;
  const bool any_code = range.dport_first == 0 && range.dport_last == 255;
  if (any_type && any_code) return name;
  std::string text =
      name + "/" + range_text(range.sport_first, range.sport_last);
  if (!any_code) text += "/" + range_text(range.dport_first, range.dport_last);
  return text;
}

std::string range_name(const TransportRange& range) {
  const std::string name = protocol_name(range.protocol);
  if (has_ports(range.protocol)) return ports_text(range, name);
  return is_icmp(range.protocol) ? icmp_text(range, name) : name;
}

}  // namespace

TransportSet TransportSet::all() {
  static const TransportSet every{diagram::every_transport()};
  return every;
}

TransportSet TransportSet::protocol(std::uint8_t protocol) {
  const Ports every{0, highest_port(protocol)};
  return rectangle(protocol, every, every);
}

TransportSet TransportSet::ports(std::uint8_t protocol, std::uint16_t sport_lo,
                                 std::uint16_t sport_hi, std::uint16_t dport_lo,
                                 std::uint16_t dport_hi) {
  expects(has_ports(protocol), "tcp, udp and sctp have ports");
  return rectangle(protocol, {sport_lo, sport_hi}, {dport_lo, dport_hi});
}

TransportSet TransportSet::to_ports(std::uint8_t protocol,
                                    std::uint16_t dport_lo,
                                    std::uint16_t dport_hi) {
  return ports(protocol, 0, 65535, dport_lo, dport_hi);
}

TransportSet TransportSet::icmp(std::uint8_t protocol, std::uint8_t type_lo,
                                std::uint8_t type_hi, std::uint8_t code_lo,
                                std::uint8_t code_hi) {
  expects(is_icmp(protocol), "icmp and icmpv6 have types and codes");
  return rectangle(protocol, {type_lo, type_hi}, {code_lo, code_hi});
}

TransportSet TransportSet::union_of(std::vector<TransportSet> sets) {
  diagram::Algebra algebra;
  std::vector<Node> roots;
  roots.reserve(sets.size());
  for (const TransportSet& set : sets) {
    if (!set.empty()) roots.push_back(algebra.adopt(set.root_));
  }
  return TransportSet{algebra.unite(std::move(roots))};
}

TransportSet operator|(const TransportSet& a, const TransportSet& b) {
  return combine(Operation::kUnion, a, b);
}

TransportSet operator&(const TransportSet& a, const TransportSet& b) {
  return combine(Operation::kIntersection, a, b);
}

TransportSet operator-(const TransportSet& a, const TransportSet& b) {
  return combine(Operation::kDifference, a, b);
}

bool TransportSet::contains(std::uint8_t protocol, std::uint16_t sport,
                            std::uint16_t dport) const noexcept {
  if (empty()) return false;
  const auto* by_dport = diagram::child_at(root_.get(), protocol);
  if (by_dport == nullptr) return false;
  const auto* by_sport = diagram::child_at(by_dport, dport);
  return by_sport != nullptr && by_sport->ports.contains(sport);
}

bool TransportSet::lies_inside(const TransportSet& other) const {
  if (empty() || other.empty()) return empty();
  return diagram::Relations{}.inside(root_.get(), other.root_.get());
}

bool TransportSet::disjoint_from(const TransportSet& other) const {
  if (empty() || other.empty()) return true;
  return diagram::Relations{}.disjoint(root_.get(), other.root_.get());
}

std::uint64_t TransportSet::size() const {
  return empty() ? 0 : diagram::point_count(*root_);
}

std::vector<std::uint8_t> TransportSet::protocols() const {
  std::vector<std::uint8_t> result;
  if (empty()) return result;
  for (const auto& branch : root_->branches) {
    for (unsigned number = branch.first; number <= branch.last; ++number) {
      result.push_back(static_cast<std::uint8_t>(number));
    }
  }
  return result;
}

std::vector<TransportRange> TransportSet::ranges() const {
  std::vector<TransportRange> result;
  for (const std::uint8_t protocol : protocols()) {
    const auto* by_dport = diagram::child_at(root_.get(), protocol);
    for (const auto& branch : by_dport->branches) {
      for (const auto& sports : branch.child->ports.intervals()) {
        result.push_back(
            {protocol, sports.first, sports.last, branch.first, branch.last});
      }
    }
  }
  return result;
}

bool operator==(const TransportSet& a, const TransportSet& b) {
  return diagram::Equality{}.same(a.root_.get(), b.root_.get());
}

std::string to_string(const TransportSet& set) {
  if (set.empty()) return "none";
  if (set == TransportSet::all()) return "any";
  const std::vector<TransportRange> ranges = set.ranges();
  // Nobody reads two hundred protocols.
  constexpr std::size_t kMany = 16;
  if (ranges.size() > kMany) {
    const TransportSet rest = TransportSet::all() - set;
    if (rest.ranges().size() < kMany) return "any but " + to_string(rest);
  }
  std::string text;
  for (const TransportRange& range : ranges) {
    if (!text.empty()) text += ", ";
    text += range_name(range);
  }
  return text;
}

}  // namespace netproof

std::size_t std::hash<netproof::TransportSet>::operator()(
    const netproof::TransportSet& set) const noexcept {
  return set.root_ ? set.root_->hash : 0;
}
