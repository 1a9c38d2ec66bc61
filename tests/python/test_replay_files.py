"""The ways in which a flow log is kept: plain, gzip, Parquet, folder, pipe."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import netproof
from python.command import COMMAND, run
from python.flow_log_network import FIELDS, HEADER, network, own_log


def test_every_way_to_keep_a_log_reads_alike(tmp_path: Path) -> None:
    log = own_log(tmp_path)
    folder = tmp_path / "logs"
    folder.mkdir()
    with gzip.open(folder / "a.log.gz", "wb") as packed:
        packed.write(log.read_bytes())
    where = tmp_path / "as-logged"
    plain = netproof.load(where).replay(log)
    assert netproof.load(where).replay(folder).summary == plain.summary
    done = run("replay", where, "-", "--format", "json", stdin=log.read_text())
    assert json.loads(done.stdout)["summary"] == plain.summary
    again = run("replay", where, log, "--format", "json")
    assert again.stdout == plain.document


def test_what_is_no_log_is_an_error(tmp_path: Path) -> None:
    where = network(tmp_path / "network")
    cut, odd = tmp_path / "cut.gz", tmp_path / "odd.log"
    cut.write_bytes(gzip.compress(HEADER.encode() * 100)[:30])
    odd.write_text("version srcaddr\n")
    for log, why in (
        (cut, "a flow log can be read"),
        (tmp_path / "none", "a flow log can be read"),
        (odd, "interface-id"),
    ):
        done = run("replay", where, log)
        assert done.returncode == 2, log
        assert why in done.stderr
        assert "Traceback" not in done.stderr


def test_gzip_comes_through_a_pipe_too(tmp_path: Path) -> None:
    log = own_log(tmp_path)
    done = subprocess.run(
        [*COMMAND, "replay", tmp_path / "as-logged", "-", "--format", "json"],
        input=gzip.compress(log.read_bytes()),
        capture_output=True,
        check=True,
    )
    plain = netproof.load(tmp_path / "as-logged").replay(log)
    assert json.loads(done.stdout)["summary"] == plain.summary


class Table:
    """As much of a Parquet file as is asked for."""

    names = FIELDS

    @property
    def schema_arrow(self) -> Table:
        return self

    def __init__(self, file: str) -> None:
        assert file.endswith("a.parquet")

    def __enter__(self) -> Table:
        return self

    def __exit__(self, *_: object) -> None: ...

    def iter_batches(self, _rows: int) -> Iterator[Table]:
        yield self

    def to_pydict(self) -> dict[str, list[Any]]:
        row = ["eni-web", "10.0.2.10", "10.0.1.10", 4000, 443, 6, "ACCEPT"]
        return {
            name: [value, None]
            for name, value in zip(self.names, row, strict=True)
        }


def test_parquet_is_read_row_by_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrow = ModuleType("pyarrow")
    vars(arrow).update(
        ArrowException=ValueError,
        parquet=type("parquet", (), {"ParquetFile": Table}),
    )
    monkeypatch.setitem(sys.modules, "pyarrow", arrow)
    log = tmp_path / "a.parquet"
    log.write_bytes(b"PAR1 and more")
    answer = netproof.load(network(tmp_path / "network")).replay(log)
    assert answer.to_dict()["agreed"]["requests"] == 1
    assert answer.to_dict()["not_judged"][0]["cause"] == "missing-field"


def test_parquet_without_pyarrow_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    log = tmp_path / "a.parquet"
    log.write_bytes(b"PAR1 and more")
    topology = netproof.load(network(tmp_path / "network"))
    with pytest.raises(netproof.InputError, match=r"netproof\[parquet\]"):
        topology.replay(log)


def test_a_large_log_is_read_as_a_stream(tmp_path: Path) -> None:
    log = own_log(tmp_path)
    lines = log.read_text()
    large = tmp_path / "large.log"
    large.write_text(lines * 400)
    topology = netproof.load(tmp_path / "as-logged")
    tracemalloc.start()
    answer = topology.replay(large)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    one = topology.replay(log).summary
    assert answer.summary == {name: one[name] * 400 for name in one}
    assert peak < large.stat().st_size / 4
