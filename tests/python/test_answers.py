"""What a topology answers in Python."""

from __future__ import annotations

import datetime
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import netproof
from netproof import (
    Diff,
    InputError,
    Matrix,
    Overlaps,
    PacketSet,
    Reach,
    Report,
    Topology,
    Trace,
)
from python import networks

RULES = networks.PROVED + networks.VIOLATED
Answer = Report | Trace | Reach | Matrix | Overlaps | Diff


@pytest.fixture
def office(tmp_path: Path) -> Topology:
    return netproof.load(networks.write(tmp_path, rules=RULES))


def answers_of(topology: Topology) -> list[Answer]:
    return [
        topology.check(),
        topology.trace("10.0.1.10", "10.0.2.10", dport=443),
        topology.reach("staff", "servers", why=True),
        topology.matrix(by="tier"),
        topology.overlaps(),
        netproof.diff(topology, topology),
    ]


def test_answers_compare_hash_and_pickle(office: Topology) -> None:
    for first, second in zip(
        answers_of(office), answers_of(office), strict=True
    ):
        assert first == second
        assert hash(first) == hash(second)
        again = pickle.loads(pickle.dumps(first))
        assert again == first
        assert str(again) == str(first)
        assert again.to_dicts() == first.to_dicts()
        with pytest.raises(AttributeError):
            first.document = ""  # type: ignore[misc]


def test_an_answer_is_shown_in_three_ways(office: Topology) -> None:
    for answer in answers_of(office):
        assert str(answer).endswith("\n")
        assert answer.to_dict()["schema"].startswith("netproof/")
        shown = answer._repr_html_()
        assert shown.startswith("<")
        assert "<script" not in shown
        assert repr(answer).startswith("<")


def test_tables_become_frames(office: Topology) -> None:
    pytest.importorskip("pandas")
    report, trace, reach, matrix, overlaps, _ = answers_of(office)
    assert list(report.to_pandas()["rule"]) == [r.id for r in report.rules]  # type: ignore[union-attr]
    assert len(trace.to_pandas()) == len(trace.to_dicts())
    assert len(reach.to_pandas()) == len(reach.to_dicts())
    assert matrix.to_pandas().loc["front", "back"] == "all"
    assert len(overlaps.to_pandas()) == 0


def test_a_report_names_its_rules(office: Topology) -> None:
    report = office.check()
    assert report["staff-stay-ashore"].verdict == "proved"
    violated = report["staff-stay-out"]
    assert violated.verdict == "violated"
    assert violated.source is not None
    assert violated.source.file.endswith("rules.yaml")
    assert violated.witnesses[0].flow is not None
    assert report.summary.violated == 1
    assert "1 proved, 1 violated" in str(report.summary)
    with pytest.raises(KeyError):
        report["no-such-rule"]


def test_rules_come_from_files_or_are_given(
    office: Topology, tmp_path: Path
) -> None:
    file = tmp_path / "more.yaml"
    file.write_text(networks.ZONES + networks.PROVED)
    rules = netproof.load_rules(file)
    assert rules.ids == ["staff-stay-ashore"]
    assert rules.zones == ["island", "servers", "staff"]
    assert len(rules) == 1
    expected = office.check(rules)
    assert office.check(file) == expected
    assert office.check([str(file)]) == expected
    assert office.check(rules, jobs=0) == expected
    today = datetime.date(2027, 1, 1)
    assert office.check(rules, today=today) == expected
    assert office.check(plan_only=True).rules == ()


def test_a_trace_tells_every_hop(office: Topology) -> None:
    trace = office.trace("10.0.1.10", "10.0.2.10", dport=443)
    assert trace.verdict == "delivered"
    assert (trace.at, trace.to) == ("host:desk", "host:wiki")
    assert trace.flow.dport == 443
    assert trace.connection.verdict == "established"
    assert trace.connection.reply is not None
    (path,) = trace.forward.paths
    assert path.hops[-1].did == "delivered"
    lost = office.trace(netproof.Flow("10.0.1.10", "10.0.3.10", dport=443))
    assert lost.verdict == "dropped"
    assert lost.forward.drop is not None
    assert lost.forward.drop.code in {"NO_ROUTE", "UNROUTABLE"}


def test_reach_gives_packet_sets(office: Topology) -> None:
    reach = office.reach("staff", "servers", service="tcp/443")
    assert reach
    assert reach.certain == reach.possible
    assert isinstance(reach.certain, PacketSet)
    assert netproof.Flow("10.0.1.10", "10.0.2.10", dport=443) in reach.certain
    nothing = office.reach("staff", "island", why=True)
    assert not nothing
    assert nothing.certain.empty
    assert nothing.dropped
    by_name = office.reach("host:desk", "10.0.2.0/24", service="tcp/443")
    assert by_name.certain.lies_inside(reach.certain)


def test_a_matrix_is_asked_by_pair(office: Topology) -> None:
    matrix = office.matrix(by="tier")
    assert {"front", "back", "island"} <= set(matrix.zones)
    assert matrix["front", "back"] == "all"
    assert matrix["front", "island"] == "none"
    with pytest.raises(KeyError):
        matrix["front", "nowhere"]


def test_overlaps_are_a_sequence(tmp_path: Path) -> None:
    topology = netproof.load(networks.write(tmp_path, networks.OVERLAPPING))
    overlaps = topology.overlaps()
    assert len(overlaps) == 1
    assert overlaps[0].intersection == netproof.Prefix("10.0.2.0/25")
    assert overlaps[0].relation == "contains"
    assert overlaps[0].a.name == "segment:servers"


def test_an_input_error_has_every_problem(tmp_path: Path) -> None:
    broken = networks.OFFICE.replace("/24]", "/240]")
    with pytest.raises(InputError) as caught:
        netproof.load(networks.write(tmp_path, broken))
    assert len(caught.value.diagnostics) == 3
    assert [d.where.line for d in caught.value.diagnostics] == [5, 10, 15]
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)


def test_names_are_escaped(tmp_path: Path) -> None:
    name = "<script>alert(1)</script>"
    text = networks.OFFICE.replace("name: staff", f'name: "{name}"')
    topology = netproof.load(
        networks.write(
            tmp_path, text.replace("name: office", f'name: "{name}"')
        )
    )
    for answer in (
        topology,
        topology.check(plan_only=True),
        topology.matrix(),
        topology.reach("host:desk", "host:wiki", why=True),
        topology.trace("10.0.1.10", "10.0.2.10", dport=1),
        topology.overlaps(),
    ):
        assert "<script" not in answer._repr_html_()


def test_other_threads_run_while_the_core_works(office: Topology) -> None:
    progress = 0
    stop = threading.Event()

    def count() -> None:
        nonlocal progress
        while not stop.is_set():
            progress += 1
            time.sleep(0)

    # Python itself would not switch threads for so long: the counter moves only
    # if the calls below let go of the lock.
    before = sys.getswitchinterval()
    sys.setswitchinterval(1000)
    thread = threading.Thread(target=count)
    try:
        thread.start()
        seen = progress
        end = time.monotonic() + 30
        while progress == seen and time.monotonic() < end:
            office.network.overlaps()
        moved = progress - seen
    finally:
        stop.set()
        sys.setswitchinterval(before)
        thread.join()
    assert moved > 0


def test_threads_may_ask_one_topology(office: Topology) -> None:
    expected = office.check()
    found: list[Report] = []
    threads = [
        threading.Thread(target=lambda: found.append(office.check()))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


# A shell starts what runs in the background with SIGINT ignored.
INTERRUPTED = """
import signal, sys, netproof
signal.signal(signal.SIGINT, signal.default_int_handler)
topology = netproof.load(sys.argv[1])
try:
    print("ready", flush=True)
    while True:
        topology.check()
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


def test_ctrl_c_is_a_keyboard_interrupt(tmp_path: Path) -> None:
    network = networks.write(tmp_path, rules=RULES)
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, str(network)],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        os.kill(process.pid, signal.SIGINT)
        assert process.stdout.readline() == "interrupted\n"
        assert process.wait(60) == 0
