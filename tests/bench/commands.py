"""How long a command of netproof takes, in a process of its own."""

from __future__ import annotations

import resource
import subprocess
import sys
import time

RUNS = 5


def seconds(*arguments: object, exits_with: int = 0) -> tuple[float, float]:
    """The best of several runs by the clock, and in time of the cores."""
    command = [sys.executable, "-m", "netproof", *map(str, arguments)]
    clock = cores = float("inf")
    for _ in range(RUNS):
        begin, busy = time.perf_counter(), _busy()
        done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        clock = min(clock, time.perf_counter() - begin)
        cores = min(cores, _busy() - busy)
        if done.returncode != exits_with:
            raise SystemExit(f"{command} exits with {done.returncode}")
    return clock, cores


def _busy() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
