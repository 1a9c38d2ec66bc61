"""The command line: arguments in, exit code out."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

# The exit codes that do not come with an answer (contract: 0, 1, 3 and 4 do).
INPUT_IS_WRONG = 2
DEFECT = 70
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    chosen = list(sys.argv[1:] if arguments is None else arguments)
    if chosen == ["--version"]:
        from netproof._core import __version__

        print(f"netproof {__version__}")
        return 0
    from netproof.command_line import run

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return run(chosen)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr, flush=True)
        # Work that was begun may still run on a thread of the core; leave
        # without taking its memory away.
        os._exit(INTERRUPTED)


if __name__ == "__main__":
    sys.exit(main())
