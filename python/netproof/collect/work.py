"""Many small tasks on a few threads, each of which may name further ones."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable
from concurrent.futures import (
    FIRST_COMPLETED,
    Future,
    ThreadPoolExecutor,
    wait,
)
from dataclasses import dataclass, field


@dataclass
class Task:
    """A piece of work at a place; it returns what there is to do next."""

    place: tuple[str, str]  # account and Region
    work: Callable[[], list[Task]]


@dataclass
class Progress:
    """Tells when a place has no task left. Called by one thread only."""

    finished: Callable[[tuple[str, str]], None]
    _open: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, tasks: Iterable[Task]) -> None:
        for task in tasks:
            self._open[task.place] += 1

    def end(self, task: Task) -> None:
        self._open[task.place] -= 1
        if not self._open[task.place]:
            del self._open[task.place]
            self.finished(task.place)


def run_all(tasks: Iterable[Task], threads: int, progress: Progress) -> None:
    """Depth first, so that a place is finished before many are begun.

    The first exception ends everything; tasks that run then are not awaited.
    """
    backlog = deque(tasks)
    progress.add(backlog)
    running: dict[Future[list[Task]], Task] = {}
    pool = ThreadPoolExecutor(threads)
    try:
        while backlog or running:
            while backlog and len(running) < threads:
                task = backlog.popleft()
                running[pool.submit(task.work)] = task
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                task = running.pop(future)
                following = future.result()
                progress.add(following)
                progress.end(task)
                backlog.extendleft(reversed(following))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
