"""netproof trace: what becomes of flows."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

import click

from netproof import _core
from netproof.__main__ import DEFECT, INPUT_IS_WRONG
from netproof._core import Flow, TraceAnswer
from netproof.checks import Topology
from netproof.command_line.flows import read_flow
from netproof.command_line.output import (
    Sink,
    Target,
    colour_option,
    format_option,
    open_sinks,
)
from netproof.command_line.shared import examples, loaded, topology_options
from netproof.errors import InputError

SOME_UNKNOWN = 4
PORT = click.IntRange(0, 65535)
BYTE = click.IntRange(0, 255)


@click.command(
    epilog=examples(
        "netproof trace topologies/plugin-zone --src 192.168.10.7 "
        "--dst 192.168.20.10 --dport 443",
        "netproof trace topologies/plugin-zone --src 192.168.30.11 "
        "--dst 192.168.20.10 --protocol icmp",
        'echo \'{"src": "192.168.10.7", "dst": "192.168.20.10", '
        '"protocol": "tcp", "dport": 443}\' | '
        "netproof trace topologies/plugin-zone --flows - --format jsonl",
    )
)
@topology_options
@click.option("--src", help="Source address.")
@click.option("--dst", help="Destination address.")
@click.option("--at", default="", metavar="PLACE", help="Where it starts.")
@click.option("--protocol", help="Name or number; default tcp.")
@click.option("--sport", type=PORT, help="Source port; default 49152.")
@click.option("--dport", type=PORT, help="Destination port.")
@click.option("--type", "type_", type=BYTE, help="ICMP type; default echo.")
@click.option("--code", type=BYTE, help="ICMP code; default 0.")
@click.option(
    "--flows", metavar="FILE", help="Flows as JSON Lines; - is stdin."
)
@format_option("text", "json", "jsonl")
@colour_option
def trace(
    path: str,
    keep_going: bool,
    input_format: str,
    assume_missing: str,
    src: str | None,
    dst: str | None,
    at: str,
    protocol: str | None,
    sport: int | None,
    dport: int | None,
    type_: int | None,
    code: int | None,
    flows: str | None,
    targets: tuple[Target, ...],
    colour: bool | None,
) -> int:
    """Follows one flow and its reply, or each flow of a file, in order."""
    one = (src, dst, at or None, protocol, sport, dport, type_, code)
    if flows is not None:
        if any(value is not None for value in one):
            raise click.UsageError("--flows holds whole flows: drop the rest")
        topology = loaded(path, keep_going, input_format, assume_missing)
        with _opened(flows) as lines:
            return _follow_all(topology, lines, open_sinks(targets, colour))
    if src is None or dst is None:
        raise click.UsageError("a flow needs --src and --dst; or use --flows")
    flow = Flow(src, dst, protocol or "tcp", sport, dport, type_, code)
    topology = loaded(path, keep_going, input_format, assume_missing)
    answer = topology.network.trace(flow, at)
    for sink in open_sinks(targets, colour):
        sink.write(_written(answer, sink, topology.source_root, 2))
        sink.close()
    return answer.exit_code()


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        opened = open(file, "rb")  # noqa: SIM115
    except OSError as error:
        raise click.FileError(file, error.strerror) from error
    with opened:
        yield opened


def _written(
    answer: TraceAnswer, sink: Sink, root: str, indent: int = -1
) -> str:
    """Of many answers each JSON is one line, in either format."""
    if sink.format != "text":
        return answer.to_json(indent if sink.format == "json" else -1)
    return answer.to_text(colour=sink.colour, source_root=root)


def _follow_all(
    topology: Topology, lines: Iterable[bytes], sinks: list[Sink]
) -> int:
    """One answer a line, in order. A line that cannot be read answers with
    its error and the run goes on."""
    codes = {0}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        codes.add(_follow_line(topology, line, number, sinks))
        if not any(sink.listened_to for sink in sinks):
            break
    for sink in sinks:
        sink.close()
    for code in (DEFECT, INPUT_IS_WRONG, SOME_UNKNOWN):
        if code in codes:
            return code
    return 0


def _follow_line(
    topology: Topology, line: bytes, number: int, sinks: list[Sink]
) -> int:
    try:
        flow, at = read_flow(line)
        answer = topology.network.trace(flow, at)
    except InputError as error:
        problem = error.diagnostics[0]
        for sink in sinks:
            text = f"line {number}: {problem}\n"
            if sink.format != "text":
                text = _core.line_error_json(problem, number)
            sink.write(text)
        return INPUT_IS_WRONG
    for sink in sinks:
        sink.write(_written(answer, sink, topology.source_root))
    return answer.exit_code()
