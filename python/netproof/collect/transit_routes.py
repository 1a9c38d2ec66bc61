"""All routes of a transit gateway route table, also of more than 1,000 (S123).

An answer that is cut names no next page where the service gives no token. The
blocks that hold all addresses are then halved until each answer is whole:

    0.0.0.0/0 = the route to 0.0.0.0/0 itself
              + routes inside 0.0.0.0/1 + routes inside 128.0.0.0/1
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Callable
from typing import Any

from netproof.collect.calls import ROUTE_STATES

Answer = dict[str, Any]
Search = Callable[[list[dict[str, Any]]], Answer]
Block = ipaddress.IPv4Network | ipaddress.IPv6Network

_ALL: tuple[Block, ...] = (
    ipaddress.IPv4Network("0.0.0.0/0"),
    ipaddress.IPv6Network("::/0"),
)


class TruncatedTableError(Exception):
    """The service shows only a part of a table, however it is asked."""


def is_cut(answer: Answer) -> bool:
    return bool(answer.get("AdditionalRoutesAvailable"))


def all_routes(search: Search) -> Answer:
    """`search` gives the answer to filters, all pages merged."""
    answer = search([ROUTE_STATES])
    if not is_cut(answer):
        return answer
    found = list(answer["Routes"])
    for block in _ALL:
        found += _inside(search, block)
    # A route that two answers hold is one route.
    once = {json.dumps(r, sort_keys=True, default=str): r for r in found}
    return {"Routes": list(once.values()), "AdditionalRoutesAvailable": False}


# It ends: a block is halved at most 32 or 128 times.
def _inside(search: Search, block: Block) -> list[Any]:
    answer = search([ROUTE_STATES, _match("subnet-of", block)])
    if not is_cut(answer):
        return list(answer["Routes"])
    own = search([ROUTE_STATES, _match("exact", block)])
    if is_cut(own) or block.prefixlen == block.max_prefixlen:
        raise TruncatedTableError(
            f"the routes to {block} are not shown in full"
        )
    found = list(answer["Routes"]) + list(own["Routes"])
    for half in block.subnets():
        found += _inside(search, half)
    return found


def _match(how: str, block: Block) -> dict[str, Any]:
    return {"Name": f"route-search.{how}-match", "Values": [str(block)]}
