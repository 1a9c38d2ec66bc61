"""The least permissions that collecting takes, from the table of the calls."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from netproof.collect.call import Call
from netproof.collect.calls import ACCOUNTS

# AWS answers this to everyone, whatever the policy says.
_FREE = {"sts:GetCallerIdentity"}


def policy(calls: Iterable[Call], role: str = "") -> dict[str, Any]:
    """For the reading role; with `role` also for who assumes it."""
    actions = {call.action for call in calls} - _FREE
    statements: list[dict[str, Any]] = [
        {
            "Sid": "ReadTheNetwork",
            "Effect": "Allow",
            "Action": sorted(actions),
            "Resource": "*",
        }
    ]
    if role:
        statements += [
            {
                "Sid": "ListTheAccounts",
                "Effect": "Allow",
                "Action": ACCOUNTS.action,
                "Resource": "*",
            },
            {
                "Sid": "BecomeTheReader",
                "Effect": "Allow",
                "Action": "sts:AssumeRole",
                "Resource": f"arn:aws:iam::*:role/{role}",
            },
        ]
    return {"Version": "2012-10-17", "Statement": statements}


def policy_text(calls: Iterable[Call], role: str = "") -> str:
    return json.dumps(policy(calls, role), indent=2, sort_keys=True) + "\n"
