"""netproof trace: one answer a flow, in order, whatever a line holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from netproof import ParseError
from netproof.command_line.flows import read_flow
from python import networks
from python.command import run

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


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"[]", "one JSON object"),
        (b"", "one JSON object"),
        (b"\xff", "one JSON object"),
        (b'{"src": "10.0.0.1"}', "no dst"),
        (b'{"src": "10.0.0.1", "dst": "10.0.0.2"}', "no protocol"),
        (b'{"src": "10.0.0.1", "src": "10.0.0.1"}', "stands once"),
        (b'{"source": "10.0.0.1"}', "a key of a flow"),
        (b'{"dport": "443"}', "dport is a whole number"),
        (b'{"dport": true}', "dport is a whole number"),
        (b'{"dport": 443.0}', "dport is a whole number"),
        (b'{"dport": 1000000000000000000000}', "dport is 0 to 65535"),
        (b'{"protocol": []}', "protocol is a text or a whole number"),
        (b'{"src": 1}', "src is a text"),
        (b"[" * 100_000, "one JSON object"),
        (
            b'{"src": "10.0.0.1", "dst": "10.0.0.2", "protocol": "tcp"}',
            "has a dport",
        ),
    ],
)
def test_a_line_that_is_no_flow_is_refused(line: bytes, why: str) -> None:
    with pytest.raises(ParseError, match=why):
        read_flow(line)


def test_what_a_line_leaves_out_has_defaults() -> None:
    flow, at = read_flow(json.dumps(GOOD).encode())
    assert (flow.sport, at) == (49152, "")
    line = b'{"src": "::1", "dst": "::2", "protocol": 58, "at": "host:a"}'
    flow, at = read_flow(line)
    assert (flow.type, flow.code, at) == (128, 0, "host:a")
    nothing = b'{"src": "::1", "dst": "::2", "protocol": 47, "dport": null}'
    assert read_flow(nothing)[0].protocol == "proto/47"


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
