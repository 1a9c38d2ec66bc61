"""The network that TechNova's design intends, proved."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

import netproof
from python.technova import networks, tables

# Held by routes alone: what no group has a part in.
BY_ROUTING = (
    "mfg-prod-cannot-reach-dev",
    "mfg-prod-cannot-reach-test",
    "prod-cannot-reach-dev-or-test",
    "prod-cannot-reach-staging",
    "below-prod-cannot-reach-prod",
    "dev-cannot-reach-test-or-staging",
    "test-cannot-reach-dev-or-staging",
    "staging-cannot-reach-dev-or-test",
    "premises-cannot-reach-below-prod",
    "below-prod-cannot-reach-premises",
    "premises-cannot-reach-security",
    "unassigned-accounts-are-cut-off",
    "accounts-have-no-way-to-the-internet",
)

# Held by groups: whoever is on both sides has a route.
BY_GROUPS = ("sales-keeps-to-itself", "shared-services-open-nothing")

# What the premises need, in both directions.
HYBRID = (
    "premises-reach-prod",
    "premises-reach-shared-services",
    "domain-controllers-ask-the-resolvers",
    "resolvers-ask-the-domain-controllers",
    "premises-admit-nobody-else",
    "premises-cannot-reach-below-prod",
)


def verdicts(
    network: Path, rules: netproof.RuleSet | None = None
) -> dict[str, str]:
    report = netproof.load(network).check(rules)
    return {rule.id: rule.verdict for rule in report.rules}


@pytest.mark.slow
def test_every_rule_is_proved_and_no_finding_is_an_error() -> None:
    report = networks.intended().check()
    assert {rule.verdict for rule in report.rules} == {"proved"}
    assert [f for f in report.findings if f.level == "error"] == []
    assert len(report.rules) == len(networks.rule_ids()) > 30


def test_each_rule_says_which_section_it_is_from() -> None:
    for rule in networks.rule_document()["rules"]:
        assert re.search(r"\(\d+(\.\d+)*[ ,)]", rule["because"]), rule["id"]


@pytest.mark.slow
def test_isolation_needs_no_group(tmp_path: Path) -> None:
    network = networks.copy_of_intended(tmp_path)
    groups = yaml.safe_load((network / "groups.yaml").read_text("utf-8"))
    anyone = [{"service": "any", "sources": ["0.0.0.0/0"]}]
    for group in groups["security_groups"]:
        group["ingress"] = anyone
        group.pop("egress", None)
    (network / "groups.yaml").write_text(json.dumps(groups), "utf-8")
    rules = networks.rules_of(tmp_path, *BY_ROUTING, *BY_GROUPS)
    assert verdicts(network, rules) == {
        **dict.fromkeys(BY_ROUTING, "proved"),
        **dict.fromkeys(BY_GROUPS, "violated"),
    }


# 7.2.1 "Routing Priority".
ORDER = ("tokyo-[12]", "osaka-[12]", "vpn-primary", "vpn-secondary")


@pytest.mark.parametrize("lost", range(len(ORDER) + 1))
def test_links_to_the_premises_stand_in_for_each_other(
    tmp_path: Path, lost: int
) -> None:
    network = networks.copy_of_intended(tmp_path)
    take_down(network, "|".join(ORDER[:lost]))
    found = verdicts(network, networks.rules_of(tmp_path, *HYBRID))
    assert found["premises-admit-nobody-else"] == "proved"
    if lost == len(ORDER):
        assert found["premises-reach-prod"] == "violated"
        return
    assert set(found.values()) == {"proved"}
    there = netproof.load(network).trace(
        "192.168.1.10", "10.0.30.100", dport=443
    )
    links = set(re.findall(r"(?:vif|vpn):([a-z0-9-]+)", str(there)))
    assert {re.fullmatch(ORDER[lost], link) is not None for link in links} == {
        True
    }, str(there)


def take_down(network: Path, links: str) -> None:
    """Links whose name the pattern matches carry nothing."""
    file = network / "premises.yaml"
    document = yaml.safe_load(file.read_text("utf-8"))
    for link in [*document["virtual_interfaces"], *document["vpn_connections"]]:
        if re.fullmatch(links, link["name"]):
            link["up"] = False
    file.write_text(json.dumps(document), "utf-8")


@pytest.mark.slow
def test_tables_of_the_readme_are_those_of_the_networks() -> None:
    text = tables.README.read_text("utf-8")
    assert tables.filled(text, tables.tables()) == text
