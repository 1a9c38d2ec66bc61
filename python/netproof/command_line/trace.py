"""netproof trace: what becomes of flows."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from typing import cast

import click

from netproof._core import Flow
from netproof.command_line.flows import follow
from netproof.command_line.output import (
    Target,
    colour_option,
    format_option,
    open_sinks,
)
from netproof.command_line.shared import examples, loaded, topology_options

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
        sinks = open_sinks(targets, colour)
        with _opened(flows) as stream:
            ended = follow(topology, stream, sinks)
        for sink in sinks:
            sink.close()
        return ended
    if src is None or dst is None:
        raise click.UsageError("a flow needs --src and --dst; or use --flows")
    flow = Flow(src, dst, protocol or "tcp", sport, dport, type_, code)
    topology = loaded(path, keep_going, input_format, assume_missing)
    answer = topology.network.trace(flow, at)
    for sink in open_sinks(targets, colour):
        if sink.format == "text":
            text = answer.to_text(
                colour=sink.colour, source_root=topology.source_root
            )
        else:
            text = answer.to_json(2 if sink.format == "json" else -1)
        sink.write(text)
        sink.close()
    return answer.exit_code()


@contextmanager
def _opened(file: str) -> Iterator[BufferedReader]:
    if file == "-":
        yield cast(BufferedReader, sys.stdin.buffer)
        return
    try:
        opened = open(file, "rb")  # noqa: SIM115
    except OSError as error:
        raise click.FileError(file, error.strerror) from error
    with opened:
        yield opened
