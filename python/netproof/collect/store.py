"""The folder of a snapshot: ACCOUNT/REGION/SERVICE-CALL[-RESOURCE].json.

A refusal stands in SERVICE-CALL[-RESOURCE].error.json, in the shape in which
the SDKs of AWS give it: {"Error": {"Code": ..., "Message": ...}}.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from netproof.collect.call import Call
from netproof.collect.errors import CollectError

# Hidden, so that a reader of the folder takes it for no answer.
MARK = ".netproof-snapshot.json"
SCHEMA = "netproof/snapshot/1"

# The end of a file that is being written.
_PART = ".part"

# Where the answers go that are not of one Region.
GLOBAL = "global"

# "tgw-rtb-0a1b2c3d", but no end that is twelve digits, as an account is.
_ID = re.compile(r"[a-z]+(-[a-z]+)*-(?!\d{12}$)[0-9a-f]{8,}")


@dataclass(frozen=True)
class Refusal:
    """Why there is no answer."""

    code: str
    message: str


def token(resource: str) -> str:
    """A resource as a part of a file name, different for different ones.

    Ids stay as they are. Of the rest only letters and digits stay, in one
    word: an account or a Region in an ARN must not look like the place of the
    file.
    """
    if _ID.fullmatch(resource):
        return resource
    word = re.sub(r"[^0-9A-Za-z]", "", resource.rpartition(":")[2])
    return word[:40] + hashlib.sha256(resource.encode()).hexdigest()[:8]


class Store:
    """Writes whole files or none. Safe across threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def open(self) -> None:
        """Makes the folder, or tidies up after a run that was killed.

        Refuses one that holds something else.
        """
        mark = self.folder / MARK
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            strange = not mark.exists() and any(self.folder.iterdir())
            if not strange:
                _write(mark, {"schema": SCHEMA})
                for part in self.folder.rglob(f".*{_PART}"):
                    part.unlink()
        except OSError as error:
            raise CollectError(
                f"{self.folder} cannot be written: {error.strerror}"
            ) from error
        if strange:
            raise CollectError(
                f"{self.folder} holds something that netproof did not collect: "
                "name a new or an empty folder"
            )

    def path(self, account: str, region: str, call: Call, about: str) -> Path:
        name = f"{call.name}-{token(about)}" if about else call.name
        return self.folder / account / region / f"{name}.json"

    def answer(self, path: Path) -> dict[str, Any] | None:
        """What was collected before; None if it is not there or not whole."""
        try:
            read = json.loads(path.read_bytes())
        except (OSError, ValueError):
            return None
        return read if isinstance(read, dict) else None

    def write(self, path: Path, answer: Mapping[str, Any]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, answer)
        self.pardon(path)

    def pardon(self, path: Path) -> None:
        """Removes the refusal of an earlier run."""
        _refusal_of(path).unlink(missing_ok=True)

    def refuse(
        self, path: Path, call: Call, about: str, refusal: Refusal
    ) -> None:
        told = {
            "Code": refusal.code,
            "Message": refusal.message,
            "Call": call.command,
        }
        if about:
            told["Resource"] = about
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        _write(_refusal_of(path), {"Error": told})

    def forget(
        self, account: str, regions: Sequence[str], calls: Sequence[Call]
    ) -> None:
        """Removes what these calls gave: in these Regions, or in all."""
        names = tuple({call.name for call in calls})
        chosen = {*regions, GLOBAL}
        places = (self.folder / account).glob("*/")
        for place in places:
            if regions and place.name not in chosen:
                continue
            for path in place.glob("*.json"):
                if path.name.startswith(names):
                    path.unlink()


def _refusal_of(path: Path) -> Path:
    return path.with_suffix(".error.json")


def _write(path: Path, content: Mapping[str, Any]) -> None:
    # Hidden and not named .json until it is whole.
    part = path.with_name(f".{path.name}.{threading.get_ident()}{_PART}")
    text = json.dumps(content, indent=4, default=_plain, ensure_ascii=False)
    part.write_text(text + "\n", encoding="utf-8")
    os.replace(part, path)


def _plain(value: Any) -> str:
    """Times as the AWS command line prints them."""
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    return str(value)
