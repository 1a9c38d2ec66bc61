"""The two networks of TechNova, their rules, and copies to change."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import netproof
from netproof import RuleSet, Topology

ROOT = Path(__file__).parents[3]
INTENDED = ROOT / "topologies" / "technova"
AS_WRITTEN = INTENDED / "as-written"
RULES = ROOT / "rules" / "technova.yaml"


def copy_of_intended(folder: Path) -> Path:
    """The files of the intended network, with its rules where it names them."""
    network = folder / "topologies" / "technova"
    network.mkdir(parents=True)
    for file in INTENDED.iterdir():
        if file.is_file():
            shutil.copy(file, network)
    (folder / "rules").mkdir()
    shutil.copy(RULES, folder / "rules")
    return network


@cache
def rule_document() -> dict[str, Any]:
    values: dict[str, Any] = yaml.safe_load(RULES.read_text(encoding="utf-8"))
    return values


def rule_ids() -> list[str]:
    return [rule["id"] for rule in rule_document()["rules"]]


def rule_file(folder: Path, *ids: str) -> Path:
    """A file in `folder` with these rules alone."""
    document = rule_document()
    chosen = [rule for rule in document["rules"] if rule["id"] in ids]
    assert len(chosen) == len(ids), f"unknown rule among {ids}"
    file = folder / "chosen.json"
    file.write_text(json.dumps({**document, "rules": chosen}))
    return file


def rules_of(folder: Path, *ids: str) -> RuleSet:
    return netproof.load_rules(rule_file(folder, *ids))


@cache
def intended() -> Topology:
    return netproof.load(INTENDED)


@cache
def as_written() -> Topology:
    return netproof.load(AS_WRITTEN)
