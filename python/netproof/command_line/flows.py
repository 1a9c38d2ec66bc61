"""`trace --flows`: whole lines, as many at a time as are there."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader

from netproof.checks import Topology
from netproof.command_line.output import Sink

# Bytes that are read at a time, which bounds the memory of a run.
BLOCK = 1 << 18
# What a longer line begins with is not worth keeping.
LONGEST_LINE = 1 << 20
_CUT = b" ... (the line goes on)"


def follow(
    topology: Topology, stream: BufferedReader, sinks: list[Sink]
) -> int:
    """One answer a line, in order; returns the exit code.

    A line that cannot be read answers with its error and the run goes on.
    """
    codes = {0}
    number = 1
    for lines in whole_lines(stream):
        read = 0
        for sink in sinks:
            text, read, code = topology.network.trace_lines(
                lines,
                first_line=number,
                json=sink.format != "text",
                colour=sink.colour,
                source_root=topology.source_root,
            )
            sink.write(text)
            codes.add(code)
        number += read
        if not any(sink.listened_to for sink in sinks):
            break
    # A bad line outweighs an answer that is unknown.
    return 2 if 2 in codes else max(codes)


def whole_lines(stream: BufferedReader) -> Iterator[bytes]:
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
