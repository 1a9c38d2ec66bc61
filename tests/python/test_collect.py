"""What netproof collect does before and after it speaks with AWS."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from netproof.collect.calls import ACCOUNTS, CALLS, SKIPPABLE, selected
from netproof.collect.policy import policy
from python.command import run
from structure.repository import ROOT

# Ends a program that opens a socket, at once and not by an exception that
# somebody might catch.
NO_SOCKETS = """\
import os, socket, sys
class Refused(socket.socket):
    def __init__(self, *a, **k):
        os.write(2, b"a socket is opened")
        os._exit(99)
socket.socket = Refused
socket.getaddrinfo = Refused
socket.create_connection = Refused
from netproof.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def without_sockets(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", NO_SOCKETS, *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        env={**os.environ, "AWS_ENDPOINT_URL": "http://127.0.0.1:9"},
    )


# covers S121
def test_every_call_is_one_of_botocore() -> None:
    import botocore.session

    session = botocore.session.get_session()
    commands = {call.command for call in CALLS}
    for call in (*CALLS, ACCOUNTS):
        model = session.get_service_model(call.service)
        operation = model.operation_model(call.api_name)
        given = set(call.fixed)
        if call.each is not None:
            given.add(call.each.parameter)
            assert call.each.parent in commands, call
            parent = next(c for c in CALLS if c.command == call.each.parent)
            assert parent.once == call.once, call
            shape = model.operation_model(parent.api_name).output_shape
            for name in call.each.path:
                shape = shape.members[name]
                if shape.type_name == "list":
                    shape = shape.member
            assert call.each.key in shape.members, call
        members = operation.input_shape.members if operation.input_shape else {}
        assert given <= set(members), call
        required = operation.input_shape.required_members if members else []
        assert set(required) <= given, call


def test_no_call_changes_anything() -> None:
    for call in CALLS:
        assert re.match(r"(describe|list|get|search)-", call.operation), call


def test_files_of_different_calls_have_different_names() -> None:
    names = Counter(
        (call.name, call.each.parameter if call.each else "") for call in CALLS
    )
    # A rule group may be in the own list and in two lists of a policy.
    twins = {name for (name, _), count in names.items() if count > 1}
    assert twins == {"network-firewall-describe-rule-group"}


def test_the_policy_covers_every_call_and_nothing_else() -> None:
    (statement,) = policy(CALLS)["Statement"]
    actions = statement["Action"]
    assert actions == sorted(set(actions))
    assert set(actions) == {call.action for call in CALLS} - {
        "sts:GetCallerIdentity"
    }
    for action in actions:
        assert re.fullmatch(
            r"[a-z0-9-]+:(Describe|List|Get|Search)\w+", action
        ), action
    assert "s3:ListAllMyBuckets" in actions
    assert "elasticloadbalancing:DescribeListeners" in actions
    assert "ec2:SearchTransitGatewayRoutes" in actions


def test_the_policy_is_printed_without_a_network() -> None:
    shown = without_sockets("collect", "aws", "--print-policy")
    assert shown.returncode == 0, shown.stderr
    assert json.loads(shown.stdout) == policy(CALLS)
    # What IAM allows for one managed policy, without blanks.
    assert len(re.sub(r"\s", "", shown.stdout)) < 6144
    less = without_sockets(
        *("collect", "aws", "--print-policy", "--role", "net/reader"),
        *(word for name in SKIPPABLE for word in ("--skip", name)),
    )
    told = json.loads(less.stdout)
    assert told == policy(selected(SKIPPABLE), "net/reader")
    assert told["Statement"][2]["Resource"] == "arn:aws:iam::*:role/net/reader"
    assert {a.split(":")[0] for a in told["Statement"][0]["Action"]} == {"ec2"}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", "topologies/plugin-zone"], 0),
        (["overlaps", "topologies/plugin-zone"], 0),
        (["matrix", "topologies/plugin-zone"], 0),
        (["explain", "NACL_DENY"], 0),
        (["collect", "aws", "build/snapshot"], 99),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else None,
)
def test_only_collect_opens_a_socket(arguments: list[str], code: int) -> None:
    done = without_sockets(*arguments)
    assert done.returncode == code, done.stderr


def test_without_boto3_the_extra_is_named() -> None:
    script = (
        "import sys; sys.modules['boto3'] = None; "
        "from netproof.__main__ import main; "
        "sys.exit(main(['collect', 'aws', 'build/snapshot']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "pip install 'netproof[aws]'" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["OUT", "--accounts", "12"],
        ["OUT", "--regions", "Ireland"],
        ["OUT", "--jobs", "0"],
        ["OUT", "--skip", "ec2"],
        ["OUT", "--external-id", "x"],
        ["OUT", "--profile", "no-such-profile"],
    ],
    ids=lambda a: " ".join(a) or "-",
)
def test_a_wrong_call_ends_with_2(tmp_path: Path, arguments: list[str]) -> None:
    out = tmp_path / "out"
    done = run(
        *("collect", "aws"),
        *(out if word == "OUT" else word for word in arguments),
        environment={"AWS_CONFIG_FILE": "/dev/null"},
    )
    assert done.returncode == 2, done.stderr
    assert done.stderr
    assert "Traceback" not in done.stderr
    assert not out.exists()
