"""The TechNova document as printed: its defects are found where they stand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import netproof
from netproof.parts import Finding
from python import command

FOLDER = Path(__file__).parents[2] / "topologies/technova/as-written"


@cache
def findings() -> tuple[Finding, ...]:
    return netproof.load(FOLDER).check(plan_only=True).findings


def line_of(finding: Finding) -> str:
    """The line of the user's file that the finding points at."""
    assert finding.source is not None
    file = FOLDER / Path(finding.source.file).name
    return file.read_text().splitlines()[finding.source.line - 1]


# What is wrong, the file, and a piece of the line to blame.
DEFECTS = [
    # 1, 2.1.1: 120 accounts and VPCs, of which 100 and 99 are listed
    ("claim-holds", "claims.yaml", "accounts: 120"),
    ("claim-holds", "claims.yaml", "vpcs: 120"),
    # 2.3.1: 14 addresses of a /28
    ("claim-holds", "claims.yaml", "subnet: mfg-prod-app-transit-1a"),
    ("claim-holds", "claims.yaml", "subnet: mfg-prod-app-transit-1c"),
    # 3.1.1: what the static routes and blackholes are said to be
    ("claim-holds", "claims.yaml", "3.1.1 10.1.30.0/20 is the Sales Prod"),
    ("claim-holds", "claims.yaml", "3.1.1 no access from production to dev"),
    ("claim-holds", "claims.yaml", "3.1.1 no access from production to test"),
    ("claim-holds", "claims.yaml", "3.1.1 no access to environments other"),
    ("claim-holds", "claims.yaml", "3.1.1 10.0.20.0/20 is staging"),
    # 6.2.1: a group and a prefix of a VPC that is sixteen times as large
    ("claim-holds", "claims.yaml", "6.2.1 10.1.30.0/24"),
    # 1.2.1, 2.3.1, 3.1.1: masks
    ("prefix-has-no-host-bits", "cidr-plan.csv", "technova-mfg-prod-app,"),
    ("prefix-has-no-host-bits", "subnets.csv", "10.0.30.200/28"),
    ("prefix-has-no-host-bits", "subnets.csv", "10.0.30.216/28"),
    ("prefix-has-no-host-bits", "transit-gateway.yaml", "10.1.30.0/20"),
    ("prefix-has-no-host-bits", "transit-gateway.yaml", "10.0.10.0/20"),
    ("prefix-has-no-host-bits", "transit-gateway.yaml", "10.0.20.0/20"),
    # 3.1.1: the second blackhole is the first one again
    ("prefix-has-one-static-route", "transit-gateway.yaml", "10.0.10.0/20"),
    ("blackhole-spares-its-members", "transit-gateway.yaml", "10.0.20.0/20"),
    # 3.1.1, 3.1.5: "On-Premises" is three attachments
    ("route-has-one-target", "transit-gateway.yaml", "192.168.0.0/16"),
    # 3.1.2 to 3.1.4: two tables for one attachment
    ("attachment-has-one-association", "transit-gateway.yaml", "function: api"),
    (
        "attachment-has-one-association",
        "transit-gateway.yaml",
        "vpc-attachment-network-hub",
    ),
    (
        "attachment-has-one-association",
        "transit-gateway.yaml",
        "vpc-attachment-security",
    ),
    # 3.1.4, 10.1.1: objects that no section describes
    (
        "reference-exists",
        "transit-gateway.yaml",
        "vpc-attachment-management-tools",
    ),
    ("reference-exists", "osaka.yaml", "vpc-of-osaka"),
    # 3.1.5: a link-local address for the premises
    ("routed-prefix-is-routable", "premises.yaml", "169.254.169.253/32"),
    # 3.1.5: communities that AWS does not know
    ("community-has-effect", "premises.yaml", "transit-vif-tokyo-1"),
    # 5.3.1: an interface of a gateway endpoint
    (
        "gateway-endpoint-has-no-interface",
        "endpoints.yaml",
        "s3@technova-mfg-prod-app",
    ),
]


@pytest.mark.parametrize(("kind", "file", "piece"), DEFECTS)
def test_a_defect_is_found_where_it_stands(
    kind: str, file: str, piece: str
) -> None:
    found = [
        finding
        for finding in findings()
        if finding.id == kind
        and finding.source is not None
        and Path(finding.source.file).name == file
        and piece in line_of(finding)
    ]
    assert found, [f.message for f in findings() if f.id == kind]


def test_all_but_four_blocks_of_the_plan_have_host_bits() -> None:
    of_plan = [
        finding
        for finding in findings()
        if finding.id == "prefix-has-no-host-bits"
        and finding.source is not None
        and Path(finding.source.file).name == "cidr-plan.csv"
    ]
    assert len(of_plan) == 92


def test_every_claim_that_fails_is_a_known_one() -> None:
    failing = {
        line_of(finding)
        for finding in findings()
        if finding.id == "claim-holds"
    }
    pieces = [piece for kind, _, piece in DEFECTS if kind == "claim-holds"]
    assert [
        line for line in failing if not any(piece in line for piece in pieces)
    ] == []


def test_every_finding_has_a_place_a_reason_and_a_way_out() -> None:
    for finding in findings():
        assert finding.source is not None, finding.message
        assert finding.source.line > 0, finding.message
        assert finding.message, finding.id
        assert finding.fix, finding.message


# Verdicts that follow from what is printed, whatever is open: VPCs of one block
# keep their packets (1.2.1, 3.1.1); nobody owns the address that is offered to
# the premises for names (3.1.5).
RULES = """\
version: 1
zones:
  mfg-prod-api: {accounts: [technova-mfg-prod-api]}
  mfg-prod-db: {accounts: [technova-mfg-prod-db]}
  mfg-dev: {select: {department: manufacturing, environment: dev}}
  mfg-prod-app: {accounts: [technova-mfg-prod-app]}
  sales-prod-app: {accounts: [technova-sales-prod-app]}
  servers: {cidrs: [192.168.1.10/32, 192.168.1.11/32]}
  offered: {names: [dns.offered-to-premises]}
rules:
  - id: api-reaches-db
    require: {from: mfg-prod-api, to: mfg-prod-db, service: tcp/443}
  - id: premises-ask-the-offered-address
    require: {from: servers, to: offered, service: udp/53}
  - id: prod-cannot-reach-dev
    deny: {from: mfg-prod-app, to: mfg-dev}
  - id: sales-reaches-inventory
    require: {from: sales-prod-app, to: mfg-prod-app, service: tcp/9091}
"""

VERDICTS = {
    "api-reaches-db": "violated",
    "premises-ask-the-offered-address": "violated",
    "prod-cannot-reach-dev": "proved",
    "sales-reaches-inventory": "unknown",
}


def test_what_is_printed_decides_and_what_is_open_does_not(
    tmp_path: Path,
) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text(RULES)
    report = netproof.load(FOLDER).check(rules)
    assert {rule.id: rule.verdict for rule in report.rules} == VERDICTS
    for rule in report.rules:
        assert bool(rule.witnesses) == (rule.verdict == "violated"), rule.id


def test_the_command_ends_with_1() -> None:
    done = command.run("check", FOLDER, "--plan-only")
    assert done.returncode == 1, done.stderr


def test_a_packet_with_too_many_ways_is_unknown_and_says_so() -> None:
    trace = netproof.load(FOLDER).trace(
        src="10.200.1.4", dst="10.0.0.4", protocol="tcp", dport=22
    )
    assert trace.verdict == "unknown"
    assert "there are too many ways to follow" in trace.forward.unknown
