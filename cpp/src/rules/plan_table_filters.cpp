#include "rules/plan_checks.hpp"
#include "rules/plan_table.hpp"

namespace netproof {

namespace {

constexpr Severity kError = Severity::kError;
constexpr Severity kWarning = Severity::kWarning;
constexpr Severity kNote = Severity::kNote;

constexpr FindingKind kKinds[] = {
    {"acl-passes-path-mtu-messages", kNote,
     "A network ACL passes the message that a packet is too big",
     "A host learns the size that a path carries from ICMP type 3 code 4, or "
     "ICMPv6 type 2. Network ACLs keep no state: where one passes TCP and not "
     "this message, connections open and then hang at the first large packet "
     "(S80). AWS advises to allow it in both directions. Security groups are "
     "not looked at: they track connections.",
     "inbound #100 allow tcp/443 from 0.0.0.0/0, and nothing for ICMP",
     "and inbound #110 allow icmp/3/4 from 0.0.0.0/0, outbound the same",
     "allow icmp/3/4 (IPv6: icmpv6/2) in both directions", check_path_mtu},
    {"cluster-says-what-decides", kWarning,
     "The description of a cluster holds all that decides",
     "Nothing enforces NetworkPolicies without a network plugin that does, and "
     "plugins and meshes have policies of their own; where nobody says which "
     "plugin there is, or such an object stands among the others, what a "
     "policy denies is unknown (S114). So is what depends on a kind of object "
     "of which none was collected.",
     "NetworkPolicies without an object netproof/v1 Cluster",
     "kind: Cluster, spec: {plugin: calico}",
     "name the plugin, and collect what is missing or say complete: true"},
    {"deny-spares-endpoints", kWarning,
     "A Deny for foreign addresses spares what comes by an endpoint",
     "A request that comes by a VPC endpoint has no aws:SourceIp, and a "
     "missing "
     "key makes NotIpAddress true: a Deny unless the address is in a list "
     "denies everything that comes by an endpoint (S102-S104).",
     "Deny with NotIpAddress {aws:SourceIp: 198.51.100.0/24}",
     "the same with StringNotEquals {aws:SourceVpce: vpce-1} beside it",
     "add StringNotEquals on aws:SourceVpce or aws:SourceVpc to the same "
     "Condition",
     check_endpoint_requests},
    {"egress-reaches-dns", kNote, "Pods with limited egress may ask for names",
     "Where policies limit what a pod may send, the answer to the question for "
     "a name needs a rule for port 53 of the cluster's DNS. Without one only "
     "addresses can be called (S115).",
     "egress: [{ports: [{port: 443}]}]",
     "egress: [{ports: [{port: 443}]}, {ports: [{protocol: UDP, port: 53}]}]",
     "allow UDP and TCP port 53 to the DNS of the cluster", check_pod_names},
    {"filter-line-is-reached", kWarning, "A filter line is reached",
     "The first line that matches decides. Where the earlier lines of a "
     "network "
     "ACL or firewall together take every packet of a line, it never decides "
     "anything, whatever it says (S76, S118). The deny that AWS adds at the "
     "end "
     "of an ACL is not looked at.",
     "#100 allow tcp from 10.0.0.0/8, then #200 deny tcp/22 from 10.1.0.0/16",
     "#100 deny tcp/22 from 10.1.0.0/16, then #200 allow tcp from 10.0.0.0/8",
     "move the line up, or remove it", check_reached_lines},
    {"group-reference-can-match", kError,
     "A reference between security groups can match",
     "A line that names another group matches its interfaces in the same VPC, "
     "over a peering in the same Region, and over a transit gateway only in "
     "ingress lines and with security group referencing switched on at the "
     "gateway and at both attachments (S63, S72). Otherwise it matches "
     "nothing, "
     "and nothing says so.",
     "sg:db of vpc:db allows sg:app of vpc:app over a transit gateway with "
     "group_referencing: false",
     "sg:db allows 10.1.0.0/24, the subnet of the application",
     "name the addresses instead, or switch security group referencing on",
     check_group_references},
    {"group-reference-meets-no-middlebox", kError,
     "No middlebox stands where a reference between security groups shall "
     "match",
     "What has passed an endpoint of AWS Network Firewall or of a Gateway Load "
     "Balancer, an interface that forwards, or another VPC behind a transit "
     "gateway matches no line that names a group (S63, S73). Reported where "
     "every way between interfaces of the two groups goes through one, as the "
     "table of the sender and the first table of the transit gateway say.",
     "sg:db allows sg:app, and the table of the application leads to "
     "endpoint:fw on the way to the database",
     "sg:db allows 10.1.0.0/24, the subnet of the application",
     "name the addresses or a prefix list instead", check_broken_references},
    {"list-has-no-redundant-entry", kWarning,
     "No entry of a list lies inside another one",
     "Prefix lists, allowed and advertised prefixes, and the peers of one line "
     "of a security group: the wider entry says it already. Where prefixes are "
     "routed, a longer one is reported only if nothing else has a prefix of a "
     "length between the two.",
     "entries: [10.0.0.0/8, 10.1.0.0/16]", "entries: [10.0.0.0/8]",
     "remove the narrower entry, or correct it", check_redundant_entries},
    {"source-address-is-public", kWarning,
     "aws:SourceIp is compared with public addresses",
     "aws:SourceIp is the public address of the caller as AWS sees it, and "
     "requests by an endpoint have none: a private, shared (100.64.0.0/10) or "
     "link-local block under it never matches anything (S102, S104).",
     "NotIpAddress {aws:SourceIp: [198.51.100.0/24, 10.0.0.0/8]}",
     "NotIpAddress {aws:SourceIp: 198.51.100.0/24} and StringNotEquals "
     "{aws:SourceVpce: vpce-1}",
     "name the endpoints by aws:SourceVpce, or test aws:VpcSourceIp together "
     "with aws:SourceVpc",
     check_source_conditions},
};

}  // namespace

std::span<const FindingKind> filter_kinds() { return kKinds; }

}  // namespace netproof
