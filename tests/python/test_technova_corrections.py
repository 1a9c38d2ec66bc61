"""Each correction of the intended network is needed: without it, it fails."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from python import command
from python.technova import networks, tables
from python.technova.undo import UNDO

CORRECTIONS = {row["id"]: row for row in tables.corrections()}


def test_every_correction_can_be_undone() -> None:
    assert set(UNDO) == set(CORRECTIONS)


def test_every_cell_is_filled() -> None:
    for row in CORRECTIONS.values():
        assert all(cell and cell == cell.strip() for cell in row.values())


def test_copy_without_a_change_is_accepted(tmp_path: Path) -> None:
    network = networks.copy_of_intended(tmp_path)
    code, report = checked(network, "--plan-only")
    assert code == 0
    assert errors(report) == set()


@pytest.mark.slow
@pytest.mark.parametrize("correction", UNDO)
def test_network_fails_without_it(tmp_path: Path, correction: str) -> None:
    network = networks.copy_of_intended(tmp_path)
    for edit in UNDO[correction]:
        edit.apply(network)
    reason = CORRECTIONS[correction]["forced_by"]
    if reason in networks.rule_ids():
        rules = networks.rule_file(tmp_path, reason)
        code, report = checked(network, "--rules", rules)
        assert [rule["verdict"] for rule in report["rules"]] == ["violated"]
    else:
        code, report = checked(network, "--plan-only")
        assert reason in errors(report)
    assert code == 1


def checked(network: Path, *options: str | Path) -> tuple[int, dict[str, Any]]:
    done = command.run("check", network, *options, "--format", "json")
    assert done.returncode in (0, 1), done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return done.returncode, report


def errors(report: dict[str, Any]) -> set[str]:
    """The ids of the findings that fail a check."""
    return {
        finding["id"]
        for finding in report["findings"]
        if finding["level"] == "error"
    }
