#include "rules/plan_checks.hpp"
#include "rules/plan_table.hpp"

namespace netproof {

namespace {

constexpr Severity kError = Severity::kError;
constexpr Severity kWarning = Severity::kWarning;
constexpr Severity kNote = Severity::kNote;

constexpr FindingKind kKinds[] = {
    {"claim-holds", kError, "What the design claims about itself is so",
     "`expect:` states what a design says in words about its own data: how "
     "many objects there are, which prefixes hold which VPCs, how many "
     "addresses a subnet gives (S11). The data say something else. Families "
     "of which a claim has no prefix are not judged; what an open list leaves "
     "out speaks against nothing.",
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
    {"reference-exists", kError, "A name that is used exists",
     "Something refers to an object that the topology does not list. What "
     "depends on it is unknown.",
     "associate: [vpc-ap] where only vpc-app is listed", "associate: [vpc-app]",
     "correct the name, or list the object", check_references},
    {"landing-zone-is-understood", kWarning,
     "A landing zone says what is understood",
     "A key or value of the configuration that this version does not know, "
     "that "
     "is looked up when the accelerator runs, or that AWS decides, is not "
     "passed over: what it may change is unknown (S161-S171).",
     "target: ${ACCEL_LOOKUP::EC2:ENI_0:firewall}", "target: Nat-Egress-A",
     "write the value out, or leave the resource out of the question"},
    {"snapshot-has-every-call", kWarning, "A snapshot holds every call",
     "What a call would have said is not taken for nothing: without the answer "
     "of describe-network-acls, say, nobody knows what the ACLs let through, "
     "and what depends on it is unknown (S121, S123).",
     "a folder with Vpcs, Subnets and RouteTables, and no NetworkAcls",
     "a folder with all of them",
     "collect the call that is named, or take AWS's defaults with "
     "--assume-missing aws-defaults"},
    {"snapshot-is-understood", kWarning, "A snapshot says what is understood",
     "A value or key that may bear on routing or filtering, and that this "
     "version does not know, is not passed over: what it may change is unknown "
     "(S124).",
     "Route: {State: filtered}", "Route: {State: active}",
     "ask for support of the value, or leave the resource out of the "
     "question"},
    {"value-is-known", kWarning, "What packets depend on is known",
     "A plan or template leaves values open: what AWS chooses when it makes a "
     "resource, references that cannot be followed, what others manage. What "
     "depends on such a value is unknown, never a default (S125, S126, S131).",
     "aws_subnet: {vpc_id: (known after apply), from a local value}",
     "aws_subnet: {vpc_id: aws_vpc.main.id}",
     "refer to the resource itself, or judge the state after apply"},
    {"public-addresses-are-known", kWarning,
     "The public addresses of a network are known",
     "An address that AWS gives when it makes a resource, or a resource whose "
     "interfaces nobody lists, may be reached from the internet. What the "
     "internet can call, and what is routed there, is unknown (S27).",
     "aws_lb: {internal: false}", "aws_eip: {public_ip: 203.0.113.9}",
     "judge the state after apply, or a snapshot"},
    {"zones-do-not-overlap", kNote, "The two zones of a rule share no location",
     "A location in both zones is judged against the others, not against "
     "itself. That may be meant; often a label is too wide.",
     "deny: {from: prod, to: everyone}",
     "to: a zone with `minus: {select: {environment: prod}}`",
     "add `minus` to one of the zones if that is not meant"},
};

}  // namespace

std::span<const FindingKind> statement_kinds() { return kKinds; }

}  // namespace netproof
