"""How many flows a second does `netproof trace --flows` answer?

    python tests/bench/trace_flows.py [FLOWS]

The command itself, in a process of its own: reading the flows, following them
and writing every answer. What it takes to start and to load the network is
measured by a run without flows, and shown apart.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from commands import seconds
from large_snapshot import flows, write_snapshot


def answering(snapshot: Path, lines: Path) -> tuple[float, float]:
    return seconds("trace", snapshot, "--flows", lines, "--format", "jsonl")


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_snapshot(folder / "snapshot")
        nothing, lines = folder / "nothing.jsonl", folder / "flows.jsonl"
        nothing.touch()
        lines.write_text("".join(flows(count)))
        loading, loading_cores = answering(folder / "snapshot", nothing)
        whole, cores = answering(folder / "snapshot", lines)
    print(f"flows         {count}")
    print(f"loading       {loading:.2f} s")
    print(f"end to end    {whole:.2f} s, {count / whole:,.0f} flows/s")
    print(f"without load  {count / (whole - loading):,.0f} flows/s")
    print(f"one core      {count / (cores - loading_cores):,.0f} flows/s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
