"""Loading a network and its rules, and asking about them."""

from __future__ import annotations

import datetime
import errno
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from netproof import _core, display
from netproof._core import Flow, RuleSet
from netproof.answers import (
    Change,
    Diff,
    Drop,
    Matrix,
    Overlaps,
    Passage,
    Reach,
    Replay,
    Report,
    Trace,
)
from netproof.errors import InternalError

__all__ = ["Topology", "diff", "load", "load_rules"]

Path = str | os.PathLike[str]


class Written(Protocol):
    """An answer of the core, which the core can write."""

    def to_json(self, indent: int = 2) -> str: ...

    def to_text(
        self,
        *,
        colour: bool = False,
        verbose: bool = False,
        source_root: str = "",
    ) -> str: ...


def load(
    path: Path,
    *,
    keep_going: bool = False,
    input_format: str = "",
    assume_missing: str = "",
) -> Topology:
    """Reads the network at `path`, a file or a folder.

    All that is wrong with the input is one InputError. With `keep_going`
    objects that cannot be read are left out and reported as findings, and what
    could depend on them is unknown. `assume_missing="aws-defaults"` takes the
    defaults of AWS for calls that a snapshot does not hold.
    """
    core = _core.read_topology(
        os.fspath(path),
        keep_going=keep_going,
        input_format=input_format,
        assume_missing=assume_missing,
    )
    return Topology(core, _core.source_root(os.fspath(path)))


def load_rules(*paths: Path) -> RuleSet:
    """Reads rule files; several become one set."""
    return _core.read_rules([os.fspath(path) for path in paths])


@dataclass(frozen=True, eq=False)
class Topology:
    """A network, frozen. Made by `load`; any thread may ask it.

    `jobs` is the number of threads of a long call (0: one for each core), and
    `budget` its limit in seconds: rules that were not begun in time are
    unknown. Neither changes a verdict that is given.
    """

    core: _core.Topology
    source_root: str

    @property
    def name(self) -> str:
        return self.core.name

    @property
    def rule_files(self) -> tuple[str, ...]:
        """The rule files that the topology names."""
        return tuple(self.core.rule_files)

    @property
    def counts(self) -> dict[str, int]:
        """How many objects of each kind are listed."""
        return self.core.counts

    @cached_property
    def network(self) -> _core.Network:
        """The network prepared for questions; built at the first one."""
        return _core.Network(self.core)

    def check(
        self,
        rules: RuleSet | Path | Sequence[Path] | None = None,
        *,
        plan_only: bool = False,
        today: datetime.date | None = None,
        no_ignore: bool = False,
        jobs: int = 0,
        budget: float | None = None,
    ) -> Report:
        """Judges the plan and the rules; without `rules` its own.

        `today` decides which exceptions have expired; `no_ignore` looks at
        none of them.
        """
        chosen = RuleSet() if plan_only else self.rules(rules)
        answer = self.network.check(
            chosen,
            today=(today or datetime.date.today()).isoformat(),
            plan_only=plan_only,
            no_ignore=no_ignore,
            jobs=jobs,
            budget=budget or 0.0,
        )
        _stop_at(answer.defects)
        return Report(*self._written(answer))

    def rules(
        self, rules: RuleSet | Path | Sequence[Path] | None = None
    ) -> RuleSet:
        """The rules that are meant: these, these files, or its own."""
        if isinstance(rules, RuleSet):
            return rules
        if rules is None:
            return load_rules(*self.rule_files)
        if isinstance(rules, str | os.PathLike):
            return load_rules(rules)
        return load_rules(*rules)

    def trace(
        self,
        src: str | Flow,
        dst: str = "",
        *,
        protocol: str | int = "tcp",
        sport: int | None = None,
        dport: int | None = None,
        type: int | None = None,  # noqa: A002
        code: int | None = None,
        at: str = "",
    ) -> Trace:
        """Follows one flow, and its reply.

        `at` is the location where it starts, by id or name; needed where the
        source address does not decide. A Flow may stand for the header.
        """
        flow = (
            src
            if isinstance(src, Flow)
            else Flow(src, dst, protocol, sport, dport, type, code)
        )
        return Trace(*self._written(self.network.trace(flow, at)))

    def reach(
        self,
        from_: str,
        to: str,
        *,
        service: str = "any",
        level: str = "packet",
        why: bool = False,
        zones: RuleSet | None = None,
    ) -> Reach:
        """The exact set of packets that gets from one place to another.

        Both are written as in a rule: a zone of `zones` (default: of the
        topology's own rules), else kind:name, else a prefix, `everyone` or
        `internet`. `why` also says where the rest dies.
        """
        answer = self.network.reach(
            from_,
            to,
            service=service,
            level=level,
            why=why,
            zones=self.rules() if zones is None else zones,
        )
        _stop_at(answer.defects)
        return Reach(
            *self._written(answer),
            passages=tuple(map(_passage, answer.passages)),
            dropped=tuple(
                Drop(drop.code, drop.at, drop.packets)
                for drop in answer.dropped
            ),
            certain=answer.certain,
            possible=answer.possible,
        )

    def matrix(
        self, by: str = "", *, service: str = "any", level: str = "packet"
    ) -> Matrix:
        """What passes between the groups that share a value of a label.

        Without `by`: between VPCs, sites and segments.
        """
        answer = self.network.matrix(by=by, service=service, level=level)
        _stop_at(answer.defects)
        return Matrix(*self._written(answer))

    def overlaps(self) -> Overlaps:
        """Every pair of address blocks of different owners that intersect."""
        return Overlaps(*self._written(self.network.overlaps()))

    def replay(self, paths: Path | Sequence[Path]) -> Replay:
        """What VPC Flow Logs say otherwise than the model.

        Files or folders; plain, gzip or Parquet (needs pyarrow). See
        topologies/flow-logs.md.
        """
        chosen = [paths] if isinstance(paths, str | os.PathLike) else paths
        answer = self.compare_with_logs([os.fspath(path) for path in chosen])
        return Replay(answer.to_json(), answer.to_text())

    def compare_with_logs(self, paths: Sequence[str]) -> _core.ReplayAnswer:
        """The same as the core answers it."""
        from netproof import flow_logs  # and what unpacks files

        run = _core.Replay(self.core)
        for file in (file for path in paths for file in flow_logs.files(path)):
            run.open(file)
            for block in flow_logs.blocks(file):
                run.feed(block)
        return run.report()

    def equivalent(self, other: Topology) -> bool:
        """True if both deliver the same for sure, at both levels.

        No bound of any pair of locations differs. Much cheaper than `diff`:
        only what tables, associations and filters decide differently is asked.
        """
        return self.network.equivalent(other.network)

    def write(self, folder: Path) -> list[str]:
        """Writes the network as a topology into `folder`; returns the paths.

        Whatever it was read from, loading the folder gives the same verdicts.
        Places, rules and what a snapshot lacks (it is written as `unknown`) do
        not come along. A file of that name is an error, and nothing is written;
        so is what `keep_going` left out: no file could say that it is missing.

        >>> import tempfile, netproof
        >>> network = netproof.load("topologies/two-vpcs")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     files = network.write(folder)
        ...     netproof.load(folder).equivalent(network)
        True
        """
        texts = {
            os.path.join(folder, name): text for name, text in self.core.files()
        }
        for path in filter(os.path.exists, texts):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)
        os.makedirs(folder, exist_ok=True)
        for path, text in texts.items():
            with open(path, "x", encoding="utf-8") as file:
                file.write(text)
        return list(texts)

    def _written(self, answer: Written) -> tuple[str, str]:
        return answer.to_json(), answer.to_text(source_root=self.source_root)

    def __repr__(self) -> str:
        return f"<Topology {self.name!r}>"

    def _repr_html_(self) -> str:
        return display.mapping({"name": self.name, **self.counts})


LEVELS = ("packet", "connection")


def diff(
    old: Topology | Path,
    new: Topology | Path,
    *,
    rules: RuleSet | Path | Sequence[Path] | None = None,
    level: str | None = None,
    today: datetime.date | None = None,
) -> Diff:
    """What `new` delivers that `old` does not, and the reverse.

    Every pair of locations, matched by kind:name, at both levels or at
    `level`. `rules` (default: those that `new` names) are judged in both
    networks.
    """
    before = old if isinstance(old, Topology) else load(old)
    after = new if isinstance(new, Topology) else load(new)
    answer = before.network.diff(
        after.network,
        after.rules(rules),
        levels=LEVELS if level is None else (level,),
        today=(today or datetime.date.today()).isoformat(),
    )
    _stop_at(answer.defects)
    return Diff(
        *after._written(answer),
        changes=tuple(
            _change(part.level, change)
            for part in answer.levels
            for change in part.changes
        ),
        same=answer.same,
    )


def _change(level: str, change: _core.ReachChange) -> Change:
    return Change(
        level=level,
        from_=change.from_,
        to=change.to,
        opened=change.opened,
        closed=change.closed,
        altered=change.altered,
        unknown=tuple(change.unknown),
    )


def _passage(passage: _core.ReachPassage) -> Passage:
    return Passage(
        from_=tuple(passage.from_),
        to=passage.to,
        certain=passage.certain,
        possible=passage.possible,
        unknown=tuple(passage.unknown),
    )


def _stop_at(defects: Sequence[str]) -> None:
    """A core that contradicts itself has no answer."""
    if defects:
        raise InternalError("; ".join(defects))
