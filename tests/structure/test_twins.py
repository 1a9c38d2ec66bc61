"""Every source of the core has a test of its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from structure.repository import ROOT, files, relative

# Sources without a test file of their name, and the file that tests them.
# The parts of the engine below are held against the evaluator as a whole, and
# those of the evaluator against the vectors.
DUEL = "tests/cpp/engine/differential_test.cpp"
VECTORS = "tests/cpp/reference/vectors_test.cpp"
PODS = "tests/cpp/engine/pods_test.cpp"
EXCEPTIONS: dict[str, str] = {
    "cpp/src/model/fate.cpp": "tests/cpp/report/json_trace_test.cpp",
    "cpp/src/reference/interface_filters.cpp": "tests/cpp/replay_test.cpp",
    "cpp/src/engine/grouping.cpp": "tests/cpp/engine/starts_test.cpp",
    "cpp/src/engine/nodes.cpp": PODS,
    "cpp/src/engine/walk_node.cpp": PODS,
    "cpp/src/io/cluster_nodes.cpp": "tests/cpp/io/place_pods_test.cpp",
    "cpp/src/reference/view_nodes.cpp": PODS,
    "cpp/src/reference/walk_node.cpp": PODS,
    **{
        f"cpp/src/engine/{stem}.cpp": DUEL
        for stem in (
            "ask",
            "associations",
            "filters",
            "hybrid_tables",
            "network",
            "passages",
            "request",
            "site_tables",
            "transit_offers",
            "transit_tables",
            "vpc_tables",
            "walk",
            "walk_cluster",
            "walk_facts",
            "walk_firewall",
            "walk_gateways",
            "walk_internet",
            "walk_segment",
            "walk_site",
            "walk_transit",
            "walk_vpc",
        )
    },
    **{
        f"cpp/src/reference/{stem}.cpp": VECTORS
        for stem in (
            "emission",
            "groups",
            "judge",
            "send",
            "site_lists",
            "trace_text",
            "view",
            "walk",
            "walk_cluster",
            "walk_firewall",
            "walk_gateways",
            "walk_hybrid",
            "walk_internet",
            "walk_segment",
            "walk_site",
            "walk_transit",
            "walk_vpc",
        )
    },
}


def is_public(name: str) -> bool:
    return (ROOT / f"cpp/include/netproof/{name}.hpp").is_file()


def expected_tests(
    source: str, is_public: Callable[[str], bool] = is_public
) -> Iterator[str]:
    """The patterns of the tests of a source; a file of one of them will do.

    A source with a public header of its name has tests of that name. One
    without is a part of something: packet_set_boxes.cpp of packet_set,
    walk_vpc.cpp of the walk; it is tested with that.
    """
    name = source.removeprefix("cpp/src/").removesuffix(".cpp")
    yield f"tests/cpp/{name}*_test.cpp"
    folder, slash, stem = name.rpartition("/")
    while not is_public(folder + slash + stem) and "_" in stem:
        stem = stem.rpartition("_")[0]
        yield f"tests/cpp/{folder}{slash}{stem}*_test.cpp"


def is_tested(source: str) -> bool:
    return bool(files(*expected_tests(source)))


def sources() -> list[str]:
    return [relative(path) for path in files("cpp/src/**/*.cpp")]


def test_every_source_has_a_test() -> None:
    assert sources()
    missing = [
        f"{source}: no {next(expected_tests(source))}"
        for source in sources()
        if source not in EXCEPTIONS and not is_tested(source)
    ]
    assert missing == []


def test_an_exception_names_what_exists_and_is_needed() -> None:
    for source, test in EXCEPTIONS.items():
        assert source in sources(), f"{source} is gone"
        assert (ROOT / test).is_file(), f"{test} does not exist"
        assert not is_tested(source), f"{source} has its own test"


def test_the_patterns_follow_folders_and_headers() -> None:
    public = {"net/packet_set", "check"}.__contains__
    assert list(expected_tests("cpp/src/net/packet_set.cpp", public)) == [
        "tests/cpp/net/packet_set*_test.cpp"
    ]
    assert list(expected_tests("cpp/src/net/packet_set_boxes.cpp", public)) == [
        "tests/cpp/net/packet_set_boxes*_test.cpp",
        "tests/cpp/net/packet_set*_test.cpp",
    ]
    assert list(expected_tests("cpp/src/check.cpp", public)) == [
        "tests/cpp/check*_test.cpp"
    ]
    assert list(expected_tests("cpp/src/engine/walk_vpc.cpp", public)) == [
        "tests/cpp/engine/walk_vpc*_test.cpp",
        "tests/cpp/engine/walk*_test.cpp",
    ]
