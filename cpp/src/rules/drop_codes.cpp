#include "rules/drop_codes.hpp"

#include <array>

namespace netproof {

namespace {

constexpr std::array<DropCodeText, kDropCodes> kTexts = {{
    {DropCode::kNoRoute, "No route of the table matches the destination.",
     "Add a route, or propagate the destination into the table.",
     "NO_ROUTE_TO_DESTINATION"},
    {DropCode::kBlackholeRoute,
     "The longest matching route is a blackhole: a static one, or one whose "
     "target is gone (S20, S48).",
     "Remove the blackhole or restore its target; nothing shorter takes over.",
     "BAD_STATE_ROUTE, TGW_RTB_BAD_STATE_ROUTE"},
    {DropCode::kTgwNoAssociation,
     "The attachment is associated with no transit gateway route table (S42).",
     "Associate the attachment with a table.",
     "TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION"},
    {DropCode::kAzNotAttached,
     "The attachment has no subnet in the Availability Zone of the sender "
     "(S57).",
     "Add a subnet of that zone to the attachment.",
     "TGW_ROUTE_AZ_RESTRICTION"},
    {DropCode::kNaclDeny,
     "A network ACL denies the packet, or no line allows it (S76).",
     "Allow it in the direction that is named; ACLs need both directions.",
     "SUBNET_ACL_RESTRICTION"},
    {DropCode::kSgDeny,
     "No rule of the security groups of the interface allows it (S70).",
     "Add a rule; replies need none.", "ENI_SG_RULES_MISMATCH"},
    {DropCode::kFirewallDeny,
     "A firewall or appliance on the way does not pass it (S116, S150).",
     "Add a firewall rule, or route around it.", "FIREWALL_RULES_RESTRICTION"},
    {DropCode::kPolicyDeny, "A Kubernetes NetworkPolicy does not allow it.",
     "Add a rule to the policies of the pods.", ""},
    {DropCode::kPublicAccessBlocked, "VPC Block Public Access stops it (S32).",
     "Exclude the VPC or subnet, if the internet is meant.",
     "VPC_BLOCK_PUBLIC_ACCESS_ENABLED"},
    {DropCode::kNoPublicIp,
     "The sender has no public address that the gateway could use (S27).",
     "Map a public address, or send through a NAT gateway.",
     "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS"},
    {DropCode::kNatRefused,
     "A NAT gateway does not take it: a new connection from outside, or a "
     "protocol other than TCP, UDP and ICMP (S29).",
     "NAT gateways only answer what came from inside.", "PROTOCOL_RESTRICTION"},
    {DropCode::kNotLocalAtPeer,
     "It came over a peering for an address outside the peer VPC (S34).",
     "Peerings are not transitive: peer the two VPCs, or use a transit "
     "gateway.",
     "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR"},
    {DropCode::kNotAdvertised,
     "The site has learned no route to the destination over any link (S153).",
     "Advertise it: allowed prefixes, propagation, or static VPN routes.", ""},
    {DropCode::kUnroutable,
     "No router forwards to this destination there: link-local, reserved, or "
     "private on the internet (S22).",
     "Use an address that is routed.", ""},
    {DropCode::kNoSuchAddress, "Nobody has this address there (S140).",
     "Correct the address, or list the interface.", ""},
    {DropCode::kSourceCheck,
     "The packet's address is not the interface's own, and its source and "
     "destination check is on (S136).",
     "Switch the check off on appliances.",
     "ENI_SOURCE_DEST_CHECK_RESTRICTION"},
    {DropCode::kFamilyNotCarried,
     "What is on the way does not carry this address family (S62, S147).",
     "Enable IPv6 on the attachment, or use a gateway that carries it.", ""},
    {DropCode::kNoState,
     "A reply met a stateful device that did not see the request, or there is "
     "no reply to this packet (S4).",
     "Route replies back the way of the request.", ""},
    {DropCode::kLoop, "The packet came to the same table again (S5).",
     "Let inspection return through another route table.",
     "CYCLIC_PATH_DETECTED"},
    {DropCode::kStateNotActive,
     "A peering, attachment or link on the way is not in state active (S33, "
     "S144).",
     "Accept or repair it; overlapping VPCs cannot be peered.",
     "BAD_STATE, BAD_STATE_ATTACHMENT, BAD_STATE_VPN"},
    {DropCode::kAmbiguousSource,
     "Several locations own the source address, so it does not say where the "
     "packet starts.",
     "Name the location with --at.", ""},
}};

}  // namespace

std::span<const DropCodeText> drop_code_texts() { return kTexts; }

}  // namespace netproof
