"""netproof check: the plan and the rules."""

from __future__ import annotations

import datetime

import click

from netproof._core import RuleSet
from netproof.command_line.output import (
    Target,
    colour_option,
    format_option,
    write_answer,
)
from netproof.command_line.shared import examples, loaded, topology_options


@click.command(
    epilog=examples(
        "netproof check topologies/plugin-zone",
        "netproof check topologies/plugin-zone --plan-only",
        "netproof check topologies/plugin-zone --format json",
    )
)
@topology_options
@click.option(
    "--rules",
    "rule_files",
    multiple=True,
    metavar="FILE",
    help="Rule file; by default those that the topology names. Repeatable.",
)
@format_option("text", "json")
@click.option("--plan-only", is_flag=True, help="The plan, no rules.")
@click.option(
    "--fail-level",
    type=click.Choice(["error", "warning", "note"]),
    default="error",
    show_default=True,
    help="The lowest severity that fails the check.",
)
@click.option("--no-ignore", is_flag=True, help="Look at no exceptions.")
@click.option("--verbose", is_flag=True, help="Every place and every hop.")
@click.option(
    "--jobs",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="Threads; 0: one for each core.",
)
@click.option(
    "--budget",
    type=click.FloatRange(min=0),
    default=0.0,
    metavar="SECONDS",
    help="Rules that are not begun by then are unknown.",
)
@colour_option
def check(
    path: str,
    keep_going: bool,
    input_format: str,
    assume_missing: str,
    rule_files: tuple[str, ...],
    targets: tuple[Target, ...],
    plan_only: bool,
    fail_level: str,
    no_ignore: bool,
    verbose: bool,
    jobs: int,
    budget: float,
    colour: bool | None,
) -> int:
    """Checks the address plan and the rules of the network at PATH.

    A rule is proved, violated, unknown (not decidable from what was given) or
    vacuous (nothing was in its scope).
    """
    if plan_only and rule_files:
        raise click.UsageError("--plan-only asks for no rules: drop --rules")
    topology = loaded(path, keep_going, input_format, assume_missing)
    rules = RuleSet() if plan_only else topology.rules(rule_files or None)
    answer = topology.network.check(
        rules,
        today=datetime.date.today().isoformat(),
        plan_only=plan_only,
        no_ignore=no_ignore,
        jobs=jobs,
        budget=budget,
    )

    def write(form: str, in_colour: bool) -> str:
        if form == "json":
            return answer.to_json()
        return answer.to_text(
            colour=in_colour, verbose=verbose, source_root=topology.source_root
        )

    write_answer(targets, colour, write)
    return answer.exit_code(fail_level, plan_only)
