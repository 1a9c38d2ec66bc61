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

/// Flows of `protocols` (none: all); ports bear on those of `with_ports` only,
/// which no protocol number restricts if there are none.
TransportSet firewall_service(const std::vector<std::uint8_t>& protocols,
                              const std::vector<PortRange>& source_ports,
                              const std::vector<PortRange>& destination_ports);

}  // namespace netproof::io
