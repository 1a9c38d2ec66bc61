"""One line of `trace --flows`: a JSON object that describes a flow."""

from __future__ import annotations

import json
from typing import Any

from netproof._core import Flow
from netproof.errors import ParseError

_TEXTS = ("src", "dst", "at")
_NUMBERS = ("sport", "dport", "type", "code")
_KEYS = (*_TEXTS, "protocol", *_NUMBERS)


def read_flow(line: bytes) -> tuple[Flow, str]:
    """The flow and the location where it starts ("": its source decides)."""
    values = _object(line)
    for key in ("src", "dst", "protocol"):
        if values.get(key) is None:
            raise ParseError(f"a flow has src, dst and protocol; no {key}", "")
    at = values.pop("at", None) or ""
    return Flow(**values), at


def _object(line: bytes) -> dict[str, Any]:
    try:
        text = line.decode("utf-8")
        values = json.loads(text, object_pairs_hook=_without_duplicates)
    except ParseError:
        raise
    except (ValueError, RecursionError) as error:
        raise ParseError(
            f"a line is one JSON object ({error})",
            line.decode("utf-8", "backslashreplace").strip(),
        ) from None
    if not isinstance(values, dict):
        raise ParseError("a line is one JSON object", json.dumps(values))
    for key, value in values.items():
        _expect_type(key, value)
    return values


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in pairs:
        if key in values:
            raise ParseError("a key stands once in an object", key)
        values[key] = value
    return values


def _expect_type(key: str, value: Any) -> None:
    if key not in _KEYS:
        raise ParseError(f"a key of a flow is one of {', '.join(_KEYS)}", key)
    if value is None:
        return
    allowed: tuple[type, ...] = (str,)
    if key in _NUMBERS:
        allowed = (int,)
    elif key == "protocol":
        allowed = (str, int)
    # A bool is an int in Python, but true is no port.
    if not isinstance(value, allowed) or isinstance(value, bool):
        wanted = " or ".join(
            {str: "a text", int: "a whole number"}[kind] for kind in allowed
        )
        raise ParseError(f"{key} is {wanted}", json.dumps(value))
    if isinstance(value, int) and not 0 <= value <= 65535:
        raise ParseError(f"{key} is 0 to 65535", str(value))
