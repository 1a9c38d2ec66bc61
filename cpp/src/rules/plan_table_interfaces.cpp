#include "rules/plan_checks.hpp"
#include "rules/plan_table.hpp"

namespace netproof {

namespace {

constexpr Severity kError = Severity::kError;

constexpr FindingKind kKinds[] = {
    {"interface-address-is-assignable", kError,
     "An interface has an address that AWS gives out",
     "The first four addresses of a subnet and the last one are AWS's own: "
     "network, router, resolver, one for future use, broadcast (S11).",
     "10.0.1.2 in a subnet of 10.0.1.0/24", "10.0.1.4",
     "take another address of the subnet", check_interface_addresses},
    {"interface-address-is-unique", kError,
     "Two interfaces of a VPC have different addresses",
     "A private address is given once in a VPC; AWS refuses the second one.",
     "interface:a and interface:b with 10.0.1.10 in one VPC",
     "10.0.1.10 and 10.0.1.11", "give one of them another address",
     check_interface_twins},
    {"interface-lies-in-its-subnet", kError,
     "An interface has an address of its subnet",
     "Interfaces, those of endpoints and NAT gateways among them, take their "
     "addresses from the blocks of their subnet (S8).",
     "10.0.2.10 in a subnet of 10.0.1.0/24",
     "10.0.1.10 in a subnet of 10.0.1.0/24",
     "correct the address or the subnet", check_interface_places},
    {"zone-with-subnets-is-attached", kError,
     "An attachment has a subnet in every zone that uses it",
     "What a subnet sends to a transit gateway is forwarded only if the VPC's "
     "attachment has a subnet in the same Availability Zone; otherwise it is "
     "dropped, AZ_NOT_ATTACHED (S57).",
     "the attachment in az1 only, a subnet in az2 with a route to the gateway",
     "the attachment in az1 and az2",
     "add a subnet of this zone to the attachment", check_attached_zones},
};

}  // namespace

std::span<const FindingKind> interface_kinds() { return kKinds; }

}  // namespace netproof
