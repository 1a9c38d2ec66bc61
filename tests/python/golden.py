"""Networks with what becomes of their flows, and the verdicts on their rules.

An `expected.yaml` holds `flows`: each with what is asked (`src`, `dst`,
`protocol`, `sport`, `dport`, `at`) and what is to be said of it (`verdict`,
`to`, `code`, `drop_at`, `connection`, and `by`, a next hop on the way). It may
hold `rules`, a rule file, and `verdicts` by rule.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from netproof import Topology


def expected(case: Path) -> dict[str, Any]:
    loaded = yaml.safe_load((case / "expected.yaml").read_text())
    assert isinstance(loaded, dict)
    return loaded


def follow(topology: Topology, flow: dict[str, Any]) -> dict[str, Any]:
    protocol = flow.get("protocol", "tcp")
    ports = {} if protocol == "icmp" else {"dport": flow.get("dport", 443)}
    if "sport" in flow:
        ports["sport"] = flow["sport"]
    trace = topology.trace(
        str(flow["src"]),
        str(flow["dst"]),
        protocol=protocol,
        at=flow.get("at", ""),
        **ports,
    )
    answer: dict[str, Any] = trace.to_dict()
    return answer


def found(answer: dict[str, Any], flow: dict[str, Any]) -> dict[str, Any]:
    """What the answer says of the keys that the flow expects."""
    drop = answer["forward"]["drop"] or {}
    ways = [
        [str(hop["entry"]).rpartition(" -> ")[2] for hop in path["hops"]]
        for path in answer["forward"]["paths"]
    ]
    by = flow.get("by")
    said = {
        "verdict": answer["forward"]["verdict"],
        "to": answer["to"],
        "code": drop.get("code"),
        "drop_at": drop.get("at"),
        "connection": answer["connection"]["verdict"],
        "by": by if ways and all(by in way for way in ways) else ways,
    }
    return {key: value for key, value in said.items() if key in flow}


def verdicts(topology: Topology, rules: str, folder: Path) -> dict[str, str]:
    path = folder / "rules.yaml"
    path.write_text(rules)
    report = topology.check(path).to_dict()
    return {rule["id"]: rule["verdict"] for rule in report["rules"]}


def findings(topology: Topology) -> list[str]:
    report = topology.check(plan_only=True).to_dict()
    return [
        f"{one['level']} {one['id']} {one['message']}"
        for one in report["findings"]
    ]


def assert_as_expected(
    topology: Topology, wanted: dict[str, Any], folder: Path
) -> None:
    for flow in wanted["flows"]:
        answer = follow(topology, flow)
        said = found(answer, flow)
        assert said, f"nothing is expected of {flow}"
        assert said == {key: flow[key] for key in said}, (flow, answer)
    if "rules" in wanted:
        given = verdicts(topology, wanted["rules"], folder)
        assert given == wanted["verdicts"]
