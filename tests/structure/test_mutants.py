"""The planted errors of tests/mutants can still be planted, and are listed."""

from __future__ import annotations

import re
import subprocess

from structure.repository import ROOT, files

PATCHES = files("tests/mutants/*.patch")


def test_every_patch_applies() -> None:
    broken = {}
    for patch in PATCHES:
        done = subprocess.run(
            ["git", "apply", "--check", str(patch)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            broken[patch.name] = done.stderr
    assert broken == {}


def test_every_patch_names_programs_that_exist() -> None:
    programs = {path.parent.name for path in files("tests/cpp/*/*_test.cpp")}
    if files("tests/cpp/*_test.cpp"):
        programs.add("check")
    for patch in PATCHES:
        kills = re.search(r"^# Kills: (.+)$", patch.read_text(), re.MULTILINE)
        assert kills, f"{patch.name} has no line '# Kills:'"
        assert set(kills.group(1).split()) <= programs, patch.name


def test_the_table_lists_every_patch_and_no_survivor() -> None:
    table = (ROOT / "tests/mutants/README.md").read_text()
    listed = set(re.findall(r"^\| ([a-z][\w-]*) \|(?! the error)", table, re.M))
    assert listed == {patch.stem for patch in PATCHES}
    assert "**survived**" not in table
