"""How answers look in a notebook.

Everything that came from a file is escaped. Tables and inline styles only:
JupyterLab shows them in notebooks that are not trusted, too. Colours never
stand alone: each cell says its word.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from netproof.answers import Matrix, Reach, Report, Trace

# Legible on light and on dark pages: text and background are both given.
_TONES = {
    "good": "background:#d3ead8;color:#143d1f",
    "bad": "background:#f6d0c9;color:#5c130a",
    "open": "background:#fbe7b5;color:#4d3800",
    "plain": "background:#e6e8eb;color:#24292f",
}

_TONE_OF = {
    "proved": "good",
    "violated": "bad",
    "unknown": "open",
    "vacuous": "plain",
    "delivered": "good",
    "dropped": "bad",
    "mixed": "open",
    "established": "good",
    "blocked": "bad",
    "error": "bad",
    "warning": "open",
    "note": "plain",
    "none": "plain",
    "some": "open",
    "all": "good",
}

# In a matrix "unknown" must not look like "some": it has a sign of its own.
_GLYPHS = {"none": "·", "some": "◐", "all": "●", "unknown": "?"}


def escape(value: object) -> str:
    return html.escape("" if value is None else str(value))


def text_block(text: str) -> str:
    return f"<pre>{escape(text)}</pre>"


def _badge(word: str, shown: str | None = None) -> str:
    style = _TONES[_TONE_OF.get(word, "plain")]
    text = escape(word if shown is None else shown)
    return f'<span style="{style};padding:0 .4em">{text}</span>'


def _row(cells: Iterable[str], tag: str = "td") -> str:
    style = "text-align:left;vertical-align:top"
    inside = "".join(f'<{tag} style="{style}">{c}</{tag}>' for c in cells)
    return f"<tr>{inside}</tr>"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """The cells of `rows` are HTML already; the head is text."""
    top = _row(map(escape, head), "th")
    body = "".join(_row(row) for row in rows)
    return f"<table><thead>{top}</thead><tbody>{body}</tbody></table>"


def _details(summary: str, inside: str, shut: bool = True) -> str:
    state = "" if shut else " open"
    head = f"<summary>{escape(summary)}</summary>"
    return f"<details{state}>{head}{inside}</details>"


def table(rows: list[dict[str, Any]], empty: str) -> str:
    """Rows of plain values."""
    if not rows:
        return f"<p>{escape(empty)}</p>"
    return _table(rows[0], ([escape(v) for v in row.values()] for row in rows))


def report(value: Report) -> str:
    rules = _table(
        ["rule", "verdict", "why", "where"],
        (
            [
                escape(rule.id),
                _badge(rule.verdict, _verdict_text(rule.verdict, rule.waived)),
                escape(rule.detail),
                escape(rule.source),
            ]
            for rule in value.rules
        ),
    )
    findings = _table(
        ["finding", "level", "message", "where"],
        (
            [
                escape(finding.id),
                _badge(finding.level),
                escape(finding.message),
                escape(finding.source),
            ]
            for finding in value.findings
        ),
    )
    shown = [f"<p>{escape(value.summary)}</p>"]
    if value.rules:
        shown.append(rules)
    if value.findings:
        count = len(value.findings)
        shown.append(_details(f"{count} findings", findings, shut=count > 20))
    return "".join([*shown, _details("as text", text_block(value.text))])


def _verdict_text(verdict: str, waived: bool) -> str:
    return f"{verdict}, waived" if waived else verdict


def trace(value: Trace) -> str:
    columns = ("direction", "path", "at", "did", "entry", "flow", "source")
    rows = value.to_dicts()
    hops = _table(columns, ([escape(r[c]) for c in columns] for r in rows))
    drop = value.forward.drop
    why = "" if drop is None else f" {escape(drop.code)} at {escape(drop.at)}"
    head = (
        f"<p><code>{escape(value.flow)}</code> {_badge(value.verdict)}{why}; "
        f"connection {_badge(value.connection.verdict)}</p>"
    )
    return head + hops + _details("as text", text_block(value.text))


def reach(value: Reach) -> str:
    shown = table(value.to_dicts(), empty="nothing gets through")
    if value.dropped:
        rows = [
            {"code": drop.code, "at": drop.at, "packets": str(drop.packets)}
            for drop in value.dropped
        ]
        shown += _details("where the rest dies", table(rows, empty=""))
    return shown + _details("as text", text_block(value.text))


def matrix(value: Matrix) -> str:
    rows = (
        [
            f"<b>{escape(zone)}</b>",
            *(_badge(cell, f"{_GLYPHS[cell]} {cell}") for cell in row),
        ]
        for zone, row in zip(value.zones, value.cells, strict=True)
    )
    return _table(["from \\ to", *value.zones], rows)


def mapping(values: Mapping[str, object]) -> str:
    """A two-column table of names and values."""
    return _table(["", ""], ([escape(k), escape(v)] for k, v in values.items()))
