#pragma once

#include <string>
#include <vector>

#include "netproof/rules/scope.hpp"

namespace netproof {

/// Which pods of `to` may be reached from `from` by addresses that are not
/// theirs: a Service's, a node's or a load balancer's (S113); and which of
/// `from` may reach `to` by an address that is not theirs (S174).
std::vector<std::string> pod_address_doubts(const Topology& topology,
                                            const ZoneScope& from,
                                            const ZoneScope& to);

}  // namespace netproof
