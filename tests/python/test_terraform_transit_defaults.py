"""Default tables of transit gateways: who joins them, and when.

Written by hand from S51 and S128; no Terraform ran.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from python.terraform_networks import A, B, hub, loaded, verdict
from python.terraform_plans import Values, resource

KIND = "aws_ec2_transit_gateway_default_route_table_association"
TABLE = "aws_ec2_transit_gateway_route_table.chosen"


def chosen(**change: Any) -> list[Values]:
    """The hub, whose attachments are to be associated with another table."""
    hub_id = "aws_ec2_transit_gateway.hub.id"
    return hub(
        resource(TABLE, {}, {"transit_gateway_id": hub_id}),
        resource(
            f"{KIND}.x",
            {},
            {
                "transit_gateway_id": hub_id,
                "transit_gateway_route_table_id": f"{TABLE}.id",
            },
            **change,
        ),
    )


def test_an_attachment_made_beside_a_chooser_may_be_in_either_table(
    tmp_path: Path,
) -> None:
    # covers S51, S128
    # Nothing propagates to the chosen table, everything to the first.
    assert verdict(loaded(tmp_path, chosen()), A, B) == "unknown"


def test_an_attachment_made_after_its_chooser_is_in_the_chosen_table(
    tmp_path: Path,
) -> None:
    # covers S51, S128
    was = {"id": "tgw-1"}
    before = loaded(tmp_path, chosen(actions=["no-op"], before=was))
    assert verdict(before, A, B) == "dropped"


def test_an_attachment_to_a_gateway_of_others_is_unknown(
    tmp_path: Path,
) -> None:
    # covers S128
    resources = [
        one
        for one in copy.deepcopy(hub())
        if one["address"] != "aws_ec2_transit_gateway.hub"
    ]
    outside = resource(
        "data.aws_ec2_transit_gateway.hub",
        {
            "id": "tgw-1",
            "default_route_table_association": "enable",
            "default_route_table_propagation": "enable",
        },
        unknown={},
        actions=["read"],
    )
    for one in resources:
        for key in ("transit_gateway_id",):
            if key in one["refs"]:
                del one["refs"][key]
                one["values"][key] = "tgw-1"
    assert verdict(loaded(tmp_path, [*resources, outside]), A, B) == "unknown"


@pytest.mark.parametrize(
    ("accepts", "told", "said"),
    [
        ("enable", True, "delivered"),
        # The flags of a shared gateway's attachment do not count.
        ("enable", False, "unknown"),
        ("disable", True, "unknown"),
    ],
)
def test_an_attachment_of_another_account(
    accepts: str, told: bool, said: str, tmp_path: Path
) -> None:
    # covers S128
    resources = copy.deepcopy(hub())
    for one in resources:
        if one["address"] == "aws_ec2_transit_gateway.hub":
            one["values"]["auto_accept_shared_attachments"] = accepts
            one["provider"] = "aws.network"
        if one["address"].endswith("attachment.a"):
            flag = "transit_gateway_default_route_table_propagation"
            one["values"][flag] = told
    assert verdict(loaded(tmp_path, resources), B, A) == said


@pytest.mark.parametrize("provider", ["aws", "aws.other"])
def test_zones_of_another_account_have_other_names(
    provider: str, tmp_path: Path
) -> None:
    # covers S13, S58
    # What enters b in the second zone is denied there.
    closed = resource(
        "aws_network_acl.b",
        {"ingress": [], "egress": []},
        {"vpc_id": "aws_vpc.b.id", "subnet_ids": ["aws_subnet.second.id"]},
        config=["ingress", "egress"],
    )
    second = resource(
        "aws_subnet.second",
        {"cidr_block": "10.2.1.0/24", "availability_zone": "eu-west-1b"},
        {"vpc_id": "aws_vpc.b.id"},
    )
    resources = copy.deepcopy(hub(closed, second))
    for one in resources:
        if one["address"].endswith("_attachment.b"):
            one["refs"]["subnet_ids"].append("aws_subnet.second.id")
        if one["address"] in ("aws_vpc.b", "aws_subnet.b", second["address"]):
            one["provider"] = provider
    said = verdict(loaded(tmp_path, resources), A, B)
    assert (said == "delivered") == (provider == "aws")
