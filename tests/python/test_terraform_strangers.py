"""Types and providers that are not translated, and what they may change.

Written by hand from S129; no Terraform ran.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import netproof
from python.command import run
from python.golden import findings
from python.terraform_networks import A, B, hub, verdict
from python.terraform_plans import Values, plan, resource, write


def said(folder: Path, one: Values) -> str:
    return verdict(netproof.load(write(folder, plan(*hub(one)))), A, B)


IDLE = [
    resource("null_resource.x", {"triggers": {"vpc": "a"}}),
    resource("random_id.x", {"byte_length": 4}),
    resource("terraform_data.x"),
    resource("aws_s3_bucket.x", {"bucket": "x"}),
    resource("azurerm_virtual_network.x", {"address_space": ["10.9.0.0/16"]}),
]
STRANGERS = [
    resource(
        "aws_fms_policy.x", {"name": "x", "resource_type": "AWS::EC2::VPC"}
    ),
    resource("aws_ec2_brand_new_thing.x"),
    resource("aws_vpc_route_server.x", {"amazon_side_asn": 65000}),
    resource("aws_networkfirewall_brand_new_thing.x"),
    resource("aws_odb_network.x"),
    resource("aws_serverlessapplicationrepository_cloudformation_stack.x"),
    resource("mongodbatlas_network_peering.x", {}, {"vpc_id": "aws_vpc.a.id"}),
    resource("aviatrix_spoke_gateway.x", {}, {"subnet": "aws_subnet.a.id"}),
]


@pytest.mark.parametrize("one", IDLE, ids=lambda one: str(one["address"]))
def test_what_takes_no_part_changes_nothing(
    one: Values, tmp_path: Path
) -> None:
    # covers S129
    assert said(tmp_path, one) == "delivered"


@pytest.mark.parametrize("one", STRANGERS, ids=lambda one: str(one["address"]))
def test_what_may_take_part_leaves_nothing_known(
    one: Values, tmp_path: Path
) -> None:
    # covers S129
    document = plan(*hub(one))
    topology = netproof.load(write(tmp_path, document))
    assert verdict(topology, A, B) == "unknown"
    assert any(one["address"] in line for line in findings(topology))


def test_another_provider_is_a_listed_assumption(tmp_path: Path) -> None:
    # covers S129
    path = write(tmp_path, plan(*hub(IDLE[-1])))
    assert "the provider azurerm" in run("check", path, "--plan-only").stdout


def test_controllers_of_a_cluster_may_open_groups(tmp_path: Path) -> None:
    # covers S129
    resources = hub()
    for one in resources:
        if one["address"] == "aws_security_group.b":
            one["values"]["ingress"] = []
    closed = netproof.load(write(tmp_path, plan(*resources)))
    assert verdict(closed, A, B) == "dropped"
    release = resource("helm_release.x", {"chart": "ingress"})
    opened = netproof.load(write(tmp_path, plan(*resources, release)))
    assert verdict(opened, A, B) == "unknown"
