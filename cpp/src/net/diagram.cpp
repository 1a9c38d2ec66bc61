#include "diagram.hpp"

#include "netproof/net/protocol.hpp"

namespace netproof::diagram {

Ref<DportNode> every_point(std::uint8_t protocol) {
  using Ports = IntervalSet<std::uint16_t>;
  const Ports every{0, highest_port(protocol)};
  return make_fan<DportNode>(every.intervals(), make_leaf(every));
}

Ref<ProtocolNode> every_transport() {
  // One node for each shape: protocols of the same shape share it.
  const auto ports = every_point(kTcp);
  const auto types = every_point(kIcmp);
  const auto point = every_point(0);
  Equality equality;
  std::vector<ProtocolNode::Branch> branches;
  for (unsigned number = 0; number < 256; ++number) {
    const auto protocol = static_cast<std::uint8_t>(number);
    const auto& points = has_ports(protocol) ? ports
                         : is_icmp(protocol) ? types
                                             : point;
    append(branches, protocol, protocol, points, equality);
  }
  return make_node<ProtocolNode>(std::move(branches));
}

std::uint64_t point_count(const ProtocolNode& node) {
  std::uint64_t total = 0;
  for (const auto& protocols : node.branches) {
    std::uint64_t points = 0;
    for (const auto& dports : protocols.child->branches) {
      std::uint64_t sports = 0;
      for (const auto& interval : dports.child->ports.intervals()) {
        sports += std::uint64_t{interval.last} - interval.first + 1;
      }
      points += sports * (std::uint64_t{dports.last} - dports.first + 1);
    }
    total += points * (std::uint64_t{protocols.last} - protocols.first + 1);
  }
  return total;
}

}  // namespace netproof::diagram
