"""The files of the repository, as the structure tests read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_LEFT_OUT = {"build", "dist", "node_modules", "__pycache__"}


def files(*patterns: str) -> list[Path]:
    """What matches one of the patterns, without caches and build trees."""
    return sorted(
        {
            path
            for pattern in patterns
            for path in ROOT.glob(pattern)
            if path.is_file() and not _is_left_out(path)
        }
    )


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def without_comments(source: str) -> str:
    """C++ without its comments; a string literal keeps what looks like one."""
    literal = r'"(?:\\.|[^"\\\n])*"'
    return re.sub(
        rf"({literal})|//[^\n]*|/\*.*?\*/",
        lambda match: match.group(1) or " ",
        source,
        flags=re.DOTALL,
    )


def includes(source: str) -> Iterator[tuple[int, str]]:
    """Each #include of C++ text: its line, and its name with the brackets."""
    for number, line in enumerate(source.splitlines(), start=1):
        match = re.match(r'\s*#\s*include\s*([<"][^>"]+[>"])', line)
        if match:
            yield number, match.group(1)


def _is_left_out(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts[:-1]
    return any(
        part in _LEFT_OUT or (part.startswith(".") and part != ".ci")
        for part in parts
    )
