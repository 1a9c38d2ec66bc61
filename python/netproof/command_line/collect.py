"""netproof collect: the one command that speaks with a network."""

from __future__ import annotations

import re
import sys
import textwrap
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from netproof.collect.calls import SKIPPABLE, selected
from netproof.collect.errors import CollectError
from netproof.collect.policy import policy_text
from netproof.command_line.output import Sink, Target
from netproof.command_line.shared import examples

if TYPE_CHECKING:
    from netproof.collect.snapshot import Collection, Outcome

SOMETHING_IS_UNKNOWN = 4


def _names(what: str, pattern: str) -> Callable[..., tuple[str, ...]]:
    def read(
        _context: click.Context, _option: click.Parameter, text: str
    ) -> tuple[str, ...]:
        names = [name.strip() for name in text.split(",") if name.strip()]
        for name in names:
            if not re.fullmatch(pattern, name):
                raise click.BadParameter(f"{what}, not {name!r}")
        return tuple(dict.fromkeys(names))

    return read


@click.group()
def collect() -> None:
    """Collects a live network into a folder that the others read."""


@collect.command(
    epilog=examples(
        "netproof collect aws --print-policy",
        "netproof collect aws snapshot --regions eu-west-1,us-east-1",
        "netproof collect aws snapshot --role netproof-reader",
    )
)
@click.argument(
    "folder", metavar="OUT", required=False, type=click.Path(path_type=Path)
)
@click.option("--profile", default="", help="A profile of the AWS settings.")
@click.option(
    "--role",
    default="",
    metavar="NAME",
    help="Role to assume in every account but the own one.",
)
@click.option(
    "--external-id", default="", help="The external id that the role wants."
)
@click.option(
    "--accounts",
    default="",
    metavar="ID,...",
    callback=_names("an account is twelve digits", r"\d{12}"),
    help="With --role; by default those of the organization.",
)
@click.option(
    "--regions",
    default="",
    metavar="NAME,...",
    callback=_names("a Region is like eu-west-1", r"[a-z]+(-[a-z]+)+-\d+"),
    help="By default those that the account has enabled.",
)
@click.option(
    "--skip",
    multiple=True,
    type=click.Choice(SKIPPABLE),
    help="A service to leave out. Repeatable.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=8,
    show_default=True,
    help="Calls at the same time.",
)
@click.option("--refresh", is_flag=True, help="Also what was collected before.")
@click.option(
    "--print-policy",
    is_flag=True,
    help="Print the least IAM policy that this takes, and do nothing.",
)
def aws(
    folder: Path | None,
    profile: str,
    role: str,
    external_id: str,
    accounts: tuple[str, ...],
    regions: tuple[str, ...],
    skip: tuple[str, ...],
    jobs: int,
    refresh: bool,
    print_policy: bool,
) -> int:
    """Collects AWS accounts into the folder OUT, changing nothing in them.

    What AWS answers is kept as it is, one file a call. A call that has its
    file is not repeated: an interrupted run goes on where it stopped. What
    AWS refuses is written down too, and ends with exit code 4.
    """
    if print_policy:
        Sink(Target("text"), colour=False).write(
            policy_text(selected(skip), role)
        )
        return 0
    if folder is None:
        raise click.UsageError("Missing argument 'OUT'.")
    if external_id and not role:
        raise click.UsageError("--external-id belongs to a --role")
    try:
        collection = _collected(
            folder,
            (profile, role, external_id),
            accounts,
            regions,
            skip,
            jobs,
            refresh,
        )
    except CollectError as error:
        raise click.ClickException(str(error)) from error
    _tell_refusals(collection.outcome)
    Sink(Target("text"), colour=False).write(
        f"{folder}: {_total(collection.outcome)}\n"
    )
    return SOMETHING_IS_UNKNOWN if collection.outcome.refused else 0


def _collected(
    folder: Path,
    identity: tuple[str, str, str],
    accounts: tuple[str, ...],
    regions: tuple[str, ...],
    skip: Iterable[str],
    jobs: int,
    refresh: bool,
) -> Collection:
    # boto3 is an extra, and slow to import.
    from netproof.collect.accounts import Login, Role
    from netproof.collect.snapshot import Collection
    from netproof.collect.store import Store

    profile, role, external_id = identity
    store = Store(folder)
    login = Login(profile, regions, jobs)
    chosen = _chosen(login.account, accounts, role) or login.organization()
    store.open()
    calls = selected(skip)
    if refresh:
        for account in chosen:
            store.forget(account, regions, calls)
    collection = Collection(
        login,
        store,
        calls,
        regions=regions,
        role=Role(role, external_id) if role else None,
    )

    def finished(place: tuple[str, str]) -> None:
        _say(f"{' '.join(place)}: {_at(collection.outcome, place)}")

    _say(f"collecting {_count(len(chosen), 'account')}")
    collection.run(chosen, jobs, finished)
    return collection


def _chosen(own: str, accounts: tuple[str, ...], role: str) -> list[str]:
    """Empty: all accounts of the organization."""
    if role:
        return list(accounts)
    strangers = [account for account in accounts if account != own]
    if strangers:
        raise CollectError(
            f"the credentials are of account {own}, not of "
            f"{', '.join(strangers)}: name a --role to assume there"
        )
    return [own]


def _say(text: str) -> None:
    print(f"netproof: {text}", file=sys.stderr, flush=True)


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _parts(collected: int, kept: int, refused: int) -> str:
    parts = [_count(collected + kept, "answer")]
    if kept:
        parts.append(f"{kept:,} kept")
    parts.append(f"{refused:,} refused")
    return ", ".join(parts)


def _at(outcome: Outcome, place: tuple[str, str]) -> str:
    return _parts(
        outcome.collected[place],
        outcome.kept[place],
        outcome.refusals_at(place),
    )


def _total(outcome: Outcome) -> str:
    accounts = _count(
        len({account for account, _ in outcome.places}), "account"
    )
    parts = _parts(
        outcome.collected.total(), outcome.kept.total(), len(outcome.refused)
    )
    return f"{accounts}, {parts}"


def _tell_refusals(outcome: Outcome) -> None:
    """Each call and code once, with the first place and how many there are."""
    groups = defaultdict(list)
    for one in outcome.refused:
        groups[one.call.command, one.refusal.code].append(one)
    for (command, code), refused in sorted(groups.items()):
        first = min(refused, key=lambda one: one.place)
        more = f" and {len(refused) - 1:,} more" if len(refused) > 1 else ""
        need = (
            " (rules that need it are unknown)" if first.call.mandatory else ""
        )
        _say(
            f"refused: {command} in {' '.join(first.place)}{more}{need}: "
            f"{code}: {textwrap.shorten(first.refusal.message, 200)}"
        )
