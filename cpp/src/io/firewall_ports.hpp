#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "io/firewall_side.hpp"
#include "netproof/net/transport_set.hpp"

namespace netproof::io {

using PortRange = std::pair<std::uint16_t, std::uint16_t>;

/// The ports of a rule; empty if nobody can read them.
std::optional<std::vector<PortRange>> read_ports(
    std::string_view text, const RuleVariables& variables);

/// What a rule says of protocols (none: all) and ports.
struct RulePorts {
  std::vector<std::uint8_t> protocols;
  std::vector<PortRange> sources;
  std::vector<PortRange> destinations;

  /// Some ports do not match.
  bool restricted() const;
  /// One of the protocols has no ports.
  bool without_ports() const;
};

/// Flows of a stateless rule: ports bear on TCP and UDP only (S82).
TransportSet stateless_service(const RulePorts& rule);
/// Flows of a stateful rule: with ports, no protocol matches but TCP, UDP and
/// SCTP (S85). One that is named and has no ports is taken whole.
TransportSet stateful_service(const RulePorts& rule);

}  // namespace netproof::io
