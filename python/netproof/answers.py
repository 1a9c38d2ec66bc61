"""What a topology answers: values that compare, hash and pickle.

Each answer keeps the two forms that the core has written, the document for
programs (JSON) and the text for people, and reads its parts from the document
when they are asked for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from netproof import display
from netproof._core import PacketSet
from netproof.parts import (
    CheckSummary,
    Connection,
    Direction,
    Finding,
    Overlap,
    RuleResult,
    header_of,
)

if TYPE_CHECKING:
    import pandas

    from netproof._core import Flow

__all__ = [
    "Answer",
    "Change",
    "Diff",
    "Drop",
    "Matrix",
    "Overlaps",
    "Passage",
    "Reach",
    "Replay",
    "Report",
    "Trace",
]


@dataclass(frozen=True)
class Answer:
    """`document` is the published JSON; equal answers have equal documents."""

    document: str = field(repr=False)
    text: str = field(repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The document as Python values, a new copy each time."""
        values: dict[str, Any] = json.loads(self.document)
        return values

    @cached_property
    def _values(self) -> Mapping[str, Any]:
        return self.to_dict()

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return display.text_block(self.text)


def _frame(rows: list[dict[str, Any]]) -> pandas.DataFrame:
    import pandas

    return pandas.DataFrame(rows)


@dataclass(frozen=True)
class Report(Answer):
    """What `check` found: a verdict for each rule, and the findings."""

    @cached_property
    def rules(self) -> tuple[RuleResult, ...]:
        return tuple(map(RuleResult.read, self._values["rules"]))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(map(Finding.read, self._values["findings"]))

    @cached_property
    def summary(self) -> CheckSummary:
        return CheckSummary(**self._values["summary"])

    def __getitem__(self, rule: str) -> RuleResult:
        """The result of the rule with this id."""
        for result in self.rules:
            if result.id == rule:
                return result
        raise KeyError(rule)

    def to_dicts(self) -> list[dict[str, Any]]:
        """One row a rule."""
        return [result.to_row() for result in self.rules]

    def to_pandas(self) -> pandas.DataFrame:
        """The same as a table; needs pandas."""
        return _frame(self.to_dicts())

    def _repr_html_(self) -> str:
        return display.report(self)

    def __repr__(self) -> str:
        return f"<Report {self.summary}>"


@dataclass(frozen=True)
class Replay(Answer):
    """How flow logs compare with the model."""

    @property
    def summary(self) -> dict[str, int]:
        """How many records agree, disagree, are unknown or not judged."""
        return dict(self._values["summary"])

    @property
    def agrees(self) -> bool:
        """No record disagrees or is unknown, and some were judged."""
        counts = self.summary
        wrong = counts["disagreed"] or counts["unknown"]
        return not wrong and counts["agreed"] > 0

    def to_dicts(self) -> list[dict[str, Any]]:
        """One row a cause of disagreement."""
        rows: list[dict[str, Any]] = self.to_dict()["disagreements"]
        return rows

    def to_pandas(self) -> pandas.DataFrame:
        """The same as a table; needs pandas."""
        return _frame(self.to_dicts())

    def __repr__(self) -> str:
        return f"<Replay {self.summary}>"


@dataclass(frozen=True)
class Trace(Answer):
    """What becomes of one flow, and of its reply."""

    @cached_property
    def flow(self) -> Flow:
        return header_of(self._values["flow"])

    @property
    def at(self) -> str | None:
        """The location where the packet starts."""
        at: str | None = self._values["at"]
        return at

    @property
    def to(self) -> str | None:
        """The location that accepted the packet, if one did."""
        to: str | None = self._values["to"]
        return to

    @cached_property
    def forward(self) -> Direction:
        return Direction.read(self._values["forward"])

    @cached_property
    def connection(self) -> Connection:
        return Connection.read(self._values["connection"])

    @property
    def verdict(self) -> str:
        """`delivered`, `dropped`, `mixed` or `unknown`: of the request."""
        return self.forward.verdict

    def to_dicts(self) -> list[dict[str, Any]]:
        """One row a hop, of every path and both directions."""
        rows = self.forward.to_rows("forward")
        if self.connection.reply is not None:
            rows += self.connection.reply.to_rows("return")
        return rows

    def to_pandas(self) -> pandas.DataFrame:
        """The same as a table; needs pandas."""
        return _frame(self.to_dicts())

    def _repr_html_(self) -> str:
        return display.trace(self)

    def __repr__(self) -> str:
        return f"<Trace {self.flow}: {self.verdict}>"


@dataclass(frozen=True)
class Passage:
    """What gets to one place: in every world, and in some world."""

    from_: tuple[str, ...]
    to: str
    certain: PacketSet
    possible: PacketSet
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Drop:
    """The packets that died at one place for one reason."""

    code: str
    at: str
    packets: PacketSet


@dataclass(frozen=True)
class Reach(Answer):
    """The exact set of packets that gets from one zone to another."""

    passages: tuple[Passage, ...]
    dropped: tuple[Drop, ...]
    certain: PacketSet
    possible: PacketSet

    def __bool__(self) -> bool:
        """True if anything gets through in every world."""
        return bool(self.certain)

    def to_dicts(self) -> list[dict[str, Any]]:
        """One row a passage."""
        return [
            {
                "from": ", ".join(passage.from_),
                "to": passage.to,
                "certain": str(passage.certain),
                "possible": str(passage.possible),
                "unknown": "; ".join(passage.unknown),
            }
            for passage in self.passages
        ]

    def to_pandas(self) -> pandas.DataFrame:
        """The same as a table; needs pandas."""
        return _frame(self.to_dicts())

    def _repr_html_(self) -> str:
        return display.reach(self)

    def __repr__(self) -> str:
        return f"<Reach certain={self.certain}>"


@dataclass(frozen=True)
class Change:
    """How the packets between two locations fare differently.

    `opened` may arrive now and could not before, `closed` the reverse;
    `altered` may arrive in both networks, but not as surely.
    """

    level: str
    from_: str
    to: str
    opened: PacketSet
    closed: PacketSet
    altered: PacketSet
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Diff(Answer):
    """What two networks deliver differently, pair by pair of locations.

    No change at a level means that no bound of any pair differs there: what
    arrives surely or perhaps, by some or every choice of load sharing.
    """

    changes: tuple[Change, ...]
    same: bool

    @cached_property
    def now_failing(self) -> tuple[str, ...]:
        """The rules that are violated now, and were not before."""
        return self._rules("now_failing")

    @cached_property
    def now_fixed(self) -> tuple[str, ...]:
        """The rules that were violated before, and are not now."""
        return self._rules("now_fixed")

    def _rules(self, key: str) -> tuple[str, ...]:
        return tuple(rule["id"] for rule in self._values[key])

    def __bool__(self) -> bool:
        """True if anything differs, or may."""
        return not self.same

    def to_dicts(self) -> list[dict[str, Any]]:
        """One row a pair of locations and level."""
        return [
            {
                "level": change.level,
                "from": change.from_,
                "to": change.to,
                "opened": str(change.opened),
                "closed": str(change.closed),
                "altered": str(change.altered),
                "unknown": "; ".join(change.unknown),
            }
            for change in self.changes
        ]

    def to_pandas(self) -> pandas.DataFrame:
        """The same as a table; needs pandas."""
        return _frame(self.to_dicts())

    def _repr_html_(self) -> str:
        return display.table(self.to_dicts(), empty="no difference")

    def __repr__(self) -> str:
        return f"<Diff {len(self.changes)} changes>"


@dataclass(frozen=True)
class Matrix(Answer):
    """Zones against zones: `none`, `some`, `all` or `unknown` passes."""

    @cached_property
    def zones(self) -> tuple[str, ...]:
        return tuple(self._values["zones"])

    @cached_property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """By row (from) and column (to), in the order of `zones`."""
        return tuple(tuple(row) for row in self._values["cells"])

    def __getitem__(self, pair: tuple[str, str]) -> str:
        """What passes from the first zone to the second."""
        source, destination = map(self._index, pair)
        return self.cells[source][destination]

    def _index(self, zone: str) -> int:
        if zone not in self.zones:
            raise KeyError(zone)
        return self.zones.index(zone)

    def to_dicts(self) -> list[dict[str, Any]]:
        """One row a pair of zones."""
        return [
            {"from": source, "to": destination, "passes": passes}
            for source, row in zip(self.zones, self.cells, strict=True)
            for destination, passes in zip(self.zones, row, strict=True)
        ]

    def to_pandas(self) -> pandas.DataFrame:
        """Zones by zones; needs pandas."""
        import pandas

        return pandas.DataFrame(
            [list(row) for row in self.cells],
            index=pandas.Index(self.zones, name="from"),
            columns=pandas.Index(self.zones, name="to"),
        )

    def _repr_html_(self) -> str:
        return display.matrix(self)

    def __repr__(self) -> str:
        return f"<Matrix of {len(self.zones)} zones>"


@dataclass(frozen=True)
class Overlaps(Answer):
    """Every pair of address blocks of different owners that intersect."""

    @cached_property
    def overlaps(self) -> tuple[Overlap, ...]:
        return tuple(map(Overlap.read, self._values["overlaps"]))

    def __len__(self) -> int:
        return len(self.overlaps)

    def __getitem__(self, index: int) -> Overlap:
        return self.overlaps[index]

    def to_dicts(self) -> list[dict[str, Any]]:
        """One row an overlap."""
        return [overlap.to_row() for overlap in self.overlaps]

    def to_pandas(self) -> pandas.DataFrame:
        """The same as a table; needs pandas."""
        return _frame(self.to_dicts())

    def _repr_html_(self) -> str:
        return display.table(self.to_dicts(), empty="no overlaps")

    def __repr__(self) -> str:
        return f"<Overlaps {len(self)}>"
