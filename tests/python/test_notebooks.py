"""The notebooks run, and are stored without their outputs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from structure.repository import ROOT, files, relative

NOTEBOOKS = files("notebooks/*.ipynb")


def read(path: Path) -> Any:
    return nbformat.reads(path.read_text(), as_version=4)  # type: ignore[no-untyped-call]


def html_of(notebook: Any) -> str:
    return "\n".join(
        output["data"]["text/html"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "text/html" in output.get("data", {})
    )


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=relative)
def test_a_notebook_runs_and_needs_no_network(path: Path) -> None:
    notebook = read(path)
    client = NotebookClient(
        notebook, timeout=120, resources={"metadata": {"path": str(ROOT)}}
    )
    client.execute()
    shown = html_of(notebook)
    assert "<table" in shown
    assert not re.search(r'(src|href)="http', shown)
    assert "<script" not in shown


@pytest.mark.parametrize("path", NOTEBOOKS, ids=relative)
def test_a_notebook_is_stored_without_outputs(path: Path) -> None:
    for cell in read(path).cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@pytest.mark.parametrize("path", NOTEBOOKS, ids=relative)
def test_a_notebook_defines_no_functions(path: Path) -> None:
    for cell in read(path).cells:
        if cell.cell_type == "code":
            assert not re.search(r"^\s*(def|class) ", cell.source, re.M)
