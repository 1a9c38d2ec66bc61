"""Where answers go: formats, files, colours, and a reader that leaves."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO, Any, TypeVar

import click

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


@dataclass(frozen=True)
class Target:
    """One requested format; without a file it goes to stdout."""

    format: str
    file: str | None = None


def _target(value: str, formats: tuple[str, ...]) -> Target:
    name, equals, file = value.partition("=")
    if name not in formats:
        known = ", ".join(formats)
        raise click.BadParameter(f"a format is one of {known}, not {name!r}")
    if equals and not file:
        raise click.BadParameter(f"{name}= is followed by a file")
    return Target(name, file or None)


def _targets(
    values: tuple[str, ...], formats: tuple[str, ...]
) -> tuple[Target, ...]:
    """Two formats on one stream could not be told apart."""
    targets = tuple(_target(value, formats) for value in values or ("text",))
    if sum(target.file is None for target in targets) > 1:
        raise click.BadParameter(
            "at most one format goes to stdout; give the others a file "
            "(json=report.json)"
        )
    return targets


def format_option(*formats: str) -> Callable[[Decorated], Decorated]:
    return click.option(
        "--format",
        "targets",
        metavar="FMT[=FILE]",
        multiple=True,
        callback=lambda _context, _option, values: _targets(values, formats),
        help=f"{', '.join(formats)}; with =FILE into a file. Repeatable.",
    )


def colour_option(command: Decorated) -> Decorated:
    return click.option(
        "--color/--no-color",
        "colour",
        default=None,
        help="Colours; by default on a terminal (NO_COLOR, FORCE_COLOR).",
    )(command)


def wants_colour(asked: bool | None, stream: IO[str]) -> bool:
    """The option, else the environment, else whether it is a terminal."""
    if asked is not None:
        return asked
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR") or os.environ.get("CLICOLOR_FORCE"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


class Sink:
    """An open target. A reader who has left (`| head`) is no error."""

    def __init__(self, target: Target, colour: bool | None) -> None:
        self.format = target.format
        self.listened_to = True
        self._owned: IO[str] | None = None
        if target.file is None:
            self.colour = wants_colour(colour, sys.stdout)
            return
        self.colour = bool(colour)
        try:
            self._owned = open(  # noqa: SIM115
                target.file, "w", encoding="utf-8", errors="backslashreplace"
            )
        except OSError as error:
            raise click.FileError(target.file, error.strerror) from error

    def write(self, text: str) -> None:
        if not self.listened_to:
            return
        try:
            stream = self._owned or sys.stdout
            stream.write(text)
            stream.flush()
        except BrokenPipeError:
            self.listened_to = False
            # Python flushes stdout once more when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def close(self) -> None:
        if self._owned is not None:
            self._owned.close()


def open_sinks(targets: Iterable[Target], colour: bool | None) -> list[Sink]:
    return [Sink(target, colour) for target in targets]


def write_answer(
    targets: Iterable[Target],
    colour: bool | None,
    write: Callable[[str, bool], str],
) -> None:
    """`write` gives the answer in a format, with or without colours."""
    for sink in open_sinks(targets, colour):
        sink.write(write(sink.format, sink.colour))
        sink.close()
