"""A small network, and the flow log that it would write itself.

Every flow is followed by the evaluator from end to end.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import netproof

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
