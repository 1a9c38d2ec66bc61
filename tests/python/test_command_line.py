"""The command line through real processes and real files."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

import netproof
from python import networks
from python.command import COMMAND, run
from structure.repository import ROOT

HELP = [
    (),
    ("check",),
    ("trace",),
    ("reach",),
    ("matrix",),
    ("overlaps",),
    ("diff",),
    ("import",),
    ("explain",),
    ("schema",),
]


@pytest.fixture
def scratch() -> Iterator[None]:
    """The folder that examples write to, as it was before."""
    yield
    shutil.rmtree(ROOT / "build" / "imported", ignore_errors=True)


def examples_of(text: str) -> list[str]:
    """The lines after the last "Examples:"."""
    _, _, tail = text.rpartition("Examples:\n")
    return [line.strip() for line in tail.splitlines() if line.strip()]


@pytest.mark.slow
@pytest.mark.parametrize("command", HELP, ids=lambda c: " ".join(c) or "-")
def test_help_ends_with_three_examples_that_run(
    command: tuple[str, ...], scratch: None
) -> None:
    shown = run(*command, "--help")
    assert shown.returncode == 0
    examples = examples_of(shown.stdout)
    assert len(examples) == 3
    for example in examples:
        program = " ".join(COMMAND)
        assert re.search(r"\bnetproof\b", example)
        done = subprocess.run(
            re.sub(r"(^|\| )netproof ", rf"\1{program} ", example),
            shell=True,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode in {0, 1, 3, 4}, done.stderr
        assert done.stdout
        assert not done.stderr


@pytest.mark.parametrize(
    ("rules", "options", "code"),
    [
        (networks.PROVED, [], 0),
        (networks.VIOLATED, [], 1),
        (networks.WARNING, [], 0),
        (networks.WARNING, ["--fail-level", "warning"], 1),
        (networks.VIOLATED, ["--plan-only"], 0),
        (networks.VACUOUS, [], 3),
        (networks.VACUOUS + networks.VIOLATED, [], 1),
        ("", [], 3),
        ("", ["--plan-only"], 0),
    ],
)
def test_exit_codes_of_check(
    tmp_path: Path, rules: str, options: list[str], code: int
) -> None:
    network = networks.write(tmp_path, rules=rules)
    for form in ("text", "json"):
        done = run("check", network, "--format", form, *options)
        assert done.returncode == code, done.stdout + done.stderr
        assert done.stdout
        assert not done.stderr


def test_what_is_not_known_ends_with_4(tmp_path: Path) -> None:
    network = networks.write(tmp_path, networks.OPEN_OFFICE, networks.PROVED)
    done = run("check", network)
    assert done.returncode == 4, done.stdout + done.stderr
    assert "unknown" in done.stdout


def test_a_finding_of_the_plan_ends_with_1(tmp_path: Path) -> None:
    network = networks.write(tmp_path, networks.OVERLAPPING)
    assert run("check", network, "--plan-only").returncode == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "PATH", "--nonsense"],
        ["check", "PATH", "--format", "yaml"],
        ["check", "PATH", "--format", "json", "--format", "text"],
        ["check", "PATH", "--format", "json=/nowhere/at/all"],
        ["check", "PATH", "--plan-only", "--rules", "x.yaml"],
        ["check", "PATH", "--rules", "no-such-file.yaml"],
        ["check", "no-such-place"],
        ["trace", "PATH"],
        ["trace", "PATH", "--src", "10.0.1.10", "--dst", "10.0.2.10"],
        ["trace", "PATH", "--src", "10.0.1.10/24", "--dst", "10.0.2.10"],
        ["trace", "PATH", "--flows", "-", "--src", "10.0.1.10"],
        ["trace", "PATH", "--flows", "no-such-file.jsonl"],
        [
            *("trace", "PATH", "--src", "10.0.1.10", "--dst", "10.0.2.10"),
            *("--dport", "443", "--at", "host:nobody"),
        ],
        ["reach", "PATH", "--from", "host:nobody", "--to", "segment:staff"],
        ["matrix", "PATH", "--service", "tcp/70000"],
        ["explain", "NO_SUCH_CODE"],
        ["schema", "nothing"],
    ],
    ids=lambda a: " ".join(a[1:]) or "-",
)
def test_a_wrong_call_ends_with_2(tmp_path: Path, arguments: list[str]) -> None:
    network = networks.write(tmp_path)
    done = run(*(network if a == "PATH" else a for a in arguments))
    assert done.returncode == 2, done.stdout + done.stderr
    assert not done.stdout
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_every_input_error_is_reported_in_one_run(tmp_path: Path) -> None:
    broken = networks.OFFICE.replace("10.0.1.0/24", "10.0.300.0/24").replace(
        "10.0.2.0/24", "10.0.2.0/40"
    )
    network = networks.write(tmp_path, broken)
    done = run("check", network, "--plan-only")
    assert done.returncode == 2
    assert "10.0.300.0/24" in done.stderr
    assert "10.0.2.0/40" in done.stderr
    assert "topology.yaml:5" in done.stderr
    kept = run("check", network, "--plan-only", "--keep-going")
    assert kept.returncode == 1, kept.stderr


def test_a_misspelt_command_gets_a_suggestion() -> None:
    done = run("chek", "somewhere")
    assert done.returncode == 2
    assert "Did you mean 'check'?" in done.stderr


def test_a_misspelt_code_gets_a_suggestion() -> None:
    done = run("explain", "blackhole_rout")
    assert done.returncode == 2
    assert "Did you mean 'BLACKHOLE_ROUTE'?" in done.stderr


def test_everything_that_is_listed_is_explained() -> None:
    names = run("explain").stdout.split()
    assert "BLACKHOLE_ROUTE" in names
    for name in names:
        assert netproof._core.explain(name)
    assert "BLACKHOLE_ROUTE" in run("explain", "BLACKHOLE_ROUTE").stdout


def test_several_formats_of_one_run(tmp_path: Path) -> None:
    network = networks.write(tmp_path, rules=networks.VIOLATED)
    file = tmp_path / "report.json"
    done = run(
        *("check", network, "--format", "text"),
        *("--format", f"json={file}"),
    )
    assert done.returncode == 1
    assert "staff-stay-out" in done.stdout
    assert json.loads(file.read_text())["schema"] == "netproof/check/1"


def test_rules_of_several_files_are_judged_together(tmp_path: Path) -> None:
    network = networks.write(tmp_path)
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text(networks.ZONES + networks.PROVED)
    two.write_text(
        "version: 1\nrules:\n  - {id: nobody-lands, "
        'deny: {from: "segment:servers", to: "segment:island"}}\n'
    )
    done = run(
        *("check", network, "--rules", one, "--rules", two),
        *("--format", "json"),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    ids = [rule["id"] for rule in json.loads(done.stdout)["rules"]]
    assert ids == ["staff-stay-ashore", "nobody-lands"]
    twice = run("check", network, "--rules", one, "--rules", one)
    assert twice.returncode == 2
    assert "duplicate-rule" in twice.stderr


def test_colours_are_a_choice(tmp_path: Path) -> None:
    network = networks.write(tmp_path, rules=networks.VIOLATED)
    escape = "\x1b["
    assert escape not in run("check", network).stdout
    assert escape in run("check", network, "--color").stdout
    forced = {"FORCE_COLOR": "1"}
    assert escape in run("check", network, environment=forced).stdout
    both = {"FORCE_COLOR": "1", "NO_COLOR": "1"}
    assert escape not in run("check", network, environment=both).stdout
    plain = run("check", network, "--no-color", environment=forced)
    assert escape not in plain.stdout


def test_output_is_the_same_to_the_byte(tmp_path: Path) -> None:
    network = networks.write(tmp_path, rules=networks.VIOLATED)
    for form in ("text", "json"):
        first, second = (
            run("check", network, "--format", form).stdout for _ in range(2)
        )
        assert first == second
        assert str(tmp_path) not in first


def test_a_reader_who_leaves_is_no_error(tmp_path: Path) -> None:
    network = networks.write(tmp_path, rules=networks.VIOLATED)
    with subprocess.Popen(
        [*COMMAND, "check", str(network)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 1


def test_the_version_is_quick_and_loads_no_click() -> None:
    done = run("--version")
    assert done.stdout == f"netproof {netproof.__version__}\n"
    import sys

    script = (
        "import sys; from netproof.__main__ import main; "
        "main(['--version']); print('click' in sys.modules)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout.splitlines()[-1] == "False"


@pytest.mark.parametrize("kind", ["topology", "rules", "output"])
def test_a_schema_is_printed_as_it_is(kind: str) -> None:
    shown = run("schema", kind)
    assert shown.returncode == 0
    assert json.loads(shown.stdout)["$schema"]
    folder = resources.files("netproof") / "schemas"
    assert (folder / f"{kind}.schema.json").read_text() == shown.stdout
