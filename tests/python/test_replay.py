"""Flow logs held against the model.

The twin: a network writes its own log, and the model agrees with it. Then the
model is changed, and the records that cannot be its own are found.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import netproof
from python.command import run
from python.flow_log_network import HEADER, NETWORK, network, own_log


def test_a_network_agrees_with_its_own_log(tmp_path: Path) -> None:
    log = own_log(tmp_path)
    answer = netproof.load(tmp_path / "as-logged").replay(log)
    assert answer.agrees, answer.text
    agreed = answer.to_dict()["agreed"]
    assert min(agreed["requests"], agreed["replies"], agreed["denied"]) > 20
    assert answer.summary["agreed"] == answer.summary["records"]


@pytest.mark.parametrize(
    ("change", "causes"),
    [
        (
            ("tcp/443, sources", "tcp/444, sources"),
            {
                ("accepted-but-groups-deny", "ingress", "interface:eni-web"),
            },
        ),
        (
            ("udp/514, destinations", "udp/515, destinations"),
            {
                ("accepted-but-groups-deny", "egress", "interface:eni-db"),
                # The replies, which lost their request.
                ("accepted-but-groups-deny", "ingress", "interface:eni-db"),
            },
        ),
        (
            ("deny, service: tcp/22,", "deny, service: tcp/5432,"),
            {
                ("accepted-but-acl-denies", "ingress", "acl:back"),
                ("accepted-but-groups-deny", "egress", "interface:eni-db"),
            },
        ),
        (
            ("tcp/5432, sources", "any, sources"),
            {("rejected-but-allowed", "ingress", "interface:eni-db")},
        ),
        (
            (
                "        egress: []",
                "        egress: [{service: any, destinations: [0.0.0.0/0]}]",
            ),
            {("rejected-but-allowed", "egress", "interface:eni-log")},
        ),
    ],
)
def test_a_planted_change_is_found_by_its_cause(
    tmp_path: Path,
    change: tuple[str, str],
    causes: set[tuple[str, str, str]],
) -> None:
    log = own_log(tmp_path)
    changed = network(tmp_path / "changed", change)
    done = run("replay", changed, log, "--format", "json")
    assert done.returncode == 1, done.stderr + done.stdout
    found = {
        (group["cause"], group["direction"], group["filters"][0]["at"])
        for group in json.loads(done.stdout)["disagreements"]
    }
    assert found == causes


def test_without_flags_a_request_may_be_a_reply(tmp_path: Path) -> None:
    log = own_log(tmp_path)
    plain = [
        " ".join(line.split()[:-1]) for line in log.read_text().splitlines()
    ]
    log.write_text("\n".join(plain))
    change = ("tcp/443, sources", "tcp/444, sources")
    answer = netproof.load(network(tmp_path / "changed", change)).replay(log)
    assert answer.agrees
    assert answer.to_dict()["agreed"]["replies"] > 20


def test_unknown_groups_are_unknown(tmp_path: Path) -> None:
    log = own_log(tmp_path)
    change = ("security_groups: [db]", "security_groups: unknown")
    done = run("replay", network(tmp_path / "open", change), log)
    assert done.returncode == 4, done.stdout
    assert "the security groups of interface:eni-db" in done.stdout


def test_a_line_that_cannot_be_read_is_no_agreement(tmp_path: Path) -> None:
    log = own_log(tmp_path)
    log.write_text(log.read_text() + "and so on\n")
    done = run("replay", tmp_path / "as-logged", log, "--format", "json")
    assert done.returncode == 4
    assert json.loads(done.stdout)["summary"]["unreadable"] == 1


# Block Public Access and encryption controls reject what the filters allow.
def test_what_something_else_rejected_is_not_judged(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    log.write_text(
        HEADER.replace("\n", " reject-reason\n")
        + "eni-web 10.0.2.10 10.0.1.10 4000 443 6 REJECT 2 BPA\n"
        + "eni-web 10.0.2.10 10.0.1.10 4000 443 6 ACCEPT 2 -\n"
    )
    answer = netproof.load(network(tmp_path / "network")).replay(log)
    assert answer.agrees, answer.text
    assert answer.to_dict()["not_judged"][0]["cause"] == "rejected-elsewhere"


# Whether there was state, no log says: rejected replies are counted apart.
def test_a_rejected_reply_may_have_lost_its_state(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    reply = "eni-web 10.0.2.10 10.0.1.10 5432 40000 6 REJECT "
    log.write_text(f"{HEADER}{reply}18\n{reply}2\n")
    answer = netproof.load(network(tmp_path / "network")).replay(log)
    agreed = answer.to_dict()["agreed"]
    assert agreed["denied_without_state"] == 1
    assert agreed["denied"] == 1


# A route to a next hop in the subnet: the packet may never cross its border.
def test_the_acl_next_to_a_next_hop_is_unknown(tmp_path: Path) -> None:
    text = (
        NETWORK.replace("tcp/22", "tcp/5432")
        .replace(
            "        network_acl: back",
            "        network_acl: back\n        route_table: by-box",
        )
        .replace(
            "    security_groups:\n      - name: web",
            "    route_tables:\n"
            "      - name: by-box\n"
            "        routes:\n"
            "          - {destination: 0.0.0.0/0, target: interface:eni-log}\n"
            "    security_groups:\n      - name: web",
        )
    )
    assert text.count("by-box") == 2
    log = tmp_path / "a.log"
    log.write_text(HEADER + "eni-db 10.0.1.10 10.0.2.10 4000 5432 6 ACCEPT 2\n")
    (tmp_path / "topology.yaml").write_text(text)
    done = run("replay", tmp_path, log, "--format", "json")
    assert done.returncode == 4, done.stdout + done.stderr


def test_nothing_judged_is_no_agreement(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    log.write_text(HEADER + "eni-x 10.0.1.10 10.0.2.10 1 2 6 ACCEPT 2\n")
    done = run("replay", network(tmp_path / "network"), log)
    assert done.returncode == 3
    assert "unknown-interface" in done.stdout
