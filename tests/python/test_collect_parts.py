"""The parts of netproof collect: files, pages, tables that are cut, tasks."""

from __future__ import annotations

import ipaddress
import json
import re
from pathlib import Path
from typing import Any

import pytest

from netproof.collect.calls import CALLS
from netproof.collect.errors import CollectError
from netproof.collect.fetch import merged
from netproof.collect.store import MARK, Refusal, Store, token
from netproof.collect.transit_routes import (
    TruncatedTableError,
    all_routes,
    is_cut,
)
from netproof.collect.work import Progress, Task, run_all

VPCS = next(call for call in CALLS if call.operation == "describe-vpcs")
PLACE = ("111122223333", "eu-west-1")


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(CollectError, match="did not collect"):
        Store(tmp_path).open()
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
    Store(tmp_path / "new/folder").open()
    Store(tmp_path / "new/folder").open()
    assert (tmp_path / "new/folder" / MARK).exists()


def test_a_file_is_whole_or_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    path = store.path(*PLACE, VPCS, "")
    store.write(path, {"Vpcs": [1]})

    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        store.write(path, {"Vpcs": [1, 2]})
    assert store.answer(path) == {"Vpcs": [1]}
    # What is left over is not read as an answer, and goes away.
    assert list(tmp_path.rglob("*.json")) == [path]
    assert len(list(path.parent.iterdir())) == 2
    monkeypatch.undo()
    (tmp_path / MARK).write_text("{}")
    store.open()
    assert list(path.parent.iterdir()) == [path]


def test_half_a_file_is_no_answer(tmp_path: Path) -> None:
    store = Store(tmp_path)
    path = store.path(*PLACE, VPCS, "")
    assert store.answer(path) is None
    store.write(path, {"Vpcs": []})
    path.write_text('{"Vpcs": [')
    assert store.answer(path) is None
    path.write_text("[]")
    assert store.answer(path) is None


def test_an_answer_and_a_refusal_replace_each_other(tmp_path: Path) -> None:
    store = Store(tmp_path)
    path = store.path(*PLACE, VPCS, "")
    error = path.with_suffix(".error.json")
    store.write(path, {"Vpcs": []})
    store.refuse(path, VPCS, "vpc-1", Refusal("AccessDenied", "no"))
    assert not path.exists()
    assert json.loads(error.read_text())["Error"] == {
        "Code": "AccessDenied",
        "Message": "no",
        "Call": "ec2 describe-vpcs",
        "Resource": "vpc-1",
    }
    store.write(path, {"Vpcs": []})
    assert not error.exists()


def test_the_place_of_a_file_is_read_from_its_folders_alone() -> None:
    resources = [
        "tgw-rtb-0a1b2c3d4e5f67890",
        "pl-63a5400a",
        "123456789012",
        "logs-123456789012-eu-west-1",
        "logs.123456789012",
        "arn:aws:network-firewall:eu-west-1:123456789012:firewall/a-b",
        "arn:aws:network-firewall:eu-west-1:123456789012:firewall/ab",
        "x-123456789012",
        "cb1bfb7c-fa47-4fd5-8d8a-123456789012",
    ]
    tokens = [token(resource) for resource in resources]
    assert tokens[:2] == resources[:2]
    assert len(set(tokens)) == len(resources)
    for one in tokens:
        assert not re.search(r"(?<![0-9A-Za-z])\d{12}(?![0-9A-Za-z])", one)
        assert "eu-west-1" not in one
        assert "/" not in one


def test_pages_are_merged_in_order() -> None:
    pages: list[dict[str, Any]] = [
        {"Vpcs": [1, 2], "NextToken": "a", "Owner": {"Id": "x"}},
        {
            "Vpcs": [3],
            "ResponseMetadata": {},
            "AdditionalRoutesAvailable": False,
        },
    ]
    assert merged(iter(pages)) == {
        "Vpcs": [1, 2, 3],
        "Owner": {"Id": "x"},
        "AdditionalRoutesAvailable": False,
    }


def bounds(prefix: str) -> tuple[int, int, int]:
    """Version, first and last address."""
    block = ipaddress.ip_network(prefix)
    return (
        block.version,
        int(block.network_address),
        int(block.broadcast_address),
    )


class CutTable:
    """A table of which no answer shows more than `most` routes (S123)."""

    def __init__(self, prefixes: list[str], most: int = 1000) -> None:
        self.routes = [(prefix, *bounds(prefix)) for prefix in prefixes]
        self.most = most
        self.asked = 0

    def __call__(self, filters: list[dict[str, Any]]) -> dict[str, Any]:
        self.asked += 1
        assert filters[0]["Values"] == ["active", "blackhole"]
        found = self.routes
        for one in filters[1:]:
            version, first, last = bounds(one["Values"][0])
            exact = one["Name"] == "route-search.exact-match"
            found = [
                route
                for route in found
                if (route[1:] == (version, first, last))
                or (
                    not exact
                    and route[1] == version
                    and first <= route[2] <= route[3] <= last
                )
            ]
        return {
            "Routes": [
                {"DestinationCidrBlock": route[0]}
                for route in found[: self.most]
            ],
            "AdditionalRoutesAvailable": len(found) > self.most,
        }


# covers S123
def test_a_cut_table_is_completed_by_halves() -> None:
    prefixes = [
        *(f"10.{i // 250}.{i % 250}.0/24" for i in range(2_500)),
        *(f"10.3.{i // 250}.{i % 250}/32" for i in range(1_500)),
        *(f"2001:db8:{i:x}::/48" for i in range(1, 1_200)),
        # Last, so that no answer about more shows them.
        *("0.0.0.0/0", "0.0.0.0/1", "10.0.0.0/8", "10.0.0.0/9", "::/0"),
    ]
    table = CutTable(prefixes)
    answer = all_routes(table)
    assert not is_cut(answer)
    found = [route["DestinationCidrBlock"] for route in answer["Routes"]]
    assert sorted(found) == sorted(set(prefixes))
    assert table.asked < 200


def test_a_table_that_is_not_cut_is_asked_for_once() -> None:
    table = CutTable([f"10.0.{i}.0/24" for i in range(200)])
    assert len(all_routes(table)["Routes"]) == 200
    assert table.asked == 1


def test_a_table_that_cannot_be_completed_is_no_answer() -> None:
    with pytest.raises(TruncatedTableError):
        all_routes(CutTable(["10.0.0.0/8", "10.0.0.0/8"], most=1))


def test_tasks_name_further_ones_and_places_end_once() -> None:
    done: list[str] = []
    ended: list[tuple[str, str]] = []

    def task(name: str, place: tuple[str, str], *then: Task) -> Task:
        def work() -> list[Task]:
            done.append(name)
            return list(then)

        return Task(place, work)

    here, there = ("1", "x"), ("1", "y")
    tasks = [
        task("a", here, task("b", here, task("c", there)), task("d", here)),
        task("e", there),
    ]
    run_all(tasks, 1, Progress(ended.append))
    assert done == ["a", "b", "c", "d", "e"]
    assert ended == [here, there]


def test_the_first_exception_ends_the_work() -> None:
    done: list[int] = []

    def fail() -> list[Task]:
        raise CollectError("expired")

    def work() -> list[Task]:
        done.append(1)
        return []

    tasks = [Task(PLACE, fail), *(Task(PLACE, work) for _ in range(50))]
    with pytest.raises(CollectError):
        run_all(tasks, 1, Progress(lambda _: None))
    assert len(done) < 50
