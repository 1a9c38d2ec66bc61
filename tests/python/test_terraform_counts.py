"""Instances by number, and references between them.

Written by hand from S126; no Terraform ran.
"""

from __future__ import annotations

from pathlib import Path

from python.golden import verdicts
from python.terraform_networks import loaded, vpc
from python.terraform_plans import Values, resource


def counted(subnets: int, uses: int) -> list[Values]:
    """The subnets of a VPC by number, and as many associations."""
    base = vpc("a", "10.1.0.0/16")
    table = resource(
        "aws_route_table.a",
        {"route": []},
        {"vpc_id": "aws_vpc.a.id"},
        config=["route"],
    )
    made = [
        resource(
            f"aws_subnet.s[{i}]",
            {
                "cidr_block": f"10.1.{i}.0/24",
                "availability_zone": "eu-west-1a",
            },
            {"vpc_id": "aws_vpc.a.id"},
        )
        for i in range(subnets)
    ]
    links = [
        resource(
            f"aws_route_table_association.u[{i}]",
            {"gateway_id": None},
            {
                "subnet_id": ["aws_subnet.s", "count.index"],
                "route_table_id": "aws_route_table.a.id",
            },
        )
        for i in range(uses)
    ]
    return [base[0], table, *made, *links]


def test_what_counts_otherwise_may_count_from_elsewhere(
    tmp_path: Path,
) -> None:
    # covers S126
    rules = """
version: 1
rules:
  - {id: out, deny: {from: "vpc:aws_vpc.a", to: internet}}
"""
    same = loaded(tmp_path, counted(2, 2))
    assert verdicts(same, rules, tmp_path) == {"out": "proved"}
    # As aws_subnet.s[count.index + 2] would be written.
    other = loaded(tmp_path, counted(4, 2))
    assert verdicts(other, rules, tmp_path) == {"out": "unknown"}
