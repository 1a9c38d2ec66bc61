#include "rules/plan_checks.hpp"
#include "rules/plan_table.hpp"

namespace netproof {

namespace {

constexpr Severity kError = Severity::kError;
constexpr Severity kWarning = Severity::kWarning;

constexpr FindingKind kKinds[] = {
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
    {"prefix-has-one-static-route", kError,
     "A prefix has one static route in a table",
     "AWS takes one static route of a prefix; a second one replaces it or is "
     "refused, it does not share load (S54). Host bits are masked before "
     "prefixes are compared.",
     "10.0.0.0/16 -> app and 10.0.0.0/16 -> db in one table",
     "10.0.0.0/16 -> app", "keep the route that is meant", check_static_routes},
    {"route-has-one-target", kError, "A route has one target",
     "AWS takes one target for each route. Which of several will be there is "
     "not known, so every one of them is a possible world (S54).",
     "10.1.0.0/16 -> [attachment-a, attachment-b]",
     "10.1.0.0/16 -> attachment-a", "keep one target", check_route_targets},
    {"static-route-hides-nothing", kWarning,
     "A static route hides no propagated prefix",
     "Of equal prefixes the static route wins and the propagated one is not in "
     "the table at all, whatever its kind: a static route to a VPN is "
     "preferred to Direct Connect (S43, S94).",
     "10.1.0.0/16 -> vpn, and dx propagates 10.1.0.0/16",
     "dx propagates 10.1.0.0/16, the VPN is a shorter 10.0.0.0/8",
     "remove the static route, or the propagation if it is meant",
     check_hidden_propagations},
};

}  // namespace

std::span<const FindingKind> route_kinds() { return kKinds; }

}  // namespace netproof
