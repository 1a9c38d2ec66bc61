"""Reads a live AWS organisation into a folder of raw answers.

The table of the calls is in `calls`; nothing but a call of `collected` opens
a socket, and only then is boto3 imported.
"""

from netproof.collect.errors import CollectError

__all__ = ["CollectError"]
