"""netproof replay: flow logs held against the model."""

from __future__ import annotations

import click

from netproof.command_line.output import (
    Target,
    colour_option,
    format_option,
    write_answer,
)
from netproof.command_line.shared import examples, loaded, topology_options


@click.command(
    epilog=examples(
        "netproof replay tests/golden/aws/acl-order/snapshot "
        "tests/golden/flow-logs/acl-order.log",
        "netproof replay tests/golden/aws/acl-order/snapshot "
        "tests/golden/flow-logs/acl-order.log --format json",
    )
)
@topology_options
@click.argument("flow_logs", nargs=-1, required=True, metavar="FLOWLOG...")
@format_option("text", "json")
@colour_option
def replay(
    path: str,
    flow_logs: tuple[str, ...],
    keep_going: bool,
    input_format: str,
    assume_missing: str,
    targets: tuple[Target, ...],
    colour: bool | None,
) -> int:
    """What AWS let through and the model does not, and the reverse.

    VPC Flow Logs, plain, gzip or Parquet, files or folders, - is stdin. A
    record speaks of the groups and the ACL at its interface, and so does the
    comparison. Exit code 1: a record disagrees; 4: one is unknown; 3: none
    was judged.
    """
    topology = loaded(path, keep_going, input_format, assume_missing)
    answer = topology.compare_with_logs(flow_logs)

    def write(form: str, in_colour: bool) -> str:
        if form == "json":
            return answer.to_json()
        return answer.to_text(colour=in_colour)

    write_answer(targets, colour, write)
    return answer.exit_code()
