"""Snapshots with something missing, cut or new: what each command makes of it.

Nothing that is proved, delivered or the same may come of it (S121, S123, S124).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from python.command import run

CASE = Path(__file__).parents[1] / "golden" / "aws" / "blackholes"
SCOPE = Path("111111111111") / "eu-west-1"

Damage = Callable[[Path], None]


def take_out(name: str) -> Damage:
    return lambda scope: (scope / f"{name}.json").unlink()


def rename(name: str, old: str, new: str) -> Damage:
    def damage(scope: Path) -> None:
        path = scope / f"{name}.json"
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    return damage


def add_a_stranger(scope: Path) -> None:
    (scope / "new.json").write_text(
        json.dumps({"FlyingGateways": [{"FlyingGatewayId": "fgw-1"}]})
    )


def cut(scope: Path) -> None:
    path = scope / "RouteTables.json"
    path.write_text(path.read_text()[:-200])


def thousand_routes(scope: Path) -> None:
    path = scope / "tgw-rtb-1.routes.json"
    routes = json.loads(path.read_text())["Routes"]
    more = range(1000 - len(routes))
    routes += [
        {
            "DestinationCidrBlock": f"100.64.{i // 256}.{i % 256}/32",
            "Type": "static",
            "State": "blackhole",
        }
        for i in more
    ]
    path.write_text(json.dumps({"Routes": routes}))


UNKNOWN: dict[str, tuple[Damage, str]] = {
    "missing-route-tables": (take_out("RouteTables"), "describe-route-tables"),
    "missing-transit-routes": (take_out("tgw-rtb-1.routes"), "tgw-rtb-1"),
    "unknown-resource": (add_a_stranger, "FlyingGateways"),
    "unknown-word": (
        rename("RouteTables", '"State": "active"', '"State": "filtered"'),
        "filtered",
    ),
}
REFUSED: dict[str, tuple[Damage, str]] = {
    "truncated": (cut, "RouteTables.json"),
    "thousand-routes": (thousand_routes, "tgw-rtb-1"),
}

COMMANDS: dict[str, list[str]] = {
    "trace": ["--src", "10.1.0.7", "--dst", "10.20.4.7", "--dport", "443"],
    "reach": ["--from", "vpc:vpc-a", "--to", "vpc:vpc-y"],
    "matrix": ["--by", "vpc"],
    "check": ["--rules"],
    "diff": [],
}
# One rule that the whole snapshot proves.
RULES = """\
version: 1
rules:
  - {id: apart, deny: {from: "vpc:vpc-a", to: "vpc:vpc-y"}}
"""


def damaged(damage: Damage, folder: Path) -> Path:
    snapshot = folder / "snapshot"
    shutil.copytree(CASE / "snapshot", snapshot)
    damage(snapshot / SCOPE)
    return snapshot


def asked(command: str, snapshot: Path, folder: Path) -> tuple[int, str, str]:
    arguments: list[str | Path] = [*COMMANDS[command]]
    if command == "check":
        rules = folder / "rules.yaml"
        rules.write_text(RULES)
        arguments.append(rules)
    if command == "diff":
        again = folder / "again"
        shutil.copytree(snapshot, again)
        arguments.append(again)
    done = run(command, snapshot, *arguments)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("command", ["trace", "reach", "matrix", "check"])
@pytest.mark.parametrize("name", UNKNOWN)
def test_what_hangs_on_it_is_unknown(
    name: str, command: str, tmp_path: Path
) -> None:
    # covers S121, S124
    damage, said = UNKNOWN[name]
    snapshot = damaged(damage, tmp_path)
    code, out, _ = asked(command, snapshot, tmp_path)
    if command == "check":
        # A finding of the plan is an error by itself.
        assert code in {1, 4}, out
        assert "0 proved, 0 violated, 0 vacuous, 1 unknown" in out
        assert said in out
    else:
        assert code == 4, out
        assert "unknown" in out or "not known" in out, out


@pytest.mark.slow
def test_two_that_lack_the_same_are_not_the_same(tmp_path: Path) -> None:
    # covers S121
    damage, said = UNKNOWN["missing-route-tables"]
    code, out, _ = asked("diff", damaged(damage, tmp_path), tmp_path)
    assert code == 4, out
    assert "no known difference" in out
    assert said in out
    whole = tmp_path / "whole"
    whole.mkdir()
    code, out, _ = asked("diff", CASE / "snapshot", whole)
    assert (code, "known" in out) == (0, False), out


@pytest.mark.slow
def test_what_is_assumed_of_both_is_the_same(tmp_path: Path) -> None:
    # covers S121
    snapshot = damaged(take_out("NetworkAcls"), tmp_path)
    again = shutil.copytree(snapshot, tmp_path / "again")
    assert run("diff", snapshot, again).returncode == 4
    assumed = run("diff", snapshot, again, "--assume-missing", "aws-defaults")
    assert assumed.returncode == 0, assumed.stdout


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", REFUSED)
def test_what_was_cut_is_refused(
    name: str, command: str, tmp_path: Path
) -> None:
    # covers S123
    damage, said = REFUSED[name]
    code, out, err = asked(command, damaged(damage, tmp_path), tmp_path)
    assert code == 2, out
    assert said in err
    assert not out
