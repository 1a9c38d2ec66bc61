"""The package as others see it: types, names, documentation."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import netproof

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(netproof.__path__, "netproof.")
    if not module.name.endswith("__main__")
)


# A class of pybind11 has a metaclass that no stub can name, and what only the
# core makes has an __init__ that refuses everything.
ALLOWED = """\
netproof._core.[A-Z][A-Za-z]*
netproof._core.(Check|Diff|Matrix|Overlaps|Reach|Replay|Trace)Answer.__init__
netproof._core.(LevelChange|Reach(Change|Drop|Passage)|Topology).__init__
"""


@pytest.mark.slow
def test_the_stubs_are_those_of_the_module(tmp_path: Path) -> None:
    allowed = tmp_path / "allowed"
    allowed.write_text(ALLOWED)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "mypy.stubtest", "netproof._core"),
            *("--allowlist", str(allowed)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_public_names_exist_and_are_documented() -> None:
    for name in netproof.__all__:
        assert getattr(netproof, name)
        if not name.startswith("_"):
            assert getattr(netproof, name).__doc__, name


@pytest.mark.parametrize("name", ["netproof", *MODULES])
def test_examples_in_docstrings_run(name: str) -> None:
    failures, _ = doctest.testmod(importlib.import_module(name))
    assert failures == 0


def test_an_import_loads_nothing_heavy() -> None:
    script = "import sys, netproof; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
    )
    heavy = {"click", "pandas", "numpy", "IPython", "socket", "urllib"}
    assert heavy.isdisjoint(done.stdout.split())
