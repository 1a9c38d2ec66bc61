"""Interfaces that resources make, and that no plan lists.

Written by hand from S126-S129; no Terraform ran.
"""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from python.terraform_networks import OPEN, loaded, verdict, vpc
from python.terraform_plans import Values, resource


def by_group(*more: Values) -> list[Values]:
    """One VPC; b talks to members of a group, and no listed one is any."""
    resources = copy.deepcopy(vpc("a", "10.1.0.0/16"))
    by_peer = OPEN | {"cidr_blocks": []}
    hidden = [{"security_groups": True}]
    peers = [
        {"security_groups": {"references": [
            "aws_security_group.made.id", "aws_security_group.made"]}}
    ]  # fmt: skip
    resources += [
        resource(
            "aws_security_group.made",
            {"name": "made", "ingress": [OPEN], "egress": [OPEN]},
            {"vpc_id": "aws_vpc.a.id"},
            config=["ingress", "egress"],
        ),
        resource(
            "aws_security_group.b",
            {"name": "b", "ingress": [by_peer], "egress": [by_peer]},
            {"vpc_id": "aws_vpc.a.id"},
            {"id": True, "ingress": hidden, "egress": hidden},
            expressions={"ingress": peers, "egress": peers},
        ),
        resource(
            "aws_subnet.b",
            {"cidr_block": "10.1.1.0/24", "availability_zone": "eu-west-1a"},
            {"vpc_id": "aws_vpc.a.id"},
        ),
        resource(
            "aws_network_interface.b",
            {"private_ips": ["10.1.1.10"], "source_dest_check": True},
            {
                "subnet_id": "aws_subnet.b.id",
                "security_groups": ["aws_security_group.b.id"],
            },
        ),
    ]
    return [*resources, *more]


CARRIES = ["aws_security_group.made.id"]
IN = ["aws_subnet.a.id"]
MADE = [
    resource("aws_lambda_function.x", {"vpc_config": [
        {"subnet_ids": ["subnet-1"], "security_group_ids": ["sg-1"]}]}),
    resource("aws_db_instance.x", {"publicly_accessible": False},
             {"vpc_security_group_ids": CARRIES}),
    resource("aws_lb.x", {"internal": True, "load_balancer_type": "network"},
             {"security_groups": CARRIES, "subnets": IN}),
    resource("aws_ecs_service.x", {"network_configuration": [
        {"subnets": ["subnet-1"], "security_groups": ["sg-1"]}]}),
    resource("aws_eks_cluster.x", {"vpc_config": [
        {"subnet_ids": ["subnet-1"], "security_group_ids": ["sg-1"]}]}),
    resource("aws_elasticache_cluster.x", {"subnet_group_name": "x"},
             {"security_group_ids": CARRIES}),
    resource("aws_msk_cluster.x", {"broker_node_group_info": [
        {"client_subnets": ["subnet-1"], "security_groups": ["sg-1"]}]}),
    resource("aws_efs_mount_target.x", {},
             {"subnet_id": IN[0], "security_groups": CARRIES}),
    resource("aws_elastic_beanstalk_environment.x", {"setting": [
        {"namespace": "aws:ec2:vpc", "name": "Subnets", "value": "subnet-1"}]}),
    resource("aws_autoscaling_group.x", {}, {"vpc_zone_identifier": IN}),
    resource("aws_vpc_endpoint.x",
             {"vpc_endpoint_type": "Interface", "service_name": "x"},
             {"vpc_id": "aws_vpc.a.id", "subnet_ids": IN,
              "security_group_ids": CARRIES}),
    resource("aws_instance.x", {"source_dest_check": True},
             {"subnet_id": IN[0], "vpc_security_group_ids": CARRIES},
             {"id": True, "private_ip": True, "public_ip": True}),
]  # fmt: skip


@pytest.mark.parametrize("one", MADE, ids=lambda one: str(one["address"]))
def test_a_made_interface_may_carry_any_group(
    one: Values, tmp_path: Path
) -> None:
    # covers S72, S126
    topology = loaded(tmp_path, by_group(one))
    assert verdict(topology, "10.1.0.77", "10.1.1.10") == "unknown"
    assert verdict(topology, "10.1.1.10", "10.1.0.77") == "unknown"
    assert verdict(topology, "10.1.0.10", "10.1.1.10") == "dropped"


def test_what_makes_no_interface_leaves_addresses_empty(
    tmp_path: Path,
) -> None:
    # covers S129
    topology = loaded(tmp_path, by_group(resource("null_resource.x")))
    assert verdict(topology, "10.1.0.77", "10.1.1.10") == "dropped"
