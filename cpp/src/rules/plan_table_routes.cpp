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
     "preferred to Direct Connect (S43, S94). It stays when its target is "
     "down, "
     "so the hidden prefix never takes over.",
     "10.1.0.0/16 -> vpn, and dx propagates 10.1.0.0/16",
     "dx propagates 10.1.0.0/16, the VPN is a shorter 10.0.0.0/8",
     "remove the static route, or the propagation if it is meant",
     check_hidden_propagations},
    {"prefix-is-routed-or-dropped", kError,
     "A prefix is routed or blackholed, not both",
     "One table sends a prefix to a target and drops the same prefix. AWS "
     "keeps "
     "one static route of a prefix, so which of the two counts is decided by "
     "whoever comes last (S46, S54). Host bits are masked before prefixes are "
     "compared.",
     "10.1.0.0/16 -> app and 10.1.0.0/16 blackhole in one table",
     "10.1.0.0/16 -> app, and 10.1.9.0/24 blackhole",
     "keep the one that is meant, or correct the prefix of the other",
     check_contradictions},
    {"route-decides-some-address", kWarning, "A route decides some address",
     "The longest prefix wins. Where longer routes of the same table cover "
     "every address of a route or blackhole, it is never used (S17, S43). "
     "Longer "
     "prefixes that a link propagates are not counted: they go with the link.",
     "10.0.0.0/15 -> a with 10.0.0.0/16 -> b and 10.1.0.0/16 -> b",
     "10.0.0.0/15 -> a with 10.0.0.0/16 -> b",
     "remove the route, or correct its prefix", check_used_routes},
    {"route-is-not-redundant", kWarning, "A route changes something",
     "The next wider route of the table has the same target, so nothing "
     "changes "
     "without the longer one. Often it was meant to be somewhere else.",
     "10.0.0.0/8 -> tgw and 10.1.0.0/16 -> tgw, nothing in between",
     "10.0.0.0/8 -> tgw and 10.1.0.0/16 -> peering",
     "remove the longer route, or correct its prefix or target",
     check_redundant_routes},
    {"route-table-is-used", kWarning, "A route table is used",
     "A transit gateway table that no attachment is associated with, or a VPC "
     "table of no subnet that is not the main table either: no packet is ever "
     "looked up in it, so its routes, blackholes and propagations do nothing "
     "(S14, S42).",
     "tgw-rtb:api with routes and propagations, associations: []",
     "tgw-rtb:api, associations: [app]",
     "associate an attachment or subnet, or remove the table",
     check_used_tables},
    {"static-route-leads-to-the-owner", kError,
     "A static route leads to whoever owns the addresses",
     "A transit gateway hands the packets to the attachment whatever is behind "
     "it. There only the VPC's own addresses are delivered and what the route "
     "tables of its attachment subnets lead on (S60); a site gets what its "
     "prefixes do not hold. Where another VPC or site owns the addresses this "
     "is an error (a warning if a site may forward them), where nobody owns "
     "them a warning, and a note where the target owns a part.",
     "10.2.0.0/16 -> app, where vpc:app has 10.1.0.0/16 and vpc:db 10.2.0.0/16",
     "10.2.0.0/16 -> db", "correct the target or the prefix",
     check_route_owners},
};

}  // namespace

std::span<const FindingKind> route_kinds() { return kKinds; }

}  // namespace netproof
