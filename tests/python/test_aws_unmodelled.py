"""What a snapshot shows and the model cannot say is unknown, by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import netproof
from python.golden import findings, follow, verdicts
from python.test_aws_snapshot import copy, edit, expected, scope

Answer = dict[str, Any]


def change(path: Path, how: Callable[[Answer], None]) -> None:
    document = json.loads(path.read_text())
    how(document)
    path.write_text(json.dumps(document))


def of(document: Answer, key: str, identity: str) -> Answer:
    """The element of a list that has this id."""
    (found,) = [one for one in document[key] if identity in one.values()]
    assert isinstance(found, dict)
    return found


def by_connect(document: Answer) -> None:
    one = of(document, "TransitGatewayAttachments", "tgw-attach-x")
    one["ResourceType"] = "connect"


def by_core_network(document: Answer) -> None:
    (route,) = [
        one
        for one in of(document, "RouteTables", "rtb-a")["Routes"]
        if "TransitGatewayId" in one
    ]
    del route["TransitGatewayId"]
    route["CoreNetworkArn"] = "arn:aws:networkmanager::1:core-network/c"


def two_addresses(document: Answer) -> None:
    addresses = document["NatGateways"][0]["NatGatewayAddresses"]
    addresses.append(
        {**addresses[0], "PrivateIp": "10.9.0.6", "IsPrimary": False}
    )


def regional(document: Answer) -> None:
    document["NatGateways"][0]["AvailabilityMode"] = "regional"


def without_groups(document: Answer) -> None:
    one = of(document, "NetworkInterfaces", "eni-b")
    one["Groups"] = []
    one["InterfaceType"] = "network_load_balancer"


def group_of_nobody(document: Answer) -> None:
    one = of(document, "NetworkInterfaces", "eni-b")
    one["Groups"] = [{"GroupId": "sg-elsewhere", "GroupName": "x"}]


def outpost(document: Answer) -> None:
    of(document, "Subnets", "subnet-b")["OutpostArn"] = "arn:aws:outposts:x"


# A case, the number of a flow that is decided there, its file, the change, and
# what is said.
UNMODELLED = [
    ("blackholes", 0, "TransitGatewayAttachments", by_connect, "connect"),
    ("blackholes", 0, "RouteTables", by_core_network, "core-network"),
    ("central-egress", 0, "network", two_addresses, "one address"),
    ("central-egress", 0, "network", regional, "regional"),
    ("peering", 0, "network", without_groups, ""),
    ("peering", 0, "network", group_of_nobody, "groups of its interfaces"),
]


@pytest.mark.parametrize(("case", "number", "name", "how", "said"), UNMODELLED)
def test_what_is_not_modelled_is_unknown(
    case: str,
    number: int,
    name: str,
    how: Callable[[Answer], None],
    said: str,
    tmp_path: Path,
) -> None:
    # covers S66, S67, S124
    snapshot = copy(case, tmp_path)
    (path,) = snapshot.rglob(f"{name}.json")
    change(path, how)
    topology = netproof.load(snapshot)
    answer = follow(topology, expected(case)["flows"][number])
    assert answer["forward"]["verdict"] == "unknown", answer
    assert said in str(findings(topology))


ALONE = """\
version: 1
zones:
  y: {select: {vpc: y}}
rules:
  - {id: y-is-alone, only: {into: y, allow: []}}
"""


@pytest.mark.parametrize(
    ("key", "element"),
    [
        ("ClientVpnEndpoints", {"ClientVpnEndpointId": "cvpn-1"}),
        ("VpnConcentrators", {"VpnConcentratorId": "vcn-1"}),
        ("Attachments", {"AttachmentId": "attachment-1"}),
        (
            "TransitGatewayPolicyTables",
            {
                "TransitGatewayPolicyTableId": "tgw-ptb-1",
                "TransitGatewayId": "tgw-1",
                "State": "available",
            },
        ),
    ],
)
def test_other_ways_in_are_unknown(
    key: str, element: Answer, tmp_path: Path
) -> None:
    # covers S68, S124
    snapshot = copy("blackholes", tmp_path)
    path = scope(snapshot) / "network.json"
    path.write_text("{}")
    edit(path, **{key: []})
    answered = verdicts(netproof.load(snapshot), ALONE, tmp_path)
    assert answered["y-is-alone"] == "proved"
    edit(path, **{key: [element]})
    topology = netproof.load(snapshot)
    said = "\n".join(findings(topology))
    assert "snapshot-is-understood" in said
    answered = verdicts(topology, ALONE, tmp_path)
    assert answered["y-is-alone"] != "proved", said


def test_a_public_access_block_counts(tmp_path: Path) -> None:
    # covers S32
    flow = {"src": "8.8.8.8", "dst": "203.0.113.10"}
    for mode, code in (
        ("block-ingress", "PUBLIC_ACCESS_BLOCKED"),
        ("off", None),
    ):
        snapshot = copy("central-egress", tmp_path / mode)
        edit(
            snapshot / "network.json",
            VpcBlockPublicAccessOptions={"InternetGatewayBlockMode": mode},
        )
        answer = follow(netproof.load(snapshot), flow)
        assert (answer["forward"]["drop"] or {}).get("code") == code


def test_an_outpost_is_not_passed_over(tmp_path: Path) -> None:
    # covers S124
    snapshot = copy("peering", tmp_path)
    change(snapshot / "network.json", outpost)
    assert "OutpostArn" in str(findings(netproof.load(snapshot)))
