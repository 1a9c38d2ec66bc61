"""Verdicts on what was collected from moto, worked out by hand.

The network is that of aws_world.py, in tables as AWS would have installed
them; moto says nothing about forwarding here (S134).
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import netproof
from python.aws_server import (
    OWN,
    UNKNOWN_TO_MOTO,
    Server,
    environment,
    running,
)
from python.aws_world import (
    IRELAND,
    OTHER,
    PUBLIC,
    VIRGINIA,
    World,
    command_line,
    make,
    repair,
)
from python.command import COMMAND, run

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
LEFT_OUT = [word for name in UNKNOWN_TO_MOTO for word in ("--skip", name)]

SERVERS = ("web", "app", "db", "data", "partner", "mirror")
HERE = {
    # A static blackhole stands in front of data; nothing leads back.
    "app-cannot-reach-data: deny: {from: app, to: data}": "proved",
    "data-cannot-reach-app: deny: {from: data, to: app}": "proved",
    "app-reaches-web: require: {from: app, to: web, service: tcp/443}": (
        "proved"
    ),
    # The request arrives, and its reply dies in the blackhole.
    "data-reaches-web: require: {from: data, to: web, service: tcp/443}": (
        "violated"
    ),
    # The ACL's line 90 counts before line 100.
    "web-cannot-reach-db: deny: {from: web, to: db}": "proved",
    # By a reference to the group of app.
    "app-reaches-db: require: {from: app, to: db, service: tcp/3306}": "proved",
    "web-is-public: require: {from: internet, to: web, service: tcp/443}": (
        "proved"
    ),
    "web-enters-app: deny: {from: web, to: app}": "violated",
}
ABROAD = {
    "app-reaches-partner: require: "
    "{from: app, to: partner, service: tcp/5432}": "proved",
    "partner-stays-out: deny: {from: partner, to: app}": "violated",
    "app-cannot-reach-mirror: deny: {from: app, to: mirror}": "proved",
}


def rules(
    folder: Path, wanted: dict[str, str], ids: dict[str, str] | None = None
) -> Path:
    """Rules about servers, by their tags or by their ids."""
    used = [name for name in SERVERS if name in " ".join(wanted)]
    zones = {name: f"{{select: {{server: {name}}}}}" for name in used}
    if ids is not None:
        zones = {name: f"{{interfaces: [{ids[name]}]}}" for name in ids}
    lines = ["version: 1", "zones:"]
    lines += [f"  {name}: {zone}" for name, zone in zones.items()]
    lines.append("rules:")
    for text in wanted:
        name, verb = text.split(": ", 1)
        lines += [f"  - id: {name}", f"    {verb}"]
    path = folder / "rules.yaml"
    path.write_text("\n".join(lines) + "\n")
    return path


def verdicts(snapshot: Path, path: Path) -> dict[str, dict[str, Any]]:
    done = run("check", snapshot, "--rules", path, "--format", "json")
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    return {rule["id"]: rule for rule in report["rules"]}


def expect(snapshot: Path, path: Path, wanted: dict[str, str]) -> None:
    found = verdicts(snapshot, path)
    assert {name: rule["verdict"] for name, rule in found.items()} == {
        text.split(": ", 1)[0]: verdict for text, verdict in wanted.items()
    }


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as made:
        made.reset()
        yield made


@pytest.fixture(scope="module")
def world(server: Server) -> World:
    made = make(server)
    repair()
    return made


@pytest.fixture(scope="module")
def collected(
    server: Server, world: World, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("collected") / "monday"
    done = run(
        *("collect", "aws", folder, "--regions", f"{IRELAND},{VIRGINIA}"),
        *("--role", "reader", "--accounts", f"{OWN},{OTHER}", *LEFT_OUT),
        environment=environment(server),
    )
    assert done.returncode == 0, done.stderr
    assert list(folder.rglob(f"*{world.open_table}*.json"))
    return folder


# covers S132, S133, S134, S135
def test_what_was_collected_is_judged_right(
    collected: Path, tmp_path: Path
) -> None:
    wanted = HERE | ABROAD
    path = rules(tmp_path, wanted)
    expect(collected, path, wanted)
    found = verdicts(collected, path)
    witness = found["partner-stays-out"]["witnesses"][0]["flow"]
    del witness["sport"]
    assert witness == {
        "src": "10.4.1.10",
        "dst": "10.2.1.10",
        "protocol": "tcp",
        "dport": 22,
    }


@pytest.mark.parametrize(
    ("src", "dst", "dport", "code", "connection"),
    [
        ("10.2.1.10", "10.3.1.10", 5432, "BLACKHOLE_ROUTE", "blocked"),
        ("10.3.1.10", "10.2.1.10", 22, "NO_ROUTE", "blocked"),
        ("10.3.1.10", "10.1.1.10", 443, None, "blocked"),
        ("10.2.1.10", "10.1.1.10", 443, None, "established"),
        ("10.1.1.10", "10.2.2.10", 3306, "NACL_DENY", "blocked"),
        ("10.2.1.10", "10.2.2.10", 3306, None, "established"),
        ("10.2.1.10", "10.4.1.10", 5432, None, "established"),
        ("10.2.1.10", "10.4.1.10", 22, "SG_DENY", "blocked"),
        ("8.8.8.8", PUBLIC, 443, None, "established"),
        ("8.8.8.8", "10.1.1.10", 443, "UNROUTABLE", "blocked"),
    ],
)
def test_flows_of_what_was_collected(
    collected: Path,
    src: str,
    dst: str,
    dport: int,
    code: str | None,
    connection: str,
) -> None:
    trace = netproof.load(collected).trace(
        src, dst, protocol="tcp", dport=dport
    )
    answer = trace.to_dict()
    drop = answer["forward"]["drop"] or {}
    assert drop.get("code") == code, answer
    assert answer["connection"]["verdict"] == connection, answer


CALLS = [
    "describe-vpcs",
    "describe-subnets",
    "describe-route-tables",
    "describe-network-acls",
    "describe-security-groups",
    "describe-network-interfaces",
    "describe-internet-gateways",
    "describe-egress-only-internet-gateways",
    "describe-nat-gateways",
    "describe-vpc-peering-connections",
    "describe-vpc-endpoints",
    "describe-managed-prefix-lists",
    "describe-transit-gateways",
    "describe-transit-gateway-attachments",
    "describe-transit-gateway-vpc-attachments",
    "describe-transit-gateway-route-tables",
]


# covers S121, S132
def test_what_the_aws_command_line_prints_is_judged_right(
    server: Server, world: World, tmp_path: Path
) -> None:
    folder = tmp_path / "snapshot" / OWN / IRELAND
    folder.mkdir(parents=True)
    for call in CALLS:
        printed = command_line(server, "ec2", call)
        (folder / f"{call}.json").write_text(printed)
    tables = json.loads(
        (folder / "describe-transit-gateway-route-tables.json").read_text()
    )["TransitGatewayRouteTables"]
    for one in tables:
        table = one["TransitGatewayRouteTableId"]
        for call, more in (
            ("get-transit-gateway-route-table-associations", ()),
            ("get-transit-gateway-route-table-propagations", ()),
            (
                "search-transit-gateway-routes",
                ("--filters", "Name=state,Values=active,blackhole"),
            ),
        ):
            printed = command_line(
                server,
                *("ec2", call, "--transit-gateway-route-table-id", table),
                *more,
            )
            (folder / f"{table}.{call}.json").write_text(printed)
    ids = {
        tag["Value"]: one["NetworkInterfaceId"]
        for one in json.loads(
            (folder / "describe-network-interfaces.json").read_text()
        )["NetworkInterfaces"]
        for tag in one["TagSet"]
        if tag["Key"] == "server"
    }
    path = rules(tmp_path, HERE, ids)
    expect(tmp_path / "snapshot", path, HERE)
    # The partner's account was not asked: nobody knows who else is an app.
    by_tags = {
        text: "violated" if verdict == "violated" else "unknown"
        for text, verdict in HERE.items()
    }
    expect(tmp_path / "snapshot", rules(tmp_path, by_tags), by_tags)


FIVE_LINES = re.compile(r"```sh\n(pip install 'netproof\[aws\]'\n.*?)```", re.S)


# The README's lines for a live organisation, as they stand there.
def test_the_lines_of_the_readme_run(
    server: Server, world: World, collected: Path, tmp_path: Path
) -> None:
    (block,) = FIVE_LINES.findall((ROOT / "README.md").read_text("utf-8"))
    lines = [line.partition("#")[0].split() for line in block.splitlines()]
    assert len(lines) == 5
    rules(tmp_path, HERE)
    # The week before, nobody had opened port 22 of app.
    shutil.copytree(collected, tmp_path / "friday")
    groups = (
        tmp_path
        / "friday"
        / OWN
        / IRELAND
        / "ec2-describe-security-groups.json"
    )
    answer = json.loads(groups.read_text())
    for group in answer["SecurityGroups"]:
        group["IpPermissions"] = [
            one for one in group["IpPermissions"] if one.get("FromPort") != 22
        ]
    groups.write_text(json.dumps(answer))
    expected = {
        "collect --print-policy": (0, "ec2:DescribeVpcs"),
        "collect --role": (0, "0 refused"),
        "check": (1, "data-reaches-web"),
        "diff": (0, "tcp/22 from 10.4.1.10/32 to 10.2.1.10/32"),
    }
    assert lines[0] == ["pip", "install", "'netproof[aws]'"]
    for (name, (code, said)), line in zip(
        expected.items(), lines[1:], strict=True
    ):
        program, *arguments = line
        assert program == "netproof"
        if name == "collect --role":
            # What moto knows: not the organisation of the other account.
            arguments += ["--regions", f"{IRELAND},{VIRGINIA}", *LEFT_OUT]
            arguments += ["--accounts", f"{OWN},{OTHER}"]
        done = subprocess.run(
            [*COMMAND, *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
            timeout=300,
            env={**environment(server), "PATH": ""},
        )
        assert done.returncode == code, (name, done.stdout, done.stderr)
        assert said in done.stdout, name
