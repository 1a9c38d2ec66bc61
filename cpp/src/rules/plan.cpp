#include "netproof/rules/plan.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "rules/plan_checks.hpp"

namespace netproof {

namespace {

constexpr Severity kError = Severity::kError;
constexpr Severity kWarning = Severity::kWarning;
constexpr Severity kNote = Severity::kNote;

constexpr std::array<FindingKind, 22> kKinds = {{
    {"attachment-has-one-association", kError,
     "An attachment is associated with one route table",
     "A transit gateway asks one table, the associated one, where packets from "
     "an attachment go. AWS refuses a second association, so one of the two "
     "that are written is not what will run; until it is known which, what "
     "depends on it is unknown (S42).",
     "associations: [app] in tgw-rtb:prod and in tgw-rtb:dev",
     "associations: [app] in tgw-rtb:prod only",
     "keep one association; to let others learn the attachment, propagate it",
     check_associations},
    {"blackhole-is-not-covered", kWarning,
     "A blackhole does not lie inside another one",
     "The wider blackhole drops the same packets already. Often the narrower "
     "one was meant to be somewhere else.",
     "10.0.0.0/8 and 10.1.0.0/16 both blackhole", "10.0.0.0/8 blackhole",
     "remove the narrower blackhole, or correct its prefix",
     check_covered_blackholes},
    {"blackhole-is-not-pierced", kError,
     "No longer prefix opens a hole in a blackhole",
     "The longest prefix wins before the kind of route is looked at: a "
     "propagated 10.20.4.0/24 is delivered although 10.20.0.0/20 is a static "
     "blackhole. A new VPC in that range opens the hole silently (S45-S47). "
     "A hole made by a static route of the same table is a warning.",
     "10.20.0.0/20 blackhole, and vpc:x (10.20.4.0/24) propagates",
     "10.20.0.0/20 blackhole, and nothing inside it propagates",
     "take the propagation away, or add a blackhole of the same length",
     check_pierced_blackholes},
    {"blackhole-spares-its-members", kWarning,
     "A blackhole drops no part of a member of its table",
     "Inside or equal to the block of a VPC that is associated with the table, "
     "a static blackhole cuts that part of the VPC off from the VPC's own "
     "neighbours (S46).",
     "vpc:app (10.0.0.0/16) is associated, and 10.0.16.0/20 is a blackhole",
     "vpc:app (10.0.0.0/16) is associated, and 10.1.0.0/16 is a blackhole",
     "correct the prefix of the blackhole, or take the VPC out of the table",
     check_swallowed_members},
    {"claim-holds", kError, "What the design claims about itself is so",
     "`expect:` states counts that a design gives in words. The objects that "
     "are listed do not come to that number.",
     "expect: {accounts: 120} with 100 accounts listed",
     "expect: {accounts: 100} with 100 accounts listed",
     "list what is missing, or correct the claim", check_expectations},
    {"exception-has-not-expired", kError, "An exception has not expired",
     "After the day in `expires` an exception no longer counts and the rule "
     "fails again.",
     "expires: 2020-01-31", "expires: a day to come",
     "remove it, or agree on a new date with its owner"},
    {"exception-is-used", kWarning, "An exception takes out a violation",
     "The rule holds at the subject of the exception, or one of the two does "
     "not exist: the exception hides nothing today and may hide something "
     "tomorrow.",
     "subject: \"vpc:x\" where the rule is proved for vpc:x",
     "subject: \"vpc:x\" where the rule is violated at vpc:x",
     "remove the exception"},
    {"mandatory-rule-has-no-exception", kError,
     "A mandatory rule has no exception",
     "`mandatory: true` says that a rule allows no exceptions; they do not "
     "count.",
     "{id: a, mandatory: true, ...} and {rule: a, subject: ...}",
     "{id: a, mandatory: true, ...}",
     "remove the exception, or `mandatory` from the rule"},
    {"peered-vpcs-do-not-overlap", kError, "Peered VPCs do not overlap",
     "If any block of one VPC overlaps any block of the other, the peering is "
     "in state `failed` and carries nothing (S33).",
     "a peering of 10.1.0.0/16 and 10.1.128.0/17",
     "a peering of 10.1.0.0/16 and 10.2.0.0/16",
     "renumber one VPC, or connect the two through a private NAT gateway",
     check_peered_vpcs},
    {"prefix-has-no-host-bits", kError, "A prefix has no host bits",
     "Bits below the length are not part of a block. AWS masks them, but "
     "whoever wrote them meant another address or another length, and both "
     "readings are shown. Analysis goes on with the masked block (S9).",
     "10.0.1.0/16", "10.0.0.0/16, or 10.0.1.0/24",
     "write the block that is meant", check_host_bits},
    {"prefix-has-one-static-route", kError,
     "A prefix has one static route in a table",
     "AWS takes one static route of a prefix; a second one replaces it or is "
     "refused, it does not share load (S54). Host bits are masked before "
     "prefixes are compared.",
     "10.0.0.0/16 -> app and 10.0.0.0/16 -> db in one table",
     "10.0.0.0/16 -> app", "keep the route that is meant", check_static_routes},
    {"prefixes-do-not-overlap", kError,
     "VPCs, sites and segments do not overlap",
     "Two owners of one address cannot both be reached from one table: a "
     "transit gateway leaves one of them out (S52). If no table knows both "
     "yet, this is a warning.",
     "vpc:a 10.0.0.0/16 and vpc:b 10.0.128.0/17",
     "vpc:a 10.0.0.0/16 and vpc:b 10.1.0.0/16",
     "renumber one of them; `netproof cidr free` shows what is free",
     check_prefix_overlaps},
    {"reference-exists", kError, "A name that is used exists",
     "Something refers to an object that the topology does not list. What "
     "depends on it is unknown.",
     "associate: [vpc-ap] where only vpc-app is listed", "associate: [vpc-app]",
     "correct the name, or list the object", check_references},
    {"route-has-one-target", kError, "A route has one target",
     "AWS takes one target for each route. Which of several will be there is "
     "not known, so every one of them is a possible world (S54).",
     "10.1.0.0/16 -> [attachment-a, attachment-b]",
     "10.1.0.0/16 -> attachment-a", "keep one target", check_route_targets},
    {"routed-prefix-is-routable", kError,
     "Nothing routes what no router forwards",
     "Link-local (169.254.0.0/16, fe80::/10), loopback, multicast and reserved "
     "ranges end at the link. A route or advertisement inside them cannot "
     "work; the VPC resolver 169.254.169.253 cannot be reached from outside "
     "(S22, S40, S100).",
     "advertise 169.254.169.253/32 to a site",
     "advertise the addresses of a Route 53 inbound endpoint",
     "remove it; for DNS from outside use a resolver inbound endpoint",
     check_link_local},
    {"secondary-cidr-is-allowed", kError,
     "A further block of a VPC is one that AWS accepts",
     "A further block must not overlap the others, must not hold the "
     "destination of a route of the VPC, and must be of a range that goes "
     "with the ones that are there (S10).",
     "a VPC of 10.0.0.0/16 with 192.168.0.0/16 added",
     "a VPC of 10.0.0.0/16 with 100.64.0.0/16 added",
     "take a block of a range that may be added", check_secondary_cidrs},
    {"static-route-hides-nothing", kWarning,
     "A static route hides no propagated prefix",
     "Of equal prefixes the static route wins and the propagated one is not in "
     "the table at all, whatever its kind: a static route to a VPN is "
     "preferred to Direct Connect (S43, S94).",
     "10.1.0.0/16 -> vpn, and dx propagates 10.1.0.0/16",
     "dx propagates 10.1.0.0/16, the VPN is a shorter 10.0.0.0/8",
     "remove the static route, or the propagation if it is meant",
     check_hidden_propagations},
    {"subnet-lies-in-its-vpc", kError, "A subnet lies in a block of its VPC",
     "AWS refuses a subnet outside the blocks of its VPC (S8).",
     "subnet 10.1.0.0/24 in a VPC of 10.0.0.0/16",
     "subnet 10.0.1.0/24 in a VPC of 10.0.0.0/16",
     "correct the subnet, or add the block to the VPC", check_subnets_in_vpc},
    {"subnet-size-is-allowed", kError, "A subnet is as large as AWS allows",
     "IPv4 subnets are /16 to /28, IPv6 subnets /44 to /64 (S8).",
     "subnet 10.0.0.0/29", "subnet 10.0.0.0/28", "choose an allowed length",
     check_subnet_sizes},
    {"subnets-do-not-overlap", kError, "Subnets of one VPC do not overlap",
     "AWS refuses a subnet that overlaps another of its VPC (S8).",
     "10.0.0.0/24 and 10.0.0.128/25 in one VPC",
     "10.0.0.0/24 and 10.0.1.0/25 in one VPC", "move one of them",
     check_subnet_overlaps},
    {"vpc-size-is-allowed", kError, "A VPC block is as large as AWS allows",
     "IPv4 blocks of a VPC are /16 to /28, IPv6 blocks /44 to /60 (S8).",
     "vpc 10.0.0.0/8", "vpc 10.0.0.0/16", "choose an allowed length",
     check_vpc_sizes},
    {"zones-do-not-overlap", kNote, "The two zones of a rule share no location",
     "A location in both zones is judged against the others, not against "
     "itself. That may be meant; often a label is too wide.",
     "deny: {from: prod, to: everyone}",
     "to: a zone with `minus: {select: {environment: prod}}`",
     "add `minus` to one of the zones if that is not meant"},
}};

static_assert(std::ranges::is_sorted(kKinds, {}, &FindingKind::id));

// What could not be turned into an object is one finding each (--keep-going).
void add_left_out(const TopologyParts& parts, std::vector<Finding>& found) {
  for (const Diagnostic& problem : parts.left_out) {
    Finding finding;
    finding.id = problem.code;
    finding.message = problem.what;
    if (!problem.fragment.empty()) {
      finding.message += ", not '" + problem.fragment + "'";
    }
    finding.source = problem.where;
    finding.fix = problem.help;
    found.push_back(std::move(finding));
  }
}

}  // namespace

std::span<const FindingKind> finding_kinds() { return kKinds; }

const FindingKind* find_kind(std::string_view id) {
  const auto at = std::ranges::lower_bound(kKinds, id, {}, &FindingKind::id);
  return at == kKinds.end() || at->id != id ? nullptr : &*at;
}

Finding make_finding(std::string_view id, std::string message, Location source,
                     std::string subject) {
  const FindingKind* kind = find_kind(id);
  expects(kind != nullptr, "a finding is of a kind in the table");
  Finding finding;
  finding.id = std::string(id);
  finding.level = kind->level;
  finding.message = std::move(message);
  finding.source = std::move(source);
  finding.subjects = {std::move(subject)};
  finding.fix = std::string(kind->fix);
  return finding;
}

std::vector<Finding> check_plan(const PlanContext& context) {
  std::vector<Finding> found;
  for (const FindingKind& kind : kKinds) {
    if (kind.run != nullptr) kind.run(context, found);
  }
  add_left_out(context.parts(), found);
  sort_findings(found);
  return found;
}

}  // namespace netproof
