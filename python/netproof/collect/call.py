"""One read-only call: its names, what it is asked for, what it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

# Names that the permission does not share with the operation.
_OTHER_ACTIONS = {
    ("s3", "list-buckets"): "ListAllMyBuckets",
    ("s3", "get-public-access-block"): "GetBucketPublicAccessBlock",
}
_OTHER_PREFIXES = {"elbv2": "elasticloadbalancing"}


@dataclass(frozen=True)
class Each:
    """A call is made for each element of an answer of another call."""

    parent: str
    path: tuple[str, ...]  # to the elements, through mappings and lists
    key: str  # of the element: what identifies it
    parameter: str  # of the call: where that goes
    owner: str = ""  # of the element: only what the account owns

    def values(self, answer: Mapping[str, Any], account: str) -> Iterator[str]:
        for element in _walk(answer, self.path):
            if self.owner and element.get(self.owner) != account:
                continue
            if element.get(self.key):
                yield str(element[self.key])


@dataclass(frozen=True)
class Call:
    """One operation, by the name that the AWS command line gives it."""

    service: str
    operation: str
    each: Each | None = None
    fixed: Mapping[str, Any] = field(default_factory=dict)
    mandatory: bool = False  # without it proofs are impossible (S121, bold)
    once: bool = False  # for an account, not for each of its Regions
    page: int | None = None  # where the largest page is not the default
    nothing: tuple[str, ...] = ()  # error codes that mean: there is none

    @property
    def name(self) -> str:
        """The beginning of the names of its files; `fixed` tells twins."""
        words = [v for v in self.fixed.values() if isinstance(v, str)]
        return "-".join([self.service, self.operation, *words])

    @property
    def command(self) -> str:
        return f"{self.service} {self.operation}"

    @property
    def method(self) -> str:
        return self.operation.replace("-", "_")

    @property
    def api_name(self) -> str:
        return "".join(word.capitalize() for word in self.operation.split("-"))

    @property
    def action(self) -> str:
        """The permission that it takes."""
        prefix = _OTHER_PREFIXES.get(self.service, self.service)
        key = (self.service, self.operation)
        return f"{prefix}:{_OTHER_ACTIONS.get(key, self.api_name)}"


def _walk(answer: Any, path: tuple[str, ...]) -> Iterator[Mapping[str, Any]]:
    if isinstance(answer, list):
        for element in answer:
            yield from _walk(element, path)
    elif isinstance(answer, Mapping):
        if path:
            yield from _walk(answer.get(path[0]), path[1:])
        else:
            yield answer
