"""The command line as users start it: another process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

COMMAND = (sys.executable, "-m", "netproof")


def run(
    *arguments: str | Path,
    stdin: str | bytes = "",
    environment: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """stdout and stderr as text; colours only where the test asks."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in {"NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"}
    }
    sent = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        input=sent,
        capture_output=True,
        check=False,
        timeout=120,
        env={**inherited, **(environment or {})},
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )
