"""The tables of topologies/technova/README.md, made from the networks.

`python -m python.technova.tables` (in tests/) writes them; a test compares.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable

import yaml

from netproof import Report
from python.technova import networks

README = networks.INTENDED / "README.md"


def corrections() -> list[dict[str, str]]:
    with (networks.INTENDED / "corrections.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def tables() -> dict[str, str]:
    written = networks.as_written().check()
    intended = networks.intended().check()
    return {
        "corrections": _corrections(),
        "rules": _rules(written, intended),
        "findings": _findings(written),
        "warnings": _findings(intended),
        "assumptions": _assumptions(),
    }


def filled(text: str, made: dict[str, str]) -> str:
    """`text` with what stands between the marks of each table replaced."""
    for name, table in made.items():
        opening, closing = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        before, rest = text.split(opening)
        after = rest.split(closing)[1]
        text = f"{before}{opening}{table}{closing}{after}"
    return text


def _corrections() -> str:
    return _table(
        [
            "correction",
            "section",
            "as printed",
            "corrected",
            "why",
            "forced by",
        ],
        (row.values() for row in corrections()),
    )


def _rules(written: Report, intended: Report) -> str:
    because = {
        rule["id"]: rule["because"]
        for rule in networks.rule_document()["rules"]
    }
    return _table(
        ["rule", "because", "as written", "as intended"],
        (
            [rule.id, because[rule.id], written[rule.id].verdict, rule.verdict]
            for rule in intended.rules
        ),
    )


def _findings(report: Report) -> str:
    count = Counter((finding.id, finding.level) for finding in report.findings)
    rows = [
        [name, level, str(number)]
        for (name, level), number in sorted(count.items())
    ]
    return _table(["finding", "level", "places"], rows)


def _assumptions() -> str:
    text = (networks.INTENDED / "topology.yaml").read_text(encoding="utf-8")
    return _table(
        ["assumption", "of", "value", "why", "to be confirmed by"],
        (one.values() for one in yaml.safe_load(text)["assume"]),
    )


def _table(titles: list[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [titles, ["---"] * len(titles), *map(list, rows)]
    cells = [[cell.replace("|", "\\|") for cell in line] for line in lines]
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)


if __name__ == "__main__":
    README.write_text(
        filled(README.read_text(encoding="utf-8"), tables()), encoding="utf-8"
    )
