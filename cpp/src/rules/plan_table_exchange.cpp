#include "rules/plan_checks.hpp"
#include "rules/plan_table.hpp"

namespace netproof {

namespace {

constexpr Severity kError = Severity::kError;
constexpr Severity kWarning = Severity::kWarning;

constexpr FindingKind kKinds[] = {
    {"advertised-prefix-is-deliverable", kError,
     "What is advertised to a site can be delivered",
     "The allowed prefixes of a transit gateway go to the sites as they are "
     "written, whatever its tables hold (S91). What arrives for an address "
     "that "
     "the table of the Direct Connect attachment does not lead on is dropped "
     "there: advertised is not reachable (S92). A prefix of which a part is "
     "delivered is a note. For a VPN gateway the list is a filter: one that "
     "holds no block of the VPC advertises nothing (S90).",
     "allowed: [10.9.0.0/16] where no VPC has an address of 10.9.0.0/16",
     "allowed: [10.1.0.0/16], propagated into the table of the attachment",
     "remove the prefix, or add the route that is missing",
     check_advertised_prefixes},
    {"allowed-prefixes-do-not-overlap", kError,
     "Transit gateways of one Direct Connect gateway share no prefix",
     "The list also decides to which transit gateway packets from a site go, "
     "so "
     "AWS refuses lists that overlap (S91).",
     "10.0.0.0/8 for tgw:a and 10.1.0.0/16 for tgw:b",
     "10.0.0.0/16 for tgw:a and 10.1.0.0/16 for tgw:b",
     "divide the addresses between the gateways", check_allowed_prefixes},
    {"direct-connect-gateway-has-one-kind", kError,
     "A Direct Connect gateway serves one kind of gateway",
     "It is associated with transit gateways or with VPN gateways, never with "
     "both (S89).",
     "dxgw:main with tgw:main and vgw:old", "dxgw:main with tgw:main only",
     "use a second Direct Connect gateway", check_association_kinds},
    {"quota-is-kept", kWarning, "The numbers are within AWS's quotas",
     "Transit gateways, their tables, routes and attachments, Direct Connect "
     "gateways and allowed prefixes are limited in number (S56, S69, S89, "
     "S91). "
     "Some quotas can be raised on request.",
     "21 route tables at one transit gateway", "20 of them",
     "merge some, use another gateway, or ask AWS to raise the quota",
     check_quotas},
    {"received-prefix-is-used", kWarning,
     "What a site advertises is in some table",
     "A prefix that a virtual interface or VPN receives, but that is neither "
     "propagated into a table nor the destination of a route to that link, is "
     "reached by nobody over it. A static VPN propagates nothing to a transit "
     "gateway and needs routes (S50, S97).",
     "vif:hq receives 172.16.0.0/12, and its attachment propagates nowhere",
     "the attachment of vif:hq propagates into tgw-rtb:prod",
     "propagate the attachment, or add a route", check_received_prefixes},
};

}  // namespace

std::span<const FindingKind> exchange_kinds() { return kKinds; }

}  // namespace netproof
