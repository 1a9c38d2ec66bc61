"""Collects the calls of a snapshot: what to ask, where, and what came of it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from netproof.collect.accounts import Clients, Login, Role
from netproof.collect.call import Call
from netproof.collect.calls import REGIONS
from netproof.collect.fetch import fetch
from netproof.collect.store import GLOBAL, Refusal, Store
from netproof.collect.work import Progress, Task, run_all

Place = tuple[str, str]

# Not one of the calls of a snapshot, but it may be refused like one.
_ROLE = Call("sts", "assume-role")

_NOT_ENABLED = Refusal(
    "RegionIsNotEnabled", "the account has no such Region enabled"
)


@dataclass(frozen=True)
class Refused:
    """One call that gave no answer."""

    place: Place
    call: Call
    refusal: Refusal


@dataclass
class Outcome:
    """What came of every call; filled by many threads."""

    refused: list[Refused] = field(default_factory=list)
    places: set[Place] = field(default_factory=set)
    collected: Counter[Place] = field(default_factory=Counter)
    kept: Counter[Place] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, place: Place, *, kept: bool) -> None:
        with self._lock:
            self.places.add(place)
            (self.kept if kept else self.collected)[place] += 1

    def refuse(self, refused: Refused) -> None:
        with self._lock:
            self.places.add(refused.place)
            self.refused.append(refused)

    def refusals_at(self, place: Place) -> int:
        with self._lock:
            return sum(one.place == place for one in self.refused)


class Collection:
    """One run over accounts and Regions."""

    def __init__(
        self,
        login: Login,
        store: Store,
        calls: Sequence[Call],
        *,
        regions: Sequence[str] = (),
        role: Role | None = None,
    ) -> None:
        self._login = login
        self._store = store
        self._regions = regions
        self._role = role
        self._first = [c for c in calls if c.each is None and c != REGIONS]
        self._children: dict[str, list[Call]] = {}
        for call in calls:
            if call.each is not None:
                self._children.setdefault(call.each.parent, []).append(call)
        self._begun: set[Path] = set()
        self._lock = threading.Lock()
        self.outcome = Outcome()

    def run(
        self,
        accounts: Iterable[str],
        threads: int,
        finished: Callable[[Place], None],
    ) -> None:
        run_all(
            [self._enter(account) for account in accounts],
            threads,
            Progress(finished),
        )

    def _enter(self, account: str) -> Task:
        place = (account, GLOBAL)

        def work() -> list[Task]:
            clients = self._login.enter(account, self._role)
            if isinstance(clients, Refusal):
                self._refuse(place, _ROLE, "", clients)
                return []
            self._store.pardon(self._store.path(*place, _ROLE, ""))
            regions = self._regions_of(account, clients)
            return [
                *(
                    self._task(place, call, "", clients)
                    for call in self._first
                    if call.once
                ),
                *(
                    self._task((account, region), call, "", clients)
                    for region in regions
                    for call in self._first
                    if not call.once
                ),
            ]

        return Task(place, work)

    def _regions_of(self, account: str, clients: Clients) -> list[str]:
        """Those asked for, or all; without those that are not enabled."""
        answer = self._collect((account, GLOBAL), REGIONS, "", clients)
        enabled = sorted(one["RegionName"] for one in answer.get("Regions", ()))
        if not self._regions:
            return enabled
        chosen = []
        for region in self._regions:
            place = (account, region)
            if enabled and region not in enabled:
                self._refuse(place, REGIONS, "", _NOT_ENABLED)
            else:
                self._store.pardon(self._store.path(*place, REGIONS, ""))
                chosen.append(region)
        return chosen

    def _task(
        self, place: Place, call: Call, about: str, clients: Clients
    ) -> Task:
        def work() -> list[Task]:
            answer = self._collect(place, call, about, clients)
            return [
                self._task(place, child, value, clients)
                for child, value in self._following(place, call, answer)
            ]

        return Task(place, work)

    def _following(
        self, place: Place, call: Call, answer: dict[str, Any]
    ) -> list[tuple[Call, str]]:
        """Two parents may name the same resource: it is asked for once."""
        found = []
        for child in self._children.get(call.command, ()):
            assert child.each is not None
            for value in child.each.values(answer, place[0]):
                path = self._store.path(*place, child, value)
                with self._lock:
                    if path in self._begun:
                        continue
                    self._begun.add(path)
                found.append((child, value))
        return found

    def _collect(
        self, place: Place, call: Call, about: str, clients: Clients
    ) -> dict[str, Any]:
        """The answer, from an earlier run where that has it; empty if none."""
        path = self._store.path(*place, call, about)
        kept = self._store.answer(path)
        if kept is not None:
            self.outcome.count(place, kept=True)
            return kept
        region = "" if call.once else place[1]
        answer = fetch(clients.client(call.service, region), call, about)
        if isinstance(answer, Refusal):
            self._refuse(place, call, about, answer)
            return {}
        self._store.write(path, answer)
        self.outcome.count(place, kept=False)
        return answer

    def _refuse(
        self, place: Place, call: Call, about: str, refusal: Refusal
    ) -> None:
        path = self._store.path(*place, call, about)
        self._store.refuse(path, call, about, refusal)
        self.outcome.refuse(Refused(place, call, refusal))
