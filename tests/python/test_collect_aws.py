"""netproof collect aws against a moto server on loopback, in real processes."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from netproof.collect.calls import CALLS
from python.aws_server import (
    OWN,
    UNKNOWN_TO_MOTO,
    Fault,
    Server,
    environment,
    running,
)
from python.command import COMMAND, run

pytestmark = pytest.mark.slow

OTHER = "444455556666"
LEFT_OUT = [word for name in UNKNOWN_TO_MOTO for word in ("--skip", name)]
IRELAND, VIRGINIA = "eu-west-1", "us-east-1"


@pytest.fixture(scope="module")
def moto() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def server(moto: Server) -> Server:
    moto.reset()
    return moto


def collect(
    server: Server, folder: Path, *options: str, regions: str = IRELAND
) -> subprocess.CompletedProcess[str]:
    return run(
        *("collect", "aws", str(folder), "--regions", regions),
        *(*LEFT_OUT, *options),
        environment=environment(server),
    )


def answer(folder: Path, name: str, place: str = IRELAND) -> dict[str, Any]:
    account = "" if place.count("/") else f"{OWN}/"
    read = json.loads((folder / f"{account}{place}/{name}.json").read_text())
    assert isinstance(read, dict)
    return read


def make_vpc(
    server: Server, block: str, region: str = IRELAND, account: str = OWN
) -> str:
    ec2 = server.client("ec2", region, account)
    return str(ec2.create_vpc(CidrBlock=block)["Vpc"]["VpcId"])


def make_transit_table(server: Server) -> str:
    ec2 = server.client("ec2", IRELAND)
    gateway = ec2.create_transit_gateway()["TransitGateway"]
    table = ec2.create_transit_gateway_route_table(
        TransitGatewayId=gateway["TransitGatewayId"]
    )["TransitGatewayRouteTable"]["TransitGatewayRouteTableId"]
    for third in range(3):
        ec2.create_transit_gateway_route(
            DestinationCidrBlock=f"10.0.{third}.0/24",
            TransitGatewayRouteTableId=table,
            Blackhole=True,
        )
    return str(table)


# covers S121, S132
def test_a_snapshot_has_every_call_and_ends_with_0(
    server: Server, tmp_path: Path
) -> None:
    vpc = make_vpc(server, "10.9.0.0/16")
    table = make_transit_table(server)
    done = collect(server, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "1 account" in done.stdout
    folder = tmp_path / "out"
    assert not list(folder.rglob("*.error.json"))
    for call in CALLS:
        if call.each is None and call.service not in UNKNOWN_TO_MOTO:
            place = "global" if call.once else IRELAND
            assert isinstance(answer(folder, call.name, place), dict)
    ids = {v["VpcId"] for v in answer(folder, "ec2-describe-vpcs")["Vpcs"]}
    assert vpc in ids
    routes = answer(folder, f"ec2-search-transit-gateway-routes-{table}")
    assert {r["DestinationCidrBlock"] for r in routes["Routes"]} == {
        "10.0.0.0/24",
        "10.0.1.0/24",
        "10.0.2.0/24",
    }
    for operation in (
        "get-transit-gateway-route-table-associations",
        "get-transit-gateway-route-table-propagations",
        "get-transit-gateway-prefix-list-references",
    ):
        assert answer(folder, f"ec2-{operation}-{table}")
    lists = answer(folder, "ec2-describe-managed-prefix-lists")["PrefixLists"]
    assert lists
    for one in lists:
        name = f"ec2-get-managed-prefix-list-entries-{one['PrefixListId']}"
        assert "Entries" in answer(folder, name)
    for file in folder.rglob("*.json"):
        read = json.loads(file.read_text())
        assert not {"ResponseMetadata", "NextToken"} & set(read), file


def test_every_page_is_merged(server: Server, tmp_path: Path) -> None:
    blocks = {f"10.{second}.0.0/16" for second in range(5)}
    for block in blocks:
        make_vpc(server, block)
    server.page = 2
    done = collect(server, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    # Five and the default VPC: three pages.
    assert server.seen.count("DescribeVpcs") == 3
    vpcs = answer(tmp_path / "out", "ec2-describe-vpcs")["Vpcs"]
    assert {vpc["CidrBlock"] for vpc in vpcs} == blocks | {"172.31.0.0/16"}
    assert len(vpcs) == 6


def test_accounts_and_regions_have_their_own_folders(
    server: Server, tmp_path: Path
) -> None:
    made = {
        f"{account}/{region}": make_vpc(server, block, region, account)
        for account, region, block in (
            (OWN, IRELAND, "10.1.0.0/16"),
            (OWN, VIRGINIA, "10.2.0.0/16"),
            (OTHER, IRELAND, "10.3.0.0/16"),
            (OTHER, VIRGINIA, "10.4.0.0/16"),
        )
    }
    folder = tmp_path / "out"
    done = collect(
        *(server, folder, "--role", "reader"),
        *("--accounts", f"{OWN},{OTHER}"),
        regions=f"{IRELAND},{VIRGINIA}",
    )
    assert done.returncode == 0, done.stderr
    assert "2 accounts" in done.stdout
    for place, vpc in made.items():
        vpcs = answer(folder, "ec2-describe-vpcs", place)["Vpcs"]
        assert vpc in {one["VpcId"] for one in vpcs}, place
        assert not set(made.values()) - {vpc} & {o["VpcId"] for o in vpcs}
    who = answer(folder, "sts-get-caller-identity", f"{OTHER}/global")
    assert who["Account"] == OTHER


def test_an_organization_lists_its_accounts(
    server: Server, tmp_path: Path
) -> None:
    organization = server.client("organizations", VIRGINIA)
    organization.create_organization(FeatureSet="ALL")
    member = organization.create_account(Email="a@b.example", AccountName="b")
    account = member["CreateAccountStatus"]["AccountId"]
    folder = tmp_path / "out"
    done = collect(server, folder, "--role", "reader")
    assert done.returncode == 0, done.stderr
    assert {path.name for path in folder.glob("[0-9]*")} == {OWN, account}


def test_without_an_organization_accounts_have_to_be_named(
    server: Server, tmp_path: Path
) -> None:
    server.faults["ListAccounts"] = Fault("AccessDeniedException", 400)
    done = collect(server, tmp_path / "out", "--role", "reader")
    assert done.returncode == 2
    assert "AccessDeniedException" in done.stderr
    assert "--accounts" in done.stderr
    assert not (tmp_path / "out").exists()


def test_what_is_refused_is_written_down_and_asked_again(
    server: Server, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    code = "UnauthorizedOperation"
    server.faults["DescribeNatGateways"] = Fault(code)
    server.faults["DescribeVpcEndpoints"] = Fault(code, region=VIRGINIA)
    done = collect(server, folder, regions=f"{IRELAND},{VIRGINIA}")
    assert done.returncode == 4, done.stderr
    assert "3 refused" in done.stdout
    assert "ec2 describe-nat-gateways" in done.stderr
    assert "and 1 more" in done.stderr
    name = "ec2-describe-nat-gateways"
    assert answer(folder, f"{name}.error")["Error"] == {
        "Code": code,
        "Message": "no",
        "Call": "ec2 describe-nat-gateways",
    }
    assert not (folder / OWN / IRELAND / f"{name}.json").exists()
    assert answer(folder, "ec2-describe-vpc-endpoints")["VpcEndpoints"] == []
    server.faults.clear()
    server.seen.clear()
    again = collect(server, folder, regions=f"{IRELAND},{VIRGINIA}")
    assert again.returncode == 0, again.stderr
    assert sorted(set(server.seen)) == [
        "DescribeNatGateways",
        "DescribeVpcEndpoints",
        "GetCallerIdentity",
    ]
    assert answer(folder, name)["NatGateways"] == []
    assert not list(folder.rglob("*.error.json"))


def test_a_role_that_is_refused_leaves_the_other_accounts(
    server: Server, tmp_path: Path
) -> None:
    server.faults["AssumeRole"] = Fault("AccessDenied")
    folder = tmp_path / "out"
    done = collect(
        *(server, folder, "--role", "reader"),
        *("--accounts", f"{OTHER},{OWN}"),
    )
    assert done.returncode == 4, done.stderr
    refused = answer(folder, "sts-assume-role.error", f"{OTHER}/global")
    assert refused["Error"]["Code"] == "AccessDenied"
    assert answer(folder, "ec2-describe-vpcs")["Vpcs"]


def test_a_region_that_is_not_enabled_is_not_asked(
    server: Server, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    done = collect(server, folder, regions=f"{IRELAND},eu-nowhere-9")
    assert done.returncode == 4, done.stderr
    assert "1 refused" in done.stdout
    name = "ec2-describe-regions.error"
    refused = answer(folder, name, f"{OWN}/eu-nowhere-9")["Error"]
    assert refused["Code"] == "RegionIsNotEnabled"
    assert server.seen.count("DescribeVpcs") == 1


def test_the_examples_of_the_help_run(server: Server, tmp_path: Path) -> None:
    organization = server.client("organizations", VIRGINIA)
    organization.create_organization(FeatureSet="ALL")
    shown = run("collect", "aws", "--help")
    _, _, tail = shown.stdout.partition("Examples:\n")
    examples = [line.split() for line in tail.splitlines() if line.strip()]
    assert len(examples) == 3
    for program, *arguments in examples:
        assert program == "netproof"
        done = subprocess.run(
            # One Region of the many that moto knows is enough.
            [*COMMAND, *arguments, "--regions", IRELAND],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
            timeout=300,
            env={**environment(server), "AWS_MAX_ATTEMPTS": "1", "PATH": ""},
        )
        # moto does not know every service, which counts as a refusal.
        assert done.returncode in {0, 4}, done.stderr
        assert done.stdout


def test_throttling_is_waited_out(server: Server, tmp_path: Path) -> None:
    server.faults["DescribeVpcs"] = Fault("RequestLimitExceeded", 503, times=2)
    done = collect(server, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert server.seen.count("DescribeVpcs") == 3
    assert answer(tmp_path / "out", "ec2-describe-vpcs")["Vpcs"]


def test_expired_credentials_end_with_2_and_keep_what_is_there(
    server: Server, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    server.faults["SearchTransitGatewayRoutes"] = Fault("RequestExpired", 400)
    make_transit_table(server)
    done = collect(server, folder)
    assert done.returncode == 2, done.stderr
    assert "expired" in done.stderr
    assert answer(folder, "ec2-describe-transit-gateways")


def test_credentials_that_are_wrong_end_with_2(
    server: Server, tmp_path: Path
) -> None:
    server.faults["GetCallerIdentity"] = Fault("InvalidClientTokenId")
    done = collect(server, tmp_path / "out")
    assert done.returncode == 2
    assert "InvalidClientTokenId" in done.stderr
    assert not (tmp_path / "out").exists()
    no_keys = {**environment(server), "AWS_ACCESS_KEY_ID": ""}
    done = run("collect", "aws", tmp_path / "out", environment=no_keys)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr


def test_a_killed_run_leaves_whole_files_and_is_resumed(
    server: Server, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    server.faults["DescribeNatGateways"] = Fault("Unavailable", 503, 1, 5.0)
    command = [*COMMAND, "collect", "aws", str(folder), *LEFT_OUT]
    with subprocess.Popen(
        [*command, "--regions", IRELAND, "--jobs", "2"],
        env={**environment(server), "PATH": ""},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        deadline = time.monotonic() + 60
        while "DescribeNatGateways" not in server.seen:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    kept = {path: path.read_bytes() for path in folder.rglob("ec2-*.json")}
    assert kept
    for content in kept.values():
        # An answer may be empty; half a file is no JSON at all.
        assert isinstance(json.loads(content), dict)
    server.faults.clear()
    server.seen.clear()
    done = collect(server, folder)
    assert done.returncode == 0, done.stderr
    assert "DescribeVpcs" not in server.seen
    assert "DescribeNatGateways" in server.seen
    for path, content in kept.items():
        assert path.read_bytes() == content
    assert not list(folder.rglob("*.part"))


def test_refresh_forgets_what_is_gone(server: Server, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    s3 = server.client("s3", VIRGINIA)
    s3.create_bucket(Bucket="records")
    assert collect(server, folder).returncode == 0
    # A bucket without a policy has an answer too.
    (policy,) = folder.rglob("s3-get-bucket-policy-*.json")
    assert json.loads(policy.read_text()) == {}
    s3.delete_bucket(Bucket="records")
    vpc = make_vpc(server, "10.77.0.0/16")
    assert "kept" in collect(server, folder).stdout
    assert vpc not in json.dumps(answer(folder, "ec2-describe-vpcs"))
    done = collect(server, folder, "--refresh")
    assert done.returncode == 0, done.stderr
    assert "kept" not in done.stdout
    assert vpc in json.dumps(answer(folder, "ec2-describe-vpcs"))
    assert not policy.exists()


def test_the_aws_command_line_prints_the_same_keys(
    server: Server, tmp_path: Path
) -> None:
    vpc = make_vpc(server, "10.9.0.0/16")
    table = make_transit_table(server)
    folder = tmp_path / "out"
    assert collect(server, folder).returncode == 0
    for name, arguments in {
        "ec2-describe-vpcs": [],
        "ec2-describe-route-tables": [],
        "ec2-describe-managed-prefix-lists": [],
        f"ec2-describe-vpc-attribute-enableDnsSupport-{vpc}": [
            *("--attribute", "enableDnsSupport", "--vpc-id", vpc)
        ],
        f"ec2-get-transit-gateway-route-table-associations-{table}": [
            *("--transit-gateway-route-table-id", table)
        ],
    }.items():
        operation = name.split("-", 1)[1]
        for end in (vpc, table, "enableDnsSupport-"):
            operation = operation.removesuffix(f"-{end.rstrip('-')}")
        printed = subprocess.run(
            [
                *(sys.executable, "-m", "awscli", "ec2", operation),
                *("--region", IRELAND, "--output", "json", *arguments),
            ],
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
            env={**environment(server), "PATH": ""},
        ).stdout
        ours = answer(folder, name)
        assert json.loads(printed) == ours, name
