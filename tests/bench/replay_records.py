"""How many records of flow logs a second does `netproof replay` judge?

    python tests/bench/replay_records.py [RECORDS]

The command itself, in a process of its own, on the snapshot of trace_flows.py.
Below it stands what Python takes to read the records and split them at their
blanks: nobody who looks at every field is much faster.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from commands import RUNS, seconds
from large_snapshot import OWNER, flows, interface_at, write_snapshot


def records(count: int) -> Iterator[str]:
    """In the default format, as the interface of the source reports them."""
    for line in flows(count):
        flow = json.loads(line)
        protocol = 6 if flow["protocol"] == "tcp" else 17
        yield (
            f"2 {OWNER} {interface_at(flow['src'])} {flow['src']} {flow['dst']}"
            f" {flow['sport']} {flow['dport']} {protocol}"
            " 10 840 1700000000 1700000060 ACCEPT OK\n"
        )


def split(log: Path) -> float:
    """The best of several runs."""
    best = float("inf")
    for _ in range(RUNS):
        begin = time.perf_counter()
        with log.open() as lines:
            for line in lines:
                line.split()
        best = min(best, time.perf_counter() - begin)
    return best


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        snapshot, log = folder / "snapshot", folder / "flows.log"
        none = folder / "none.log"
        write_snapshot(snapshot)
        log.write_text("".join(records(count)))
        none.touch()
        loading, loading_cores = seconds("replay", snapshot, none, exits_with=3)
        whole, cores = seconds("replay", snapshot, log)
        megabytes = log.stat().st_size / 1e6
        lower = split(log)
    judging = whole - loading
    print(f"records       {count}, {megabytes:.0f} MB")
    print(f"loading       {loading:.2f} s")
    print(f"end to end    {whole:.2f} s, {count / whole:,.0f} records/s")
    print(f"without load  {count / judging:,.0f} records/s")
    print(f"one core      {count / (cores - loading_cores):,.0f} records/s")
    print(f"str.split     {lower:.2f} s, ratio {judging / lower:.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300_000)
