"""netproof explain and schema: what the tool knows about itself."""

from __future__ import annotations

import difflib
from importlib import resources

import click

from netproof import _core
from netproof.command_line.output import Sink, Target
from netproof.command_line.shared import examples


def _print(text: str) -> None:
    Sink(Target("text"), colour=False).write(text)


@click.command(
    epilog=examples(
        "netproof explain BLACKHOLE_ROUTE",
        "netproof explain NACL_DENY",
        "netproof explain",
    )
)
@click.argument("identifier", required=False, metavar="[ID]")
def explain(identifier: str | None) -> int:
    """What a finding or a drop code means; without ID: all that there are."""
    known = _core.explained_ids()
    if identifier is None:
        _print("".join(f"{name}\n" for name in known))
        return 0
    text = _core.explain(identifier)
    if text is None:
        close = difflib.get_close_matches(identifier, known, n=1)
        close = close or difflib.get_close_matches(identifier.upper(), known, 1)
        hint = f" Did you mean {close[0]!r}?" if close else ""
        raise click.UsageError(f"There is no finding {identifier!r}.{hint}")
    _print(text)
    return 0


@click.command(
    epilog=examples(
        "netproof schema topology",
        "netproof schema rules",
        "netproof schema output",
    )
)
@click.argument("kind", type=click.Choice(["topology", "rules", "output"]))
def schema(kind: str) -> int:
    """Prints the JSON Schema of topologies, rule files or machine output."""
    folder = resources.files("netproof") / "schemas"
    _print((folder / f"{kind}.schema.json").read_text(encoding="utf-8"))
    return 0
