#include "rules/plan_checks.hpp"
#include "rules/plan_table.hpp"

namespace netproof {

namespace {

constexpr Severity kError = Severity::kError;
constexpr Severity kWarning = Severity::kWarning;

constexpr FindingKind kKinds[] = {
    {"associated-vpn-gateway-has-a-vpc", kWarning,
     "A VPN gateway of a Direct Connect gateway is attached to a VPC",
     "A Direct Connect gateway hands what its links bring to the VPC of an "
     "associated VPN gateway. One that is attached to no VPC takes nothing and "
     "offers nothing, and counts among the 20 that may be associated (S89).",
     "associations: [{vpn_gateway: spare}], vgw:spare is attached to no VPC",
     "a VPN gateway in the vpn_gateways of a VPC",
     "attach the VPN gateway, or take the association away",
     check_associated_gateways},
    {"community-has-effect", kWarning, "A BGP community is one that AWS reads",
     "On a private or transit virtual interface AWS reads 7224:7100, 7224:7200 "
     "and 7224:7300, written as `local_preference`, and nothing else. Any "
     "other community is carried along and decides nothing (S93).",
     "communities: [\"65000:100\"] to prefer a link", "local_preference: 7300",
     "prefer the link by `local_preference`, or remove the community",
     check_communities},
    {"gateway-endpoint-has-no-interface", kError,
     "A gateway endpoint has neither interface nor address",
     "A gateway endpoint (S3, DynamoDB) is a target of routes for a prefix "
     "list. It has no address in the VPC, so nothing can be sent to one, and "
     "nothing outside the VPC can use it (S36).",
     "endpoints: {name: s3, kind: gateway, addresses: [10.0.30.200]}",
     "a route pl:s3 -> endpoint:s3 in each table that needs it",
     "remove the addresses and route the prefix list to the endpoint, or make "
     "it an interface endpoint",
     check_gateway_endpoints},
    {"med-has-effect", kWarning, "A MED decides between two links",
     "AWS looks at the longest prefix, the local preference and the length of "
     "the AS path first. A MED counts only between links that are equal in "
     "these, advertise the same prefix and differ in their MED; one that is "
     "not written counts as 0 over Direct Connect and as 100 over a VPN (S43, "
     "S93). Here it never decides, whichever links fail.",
     "med: 100 and med: 200 on links with AS paths of 1 and 3",
     "med: 100 and med: 200 on links with AS paths of 1",
     "make the links equal in what is looked at before, or remove the MED",
     check_meds},
    {"preferred-link-is-used", kError, "A site uses the link that it prefers",
     "On a site as in AWS the longest prefix decides before any preference: a "
     "backup VPN that teaches 10.1.0.0/24 takes the packets although Direct "
     "Connect offers 10.0.0.0/8 and is preferred (S94).",
     "allowed prefixes 10.0.0.0/8 on the preferred Direct Connect, and a VPN "
     "with BGP whose table holds 10.1.0.0/24",
     "site_routes: [10.0.0.0/8] on the VPN",
     "let the site take the same prefixes from both links", check_site_links},
    {"record-points-at-an-owned-address", kError,
     "A DNS record points at an address that one place has",
     "A rule with a name is a rule about the addresses of its record. What "
     "nobody has cannot be reached; what two places have leads to either. An "
     "address of the internet is not judged. A warning: an address that only "
     "something unknown may have, one in a subnet or segment that lists who "
     "is in it without it, and one that no router forwards (S11, S22, S101).",
     "order.internal at 10.0.9.9, which lies in no subnet",
     "order.internal at 10.0.1.9, an interface of subnet:app",
     "correct the address, or list what has it", check_records},
    {"table-and-attachment-share-a-gateway", kError,
     "A transit gateway route table is for attachments of its gateway",
     "A table knows the attachments of its own transit gateway only: AWS "
     "refuses to associate, propagate or route to one of another. Two transit "
     "gateways meet in a peering, which is an attachment of each (S42, S65).",
     "associations: [app] in a table of tgw:osaka, app is attached to "
     "tgw:tokyo",
     "associations: [app] in a table of tgw:tokyo",
     "name an attachment of the table's gateway; to the other one, the peering",
     check_gateways_of_tables},
};

}  // namespace

std::span<const FindingKind> link_kinds() { return kKinds; }

}  // namespace netproof
