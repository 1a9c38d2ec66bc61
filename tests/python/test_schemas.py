"""The machine output is what its published schema says."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from python import networks
from python.command import run
from structure.repository import ROOT, files

FLOW = ("--src", "10.0.1.10", "--dst", "10.0.2.10")
RULES = networks.PROVED + networks.VIOLATED
QUESTIONS = [
    ("check",),
    ("check", "--plan-only"),
    ("trace", *FLOW, "--dport", "443"),
    ("trace", *FLOW, "--protocol", "icmp"),
    ("trace", "--src", "10.0.1.10", "--dst", "10.0.3.10", "--dport", "1"),
    ("reach", "--from", "staff", "--to", "servers", "--why"),
    ("reach", "--from", "staff", "--to", "island", "--why"),
    ("matrix", "--by", "tier"),
    ("matrix",),
    ("overlaps",),
]
NETWORKS = {
    "office": networks.OFFICE,
    "open": networks.OPEN_OFFICE,
    "overlapping": networks.OVERLAPPING,
}


def schema_of(kind: str) -> Any:
    folder = resources.files("netproof") / "schemas"
    return json.loads((folder / f"{kind}.schema.json").read_text())


def validate(value: Any, kind: str) -> None:
    jsonschema.validate(value, schema_of(kind))


@pytest.mark.parametrize("kind", ["output", "topology", "rules"])
def test_a_schema_is_a_schema(kind: str) -> None:
    jsonschema.Draft7Validator.check_schema(schema_of(kind))


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_each_answer_is_valid(
    tmp_path: Path, network: str, question: tuple[str, ...]
) -> None:
    folder = networks.write(tmp_path, NETWORKS[network], RULES)
    command, *options = question
    done = run(command, folder, *options, "--format", "json")
    assert done.returncode in {0, 1, 4}, done.stderr
    validate(json.loads(done.stdout), "output")


def test_a_bad_line_is_valid(tmp_path: Path) -> None:
    folder = networks.write(tmp_path)
    done = run(
        *("trace", folder, "--flows", "-", "--format", "jsonl"), stdin="no\n"
    )
    validate(json.loads(done.stdout), "output")


def test_the_schema_of_output_refuses_what_is_not_published() -> None:
    for wrong in (
        {},
        {"schema": "netproof/overlaps/1"},
        {"schema": "netproof/overlaps/2", "overlaps": []},
        {"schema": "netproof/overlaps/1", "overlaps": [], "more": 1},
        {"schema": "netproof/trace/1", "line": 0, "error": {}},
    ):
        with pytest.raises(jsonschema.ValidationError):
            validate(wrong, "output")


@pytest.mark.parametrize(
    "file", files("topologies/**/topology.yaml"), ids=lambda p: p.parent.name
)
def test_a_topology_of_the_repository_is_valid(file: Path) -> None:
    validate(yaml.safe_load(file.read_text()), "topology")


@pytest.mark.parametrize("file", files("rules/*.yaml"), ids=lambda p: p.stem)
def test_rules_of_the_repository_are_valid(file: Path) -> None:
    validate(yaml.safe_load(file.read_text()), "rules")


def test_the_package_holds_the_schemas_of_the_tree() -> None:
    for kind, folder in (("topology", "topologies"), ("rules", "rules")):
        text = (ROOT / folder / f"{kind}.schema.json").read_text()
        assert schema_of(kind) == json.loads(text)
