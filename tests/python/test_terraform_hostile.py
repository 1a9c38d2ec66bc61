"""Terraform plans that nobody has meant: wrong types, doubles, sizes.

Written by hand from S125-S129; no Terraform ran.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import netproof
from netproof import InputError
from python.golden import findings, follow, verdicts
from python.terraform_networks import (
    OPEN,
    RULES,
    hub,
    loaded,
    vpc,
    without_route,
)
from python.terraform_plans import Values, plan, resource, write


def test_a_plan_of_ten_thousand_resources_is_read(tmp_path: Path) -> None:
    count = 2500
    resources = vpc("a", "10.1.0.0/16")[:1]
    for i in range(count):
        key = f"[{i}]"
        third, fourth = divmod(i * 16, 256)
        resources += [
            resource(
                f"aws_subnet.s{key}",
                {"cidr_block": f"10.1.{third}.{fourth}/28"},
                {"vpc_id": ["aws_vpc.a.id"]},
            ),
            resource(
                f"aws_route_table.t{key}",
                {"route": []},
                {"vpc_id": ["aws_vpc.a.id"]},
                config=["route"],
            ),
            resource(
                f"aws_route_table_association.x{key}",
                {},
                {
                    "subnet_id": ["aws_subnet.s", "count.index"],
                    "route_table_id": ["aws_route_table.t", "count.index"],
                },
            ),
        ]
    path = write(tmp_path, plan(*resources))
    start = time.monotonic()
    topology = netproof.load(path)
    assert time.monotonic() - start < 30
    answer = follow(topology, {"src": "10.1.0.4", "dst": "10.9.0.1"})
    assert answer["forward"]["drop"]["at"] == "rtb:aws_route_table.t[0]"


def lines_of_errors(path: Path) -> list[int]:
    try:
        netproof.load(path)
    except InputError as error:
        return [one.where.line for one in error.diagnostics]
    return []


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("aws_route.a-transit_gateway_id", {"route_table_id": 7}),
        ("aws_route.a-transit_gateway_id", {"destination_cidr_block": "x"}),
        ("aws_route.a-transit_gateway_id", {"destination_cidr_block": [1]}),
        ("aws_route_table.a", {"route": 7}),
        ("aws_route_table.a", {"route": [7]}),
        ("aws_security_group.b", {"ingress": "all"}),
        ("aws_security_group.b", {"ingress": [[]]}),
        (
            "aws_security_group.b",
            {"ingress": [OPEN | {"protocol": "tcp", "from_port": "x"}]},
        ),
        ("aws_subnet.b", {"vpc_id": []}),
        ("aws_subnet.b", {"cidr_block": 7}),
        ("aws_network_interface.b", {"private_ips": [["10.2.0.10"]]}),
        ("aws_ec2_transit_gateway_vpc_attachment.b", {"subnet_ids": "x"}),
        ("aws_route_table_association.a", {"subnet_id": {"a": 1}}),
    ],
)
def test_what_is_of_a_wrong_type_is_an_error_or_unknown(
    address: str, wrong: Values, tmp_path: Path
) -> None:
    # covers S125
    resources = hub()
    for one in resources:
        if one["address"] != address:
            continue
        one["values"] |= wrong
        for key in wrong:
            one["refs"].pop(key, None)
            one["unknown"].pop(key, None)
    path = write(tmp_path, plan(*resources))
    lines = lines_of_errors(path)
    assert all(line > 0 for line in lines)
    if lines:
        return
    said = verdicts(netproof.load(path), RULES, tmp_path)
    assert said["require"] == "unknown"
    assert said["deny"] != "proved"


def test_two_resources_that_are_one_thing_are_doubted(tmp_path: Path) -> None:
    resources = without_route()
    for name in ("x", "y"):
        resources.append(
            resource(
                f"aws_security_group.{name}",
                {"id": "sg-1", "ingress": [], "egress": []},
                {"vpc_id": "aws_vpc.a.id"},
                {},
            )
        )
    topology = loaded(tmp_path, resources)
    assert any("aws_security_group.y" in line for line in findings(topology))
    assert verdicts(topology, RULES, tmp_path)["deny"] == "unknown"


def test_a_state_of_terraform_itself_is_refused(tmp_path: Path) -> None:
    # covers S125
    path = tmp_path / "terraform.tfstate.json"
    path.write_text(
        '{"version": 4, "terraform_version": "1.11.4", "resources": []}'
    )
    with pytest.raises(InputError, match="terraform show -json"):
        netproof.load(path)
