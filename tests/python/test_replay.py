"""Flow logs held against the model.

The twin: a network writes its own log, with every flow followed by the
evaluator from end to end, and the model agrees with it. Then the model is
changed, and the records that cannot be its own are found.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import netproof
from python.command import run

NETWORK = """
version: 1
name: shop
vpcs:
  - name: shop
    cidrs: [10.0.0.0/16]
    subnets:
      - name: front
        cidrs: [10.0.1.0/24]
        network_acl: front
        interfaces:
          - {name: eni-web, address: 10.0.1.10, security_groups: [web]}
          - {name: eni-job, address: 10.0.1.11, security_groups: [job]}
      - name: back
        cidrs: [10.0.2.0/24]
        network_acl: back
        interfaces:
          - {name: eni-db, address: 10.0.2.10, security_groups: [db]}
          - {name: eni-log, address: 10.0.2.11, security_groups: [log]}
    security_groups:
      - name: web
        ingress:
          - {service: tcp/443, sources: [10.0.0.0/16]}
          - {service: icmp, sources: ["sg:job"]}
      - name: job
        ingress: []
      - name: db
        ingress:
          - {service: tcp/5432, sources: ["sg:web"]}
        egress:
          - {service: udp/514, destinations: ["sg:log"]}
      - name: log
        ingress:
          - {service: udp/514, sources: [10.0.0.0/16]}
        egress: []
    network_acls:
      - name: front
        inbound:
          - {rule: 90, action: deny, service: tcp/8443, cidr: 10.0.0.0/16}
          - {rule: 100, action: allow, service: any, cidr: 10.0.0.0/16}
        outbound:
          - {rule: 100, action: allow, service: any, cidr: 10.0.0.0/16}
      - name: back
        inbound:
          - {rule: 90, action: deny, service: tcp/22, cidr: 10.0.0.0/16}
          - {rule: 100, action: allow, service: any, cidr: 10.0.0.0/16}
        outbound:
          - {rule: 100, action: allow, service: any, cidr: 10.0.0.0/16}
"""
ADDRESSES = {
    "10.0.1.10": "eni-web",
    "10.0.1.11": "eni-job",
    "10.0.2.10": "eni-db",
    "10.0.2.11": "eni-log",
}
PORTS = (22, 443, 514, 5432, 8443)
NUMBERS = {"tcp": 6, "udp": 17, "icmp": 1}
FIELDS = [
    "interface-id",
    "srcaddr",
    "dstaddr",
    "srcport",
    "dstport",
    "protocol",
    "action",
]
HEADER = " ".join([*FIELDS, "tcp-flags"]) + "\n"
SYN, SYN_ACK = 2, 18


def network(folder: Path, change: tuple[str, str] = ("", "")) -> Path:
    assert NETWORK.count(change[0]) == 1 or not change[0]
    folder.mkdir(parents=True, exist_ok=True)
    text = NETWORK.replace(*change) if change[0] else NETWORK
    (folder / "topology.yaml").write_text(text)
    return folder


def record(interface: str, flow: Any, action: str, flags: int = SYN) -> str:
    ports = f"{flow.sport or 0} {flow.dport or 0}"
    if flow.protocol == "icmp":
        ports = "0 0"
    number = NUMBERS[flow.protocol]
    return (
        f"{interface} {flow.src} {flow.dst} {ports} {number} {action} {flags}\n"
    )


def records(topology: netproof.Topology, flow: Any) -> Iterator[str]:
    """What the two interfaces log of a flow and of its reply."""
    source, target = ADDRESSES[flow.src], ADDRESSES[flow.dst]
    trace = topology.trace(flow)
    if trace.forward.verdict == "delivered":
        yield record(source, flow, "ACCEPT")
        yield record(target, flow, "ACCEPT")
        connection = trace.connection.verdict
        if connection == "established" and flow.protocol != "icmp":
            reply = netproof.Flow(
                flow.dst, flow.src, flow.protocol, flow.dport, flow.sport
            )
            yield record(target, reply, "ACCEPT", SYN_ACK)
            yield record(source, reply, "ACCEPT", SYN_ACK)
        return
    drop = trace.forward.drop
    assert drop is not None
    leaving = "outbound" in (drop.entry or "") or drop.at.endswith(source)
    if not leaving:
        yield record(source, flow, "ACCEPT")
    yield record(source if leaving else target, flow, "REJECT")


def own_log(folder: Path, count: int = 400) -> Path:
    topology = netproof.load(network(folder / "as-logged"))
    dice = random.Random(7)
    lines = [HEADER]
    for _ in range(count):
        src, dst = dice.sample(sorted(ADDRESSES), 2)
        protocol = dice.choice(["tcp", "tcp", "udp", "icmp"])
        if protocol == "icmp":
            flow = netproof.Flow(src, dst, protocol)
        else:
            sport = dice.randrange(20000, 65536)
            flow = netproof.Flow(src, dst, protocol, sport, dice.choice(PORTS))
        lines.extend(records(topology, flow))
    log = folder / "own.log"
    log.write_text("".join(lines))
    return log


def test_a_network_agrees_with_its_own_log(tmp_path: Path) -> None:
    log = own_log(tmp_path)
    answer = netproof.load(tmp_path / "as-logged").replay(log)
    assert answer.agrees, answer.text
    agreed = answer.to_dict()["agreed"]
    assert min(agreed["requests"], agreed["replies"], agreed["denied"]) > 20
    assert answer.summary["agreed"] == answer.summary["records"]


@pytest.mark.parametrize(
    ("change", "causes"),
    [
        (
            ("tcp/443, sources", "tcp/444, sources"),
            {
                ("accepted-but-groups-deny", "ingress", "interface:eni-web"),
            },
        ),
        (
            ("udp/514, destinations", "udp/515, destinations"),
            {
                ("accepted-but-groups-deny", "egress", "interface:eni-db"),
                # The replies, which lost their request.
                ("accepted-but-groups-deny", "ingress", "interface:eni-db"),
            },
        ),
        (
            ("deny, service: tcp/22,", "deny, service: tcp/5432,"),
            {
                ("accepted-but-acl-denies", "ingress", "acl:back"),
                ("accepted-but-groups-deny", "egress", "interface:eni-db"),
            },
        ),
        (
            ("tcp/5432, sources", "any, sources"),
            {("rejected-but-allowed", "ingress", "interface:eni-db")},
        ),
        (
            (
                "        egress: []",
                "        egress: [{service: any, destinations: [0.0.0.0/0]}]",
            ),
            {("rejected-but-allowed", "egress", "interface:eni-log")},
        ),
    ],
)
def test_a_planted_change_is_found_by_its_cause(
    tmp_path: Path,
    change: tuple[str, str],
    causes: set[tuple[str, str, str]],
) -> None:
    log = own_log(tmp_path)
    changed = network(tmp_path / "changed", change)
    done = run("replay", changed, log, "--format", "json")
    assert done.returncode == 1, done.stderr + done.stdout
    found = {
        (group["cause"], group["direction"], group["filters"][0]["at"])
        for group in json.loads(done.stdout)["disagreements"]
    }
    assert found == causes


def test_without_flags_a_request_may_be_a_reply(tmp_path: Path) -> None:
    log = own_log(tmp_path)
    plain = [
        " ".join(line.split()[:-1]) for line in log.read_text().splitlines()
    ]
    log.write_text("\n".join(plain))
    change = ("tcp/443, sources", "tcp/444, sources")
    answer = netproof.load(network(tmp_path / "changed", change)).replay(log)
    assert answer.agrees
    assert answer.to_dict()["agreed"]["replies"] > 20


def test_unknown_groups_are_unknown(tmp_path: Path) -> None:
    log = own_log(tmp_path)
    change = ("security_groups: [db]", "security_groups: unknown")
    done = run("replay", network(tmp_path / "open", change), log)
    assert done.returncode == 4, done.stdout
    assert "the security groups of interface:eni-db" in done.stdout


def test_every_way_to_keep_a_log_reads_alike(tmp_path: Path) -> None:
    log = own_log(tmp_path)
    folder = tmp_path / "logs"
    folder.mkdir()
    with gzip.open(folder / "a.log.gz", "wb") as packed:
        packed.write(log.read_bytes())
    where = tmp_path / "as-logged"
    plain = netproof.load(where).replay(log)
    assert netproof.load(where).replay(folder).summary == plain.summary
    done = run("replay", where, "-", "--format", "json", stdin=log.read_text())
    assert json.loads(done.stdout)["summary"] == plain.summary
    again = run("replay", where, log, "--format", "json")
    assert again.stdout == plain.document


def test_what_is_no_log_is_an_error(tmp_path: Path) -> None:
    where = network(tmp_path / "network")
    cut, odd = tmp_path / "cut.gz", tmp_path / "odd.log"
    cut.write_bytes(gzip.compress(HEADER.encode() * 100)[:30])
    odd.write_text("version srcaddr\n")
    for log, why in (
        (cut, "a flow log can be read"),
        (tmp_path / "none", "a flow log can be read"),
        (odd, "interface-id"),
    ):
        done = run("replay", where, log)
        assert done.returncode == 2, log
        assert why in done.stderr
        assert "Traceback" not in done.stderr


def test_nothing_judged_is_no_agreement(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    log.write_text(HEADER + "eni-x 10.0.1.10 10.0.2.10 1 2 6 ACCEPT 2\n")
    done = run("replay", network(tmp_path / "network"), log)
    assert done.returncode == 3
    assert "unknown-interface" in done.stdout


class Table:
    """As much of a Parquet file as is asked for."""

    names = FIELDS

    @property
    def schema_arrow(self) -> Table:
        return self

    def __init__(self, file: str) -> None:
        assert file.endswith("a.parquet")

    def __enter__(self) -> Table:
        return self

    def __exit__(self, *_: object) -> None: ...

    def iter_batches(self, _rows: int) -> Iterator[Table]:
        yield self

    def to_pydict(self) -> dict[str, list[Any]]:
        row = ["eni-web", "10.0.2.10", "10.0.1.10", 4000, 443, 6, "ACCEPT"]
        return {
            name: [value, None]
            for name, value in zip(self.names, row, strict=True)
        }


def test_parquet_is_read_row_by_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrow = ModuleType("pyarrow")
    vars(arrow).update(
        ArrowException=ValueError,
        parquet=type("parquet", (), {"ParquetFile": Table}),
    )
    monkeypatch.setitem(sys.modules, "pyarrow", arrow)
    log = tmp_path / "a.parquet"
    log.write_bytes(b"PAR1 and more")
    answer = netproof.load(network(tmp_path / "network")).replay(log)
    assert answer.to_dict()["agreed"]["requests"] == 1
    assert answer.to_dict()["not_judged"][0]["cause"] == "missing-field"


def test_parquet_without_pyarrow_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    log = tmp_path / "a.parquet"
    log.write_bytes(b"PAR1 and more")
    topology = netproof.load(network(tmp_path / "network"))
    with pytest.raises(netproof.InputError, match=r"netproof\[parquet\]"):
        topology.replay(log)


def test_a_large_log_is_read_as_a_stream(tmp_path: Path) -> None:
    log = own_log(tmp_path)
    lines = log.read_text()
    large = tmp_path / "large.log"
    large.write_text(lines * 100)
    topology = netproof.load(tmp_path / "as-logged")
    begin = time.process_time()
    answer = topology.replay(large)
    spent = time.process_time() - begin
    one = topology.replay(log).summary
    assert answer.summary == {name: one[name] * 100 for name in one}
    # A tenth of what it reads on a machine that is free.
    assert large.stat().st_size / spent > 1_000_000
