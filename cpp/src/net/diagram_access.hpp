#pragma once

#include <utility>

#include "diagram.hpp"
#include "netproof/net/packet_set.hpp"
#include "netproof/net/transport_set.hpp"

namespace netproof::diagram {

/// The one door between the sets of the public API and their diagrams.
struct Access {
  static const Ref<ProtocolNode>& root(const TransportSet& set) {
    return set.root_;
  }
  static TransportSet transport(Ref<ProtocolNode> root) {
    return TransportSet{std::move(root)};
  }
  static const Ref<DstNode>& root(const PacketSet& set, Family family) {
    return family == Family::kV4 ? set.v4_ : set.v6_;
  }
  static PacketSet packets(Ref<DstNode> v4, Ref<DstNode> v6) {
    return PacketSet{std::move(v4), std::move(v6)};
  }
  /// The set whose diagram in each family is `each(family)`.
  template <class F>
  static PacketSet packets_by_family(F&& each) {
    Ref<DstNode> v4 = each(Family::kV4);
    return PacketSet{std::move(v4), each(Family::kV6)};
  }
};

}  // namespace netproof::diagram
