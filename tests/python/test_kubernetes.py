"""Clusters by the command line and by import; the rest is tested in C++."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

import netproof
from python.command import run

GOLDEN = Path(__file__).parents[1] / "golden" / "kubernetes"
SHOP = GOLDEN / "shop"
RULES = GOLDEN / "rules.yaml"


def verdicts(network: Path) -> dict[str, str]:
    report = netproof.load(network).check(RULES).to_dict()
    return {rule["id"]: rule["verdict"] for rule in report["rules"]}


def test_manifests_are_judged() -> None:
    # covers S107, S108, S109, S110, S112
    assert verdicts(SHOP) == dict.fromkeys(
        (
            "web-calls-the-database",
            "web-has-no-other-port",
            "monitoring-scrapes",
            "monitoring-has-no-database",
            "the-database-calls-nobody",
            "nobody-calls-monitoring",
        ),
        "proved",
    )


def test_without_a_plugin_only_what_is_allowed_is_proved(
    tmp_path: Path,
) -> None:
    # covers S114
    for name in ("shop.yaml", "policies.yaml"):
        (tmp_path / name).write_text((SHOP / name).read_text())
    found = verdicts(tmp_path)
    assert found["web-calls-the-database"] == "proved"
    assert found["web-has-no-other-port"] == "unknown"
    assert found["the-database-calls-nobody"] == "unknown"


def test_import_gives_the_same_verdicts(tmp_path: Path) -> None:
    netproof.load(SHOP, input_format="kubernetes").write(tmp_path / "net")
    assert verdicts(tmp_path / "net") == verdicts(SHOP)


def test_answers_of_kubectl_are_judged_as_manifests(tmp_path: Path) -> None:
    items = [
        item
        for name in ("cluster.yaml", "shop.yaml", "policies.yaml")
        for item in yaml.safe_load_all((SHOP / name).read_text())
    ]
    answer = {"apiVersion": "v1", "kind": "List", "items": items}
    (tmp_path / "all.json").write_text(json.dumps(answer))
    assert verdicts(tmp_path) == verdicts(SHOP)
    assert verdicts(tmp_path / "all.json") == verdicts(SHOP)


def test_a_pod_can_be_traced() -> None:
    made = run(
        "trace",
        SHOP,
        "--src",
        "198.18.0.1",
        "--dst",
        "198.18.0.2",
        "--dport",
        "22",
    )
    assert "POLICY_DENY" in made.stdout
    assert "pod:shop/db" in made.stdout
