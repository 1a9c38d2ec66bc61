"""Who is asked: credentials, accounts, and the clients of each of them."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from netproof import _core
from netproof.collect.calls import ACCOUNTS, IDENTITY
from netproof.collect.errors import CollectError
from netproof.collect.store import Refusal

try:
    import boto3
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError, ClientError
except ImportError as error:
    raise CollectError(
        "collecting from AWS needs boto3: pip install 'netproof[aws]'"
    ) from error

from netproof.collect.fetch import fetch, refusal_of

# Where calls go that belong to no Region, if nothing names another one.
FIRST_REGION = "us-east-1"


def _retries() -> dict[str, Any]:
    """Slows down by itself when AWS says so; the environment may differ."""
    told = os.environ.get("AWS_MAX_ATTEMPTS", "")
    return {
        "mode": os.environ.get("AWS_RETRY_MODE", "adaptive"),
        "total_max_attempts": int(told) if told.isdecimal() else 10,
    }


@dataclass(frozen=True)
class Role:
    """What the credentials become in every other account."""

    name: str
    external_id: str = ""


@dataclass
class Clients:
    """The clients of one account, made when they are needed."""

    session: Any
    home: str
    connections: int
    _made: dict[tuple[str, str], Any] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def client(self, service: str, region: str = "") -> Any:
        # A client may be shared between threads; a session that makes one not.
        with self._lock:
            key = (service, region or self.home)
            if key not in self._made:
                self._made[key] = self.session.client(
                    service,
                    region_name=key[1],
                    config=Config(
                        retries=_retries(),
                        max_pool_connections=self.connections,
                        user_agent_extra=f"netproof/{_core.__version__}",
                    ),
                )
            return self._made[key]

    def close(self) -> None:
        with self._lock:
            for client in self._made.values():
                client.close()
            self._made.clear()


class Login:
    """The credentials that a call of the command has."""

    def __init__(
        self, profile: str, regions: Sequence[str], connections: int
    ) -> None:
        try:
            session = boto3.Session(profile_name=profile or None)
        except BotoCoreError as error:
            raise CollectError(str(error)) from error
        home = session.region_name or next(iter(regions), FIRST_REGION)
        self._connections = connections
        self.clients = Clients(session, home, connections)
        try:
            told = self.clients.client(IDENTITY.service).get_caller_identity()
        except (BotoCoreError, ClientError) as error:
            raise CollectError(
                f"AWS does not accept the credentials: {error}"
            ) from error
        self.account = str(told["Account"])
        self.partition = str(told["Arn"]).split(":")[1]

    def organization(self) -> list[str]:
        """The accounts that are active, in the order of their numbers."""
        client = self.clients.client(ACCOUNTS.service)
        answer = fetch(client, ACCOUNTS, "")
        if isinstance(answer, Refusal):
            raise CollectError(
                "the organization does not list its accounts "
                f"({answer.code}): name them with --accounts"
            )
        return sorted(
            account["Id"]
            for account in answer["Accounts"]
            if account.get("Status", "ACTIVE") == "ACTIVE"
        )

    def enter(self, account: str, role: Role | None) -> Clients | Refusal:
        """Its own account needs no role."""
        if account == self.account or role is None:
            return self.clients
        asked = {
            "RoleArn": f"arn:{self.partition}:iam::{account}:role/{role.name}",
            "RoleSessionName": "netproof",
        }
        if role.external_id:
            asked["ExternalId"] = role.external_id
        try:
            client = self.clients.client("sts")
            keys = client.assume_role(**asked)["Credentials"]
        except ClientError as error:
            return refusal_of(error)
        except BotoCoreError as error:
            return Refusal(type(error).__name__, str(error))
        session = boto3.Session(
            aws_access_key_id=keys["AccessKeyId"],
            aws_secret_access_key=keys["SecretAccessKey"],
            aws_session_token=keys["SessionToken"],
            region_name=self.clients.home,
        )
        return Clients(session, self.clients.home, self._connections)
