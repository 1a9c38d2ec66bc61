"""The command `netproof`: its commands by name, and how each call ends."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from importlib import import_module

import click

from netproof import _core
from netproof.__main__ import DEFECT, INPUT_IS_WRONG
from netproof.command_line.output import wants_colour
from netproof.command_line.shared import examples
from netproof.errors import InputError, InternalError, ParseError

# Each command and the module that holds it, imported when it is called.
COMMANDS = {
    "check": "check",
    "trace": "trace",
    "reach": "questions",
    "matrix": "questions",
    "overlaps": "questions",
    "diff": "diff",
    "replay": "replay",
    "collect": "collect",
    "import": "import_",
    "explain": "about",
    "schema": "about",
}


class Commands(click.Group):
    """Loads a command when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(
        self, ctx: click.Context, cmd_name: str
    ) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"netproof.command_line.{COMMANDS[cmd_name]}")
        # Words of Python have an underscore behind them there.
        command = getattr(module, cmd_name, None) or getattr(
            module, f"{cmd_name}_"
        )
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if not args[0].startswith("-") and args[0] not in COMMANDS:
            raise click.UsageError(unknown_command(args[0]), ctx)
        return super().resolve_command(ctx, args)


def unknown_command(name: str) -> str:
    import difflib

    close = difflib.get_close_matches(name, COMMANDS, n=1, cutoff=0.5)
    hint = f" Did you mean {close[0]!r}?" if close else ""
    return f"There is no command {name!r}.{hint}"


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=False,
    epilog=examples(
        "netproof check topologies/plugin-zone",
        "netproof matrix topologies/plugin-zone",
        "netproof explain BLACKHOLE_ROUTE",
    ),
)
@click.version_option(_core.__version__, message="netproof %(version)s")
def netproof() -> None:
    """Proves what a network lets through.

    Results go to stdout, everything else to stderr. Exit codes: 0 all holds,
    1 a rule is violated or the plan is wrong, 2 the input or the call is
    wrong, 3 nothing was checked, 4 something is unknown, 70 a defect of
    netproof.
    """


def run(arguments: Sequence[str]) -> int:
    """The exit code of one call, whatever happens in it."""
    try:
        code = netproof.main(
            args=list(arguments), prog_name="netproof", standalone_mode=False
        )
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        error.show()
        return INPUT_IS_WRONG
    except InputError as error:
        complain(error)
        return INPUT_IS_WRONG
    except Exception as error:
        confess(error)
        return DEFECT
    return code if isinstance(code, int) else 0


def complain(error: InputError) -> None:
    if isinstance(error, ParseError):
        text = f"netproof: {error}\n"
    else:
        text = _core.diagnostics_text(
            list(error.diagnostics), wants_colour(None, sys.stderr)
        )
    sys.stderr.write(text)


def confess(error: Exception) -> None:
    if not isinstance(error, InternalError):
        traceback.print_exception(error)
    print(
        f"netproof: this is a defect of netproof, not of your network: {error}",
        file=sys.stderr,
    )
