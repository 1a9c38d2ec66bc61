"""Every field of the model is read where two networks are compared.

What two networks are taken to share decides where they are compared at all: a
field that is forgotten there would be a difference that nobody sees.
"""

from __future__ import annotations

import re

from structure.repository import ROOT

SHAPE = ROOT / "cpp/src/engine/shape.cpp"
MODEL = ("vpc", "transit", "site", "segment", "network_firewall")

# Fields that are compared as what they come to, or that no packet meets.
ELSEWHERE = {
    # compiled tables and associations
    "routes",
    "propagating",
    "associations",
    "propagations",
    "default_association",
    "default_propagation",
    "created",
    "main_table",
    "route_table",
    # compiled filters
    "security_groups",
    "default_group",
    "acl",
    # the place in a file, and what is said besides
    "where",
}

# Structs whose every line is in a compiled table.
TABLES = {"Route", "RouterRoute", "TransitRoute", "TransitRouteTable"}


def fields(header: str) -> dict[str, set[str]]:
    """The data members of each struct of a header."""
    text = re.sub(r"//[^\n]*", "", header)
    found: dict[str, set[str]] = {}
    for name, body in re.findall(
        r"^struct (\w+)(?: : Object)? \{(.*?)^\};",
        text,
        re.DOTALL | re.MULTILINE,
    ):
        members = re.findall(r"[\w>]\s+(\w+)(?:\s*=[^;{]*|\{[^;]*\})?;", body)
        found[name] = set(members)
    return found


def missing(headers: list[str], shape: str) -> set[str]:
    read = set(re.findall(r"\b\w+\.(\w+)\b", shape))
    return {
        f"{struct}.{member}"
        for header in headers
        for struct, members in fields(header).items()
        if struct not in TABLES
        for member in members - ELSEWHERE - read
    }


def model() -> list[str]:
    folder = ROOT / "cpp/include/netproof/model"
    return [(folder / f"{name}.hpp").read_text() for name in MODEL]


def test_every_field_is_compared() -> None:
    # Names of firewall rules, what a gateway endpoint is said to own (S36) and
    # which requests an endpoint lets through (S106) decide about no packet.
    said = {
        "Endpoint.addresses",
        "Endpoint.policy",
        "Endpoint.service",
        "FirewallLine.name",
        "FirewallRule.name",
    }
    assert missing(model(), SHAPE.read_text()) - said == set()


def test_a_new_field_is_noticed() -> None:
    header = (
        "struct Site : Object {\n  bool prefixes;\n  bool fresh = false;\n};\n"
    )
    assert missing([header], "one.prefixes") == {"Site.fresh"}


def test_the_fields_are_found() -> None:
    found = fields("\n".join(model()))
    assert {"source_check", "forwards", "addresses"} <= found["Interface"]
    assert {"appliance_mode", "peer"} <= found["TransitAttachment"]
    assert len(found) > 20
