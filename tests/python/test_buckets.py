"""Who gets to a bucket: the network leads there, and no policy denies it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import netproof
from python.command import run
from python.golden import findings, verdicts

NETWORK = """\
version: 1
name: buckets
vpcs:
  - name: app
    region: eu-west-1
    cidrs: [10.1.0.0/16]
    internet_gateways: [igw]
    vpn_gateways: [vgw]
    subnets:
      - {name: edge, cidr: 10.1.0.0/24, route_table: edge}
      - {name: by-nat, cidr: 10.1.1.0/24, route_table: nat}
      - {name: by-gateway, cidr: 10.1.2.0/24, route_table: gateway}
      - {name: services, cidr: 10.1.3.0/24, route_table: services}
    route_tables:
      - {name: edge, routes: [{destination: 0.0.0.0/0, target: "igw:igw"}]}
      - {name: nat, routes: [{destination: 0.0.0.0/0, target: "nat:nat"}]}
      - {name: gateway, routes: [{prefix_list: s3, target: "endpoint:gw"}]}
      - {name: services, routes: [], propagating_vpn_gateways: [vgw]}
    security_groups:
      - name: open
        ingress: [{service: any, sources: [0.0.0.0/0]}]
        egress: [{service: any, destinations: [0.0.0.0/0]}]
      - name: from-branch
        ingress: [{service: tcp/443, sources: [10.50.0.0/24]}]
    endpoints:
      - {name: gw, kind: gateway, service: s3}
      - {name: if, kind: interface, service: s3, interfaces: [s3-eni]}
nat_gateways:
  - {name: nat, subnet: edge, private_address: 10.1.0.10, public_address: 203.0.113.5}
interfaces:
  - {name: s3-eni, subnet: services, addresses: [10.1.3.10], security_groups: [from-branch]}
  - {name: by-nat-1, subnet: by-nat, addresses: [10.1.1.10], security_groups: [open]}
  - {name: by-gateway-1, subnet: by-gateway, addresses: [10.1.2.10], security_groups: [open]}
prefix_lists:
  - {name: s3, entries: [52.218.0.0/17]}
sites:
  - {name: branch, prefixes: [10.50.0.0/24], transit: false}
  - {name: office, prefixes: [198.51.100.8/29], internet: true}
vpn_connections:
  - {name: vpn, site: branch, vpn_gateway: vgw, advertised: [10.50.0.0/24], site_routes: [10.1.3.0/24]}
buckets:
  - {name: records, region: eu-west-1, addresses: s3}
"""  # noqa: E501

RECORDS = ["arn:aws:s3:::records", "arn:aws:s3:::records/*"]
LISTED = {"NotIpAddress": {"aws:SourceIp": ["198.51.100.0/24", "10.0.0.0/8"]}}
ENDPOINTS = {
    "NotIpAddress": {"aws:SourceIp": "198.51.100.0/24"},
    "StringNotEquals": {"aws:SourceVpce": ["gw", "if"]},
}
INTERNET, FOREIGN = "198.51.100.7/32", "8.8.8.8/32"
PLACES = {
    "internet": INTERNET,
    "foreign": FOREIGN,
    "nat": "subnet:by-nat",
    "gateway": "subnet:by-gateway",
    "branch": "site:branch",
    "office": "site:office",
}


def statement(condition: object, **more: object) -> dict[str, object]:
    return {
        "Sid": "OnlyOurs",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": RECORDS,
        "Condition": condition,
        **more,
    }


def network(
    folder: Path, *statements: object, gate: object = None
) -> netproof.Topology:
    document = yaml.safe_load(NETWORK)
    if statements:
        document["buckets"][0]["policy"] = {"Statement": list(statements)}
    if gate is not None:
        document["vpcs"][0]["endpoints"][0]["policy"] = gate
    path = folder / "topology.yaml"
    path.write_text(yaml.safe_dump(document, sort_keys=False))
    return netproof.load(path)


def rules(verb: str, **more: str) -> str:
    lines = ["version: 1", "rules:"]
    for name, place in PLACES.items():
        said = {"from": place, "to": "bucket:records", "service": "tcp/443"}
        lines.append(
            f"  - {{id: {name}, {verb}: {said | more}, level: packet}}"
        )
    return "\n".join(lines)


def denied(topology: netproof.Topology, folder: Path, **more: str) -> set[str]:
    """Who is surely kept out; of everybody else the opposite is sure."""
    deny = verdicts(topology, rules("deny", **more), folder)
    require = verdicts(topology, rules("require", **more), folder)
    for name, verdict in deny.items():
        opposite = {"proved": "violated", "violated": "proved"}
        assert require[name] == opposite[verdict], (name, verdict, require)
    return {name for name, verdict in deny.items() if verdict == "proved"}


# covers S106
def test_without_a_policy_the_network_decides(tmp_path: Path) -> None:
    assert denied(network(tmp_path), tmp_path) == set()


# covers S102, S103, S104: the table, row by row; V32 is "gateway"
def test_a_list_of_source_addresses_denies_endpoints(tmp_path: Path) -> None:
    topology = network(tmp_path, statement(LISTED))
    kept_out = {"foreign", "nat", "gateway", "branch"}
    assert denied(topology, tmp_path) == kept_out
    assert denied(topology, tmp_path, action="s3:GetObject") == kept_out


# covers S102, S104: both mistakes of that policy are findings
def test_what_such_a_policy_overlooks_is_found(tmp_path: Path) -> None:
    found = findings(network(tmp_path, statement(LISTED)))
    assert found == [
        "warning deny-spares-endpoints bucket:records: statement 'OnlyOurs' "
        "denies every request that comes by a VPC endpoint, which has no "
        "aws:SourceIp",
        "warning source-address-is-public bucket:records: statement "
        "'OnlyOurs' compares aws:SourceIp with 10.0.0.0/8, which is never a "
        "public address: it matches nothing",
    ]
    assert not findings(network(tmp_path, statement(ENDPOINTS)))


# covers S105
def test_endpoints_are_spared_by_their_names(tmp_path: Path) -> None:
    topology = network(tmp_path, statement(ENDPOINTS))
    assert denied(topology, tmp_path) == {"foreign", "nat"}


# covers S103
@pytest.mark.parametrize(
    ("condition", "kept_out"),
    [
        ({"Null": {"aws:SourceVpce": "true"}}, "internet foreign nat office"),
        ({"Null": {"aws:SourceIp": "true"}}, "gateway branch"),
        ({"IpAddress": {"aws:VpcSourceIp": "10.1.2.0/24"}}, "gateway"),
        ({"StringNotEquals": {"aws:SourceVpc": "app"}},
         "internet foreign nat office"),
        ({"StringEqualsIfExists": {"aws:SourceVpce": "if"}},
         "internet foreign nat office branch"),
        ({"Bool": {"aws:SecureTransport": "false"}}, ""),
        ({"Bool": {"aws:SecureTransport": True}}, " ".join(PLACES)),
    ],
)  # fmt: skip
def test_a_key_that_is_missing(
    tmp_path: Path, condition: object, kept_out: str
) -> None:
    topology = network(tmp_path, statement(condition))
    assert denied(topology, tmp_path) == set(kept_out.split())


# covers S106: a policy of an endpoint lets through what it allows
def test_the_policy_of_an_endpoint_is_a_filter(tmp_path: Path) -> None:
    other = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "*",
        "Resource": "arn:aws:s3:::other*",
    }
    topology = network(tmp_path, gate={"Statement": other})
    assert denied(topology, tmp_path) == {"gateway"}


UNKNOWN = [
    statement({"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}),
    statement({"ForAnyValue:StringEquals": {"aws:SourceVpce": "gw"}}),
    statement({"StringNotEquals": {"aws:SourceVpce": "vpce-0a1b"}}),
    statement({}, Action="s3:PutObject"),
    statement({}, Principal={"AWS": "arn:aws:iam::111122223333:root"}),
    statement({}, Resource="arn:aws:s3:::records/private/*"),
    statement("unknown"),
    "unknown",
]


# covers S106
@pytest.mark.parametrize("one", UNKNOWN, ids=str)
def test_what_is_not_understood_is_unknown(tmp_path: Path, one: object) -> None:
    topology = network(tmp_path, one)
    for verb in ("deny", "require"):
        assert verdicts(topology, rules(verb), tmp_path)["gateway"] == "unknown"


def test_an_action_decides_what_statements_are_about(tmp_path: Path) -> None:
    topology = network(tmp_path, statement({}, Action="s3:Put*"))
    assert denied(topology, tmp_path, action="s3:GetObject") == set()
    assert denied(topology, tmp_path, action="s3:PutObject") == set(PLACES)


# covers S106: nobody knows where S3 is
def test_unknown_addresses_prove_nothing(tmp_path: Path) -> None:
    topology = network(tmp_path)
    path = tmp_path / "topology.yaml"
    path.write_text(path.read_text().replace("addresses: s3\n", "labels: {}\n"))
    topology = netproof.load(path)
    for verb in ("deny", "require"):
        said = verdicts(topology, rules(verb), tmp_path)
        assert said["nat"] in {"unknown", "proved"}
    assert verdicts(topology, rules("deny"), tmp_path)["nat"] == "unknown"


def test_a_witness_names_the_statement(tmp_path: Path) -> None:
    topology = network(tmp_path, statement(LISTED))
    path = tmp_path / "rules.yaml"
    path.write_text(rules("require"))
    report = topology.check(path).to_dict()
    (rule,) = [one for one in report["rules"] if one["id"] == "nat"]
    (witness,) = rule["witnesses"]
    assert witness["flow"]["src"] == "10.1.1.10"
    text = str(topology.check(path))
    assert "statement 'OnlyOurs' of bucket:records denies it" in text


WRONG = [
    ("deny: {from: internet, to: 'bucket:record'}", "bucket"),
    ("deny: {from: internet, to: ['bucket:records', internet]}", "alone"),
    ("isolate: {zone: 'bucket:records', from: everyone}", "alone"),
    ("require: {from: internet, to: 'bucket:records', service: tcp/22}", "443"),
    ("deny: {from: internet, to: internet, action: s3:GetObject}", "bucket"),
    ("deny: {from: internet, to: 'bucket:records', action: 's3:*'}", "action"),
    ("deny: {from: internet, to: 'bucket:records'}, except: [{service: any}]",
     "except"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "says"), WRONG)
def test_rules_that_cannot_be(tmp_path: Path, rule: str, says: str) -> None:
    network(tmp_path)
    path = tmp_path / "rules.yaml"
    path.write_text(f"version: 1\nrules:\n  - {{id: r, {rule}}}\n")
    done = run("check", tmp_path, "--rules", path)
    assert done.returncode == 2, done.stdout
    assert says in done.stderr


def test_a_network_with_buckets_is_written_as_it_is(tmp_path: Path) -> None:
    topology = network(tmp_path, statement(ENDPOINTS), gate="unknown")
    before = verdicts(topology, rules("deny"), tmp_path)
    topology.write(tmp_path / "written")
    again = netproof.load(tmp_path / "written")
    assert verdicts(again, rules("deny"), tmp_path) == before
    assert before["gateway"] == "unknown"
