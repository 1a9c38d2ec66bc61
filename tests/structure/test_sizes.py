"""Files stay small: the tail is bounded, not the average."""

from __future__ import annotations

from pathlib import Path

import pytest

from structure.repository import ROOT, files, relative

# What is longer than this is refused.
LIMITS = {
    "cpp/include/**/*.hpp": 250,
    "cpp/src/**/*.[ch]pp": 500,
    "python/bindings/*.[ch]pp": 500,
    "tests/cpp/**/*.[ch]pp": 500,
    "tests/bench/*.cpp": 500,
    "tests/fuzz/*.cpp": 500,
    "python/netproof/**/*.py": 400,
    "tests/python/**/*.py": 400,
    "tests/structure/*.py": 400,
    "tests/mutants/*.py": 400,
}

# Files that may be longer, with their length. A number may only shrink, and a
# file that has become short enough leaves the list.
EXCEPTIONS: dict[str, int] = {}


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


@pytest.mark.parametrize("pattern", LIMITS)
def test_no_file_is_longer_than_its_limit(pattern: str) -> None:
    too_long = {
        relative(path): lines(path)
        for path in files(pattern)
        if lines(path) > EXCEPTIONS.get(relative(path), LIMITS[pattern])
    }
    assert too_long == {}


def test_every_exception_is_still_needed() -> None:
    for name, length in EXCEPTIONS.items():
        limits = [
            limit
            for pattern, limit in LIMITS.items()
            if ROOT / name in files(pattern)
        ]
        assert limits, f"{name} is under no limit"
        assert limits[0] < lines(ROOT / name) <= length, name
