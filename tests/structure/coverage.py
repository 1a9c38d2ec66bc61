"""Which statement of cpp/semantics.md is tested where.

    python tests/structure/coverage.py --write

writes `tests/COVERAGE.md` from the comments `covers S45` in the tests.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from structure.repository import ROOT, files, relative

PAGE = ROOT / "tests" / "COVERAGE.md"
STATEMENTS = ROOT / "cpp" / "semantics.md"
TESTS = (
    "tests/cpp/**/*.cpp",
    "tests/cpp/**/*.hpp",
    "tests/python/**/*.py",
    "tests/golden/**/*.yaml",
)

# Subjects of later work, by statement. A statement that a test cites needs no
# line here; one that nothing cites and that no line explains is an error.
LATER: dict[str, str] = {}

HEAD = """\
# Which statement is tested where

Written by `python tests/structure/coverage.py --write` from the comments
`covers S45` in the tests; a test compares it. The statements are those of
`cpp/semantics.md`.

Tested: {tested} of {count}. Later, by subject: {later}.

| statement | tests, or why not yet |
| --- | --- |
"""


def numbers_in(text: str) -> set[int]:
    """The statements that a list such as "S3, S4, S137-S159" names."""
    found: set[int] = set()
    for first, last in re.findall(r"S(\d+)(?:\s*-\s*S(\d+))?", text):
        found.update(range(int(first), int(last or first) + 1))
    return found


def statements() -> list[int]:
    text = STATEMENTS.read_text()
    return sorted(int(n) for n in re.findall(r"^\*\*S(\d+)\*\*", text, re.M))


def cited_in(text: str) -> set[int]:
    """What the comments "covers S7, S12-S14" of a test name. The list may go
    on over lines of the same comment."""
    joined = re.sub(r"\n\s*(?://|#)\s*", " ", text)
    item = r"S\d+(?:\s*-\s*S\d+)?"
    more = rf"(?:(?:,| and|, and)\s+{item})*"
    lists = re.findall(rf"[Cc]overs:?\s+({item}{more})", joined)
    return {number for one in lists for number in numbers_in(one)}


def citations() -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for path in files(*TESTS):
        for number in cited_in(path.read_text()):
            found.setdefault(number, []).append(relative(path))
    return {number: sorted(names) for number, names in found.items()}


def later() -> dict[int, str]:
    return {
        number: subject
        for subject, texts in LATER.items()
        for number in numbers_in(texts)
    }


def page() -> str:
    cited, subjects = citations(), later()
    rows = []
    tested = waiting = 0
    for number in statements():
        if number in cited:
            tested += 1
            what = ", ".join(f"`{name}`" for name in cited[number])
        elif number in subjects:
            waiting += 1
            what = f"not yet: {subjects[number]}"
        else:
            what = "**nothing**"
        rows.append(f"| S{number} | {what} |\n")
    count = len(rows)
    head = HEAD.format(tested=tested, count=count, later=waiting)
    return head + "".join(rows)


def main() -> int:
    parser = argparse.ArgumentParser(description="Statements and their tests.")
    parser.add_argument("--write", action="store_true", help="write the page")
    if parser.parse_args().write:
        PAGE.write_text(page())
    else:
        sys.stdout.write(page())
    return 0


if __name__ == "__main__":
    sys.exit(main())
