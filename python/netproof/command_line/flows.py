"""`trace --flows`: whole lines, as many at a time as are there."""

from __future__ import annotations

from io import BufferedReader

from netproof.checks import Topology
from netproof.command_line.output import Sink
from netproof.lines import whole_lines


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
