"""Options and manners that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from netproof.checks import Topology, load

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def examples(*lines: str) -> str:
    """What each --help ends with; a test runs every line."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def topology_options(command: Decorated) -> Decorated:
    """PATH, and how it is read."""
    return click.argument("path")(reading_options(command))


def reading_options(command: Decorated) -> Decorated:
    """--keep-going, --input-format and --assume-missing."""
    keep_going = click.option(
        "--keep-going",
        is_flag=True,
        help="Leave out what cannot be read, as findings.",
    )
    input_format = click.option(
        "--input-format",
        default="",
        metavar="KIND",
        help="What the input is; detected from its content otherwise.",
    )
    assume_missing = click.option(
        "--assume-missing",
        default="",
        metavar="WHAT",
        help="aws-defaults: take them where a snapshot lacks a call.",
    )
    return keep_going(input_format(assume_missing(command)))


def loaded(
    path: str,
    keep_going: bool = False,
    input_format: str = "",
    assume_missing: str = "",
) -> Topology:
    return load(
        path,
        keep_going=keep_going,
        input_format=input_format,
        assume_missing=assume_missing,
    )


def service_option(command: Decorated) -> Decorated:
    return click.option(
        "--service",
        default="any",
        show_default=True,
        help="tcp/443, tcp/9090-9093, udp/53, icmp, proto/47, any.",
    )(command)


def level_option(command: Decorated) -> Decorated:
    return click.option(
        "--level",
        type=click.Choice(["packet", "connection"]),
        default="packet",
        show_default=True,
        help="The request alone, or the request and its reply.",
    )(command)
