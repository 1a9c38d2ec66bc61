"""Clusters by the command line and by import; the rest is tested in C++."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

import netproof
from python.command import run

GOLDEN = Path(__file__).parents[1] / "golden" / "kubernetes"
SHOP = GOLDEN / "shop"
RULES = GOLDEN / "rules.yaml"


def verdicts(network: Path) -> dict[str, str]:
    report = netproof.load(network).check(RULES).to_dict()
    return {rule["id"]: rule["verdict"] for rule in report["rules"]}


def shop_with(folder: Path, *objects: dict[str, Any], **spec: Any) -> Path:
    """The shop with more objects, and another `spec` of its cluster."""
    for name in ("shop.yaml", "policies.yaml"):
        (folder / name).write_text((SHOP / name).read_text())
    cluster = yaml.safe_load((SHOP / "cluster.yaml").read_text())
    said = {**cluster["spec"], **spec}
    cluster["spec"] = {key: one for key, one in said.items() if one is not None}
    (folder / "more.yaml").write_text(yaml.safe_dump_all([cluster, *objects]))
    return folder


def policy(**spec: Any) -> dict[str, Any]:
    """A policy of the namespace of the shop."""
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": "more", "namespace": "shop"},
        "spec": spec,
    }


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
    found = verdicts(shop_with(tmp_path, plugin=None))
    assert found["web-calls-the-database"] == "proved"
    assert found["web-has-no-other-port"] == "unknown"
    assert found["the-database-calls-nobody"] == "unknown"


def test_files_that_may_not_be_all_prove_nothing(tmp_path: Path) -> None:
    # covers S181
    found = verdicts(shop_with(tmp_path, complete=None))
    assert set(found.values()) == {"unknown"}


@pytest.mark.parametrize("operator", ["Exists", "DoesNotExist"])
def test_a_label_of_a_controller_proves_nothing(
    tmp_path: Path, operator: str
) -> None:
    # covers S180
    hashed = {"key": "pod-template-hash", "operator": operator}
    pods = {"matchExpressions": [hashed]}
    found = verdicts(shop_with(tmp_path, policy(podSelector=pods)))
    assert set(found.values()) == {"unknown"}


def test_a_policy_of_a_plugin_is_named(tmp_path: Path) -> None:
    # covers S114
    other = {
        "apiVersion": "cilium.io/v2",
        "kind": "CiliumClusterwideNetworkPolicy",
        "metadata": {"name": "fence"},
        "spec": {},
    }
    shop_with(tmp_path, other)
    report = netproof.load(tmp_path).check(RULES)
    assert {r["verdict"] for r in report.to_dict()["rules"]} == {"unknown"}
    assert "CiliumClusterwideNetworkPolicy fence" in str(report.to_dict())


def test_a_load_balancer_is_a_way_around_policies(tmp_path: Path) -> None:
    # covers S112, S113
    service = {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "db-too", "namespace": "shop"},
        "spec": {"type": "NodePort", "selector": {"app": "db"}},
    }
    found = verdicts(shop_with(tmp_path, service))
    assert found["web-has-no-other-port"] == "unknown"
    assert found["web-calls-the-database"] == "proved"
    assert found["the-database-calls-nobody"] == "proved"


def test_import_gives_the_same_verdicts(tmp_path: Path) -> None:
    netproof.load(SHOP, input_format="kubernetes").write(tmp_path / "net")
    assert verdicts(tmp_path / "net") == verdicts(SHOP)
    part = tmp_path / "part"
    part.mkdir()
    shop_with(part, complete=["policies", "pods"])
    netproof.load(part).write(tmp_path / "open")
    assert verdicts(tmp_path / "open") == verdicts(part)


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


IN_VPC = GOLDEN / "in-vpc"


def in_vpc(folder: Path, change: str, to: str) -> dict[str, str]:
    """The verdicts with one text of the topology replaced."""
    text = (IN_VPC / "topology.yaml").read_text()
    assert change in text
    (folder / "topology.yaml").write_text(text.replace(change, to))
    report = netproof.load(folder).check(IN_VPC / "rules.yaml").to_dict()
    return {rule["id"]: rule["verdict"] for rule in report["rules"]}


def changed(found: dict[str, str]) -> dict[str, str]:
    return {rule: one for rule, one in found.items() if one != "proved"}


def test_pods_in_a_vpc_are_judged(tmp_path: Path) -> None:
    # covers S112, S115, S174
    found = in_vpc(tmp_path, "name: shop in a VPC", "name: shop")
    assert len(found) == 10
    assert changed(found) == {}


@pytest.mark.parametrize(
    ("change", "to", "expected"),
    [
        (
            'sources: ["sg:nodes"]}]\n    egress: []',
            "sources: [10.0.2.4/32]}]\n    egress: []",
            {"the-api-calls-the-database-by-its-nodes-group": "violated"},
        ),
        (
            "- name: shop/cache\n    pods: {app: cache}",
            "- name: shop/cache\n    pods: {app: none}",
            {
                "web-has-no-cache-on-its-own-node": "violated",
                "the-cache-has-no-database": "violated",
                "the-cache-calls-nobody-outside": "violated",
            },
        ),
        (
            "  plugin: aws-network-policy-agent\n",
            "",
            {
                "the-api-has-no-other-port": "unknown",
                "web-has-no-cache-on-its-own-node": "unknown",
                "the-cache-has-no-database": "unknown",
                "the-cache-calls-nobody-outside": "unknown",
            },
        ),
        ("pod_source: node", "pod_source: unknown", {}),
        (
            "address: 10.0.2.10, node",
            "address: 10.0.2.10, served: outside, node",
            {
                "the-api-has-no-other-port": "unknown",
                "nobody-comes-in": "unknown",
                "the-database-calls-no-pod": "unknown",
            },
        ),
    ],
)
def test_what_changes_for_pods_in_a_vpc(
    tmp_path: Path, change: str, to: str, expected: dict[str, str]
) -> None:
    # covers S112, S113, S114, S115, S174
    assert changed(in_vpc(tmp_path, change, to)) == expected


def test_a_pod_without_a_node_is_refused(tmp_path: Path) -> None:
    # covers S115
    with pytest.raises(netproof.InputError, match="pod-has-node"):
        in_vpc(tmp_path, ", node: node-b", "")


def test_import_keeps_pods_where_they_are(tmp_path: Path) -> None:
    # covers S115
    netproof.load(IN_VPC).write(tmp_path)
    report = netproof.load(tmp_path).check(IN_VPC / "rules.yaml").to_dict()
    assert {rule["verdict"] for rule in report["rules"]} == {"proved"}


def pod(name: str, address: str, host: str, app: str) -> dict[str, Any]:
    """A running pod, as kubectl answers it."""
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "namespace": "shop", "labels": {"app": app}},
        "spec": {"nodeName": f"ip-{host.replace('.', '-')}"},
        "status": {"phase": "Running", "podIP": address, "hostIP": host},
    }


def test_a_cluster_stands_on_the_interfaces_of_a_snapshot(
    tmp_path: Path,
) -> None:
    # covers S115, S174
    snapshot = GOLDEN.parent / "aws" / "peering" / "snapshot"
    network = tmp_path / "network"
    netproof.load(snapshot).write(network)
    objects = [
        yaml.safe_load((SHOP / "cluster.yaml").read_text()),
        pod("web", "10.1.0.20", "10.1.0.10", "web"),
        pod("db", "10.2.0.20", "10.2.0.10", "db"),
        policy(
            podSelector={"matchLabels": {"app": "db"}},
            ingress=[
                {"from": [{"podSelector": {"matchLabels": {"app": "web"}}}]}
            ],
        ),
    ]
    (tmp_path / "objects.yaml").write_text(yaml.safe_dump_all(objects))
    netproof.load(tmp_path / "objects.yaml").write(network / "cluster")
    top = network / "topology.yaml"
    text = top.read_text()
    assert "filters.yaml]" in text
    top.write_text(
        text.replace("filters.yaml]", "filters.yaml, cluster/clusters.yaml]")
    )
    clusters = network / "cluster" / "clusters.yaml"
    clusters.write_text(
        clusters.read_text().replace("pod_source: unknown", "pod_source: own")
    )
    rules = tmp_path / "rules.yaml"
    rules.write_text(
        """\
version: 1
zones:
  web: {pods: [shop/web]}
  db: {pods: [shop/db]}
  host: {interfaces: [eni-a], minus: {pods: [shop/web]}}
rules:
- {id: way, require: {from: web, to: db, service: tcp/5432}}
- {id: back, deny: {from: db, to: web, service: tcp/5432}}
- {id: host, deny: {from: host, to: db, service: tcp}}
"""
    )
    report = netproof.load(network).check(rules).to_dict()
    assert {rule["id"]: rule["verdict"] for rule in report["rules"]} == {
        "way": "proved",
        "back": "violated",
        "host": "proved",
    }
