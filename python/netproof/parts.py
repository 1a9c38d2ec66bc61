"""The parts of answers, read from the published JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from netproof._core import Flow, Location, Prefix

__all__ = [
    "CheckSummary",
    "Connection",
    "Direction",
    "DropReason",
    "Finding",
    "Hop",
    "Overlap",
    "OverlapEnd",
    "RelatedPlace",
    "RuleResult",
    "TracePath",
    "Witness",
    "header_of",
]

Values = Mapping[str, Any]


def header_of(values: Values) -> Flow:
    """A header; the document has null for what its protocol does not have."""
    return Flow(**{key: v for key, v in values.items() if v is not None})


def place_of(values: Values | None) -> Location | None:
    """A place in the user's file, if it is known."""
    if not values or not values.get("file"):
        return None
    return Location(**{key: v for key, v in values.items() if v is not None})


@dataclass(frozen=True)
class DropReason:
    """Why a packet died; `netproof explain CODE` tells more."""

    code: str
    at: str
    entry: str | None
    source: Location | None

    @classmethod
    def read(cls, values: Values | None) -> DropReason | None:
        if not values:
            return None
        return cls(
            code=values["code"],
            at=values["at"],
            entry=values["entry"],
            source=place_of(values["source"]),
        )


@dataclass(frozen=True)
class Hop:
    """One step of a packet; `flow` is the header if this step rewrote it."""

    at: str
    did: str
    entry: str | None
    flow: Flow | None
    source: Location | None

    @classmethod
    def read(cls, values: Values) -> Hop:
        return cls(
            at=values["at"],
            did=values["did"],
            entry=values["entry"],
            flow=header_of(values["flow"]) if values["flow"] else None,
            source=place_of(values["source"]),
        )


@dataclass(frozen=True)
class TracePath:
    """One way through the choices that load sharing leaves."""

    verdict: str
    drop: DropReason | None
    hops: tuple[Hop, ...]

    @classmethod
    def read(cls, values: Values) -> TracePath:
        return cls(
            verdict=values["verdict"],
            drop=DropReason.read(values["drop"]),
            hops=tuple(map(Hop.read, values["hops"])),
        )


@dataclass(frozen=True)
class Direction:
    """One direction of a flow; `unknown` names the facts that decide."""

    verdict: str
    unknown: tuple[str, ...]
    drop: DropReason | None
    paths: tuple[TracePath, ...]

    @classmethod
    def read(cls, values: Values) -> Direction:
        return cls(
            verdict=values["verdict"],
            unknown=tuple(values.get("unknown") or ()),
            drop=DropReason.read(values.get("drop")),
            paths=tuple(map(TracePath.read, values["paths"])),
        )

    def to_rows(self, direction: str) -> list[dict[str, Any]]:
        return [
            {
                "direction": direction,
                "path": number,
                "verdict": path.verdict,
                "at": hop.at,
                "did": hop.did,
                "entry": hop.entry,
                "flow": None if hop.flow is None else str(hop.flow),
                "source": None if hop.source is None else str(hop.source),
            }
            for number, path in enumerate(self.paths, start=1)
            for hop in path.hops
        ]


@dataclass(frozen=True)
class Connection:
    """Request and reply together, for this one source port."""

    verdict: str
    direction: str | None
    drop: DropReason | None
    reply: Direction | None

    @classmethod
    def read(cls, values: Values) -> Connection:
        reply = values["return"]
        return cls(
            verdict=values["verdict"],
            direction=values["direction"],
            drop=DropReason.read(values["drop"]),
            reply=Direction.read(reply) if reply else None,
        )


@dataclass(frozen=True)
class Witness:
    """A concrete flow that shows why a verdict is what it is."""

    flow: Flow
    at: str | None
    to: str | None
    forward: Direction
    connection: Connection

    @classmethod
    def read(cls, values: Values) -> Witness:
        trace = values["trace"]
        return cls(
            flow=header_of(values["flow"]),
            at=trace["at"],
            to=trace["to"],
            forward=Direction.read(trace["forward"]),
            connection=Connection.read(trace["connection"]),
        )


@dataclass(frozen=True)
class RuleResult:
    """One rule, judged: `proved`, `violated`, `vacuous` or `unknown`."""

    id: str
    verdict: str
    waived: bool
    verb: str
    level: str
    from_: str | None
    to: str | None
    detail: str
    witnesses: tuple[Witness, ...]
    assumptions: tuple[str, ...]
    limits: tuple[str, ...]
    source: Location | None

    @classmethod
    def read(cls, values: Values) -> RuleResult:
        return cls(
            id=values["id"],
            verdict=values["verdict"],
            waived=values["waived"],
            verb=values["verb"],
            level=values["level"],
            from_=values["scope"]["from"],
            to=values["scope"]["to"],
            detail=values["detail"],
            witnesses=tuple(map(Witness.read, values["witnesses"])),
            assumptions=tuple(values["assumptions"]),
            limits=tuple(values["limits"]),
            source=place_of(values["source"]),
        )

    def to_row(self) -> dict[str, Any]:
        return {
            "rule": self.id,
            "verdict": self.verdict,
            "waived": self.waived,
            "verb": self.verb,
            "level": self.level,
            "from": self.from_,
            "to": self.to,
            "detail": self.detail,
            "witnesses": len(self.witnesses),
            "source": None if self.source is None else str(self.source),
        }


@dataclass(frozen=True)
class RelatedPlace:
    """A place that makes a finding what it is."""

    message: str
    source: Location | None

    @classmethod
    def read(cls, values: Values) -> RelatedPlace:
        return cls(values["message"], place_of(values["source"]))


@dataclass(frozen=True)
class Finding:
    """Something wrong or doubtful in what was written."""

    id: str
    level: str
    message: str
    source: Location | None
    related: tuple[RelatedPlace, ...]
    subjects: tuple[str, ...]
    fix: str | None

    @classmethod
    def read(cls, values: Values) -> Finding:
        return cls(
            id=values["id"],
            level=values["level"],
            message=values["message"],
            source=place_of(values["source"]),
            related=tuple(map(RelatedPlace.read, values["related"])),
            subjects=tuple(values["subjects"]),
            fix=values["fix"],
        )


@dataclass(frozen=True)
class CheckSummary:
    """How many rules have which verdict, and how many findings there are."""

    proved: int
    violated: int
    vacuous: int
    unknown: int
    findings: int

    def __str__(self) -> str:
        return (
            f"{self.proved} proved, {self.violated} violated, "
            f"{self.vacuous} vacuous, {self.unknown} unknown, "
            f"{self.findings} findings"
        )


@dataclass(frozen=True)
class OverlapEnd:
    """A block of addresses and whose it is."""

    name: str
    cidr: Prefix
    source: Location | None

    @classmethod
    def read(cls, values: Values) -> OverlapEnd:
        return cls(
            values["name"], Prefix(values["cidr"]), place_of(values["source"])
        )


@dataclass(frozen=True)
class Overlap:
    """Two blocks that intersect: `a` equal to, containing or inside `b`."""

    a: OverlapEnd
    b: OverlapEnd
    intersection: Prefix
    relation: str
    shares_routing_domain: bool

    @classmethod
    def read(cls, values: Values) -> Overlap:
        return cls(
            a=OverlapEnd.read(values["a"]),
            b=OverlapEnd.read(values["b"]),
            intersection=Prefix(values["intersection"]),
            relation=values["relation"],
            shares_routing_domain=values["shares_routing_domain"],
        )

    def to_row(self) -> dict[str, Any]:
        return {
            "a": self.a.name,
            "a_cidr": str(self.a.cidr),
            "relation": self.relation,
            "b": self.b.name,
            "b_cidr": str(self.b.cidr),
            "intersection": str(self.intersection),
            "shares_routing_domain": self.shares_routing_domain,
        }
