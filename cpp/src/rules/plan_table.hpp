#pragma once

#include <span>

#include "netproof/rules/plan.hpp"

namespace netproof {

// The parts of the one table of findings, by subject; plan.cpp joins and sorts
// them.

/// The address plan: blocks, subnets and how they are written.
std::span<const FindingKind> address_kinds();
/// Route tables of VPCs and transit gateways.
std::span<const FindingKind> route_kinds();
/// Links and attachments, endpoints and DNS records.
std::span<const FindingKind> link_kinds();
/// What is received from sites and offered to them; quotas.
std::span<const FindingKind> exchange_kinds();
/// Lines and lists of filters.
std::span<const FindingKind> filter_kinds();
/// Addresses of interfaces, and zones of attachments.
std::span<const FindingKind> interface_kinds();
/// What is said about the network: names, claims, rules and exceptions.
std::span<const FindingKind> statement_kinds();

}  // namespace netproof
