"""Why nothing can be collected at all, by who can put it right: the caller."""

from __future__ import annotations


class CollectError(Exception):
    """The call, the credentials or the folder has to change."""
