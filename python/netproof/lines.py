"""Whole lines of a stream, as many at a time as are there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

# Bytes that are read at a time, which bounds the memory of a run.
BLOCK = 1 << 18
# What a longer line begins with is not worth keeping.
LONGEST_LINE = 1 << 20
_CUT = b" ... (the line goes on)"


class Stream(Protocol):
    def read1(self, size: int, /) -> bytes: ...


def whole_lines(stream: Stream) -> Iterator[bytes]:
    """The stream in pieces that end with a line, without waiting for more.

    A line that is too long for a flow is cut, and marked so that it cannot be
    taken for one.
    """
    rest, cut = b"", False
    while block := stream.read1(BLOCK):
        head, newline, tail = block.rpartition(b"\n")
        if newline:
            yield rest + head + newline
            rest, cut = tail, False
        elif not cut:
            rest += tail
            if len(rest) > LONGEST_LINE:
                rest, cut = rest[:BLOCK] + _CUT, True
    if rest:
        yield rest
