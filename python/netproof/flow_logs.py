"""Flow logs as bytes: plain, gzip or Parquet, files or folders of them."""

from __future__ import annotations

import gzip
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import Any, cast

from netproof._core import Diagnostic, Location
from netproof.errors import InputError
from netproof.lines import whole_lines

GZIP = b"\x1f\x8b"
PARQUET = b"PAR1"
ROWS = 8192  # of Parquet that are written as lines at a time


def files(path: str) -> list[str]:
    """The file itself, or all files of the folder, sorted; `-` is stdin."""
    if not os.path.isdir(path):
        return [path]
    return sorted(str(file) for file in Path(path).rglob("*") if file.is_file())


def blocks(file: str) -> Iterator[bytes]:
    """The lines of one file, block by block."""
    try:
        with _opened(file) as stream:
            head = stream.peek(len(PARQUET))[: len(PARQUET)]
            if head == PARQUET:
                yield from _rows(file)
            elif head.startswith(GZIP):
                with gzip.GzipFile(fileobj=stream) as unpacked:
                    yield from whole_lines(unpacked)
            else:
                yield from whole_lines(stream)
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise _unreadable(file, f"a flow log can be read ({why})") from error


@contextmanager
def _opened(file: str) -> Iterator[BufferedReader]:
    if file == "-":
        yield cast(BufferedReader, sys.stdin.buffer)
    else:
        with open(file, "rb") as stream:
            yield stream


def _rows(file: str) -> Iterator[bytes]:
    if file == "-":
        raise _unreadable(file, "Parquet is read from a file, not from stdin")
    try:
        from pyarrow import ArrowException, parquet
    except ImportError:
        raise _unreadable(
            file, "Parquet needs pyarrow: pip install 'netproof[parquet]'"
        ) from None
    try:
        with parquet.ParquetFile(file) as table:
            yield _line(table.schema_arrow.names)
            for batch in table.iter_batches(ROWS):
                columns = batch.to_pydict().values()
                yield b"".join(map(_line, zip(*columns, strict=True)))
    except ArrowException as error:
        raise _unreadable(file, f"a flow log can be read ({error})") from error


def _line(values: Any) -> bytes:
    words = ("-" if value is None else str(value) or "-" for value in values)
    return " ".join(words).encode() + b"\n"


def _unreadable(file: str, what: str) -> InputError:
    return InputError([Diagnostic("unreadable-file", Location(file), what, "")])
