"""What the documents claim: paths that exist, examples that run."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from structure.repository import ROOT, files, relative

DOCUMENTS = files("*.md", "**/*.md")

# The first part of what is meant as a path of this repository.
TOP = {
    "cpp",
    "python",
    "topologies",
    "rules",
    "tests",
    "notebooks",
    "build",
    ".ci",
}

# A path with one of these stands for many: it is a pattern, not a promise.
PLACEHOLDER = re.compile(r"[<>{}*…]|NN")


def without_blocks(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)


def named_paths(text: str) -> set[str]:
    """What in backticks, outside of code blocks, looks like a path of ours."""
    spans = re.findall(r"`([^`\n]+)`", without_blocks(text))
    words = {word.rstrip(".,:;") for span in spans for word in span.split()}
    return {
        word.removeprefix("./")
        for word in words
        if re.fullmatch(r"(\./)?[\w.*<>{}-]+(/[\w.*<>{}-]*)+", word)
        and word.removeprefix("./").split("/")[0] in TOP
    }


def linked_paths(text: str) -> set[str]:
    """The targets of links that are no addresses and no anchors."""
    targets = re.findall(r"\]\(([^)\s]+)\)", without_blocks(text))
    return {
        target.split("#")[0]
        for target in targets
        if not re.match(r"[a-z]+:|#", target)
    }


def exists(name: str, folder: Path) -> bool:
    if name.split("/")[0] == "build":
        return True
    if PLACEHOLDER.search(name):
        pattern = re.sub(r"<[^>]*>|\{[^}]*\}|…|NN", "*", name)
        return bool(list(ROOT.glob(pattern.rstrip("/"))))
    return (ROOT / name).exists() or (folder / name).exists()


def python_blocks(text: str) -> list[tuple[int, str]]:
    """Each ```python block: the line of its first statement, and its text."""
    found = []
    for match in re.finditer(
        r"^( *)```python\n(.*?)^\1```", text, re.DOTALL | re.MULTILINE
    ):
        line = text.count("\n", 0, match.start(2)) + 1
        found.append((line, textwrap.dedent(match.group(2))))
    return found


def test_there_are_documents() -> None:
    assert {"README.md", "ARCHITECTURE.md", "CHANGELOG.md"} <= {
        relative(path) for path in DOCUMENTS
    }


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_every_path_that_is_named_exists(document: Path) -> None:
    text = document.read_text()
    missing = {
        name
        for name in named_paths(text) | linked_paths(text)
        if not exists(name, document.parent)
    }
    assert missing == set()


def test_the_readme_has_an_example() -> None:
    assert python_blocks((ROOT / "README.md").read_text())


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_every_python_example_runs(
    document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    for line, block in python_blocks(document.read_text()):
        # Blank lines in front: a traceback names the line of the document.
        program = compile("\n" * (line - 1) + block, str(document), "exec")
        exec(program, {"__name__": "__example__"})


def test_no_file_names_a_place_on_one_machine() -> None:
    place = re.compile(r"(?<![\w.])/(?:wor" + r"k|roo" + r"t|home/\w+)/")
    named = {
        f"{relative(path)}: {match.group()}"
        for path in files(
            "*",
            ".ci/*",
            *(f"{top}/**/*" for top in TOP - {"build", ".ci"}),
        )
        if path.name != ".git"  # in a worktree, a file that names its clone
        and path.suffix not in {".png", ".svg", ".so", ".pyc", ".gz"}
        for match in [place.search(path.read_text(errors="replace"))]
        if match
    }
    assert named == set()


def test_the_readers_of_documents_see_what_they_should() -> None:
    text = "See `cpp/src/none.cpp`, `a/b` and [x](rules/none.md#top).\n"
    assert named_paths(text) == {"cpp/src/none.cpp"}
    assert linked_paths(text) == {"rules/none.md"}
    assert not exists("cpp/src/none.cpp", ROOT)
    assert exists("cpp/src/<layer>/", ROOT)
    assert python_blocks("a\n```python\nx = 1\n```\n") == [(3, "x = 1\n")]
