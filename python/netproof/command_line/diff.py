"""netproof diff: what two networks deliver differently."""

from __future__ import annotations

import datetime

import click

from netproof.checks import LEVELS
from netproof.command_line.output import (
    Target,
    colour_option,
    format_option,
    write_answer,
)
from netproof.command_line.shared import examples, loaded, reading_options


@click.command(
    epilog=examples(
        "netproof diff topologies/two-vpcs topologies/plugin-zone",
        "netproof diff topologies/plugin-zone topologies/plugin-zone",
        "netproof diff topologies/two-vpcs topologies/plugin-zone "
        "--level packet --format json",
    )
)
@click.argument("old")
@click.argument("new")
@click.option(
    "--rules",
    "rule_files",
    multiple=True,
    metavar="FILE",
    help="Rule file; by default those that NEW names. Repeatable.",
)
@click.option(
    "--level",
    type=click.Choice(LEVELS),
    default=None,
    help="The request alone, or the request and its reply; by default both.",
)
@reading_options
@format_option("text", "json")
@click.option("--verbose", is_flag=True, help="Every pair and every set.")
@colour_option
def diff(
    old: str,
    new: str,
    rule_files: tuple[str, ...],
    level: str | None,
    keep_going: bool,
    input_format: str,
    assume_missing: str,
    targets: tuple[Target, ...],
    verbose: bool,
    colour: bool | None,
) -> int:
    """What the network at NEW delivers that OLD does not, and the reverse.

    For every pair of locations of either, matched by kind:name, the exact
    sets; and the rules whose verdicts change. No difference means that no
    bound of any pair differs.
    """
    before = loaded(old, keep_going, input_format, assume_missing)
    after = loaded(new, keep_going, input_format, assume_missing)
    answer = before.network.diff(
        after.network,
        after.rules(rule_files or None),
        levels=LEVELS if level is None else (level,),
        today=datetime.date.today().isoformat(),
    )

    def write(form: str, in_colour: bool) -> str:
        if form == "json":
            return answer.to_json()
        return answer.to_text(
            colour=in_colour, verbose=verbose, source_root=after.source_root
        )

    write_answer(targets, colour, write)
    return answer.exit_code()
