"""Terraform plans and states, by statement of cpp/semantics.md.

The inputs are written by hand in the shape of `terraform show -json`; no
Terraform ran for them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import netproof
from python.golden import (
    assert_as_expected,
    expected,
    findings,
    follow,
    verdicts,
)
from python.terraform_networks import (
    RULES,
    A,
    B,
    attachment,
    code,
    hub,
    loaded,
    verdict,
    vpc,
    with_local,
    without_route,
)
from python.terraform_plans import Values, plan, resource, write

CASES = Path(__file__).parents[1] / "golden" / "terraform"
NAMES = sorted(path.parent.name for path in CASES.glob("*/expected.yaml"))


@pytest.mark.parametrize("case", NAMES)
def test_a_plan_or_state_is_judged_as_aws_would_forward(
    case: str, tmp_path: Path
) -> None:
    # covers S125
    topology = netproof.load(CASES / case)
    assert_as_expected(topology, expected(CASES / case), tmp_path)


def test_references_lead_to_what_is_not_made_yet(tmp_path: Path) -> None:
    # covers S51, S126
    topology = loaded(tmp_path, hub())
    assert findings(topology) == []
    assert verdict(topology, A, B) == "delivered"
    assert verdicts(topology, RULES, tmp_path) == {
        "deny": "violated",
        "require": "proved",
    }


REFERENCES = [
    (one["address"], attribute)
    for one in without_route()
    for attribute in one["refs"]
]


# Where another fact decides already: no route leads out, or an address that
# no interface lists gets through.
CERTAIN = {
    "aws_network_interface.a",
    "aws_network_interface.b",
    "aws_ec2_transit_gateway_vpc_attachment.b",
    "aws_route.b-transit_gateway_id",
}


@pytest.mark.parametrize(("address", "attribute"), REFERENCES)
def test_what_cannot_be_followed_is_unknown(
    address: str, attribute: str, tmp_path: Path
) -> None:
    # covers S126: local values are not in the configuration of a plan.
    topology = loaded(tmp_path, with_local(hub(), address, attribute))
    said = verdicts(topology, RULES, tmp_path)
    assert any(f"{address}.{attribute}" in line for line in findings(topology))
    assert said["require"] == "unknown"
    assert said["deny"] == "unknown" or address in CERTAIN
    assert said["deny"] != "proved"


@pytest.mark.parametrize("key", ["vpc_id", "transit_gateway_id"])
def test_an_attachment_of_nobody_knows_what_proves_nothing(
    key: str, tmp_path: Path
) -> None:
    # covers S126
    address = "aws_ec2_transit_gateway_vpc_attachment.a"
    known = loaded(tmp_path, without_route())
    assert verdicts(known, RULES, tmp_path)["deny"] == "proved"
    topology = loaded(tmp_path, with_local(without_route(), address, key))
    assert verdicts(topology, RULES, tmp_path)["deny"] == "unknown"


VALUES = [
    ("aws_vpc.a", "cidr_block"),
    ("aws_subnet.a", "cidr_block"),
    ("aws_subnet.a", "availability_zone"),
    ("aws_security_group.a", "egress"),
    ("aws_security_group.b", "ingress"),
    ("aws_ec2_transit_gateway.hub", "default_route_table_association"),
    ("aws_ec2_transit_gateway.hub", "default_route_table_propagation"),
    ("aws_route.a-transit_gateway_id", "destination_cidr_block"),
]


@pytest.mark.parametrize(("address", "attribute"), VALUES)
def test_a_value_that_is_not_known_is_unknown(
    address: str, attribute: str, tmp_path: Path
) -> None:
    # covers S125
    resources = with_local(hub(), address, attribute)
    topology = loaded(tmp_path, resources)
    assert any(f"{address}.{attribute}" in line for line in findings(topology))
    said = verdicts(topology, RULES, tmp_path)
    assert said["require"] == "unknown"
    assert said["deny"] != "proved"


def test_a_tag_that_is_not_known_may_select_anything(tmp_path: Path) -> None:
    resources = without_route()
    extra = vpc("c", "10.3.0.0/16")
    extra[0]["unknown"]["tags"] = {"vpc": True}
    extra[0]["values"]["tags"] = {}
    topology = loaded(tmp_path, [*resources, *extra])
    said = verdicts(topology, RULES, tmp_path)
    assert said["deny"] == "unknown"
    assert any("aws_vpc.c.tags.vpc" in line for line in findings(topology))


def test_equal_keys_belong_together(tmp_path: Path) -> None:
    # covers S126
    resources = vpc("a", "10.1.0.0/16")[:1]
    for key in ("x", "y"):
        resources.append(
            resource(
                f'aws_subnet.s["{key}"]',
                {
                    "cidr_block": f"10.1.{'xy'.index(key)}.0/24",
                    "availability_zone": "eu-west-1a",
                },
                {"vpc_id": "aws_vpc.a.id"},
            )
        )
        resources.append(
            resource(
                f'aws_network_acl_association.s["{key}"]',
                {},
                {
                    "subnet_id": ["aws_subnet.s", "each.key"],
                    "network_acl_id": ["aws_network_acl.n", "each.key"],
                },
            )
        )
        resources.append(
            resource(
                f'aws_network_acl.n["{key}"]',
                {"ingress": [], "egress": [], "subnet_ids": []},
                {"vpc_id": "aws_vpc.a.id"},
                config=["ingress", "egress"],
            )
        )
    topology = loaded(tmp_path, resources)
    assert findings(topology) == []
    answer = follow(topology, {"src": "10.1.0.9", "dst": "10.1.1.9"})
    assert answer["forward"]["drop"]["at"] == 'acl:aws_network_acl.n["x"]'


def test_what_is_deleted_is_gone_and_what_is_replaced_stays(
    tmp_path: Path,
) -> None:
    # covers S127
    resources = hub()
    for one in resources:
        if one["address"] == "aws_route.a-transit_gateway_id":
            one["actions"] = ["delete", "create"]
    assert verdict(loaded(tmp_path, resources), A, B) == "delivered"
    for one in resources:
        if one["address"] == "aws_ec2_transit_gateway_vpc_attachment.b":
            one["actions"] = ["delete"]
            one["before"] = one["values"]
    assert code(loaded(tmp_path, resources), A, B) == "NO_ROUTE"


def test_a_group_without_egress_lets_nothing_out(tmp_path: Path) -> None:
    # covers S128
    resources = hub()
    for one in resources:
        if one["address"] == "aws_security_group.a":
            one["values"]["egress"] = []
    assert code(loaded(tmp_path, resources), A, B) == "SG_DENY"


def test_attachments_join_the_default_tables_unless_told(
    tmp_path: Path,
) -> None:
    # covers S51, S128
    resources = [
        one
        for one in hub()
        if not one["address"].startswith(
            "aws_ec2_transit_gateway_vpc_attachment"
        )
    ]
    alone = attachment(
        "a", transit_gateway_default_route_table_association=False
    )
    quiet = attachment(
        "b", transit_gateway_default_route_table_propagation=False
    )
    topology = loaded(tmp_path, [*resources, alone, attachment("b")])
    assert code(topology, A, B) == "TGW_NO_ASSOCIATION"
    topology = loaded(tmp_path, [*resources, attachment("a"), quiet])
    assert code(topology, A, B) == "NO_ROUTE"


def test_the_whole_plan_has_to_be_there(tmp_path: Path) -> None:
    document = plan(*without_route())
    document["complete"] = False
    topology = netproof.load(write(tmp_path, document))
    assert verdicts(topology, RULES, tmp_path)["deny"] == "unknown"


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("aws_ec2_client_vpn_endpoint", {}),
        ("aws_vpclattice_service", {}),
        ("aws_networkmanager_vpc_attachment", {}),
        ("aws_cloudformation_stack", {}),
    ],
)
def test_networking_that_is_not_known_proves_nothing(
    kind: str, values: Values, tmp_path: Path
) -> None:
    # covers S129
    stranger = resource(f"{kind}.x", values)
    topology = loaded(tmp_path, [*without_route(), stranger])
    assert any(f"{kind}.x" in line for line in findings(topology))
    assert verdicts(topology, RULES, tmp_path)["deny"] == "unknown"


def test_what_has_no_part_in_routing_is_passed_over(tmp_path: Path) -> None:
    # covers S129
    others = [
        resource("aws_s3_bucket.x", {"bucket": "x"}),
        resource("aws_iam_role.x", {"name": "x"}),
        resource("aws_vpc_dhcp_options.x", {}),
        resource("random_pet.x", {}),
    ]
    topology = loaded(tmp_path, [*without_route(), *others])
    assert findings(topology) == []
    assert verdicts(topology, RULES, tmp_path)["deny"] == "proved"
