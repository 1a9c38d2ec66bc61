"""What can go wrong, by who can put it right.

A finding is not here: a rule that does not hold is a result, never an
exception.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netproof._core import Diagnostic

__all__ = ["InputError", "InternalError", "ParseError"]


class InputError(Exception):
    """The input has to change. Everything a user can cause derives from this.

    `diagnostics` holds all that is wrong, in the order of the places.
    """

    diagnostics: tuple[Diagnostic, ...]

    def __init__(self, diagnostics: Iterable[Diagnostic] = ()) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        return "\n".join(str(diagnostic) for diagnostic in self.diagnostics)


class ParseError(InputError, ValueError):
    """A piece of text is not what it should be.

    `what` is a rule about good input, `fragment` the text that breaks it.
    """

    def __init__(self, what: str, fragment: str) -> None:
        from netproof._core import Diagnostic, Location

        self.what = what
        self.fragment = fragment
        self.diagnostics = (
            Diagnostic("unreadable-text", Location(""), what, fragment),
        )
        Exception.__init__(self, what, fragment)

    def __str__(self) -> str:
        if not self.fragment:
            return self.what
        return f"{self.what}, not {self.fragment!r}"


class InternalError(Exception):
    """A defect of netproof: please report it, with the input that shows it."""
