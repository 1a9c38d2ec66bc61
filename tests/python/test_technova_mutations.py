"""The rules hold the intended network in place: what is changed is noticed.

Each route, association, propagation, blackhole and group line of the network
is changed once. The changed network has another verdict or another finding,
or the exact comparison says that it delivers the same.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest
import yaml

import netproof
from python.technova import mutations, networks

SEEDS = (1, 2)
LONG = os.environ.get("NETPROOF_LONG", "0") not in ("", "0")
# Every one takes about a second: a part of them in each run, evenly spread.
PART = 1 if LONG else 8

DOCUMENTS = mutations.documents(networks.INTENDED)
DRAWN = [
    (element, change)
    for seed in SEEDS
    for element, change in mutations.drawn(mutations.elements(DOCUMENTS), seed)
]


def told(report: netproof.Report) -> tuple[dict[str, str], list[str]]:
    """What a report says, without places and figures."""
    return (
        {rule.id: rule.verdict for rule in report.rules},
        sorted(finding.id for finding in report.findings),
    )


@cache
def before() -> tuple[dict[str, str], list[str]]:
    return told(networks.intended().check())


def noticed_by(folder: Path) -> str:
    """How the network in `folder` differs from the intended one."""
    changed = netproof.load(folder)
    if networks.intended().equivalent(changed):
        return "delivers the same"
    verdicts, findings = told(changed.check())
    for rule, verdict in verdicts.items():
        if before()[0][rule] != verdict:
            return rule
    return "a finding" if before()[1] != findings else "nobody"


def test_there_are_enough_changes() -> None:
    assert len(DRAWN) >= 200
    kinds = {one.kind for one, _ in DRAWN}
    assert kinds >= {"transit route", "vpc route", "association"}
    assert kinds >= {"propagation", "blackhole", "group line"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "number",
    range(0, len(DRAWN), PART),
    ids=lambda number: f"{DRAWN[number][0].kind}-{number}",
)
def test_change_is_noticed(tmp_path: Path, number: int) -> None:
    element, change = DRAWN[number]
    network = networks.copy_of_intended(tmp_path)
    document = element.mutated(DOCUMENTS[element.file], change)
    (network / element.file).write_text(yaml.safe_dump(document))
    assert noticed_by(network) != "nobody", f"{element.text}: {change}"
