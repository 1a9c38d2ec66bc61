"""netproof import: a network of another format as a netproof topology."""

from __future__ import annotations

import sys

import click

from netproof.command_line.shared import examples, loaded


@click.command(
    name="import",
    epilog=examples(
        "netproof import aws tests/golden/aws/peering/snapshot "
        "-o build/imported/aws",
        "netproof import kubernetes tests/golden/kubernetes/shop "
        "-o build/imported/kubernetes",
        "netproof import terraform tests/golden/terraform/modules/plan.json "
        "-o build/imported/terraform",
    ),
)
@click.argument("kind")
@click.argument("source", metavar="SRC")
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    metavar="DIR",
    help="The folder for the topology; made if it does not exist.",
)
@click.option(
    "--assume-missing",
    default="",
    metavar="WHAT",
    help="aws-defaults: take them where a snapshot lacks a call.",
)
def import_(kind: str, source: str, folder: str, assume_missing: str) -> int:
    """Write what SRC describes as a topology in DIR.

    KIND is what --input-format takes. Loading DIR gives the verdicts that SRC
    gives. What SRC leaves open is written as `unknown`; rules are not written.
    """
    network = loaded(source, input_format=kind, assume_missing=assume_missing)
    try:
        files = network.write(folder)
    except OSError as error:
        raise click.FileError(
            str(error.filename or folder), error.strerror
        ) from error
    for path in files:
        print(path)
    gaps = network.core.gaps
    if gaps:
        print(
            f"netproof: {gaps} {'gap' if gaps == 1 else 'gaps'} of the source "
            f"are written as unknown; `netproof check {source}` names them",
            file=sys.stderr,
        )
    return 0
