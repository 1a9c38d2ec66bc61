"""netproof trace: one answer a flow, in order, whatever a line holds."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from python import networks
from python.command import COMMAND, run

GOOD = {"src": "10.0.1.10", "dst": "10.0.2.10", "protocol": "tcp", "dport": 443}
LOST = {**GOOD, "dst": "10.0.3.10"}


def lines(*flows: Any) -> str:
    return "".join(
        (flow if isinstance(flow, str) else json.dumps(flow)) + "\n"
        for flow in flows
    )


def answers(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_each_flow_has_one_line(tmp_path: Path, form: str) -> None:
    network = networks.write(tmp_path)
    done = run(
        *("trace", network, "--flows", "-", "--format", form),
        stdin=lines(GOOD, LOST, GOOD),
    )
    assert done.returncode == 0, done.stderr
    verdicts = [a["forward"]["verdict"] for a in answers(done.stdout)]
    assert verdicts == ["delivered", "dropped", "delivered"]


def test_flows_of_a_file_are_those_of_stdin(tmp_path: Path) -> None:
    network = networks.write(tmp_path)
    file = tmp_path / "flows.jsonl"
    file.write_text(lines(GOOD, LOST))
    command = ("trace", network, "--format", "jsonl", "--flows")
    from_file = run(*command, file)
    assert from_file.stdout
    assert (
        run(*command, "-", stdin=lines(GOOD, LOST)).stdout == from_file.stdout
    )


def test_a_bad_line_answers_in_its_place(tmp_path: Path) -> None:
    network = networks.write(tmp_path)
    done = run(
        *("trace", network, "--flows", "-", "--format", "jsonl"),
        stdin=lines(GOOD, "{nonsense", LOST),
    )
    assert done.returncode == 2
    good, bad, lost = answers(done.stdout)
    assert good["forward"]["verdict"] == "delivered"
    assert lost["forward"]["verdict"] == "dropped"
    assert bad["line"] == 2
    assert bad["schema"] == "netproof/trace/1"
    assert bad["error"]


def test_a_place_that_does_not_exist_is_a_bad_line(tmp_path: Path) -> None:
    network = networks.write(tmp_path)
    done = run(
        *("trace", network, "--flows", "-", "--format", "jsonl"),
        stdin=lines({**GOOD, "at": "host:nobody"}, GOOD),
    )
    assert done.returncode == 2
    bad, good = answers(done.stdout)
    assert bad["line"] == 1
    assert good["forward"]["verdict"] == "delivered"


def test_what_is_unknown_ends_with_4(tmp_path: Path) -> None:
    network = networks.write(tmp_path, networks.OPEN_OFFICE)
    done = run(
        *("trace", network, "--flows", "-", "--format", "jsonl"),
        stdin=lines(GOOD, LOST),
    )
    assert done.returncode == 4, done.stdout
    assert answers(done.stdout)[1]["forward"]["verdict"] == "unknown"


@pytest.mark.parametrize("form", ["jsonl", "text"])
def test_lines_that_are_no_text_end_nothing(tmp_path: Path, form: str) -> None:
    network = networks.write(tmp_path)
    flows = tmp_path / "flows.jsonl"
    hostile = [b"\xff\xfe", b"[" * 100_000, b'{"src": "\xc3"}', b"\0", b"[]"]
    flows.write_bytes(
        b"\n".join([lines(GOOD).encode().strip(), *hostile, b"", b" \r"])
    )
    done = run("trace", network, "--flows", flows, "--format", form)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    if form == "jsonl":
        good, *bad = answers(done.stdout)
        assert good["forward"]["verdict"] == "delivered"
        assert [answer["line"] for answer in bad] == [2, 3, 4, 5, 6]
        assert {answer["error"]["message"] for answer in bad} == {
            "a line is one JSON object"
        }
    else:
        assert done.stdout.count("\nline ") == len(hostile)


def test_a_line_without_end_is_cut_and_no_flow(tmp_path: Path) -> None:
    network = networks.write(tmp_path)
    flows = tmp_path / "flows.jsonl"
    # Cut anywhere in its blanks it would be a flow.
    long = json.dumps(GOOD) + " " * 3_000_000
    flows.write_text(long + "\n" + json.dumps(GOOD))
    done = run("trace", network, "--flows", flows, "--format", "jsonl")
    assert done.returncode == 2
    bad, good = answers(done.stdout)
    assert (bad["line"], len(bad["error"]["fragment"]) < 300) == (1, True)
    assert good["forward"]["verdict"] == "delivered"


def test_answers_keep_the_order_of_many_flows(tmp_path: Path) -> None:
    network = networks.write(tmp_path)
    flows = [{**GOOD, "sport": 1024 + i} for i in range(5000)]
    flows[1234] = {**GOOD, "sport": "x"}
    done = run(
        *("trace", network, "--flows", "-", "--format", "jsonl"),
        stdin=lines(*flows),
    )
    assert done.returncode == 2
    ports = [
        answer["flow"]["sport"] if "flow" in answer else answer["line"]
        for answer in answers(done.stdout)
    ]
    assert ports == [1235 if i == 1234 else 1024 + i for i in range(len(flows))]


def test_a_flow_is_answered_before_the_next_one_comes(tmp_path: Path) -> None:
    network = networks.write(tmp_path)
    command = [*COMMAND, "trace", str(network), "--flows", "-"]
    with subprocess.Popen(
        [*command, "--format", "jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for flow, verdict in ((GOOD, "delivered"), (LOST, "dropped")):
            process.stdin.write(lines(flow))
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            assert answer["forward"]["verdict"] == verdict
        process.stdin.close()
    assert process.returncode == 0


def test_one_flow_by_options(tmp_path: Path) -> None:
    network = networks.write(tmp_path)
    flow = ("--src", "10.0.1.10", "--dst", "10.0.2.10", "--dport", "443")
    shown = run("trace", network, *flow)
    assert shown.returncode == 0, shown.stderr
    assert "delivered" in shown.stdout
    answer = json.loads(run("trace", network, *flow, "--format", "json").stdout)
    assert answer["flow"]["sport"] == 49152
    one_line = run("trace", network, *flow, "--format", "jsonl").stdout
    assert json.loads(one_line) == answer
    assert one_line.count("\n") == 1
