"""netproof reach, matrix and overlaps: answers, not verdicts."""

from __future__ import annotations

import click

from netproof.checks import Topology, Written
from netproof.command_line.output import (
    Target,
    colour_option,
    format_option,
    write_answer,
)
from netproof.command_line.shared import (
    examples,
    level_option,
    loaded,
    service_option,
    topology_options,
)


def _write(
    topology: Topology,
    answer: Written,
    targets: tuple[Target, ...],
    colour: bool | None,
) -> None:
    def write(form: str, in_colour: bool) -> str:
        if form == "json":
            return answer.to_json()
        return answer.to_text(
            colour=in_colour, source_root=topology.source_root
        )

    write_answer(targets, colour, write)


@click.command(
    epilog=examples(
        "netproof reach topologies/plugin-zone --from plugins --to internet",
        "netproof reach topologies/plugin-zone --from staff "
        "--to servers --service tcp/443",
        "netproof reach topologies/plugin-zone --from host:wiki "
        "--to 192.168.30.0/24 --why",
    )
)
@topology_options
@click.option(
    "--from",
    "from_",
    required=True,
    metavar="SEL",
    help="A zone of the topology's rules, kind:name, a prefix, everyone.",
)
@click.option(
    "--to", required=True, metavar="SEL", help="The same; also internet."
)
@service_option
@level_option
@click.option("--why", is_flag=True, help="Also where the rest dies.")
@format_option("text", "json")
@colour_option
def reach(
    path: str,
    keep_going: bool,
    input_format: str,
    assume_missing: str,
    from_: str,
    to: str,
    service: str,
    level: str,
    why: bool,
    targets: tuple[Target, ...],
    colour: bool | None,
) -> int:
    """The exact set of packets that gets from one place to another."""
    topology = loaded(path, keep_going, input_format, assume_missing)
    answer = topology.network.reach(
        from_,
        to,
        service=service,
        level=level,
        why=why,
        zones=topology.rules(),
    )
    _write(topology, answer, targets, colour)
    return answer.exit_code()


@click.command(
    epilog=examples(
        "netproof matrix topologies/plugin-zone",
        "netproof matrix topologies/plugin-zone --service tcp/443",
        "netproof matrix topologies/plugin-zone --by zone --format json",
    )
)
@topology_options
@click.option(
    "--by",
    default="",
    metavar="LABEL",
    help="A label, or account; without it VPCs, sites and segments.",
)
@service_option
@level_option
@format_option("text", "json")
@colour_option
def matrix(
    path: str,
    keep_going: bool,
    input_format: str,
    assume_missing: str,
    by: str,
    service: str,
    level: str,
    targets: tuple[Target, ...],
    colour: bool | None,
) -> int:
    """Zones by zones: none, some, all or unknown passes."""
    topology = loaded(path, keep_going, input_format, assume_missing)
    answer = topology.network.matrix(by=by, service=service, level=level)
    _write(topology, answer, targets, colour)
    return answer.exit_code()


@click.command(
    epilog=examples(
        "netproof overlaps topologies/plugin-zone",
        "netproof overlaps topologies/plugin-zone --format json",
        "netproof overlaps topologies/plugin-zone --no-color",
    )
)
@topology_options
@format_option("text", "json")
@colour_option
def overlaps(
    path: str,
    keep_going: bool,
    input_format: str,
    assume_missing: str,
    targets: tuple[Target, ...],
    colour: bool | None,
) -> int:
    """Address blocks of different owners that intersect."""
    topology = loaded(path, keep_going, input_format, assume_missing)
    _write(topology, topology.network.overlaps(), targets, colour)
    return 0
