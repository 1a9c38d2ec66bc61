#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "netproof/model/trace.hpp"
#include "netproof/model/vpc.hpp"

namespace netproof::reference {

/// What a packet went through, newest first; shared by the ways that part.
struct HopLink {
  Hop hop;
  std::shared_ptr<const HopLink> before;
};

/// Something that is not known: (object, what). A packet that meets it twice
/// meets the same alternative (S137).
struct Fact {
  std::string key;
  std::string text;     ///< for people: "rtb:app may hold another route"
  bool sticky = false;  ///< the reply meets the same alternative (S59)
};

/// What a packet met of a fact; shared by the ways that part later.
struct Choice {
  Fact fact;
  std::string alternative;
};

/// What a NAT gateway remembers: `after` stands for `before` (S149).
struct Binding {
  std::uint32_t nat = 0;
  IpAddress before, after;
  std::uint16_t before_port = 0, after_port = 0;
};

/// What a node remembers: its source stands for that of a pod (S174).
struct NodeBinding {
  const ClusterNode* node = nullptr;
  std::uint32_t pod = 0;
  IpAddress before, after;
  std::uint16_t before_port = 0, after_port = 0;
};

/// A public address that an internet gateway put in for a private one.
struct Mapping {
  std::uint32_t gateway = 0;
  IpAddress private_address, public_address;
};

/// One passage through a transit gateway, by attachments.
struct Traversal {
  std::uint32_t in = 0;
  std::optional<std::uint32_t> out;
};

/// A packet on its way, with everything it carries along.
struct Packet {
  Flow flow;
  Place origin;
  std::optional<Id<Vpc>> origin_vpc;
  /// The VPC that a place or NAT gateway of it sent the packet in, as long as
  /// it has not left.
  std::optional<Id<Vpc>> home;
  bool other_ways = false;  ///< passed anything but peerings and transit
  int peerings = 0;
  std::vector<Traversal> traversals;
  std::optional<std::uint32_t> last_table;  ///< of a transit gateway
  bool inspected = false;
  bool rewritten = false;
  bool sent_by_nat = false;
  std::optional<std::size_t> subnet;  ///< the subnet that it leaves
  std::string zone;                   ///< S145; empty: none

  std::vector<std::uint32_t> interfaces;  ///< next hops it passed
  std::vector<std::uint32_t> endpoints;   ///< inspection endpoints it passed
  std::vector<std::uint32_t> unlined;     ///< of these: no line passed it
  std::vector<std::uint32_t> handshakes;  ///< endpoints, but no data would
  std::vector<std::uint32_t> firewalls;   ///< zone firewalls it passed
  std::vector<Binding> bindings;
  std::vector<std::size_t> undone;  ///< of the request's bindings
  std::optional<NodeBinding> by_node;
  std::vector<Mapping> mappings;
  std::optional<std::uint32_t> egress_only;  ///< it left by this gateway

  std::vector<std::pair<std::string, Flow>> visits;  ///< S155
  int tables = 0;
  std::vector<std::shared_ptr<const Choice>> choices;
  std::shared_ptr<const HopLink> hops;

  /// The alternative it has met before, if it has.
  const std::string* chosen(const std::string& key) const {
    for (const auto& choice : choices) {
      if (choice->fact.key == key) return &choice->alternative;
    }
    return nullptr;
  }
};

}  // namespace netproof::reference
