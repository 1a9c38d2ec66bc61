"""Commands over the Python interface: options in, text out."""

from netproof.command_line.group import run

__all__ = ["run"]
