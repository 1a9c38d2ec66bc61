"""AWS Network Firewall in Terraform plans.

Written by hand from S81-S87 and S129; no Terraform ran.
"""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from python.golden import findings, follow
from python.terraform_networks import loaded, vpc
from python.terraform_plans import Values, resource

FIREWALL = "aws_networkfirewall_firewall.x"
ENDPOINT = f"{FIREWALL}.firewall_status[0].sync_states"
GROUP = "aws_networkfirewall_rule_group"
A, B = "10.1.0.10", "10.1.1.10"


def stateful(port: str) -> Values:
    """A rule that lets a port of TCP through."""
    header = {
        "protocol": "TCP",
        "source": "10.1.0.0/24",
        "source_port": "ANY",
        "direction": "FORWARD",
        "destination": "$SERVERS",
        "destination_port": port,
    }
    return {
        "action": "PASS",
        "header": [header],
        "rule_option": [{"keyword": "sid", "settings": ["1"]}],
    }


def rule_group(name: str, port: str) -> Values:
    servers = {"key": "SERVERS", "ip_set": [{"definition": ["10.1.1.0/24"]}]}
    return resource(
        f"{GROUP}.{name}",
        {
            "name": name,
            "type": "STATEFUL",
            "capacity": 10,
            "rule_group": [
                {
                    "rule_variables": [{"ip_sets": [servers], "port_sets": []}],
                    "rules_source": [{"stateful_rule": [stateful(port)]}],
                    "stateful_rule_options": [{"rule_order": "STRICT_ORDER"}],
                }
            ],
        },
        unknown={"id": True, "arn": True, "rules": True},
        config=["rule_group"],
    )


def references(*texts: str) -> Values:
    return {"references": list(texts)}


def policy(*groups: str) -> Values:
    uses = [{"priority": i + 1} for i in range(len(groups))]
    blocks = [
        {
            "priority": {"constant_value": i + 1},
            "resource_arn": references(
                f"{GROUP}.{name}.arn", f"{GROUP}.{name}"
            ),
        }
        for i, name in enumerate(groups)
    ]
    return resource(
        "aws_networkfirewall_firewall_policy.x",
        {
            "name": "x",
            "firewall_policy": [
                {
                    "stateless_default_actions": ["aws:forward_to_sfe"],
                    "stateless_fragment_default_actions": ["aws:drop"],
                    "stateful_default_actions": ["aws:drop_strict"],
                    "stateful_engine_options": [{"rule_order": "STRICT_ORDER"}],
                    "stateful_rule_group_reference": uses,
                }
            ],
        },
        unknown={
            "id": True,
            "arn": True,
            "firewall_policy": [
                {
                    "stateful_rule_group_reference": [
                        {"resource_arn": True} for _ in groups
                    ]
                }
            ],
        },
        expressions={
            "firewall_policy": [{"stateful_rule_group_reference": blocks}]
        },
    )


def firewall(*subnets: str) -> Values:
    return resource(
        FIREWALL,
        {"name": "x", "subnet_mapping": [{} for _ in subnets]},
        {
            "vpc_id": "aws_vpc.a.id",
            "firewall_policy_arn": "aws_networkfirewall_firewall_policy.x.arn",
        },
        {
            "id": True,
            "arn": True,
            "firewall_status": True,
            "subnet_mapping": [{"subnet_id": True} for _ in subnets],
        },
        expressions={
            "subnet_mapping": [
                {
                    "subnet_id": references(
                        f"aws_subnet.{name}.id", f"aws_subnet.{name}"
                    )
                }
                for name in subnets
            ]
        },
    )


def inspected(*more: Values) -> list[Values]:
    """A VPC whose subnets a and b reach each other through a firewall."""
    own = vpc("a", "10.1.0.0/16")
    others: list[Values] = []
    for number, name in ((1, "b"), (2, "wall")):
        for one in json.loads(
            json.dumps(own[1:])
            .replace('.a"', f'.{name}"')
            .replace(".a.", f".{name}.")
            .replace(f"aws_vpc.{name}.", "aws_vpc.a.")
            .replace("10.1.0.", f"10.1.{number}.")
        ):
            others.append(one)
    for one in others:
        if one["address"] == "aws_route_table.wall":
            one["values"]["route"] = []
            del one["unknown"]["route"]
    routes = [
        resource(
            f"aws_route.{name}",
            {"destination_cidr_block": to},
            {
                "route_table_id": f"aws_route_table.{name}.id",
                "vpc_endpoint_id": ENDPOINT,
            },
        )
        for name, to in (("a", "10.1.1.0/24"), ("b", "10.1.0.0/24"))
    ]
    return copy.deepcopy([*own, *others, *routes, *more])


def said(folder: Path, resources: list[Values], port: int) -> str:
    topology = loaded(folder, resources)
    answer = follow(topology, {"src": A, "dst": B, "dport": port})
    if answer["forward"]["verdict"] == "dropped":
        return str(answer["forward"]["drop"]["code"])
    return str(answer["connection"]["verdict"])


def test_a_firewall_lets_through_what_its_groups_say(tmp_path: Path) -> None:
    # covers S81, S129
    resources = inspected(
        rule_group("web", "443"),
        rule_group("ssh", "22"),
        policy("web", "ssh"),
        firewall("wall"),
    )
    assert said(tmp_path, resources, 443) == "established"
    assert said(tmp_path, resources, 22) == "established"
    assert said(tmp_path, resources, 80) == "FIREWALL_DENY"


def test_rules_may_be_one_text(tmp_path: Path) -> None:
    # covers S85, S129
    text = (
        "pass tcp 10.1.0.0/24 any -> 10.1.1.0/24 443 "
        '(flow:to_server; msg:"web"; sid:1; rev:1;)'
    )
    group = resource(
        f"{GROUP}.web",
        {"name": "web", "type": "STATEFUL", "rules": text},
        unknown={"id": True, "arn": True, "rule_group": True},
    )
    resources = inspected(group, policy("web"), firewall("wall"))
    assert said(tmp_path, resources, 80) == "FIREWALL_DENY"
    # The block is what AWS answered before the text was changed.
    stale = rule_group("web", "80")["values"]["rule_group"]
    group["values"]["rule_group"] = stale
    del group["unknown"]["rule_group"]
    resources = inspected(group, policy("web"), firewall("wall"))
    assert said(tmp_path, resources, 80) == "FIREWALL_DENY"


UNKNOWN = {
    "a group of others": [policy("lost"), firewall("wall")],
    "no policy": [firewall("wall")],
    "two zones": [
        rule_group("web", "443"), policy("web"), firewall("wall", "b")
    ],
}  # fmt: skip


@pytest.mark.parametrize("case", UNKNOWN)
def test_what_a_firewall_does_may_be_unknown(case: str, tmp_path: Path) -> None:
    # covers S87, S126
    resources = inspected(*UNKNOWN[case])
    assert said(tmp_path, resources, 443) == "unknown"
    assert said(tmp_path, resources, 80) == "unknown"
    assert findings(loaded(tmp_path, resources)) != []


@pytest.mark.parametrize("key", ["port", "sets", "override", "tls"])
def test_what_is_not_understood_is_unknown(key: str, tmp_path: Path) -> None:
    # covers S87, S129
    group, of = rule_group("web", "443"), policy("web")
    inside = group["values"]["rule_group"][0]
    written = of["values"]["firewall_policy"][0]
    if key == "port":
        group["unknown"]["rule_group"] = [
            {"rules_source": [{"stateful_rule": [
                {"header": [{"destination_port": True}]}]}]}
        ]  # fmt: skip
    elif key == "sets":
        inside["rule_variables"] = []
    elif key == "override":
        use = written["stateful_rule_group_reference"][0]
        use["override"] = [{"action": "DROP_TO_ALERT"}]
    else:
        written["tls_inspection_configuration_arn"] = "arn:aws:x"
    resources = inspected(group, of, firewall("wall"))
    assert said(tmp_path, resources, 443) == "unknown"
