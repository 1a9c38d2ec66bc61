"""Changes of the intended network: each route, association, propagation,
blackhole and group line is removed, sent elsewhere, made wider or narrower.

A mutation is a change of one document. Elements are found in the documents,
nothing is listed by hand; which change an element suffers is drawn by a seed.
"""

from __future__ import annotations

import copy
import ipaddress
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Change = Callable[[list[Any], int], None]

TRANSIT = "transit-gateway.yaml"
TABLES = "vpc-tables.yaml"
GROUPS = "groups.yaml"
PREMISES = "premises.yaml"


@dataclass(frozen=True)
class Element:
    """One entry of a list of a document, and what can be done to it."""

    kind: str
    file: str
    path: tuple[str | int, ...]
    index: int
    text: str
    changes: tuple[tuple[str, Change], ...]

    def mutated(self, document: Any, name: str) -> Any:
        """A copy of `document` with this entry changed."""
        after = copy.deepcopy(document)
        entries = after
        for step in self.path:
            entries = entries[step]
        dict(self.changes)[name](entries, self.index)
        return after


def documents(folder: Path) -> dict[str, Any]:
    return {
        file: yaml.safe_load((folder / file).read_text(encoding="utf-8"))
        for file in (TRANSIT, TABLES, GROUPS, PREMISES)
    }


def elements(of: dict[str, Any]) -> list[Element]:
    return [
        *_transit(of[TRANSIT]),
        *_vpc_routes(of[TABLES]),
        *_group_lines(of[GROUPS]),
        *_premises(of[PREMISES]),
    ]


def drawn(found: list[Element], seed: int) -> list[tuple[Element, str]]:
    """Each element with one of its changes."""
    draw = random.Random(seed)
    return [(one, draw.choice(one.changes)[0]) for one in found]


# Changes of an entry.


def _remove(entries: list[Any], at: int) -> None:
    del entries[at]


def _set(key: str, value: Any) -> Change:
    def change(entries: list[Any], at: int) -> None:
        entries[at] = {**entries[at], key: value}

    return change


def _replace(value: Any) -> Change:
    def change(entries: list[Any], at: int) -> None:
        entries[at] = value

    return change


def _blackhole(entries: list[Any], at: int) -> None:
    entries[at] = {
        "destination": entries[at]["destination"],
        "blackhole": True,
    }


def _lead_to(attachment: str) -> Change:
    def change(entries: list[Any], at: int) -> None:
        entries[at] = {
            "destination": entries[at]["destination"],
            "attachment": attachment,
        }

    return change


def _leave_out(function: str) -> Change:
    def change(entries: list[Any], at: int) -> None:
        entries[at] = {**entries[at], "minus": {"function": function}}

    return change


def _lengths(prefix: str) -> list[tuple[str, str]]:
    block = ipaddress.ip_network(prefix)
    result = []
    if block.prefixlen < block.max_prefixlen:
        lower, upper = block.subnets()
        result += [("lower half", str(lower)), ("upper half", str(upper))]
    if block.prefixlen > 8:
        result.append(("twice as wide", str(block.supernet())))
    return result


# The elements of each document.


def _transit(document: Any) -> Iterator[Element]:
    tables = document["transit_gateways"][0]["route_tables"]
    routes = [line for table in tables for line in table.get("routes", [])]
    goals = sorted({r["attachment"] for r in routes if "attachment" in r})
    for number, table in enumerate(tables):
        path = ("transit_gateways", 0, "route_tables", number)
        for key in ("associations", "propagations"):
            for index, member in enumerate(table.get(key, [])):
                yield Element(
                    key.removesuffix("s"),
                    TRANSIT,
                    (*path, key),
                    index,
                    f"{table['name']}: {member}",
                    tuple(_membership(member, goals)),
                )
        for index, line in enumerate(table.get("routes", [])):
            kind = "blackhole" if "blackhole" in line else "transit route"
            yield Element(
                kind,
                TRANSIT,
                (*path, "routes"),
                index,
                f"{table['name']}: {line['destination']} -> "
                f"{line.get('attachment', 'blackhole')}",
                tuple(_transit_route(line, goals)),
            )


def _membership(member: Any, goals: list[str]) -> Iterator[tuple[str, Change]]:
    yield "removed", _remove
    if isinstance(member, str):
        others = [goal for goal in goals if goal != member]
        yield f"replaced by {others[0]}", _replace(others[0])
        return
    chosen = member["select"]
    if "department" in chosen and "environment" in chosen:
        for function in ("app", "db", "api", "network"):
            yield f"without {function}", _leave_out(function)
        other = "staging" if chosen["environment"] != "staging" else "prod"
        wrong = {"select": {**chosen, "environment": other}}
        yield f"of {other}", _replace(wrong)


def _transit_route(line: Any, goals: list[str]) -> Iterator[tuple[str, Change]]:
    yield "removed", _remove
    if "blackhole" in line:
        for goal in (goals[0], goals[-1]):
            yield f"to {goal}", _lead_to(goal)
    else:
        yield "dropped", _blackhole
        others = [goal for goal in goals if goal != line["attachment"]]
        for goal in (others[0], others[-1]):
            yield f"to {goal}", _lead_to(goal)
    if isinstance(line["destination"], str):
        for name, prefix in _lengths(line["destination"]):
            yield name, _set("destination", prefix)


def _vpc_routes(document: Any) -> Iterator[Element]:
    owners = [((), document), *_nested(document["vpcs"])]
    for base, owner in owners:
        for number, table in enumerate(owner["route_tables"]):
            path = (*base, "route_tables", number, "routes")
            for index, line in enumerate(table["routes"]):
                to = line.get("destination", line.get("prefix_list"))
                changes: list[tuple[str, Change]] = [
                    ("removed", _remove),
                    ("dropped", _set("target", "blackhole")),
                ]
                if isinstance(to, list):
                    changes += [
                        (f"without {one}", _set("destination", [other]))
                        for one, other in zip(to, to[::-1], strict=True)
                    ]
                elif "destination" in line and to != "0.0.0.0/0":
                    changes += [
                        (name, _set("destination", prefix))
                        for name, prefix in _lengths(to)
                    ]
                yield Element(
                    "vpc route",
                    TABLES,
                    path,
                    index,
                    f"{table['name']}: {to}",
                    tuple(changes),
                )


def _nested(vpcs: list[Any]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    for number, vpc in enumerate(vpcs):
        yield ("vpcs", number), vpc


def _group_lines(document: Any) -> Iterator[Element]:
    for number, group in enumerate(document["security_groups"]):
        for way, peers in (("ingress", "sources"), ("egress", "destinations")):
            for index, line in enumerate(group.get(way, [])):
                yield Element(
                    "group line",
                    GROUPS,
                    ("security_groups", number, way),
                    index,
                    f"{group['name']} {way}: {line['service']}",
                    tuple(_group_line(line, peers)),
                )


def _group_line(line: Any, peers: str) -> Iterator[tuple[str, Change]]:
    yield "removed", _remove
    service = line["service"]
    if isinstance(service, list):
        for one in service:
            rest = [other for other in service if other != one]
            yield f"without {one}", _set("service", rest)
        yield "and tcp/8080", _set("service", [*service, "tcp/8080"])
    elif service != "any":
        yield "next port", _set("service", _next_port(service))
        yield "all of TCP", _set("service", "tcp")
    for number, peer in enumerate(line[peers]):
        if isinstance(peer, dict):
            if "same" in peer:
                wide = {"vpcs": peer["vpcs"], "same": ["department"]}
                yield "every environment", _set(peers, [wide])
            continue
        if not peer[0].isdigit():
            continue
        if len(line[peers]) > 1:
            rest = [other for other in line[peers] if other != peer]
            yield f"without {peer}", _set(peers, rest)
        for name, prefix in _lengths(peer):
            changed = list(line[peers])
            changed[number] = prefix
            yield f"{peer} {name}", _set(peers, changed)


def _next_port(service: str) -> str:
    """tcp/9090-9093 is tcp/9091-9094."""
    return re.sub(r"\d+", lambda port: str(int(port[0]) + 1), service)


def _premises(document: Any) -> Iterator[Element]:
    gateway = document["direct_connect_gateways"][0]
    path = ("direct_connect_gateways", 0, "associations")
    for index, line in enumerate(gateway["associations"]):
        prefixes = line["allowed_prefixes"]
        changes: list[tuple[str, Change]] = [("removed", _remove)]
        for name, prefix in _lengths(prefixes[0]):
            changes.append((name, _set("allowed_prefixes", [prefix])))
        yield Element(
            "association",
            PREMISES,
            path,
            index,
            f"{gateway['name']}: {prefixes}",
            tuple(changes),
        )
    for table in ("virtual_interfaces", "vpn_connections"):
        for index, line in enumerate(document[table]):
            first, second = line["advertised"]
            yield Element(
                "advertisement",
                PREMISES,
                (table,),
                index,
                f"{line['name']}: {line['advertised']}",
                (
                    (f"without {first}", _set("advertised", [second])),
                    (f"without {second}", _set("advertised", [first])),
                    ("down", _set("up", False)),
                ),
            )
