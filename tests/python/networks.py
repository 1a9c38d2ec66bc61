"""Small networks, written to files for one test."""

from __future__ import annotations

from pathlib import Path

# Two segments behind one router, and one that no route leads to.
OFFICE = """\
version: 1
name: office
segments:
  - name: staff
    prefixes: [10.0.1.0/24]
    router: core
    labels: {tier: front}
    hosts: [{name: desk, address: 10.0.1.10}]
  - name: servers
    prefixes: [10.0.2.0/24]
    router: core
    labels: {tier: back}
    hosts: [{name: wiki, address: 10.0.2.10}]
  - name: island
    prefixes: [10.0.3.0/24]
    router: rock
    labels: {tier: island}
    hosts: [{name: hut, address: 10.0.3.10}]
routers:
  - {name: core, routes: []}
  - {name: rock, routes: []}
"""

# Nobody says what the router does with what it does not know.
OPEN_OFFICE = OFFICE.replace(
    "name: core, routes: []", "name: core, routes: unknown"
)

# Two segments of one router with the same addresses.
OVERLAPPING = (
    OFFICE.replace("10.0.3.0/24", "10.0.2.0/25")
    .replace("10.0.3.10", "10.0.2.100")
    .replace("router: rock", "router: core")
)

ZONES = """\
version: 1
zones:
  staff: {segments: [staff]}
  servers: {segments: [servers]}
  island: {segments: [island]}
rules:
"""

PROVED = "  - {id: staff-stay-ashore, deny: {from: staff, to: island}}\n"
VIOLATED = "  - {id: staff-stay-out, deny: {from: staff, to: servers}}\n"
WARNING = (
    "  - {id: staff-stay-out, deny: {from: staff, to: servers}, "
    "severity: warning}\n"
)
VACUOUS = (
    "  - {id: the-way-leads-past-servers, "
    "through: {from: staff, to: island, via: servers}}\n"
)


def write(folder: Path, topology: str = OFFICE, rules: str = "") -> Path:
    """The folder of a network, with its rules in rules.yaml if there are."""
    network = folder / "network"
    network.mkdir(exist_ok=True)
    if rules:
        topology += "rules: rules.yaml\n"
        (network / "rules.yaml").write_text(ZONES + rules)
    (network / "topology.yaml").write_text(topology)
    return network
