"""The libraries of the project are used for what they are there for.

An include alone proves nothing: each test looks for the calls, in source text
without comments.
"""

from __future__ import annotations

import re

import pytest

from structure.repository import files, relative, without_comments


def code(*patterns: str) -> str:
    """All source that matches, as one text without comments."""
    return "\n".join(without_comments(p.read_text()) for p in files(*patterns))


def graph_algorithms(source: str) -> dict[str, bool]:
    """Each algorithm of Boost.Graph that is included: is it called, too?"""
    containers = {
        "adjacency_list",
        "compressed_sparse_row_graph",
        "directed_graph",
        "filtered_graph",
        "graph_traits",
        "graph_utility",
        "iteration_macros",
        "properties",
        "property_iter_range",
        "reverse_graph",
        "subgraph",
    }
    names = set(re.findall(r"#include <boost/graph/(\w+)\.hpp>", source))
    calls = {"graphviz": r"write_graphviz\w*\("}
    return {
        name: bool(re.search(calls.get(name, rf"\b\w*{name}\w*\("), source))
        for name in names - containers
    }


def test_the_engine_runs_algorithms_of_boost_graph() -> None:
    engine = code("cpp/src/engine/*.[ch]pp")
    assert re.search(r"\bboost::(adjacency_list|compressed_sparse_row)", engine)
    algorithms = graph_algorithms(engine)
    assert algorithms, "the engine includes no algorithm of Boost.Graph"
    assert all(algorithms.values()), algorithms


def test_an_algorithm_that_is_only_included_is_noticed() -> None:
    include = "#include <boost/graph/strong_components.hpp>\n"
    assert graph_algorithms(include) == {"strong_components": False}
    called = include + "boost::strong_components(graph, components);"
    assert graph_algorithms(called) == {"strong_components": True}


def test_io_reads_the_events_of_yaml_cpp() -> None:
    reader = code("cpp/src/io/*.[ch]pp")
    assert re.search(r"public YAML::EventHandler\b", reader)
    assert re.search(r"\bYAML::Parser\b", reader)


@pytest.mark.parametrize("layer", ["io", "report"])
def test_json_is_left_to_nlohmann(layer: str) -> None:
    assert re.search(r"\bnlohmann::", code(f"cpp/src/{layer}/*.[ch]pp"))


def test_text_is_formatted_with_fmt() -> None:
    users = {
        relative(path).split("/")[2]
        for path in files("cpp/src/*/*.cpp")
        if "fmt::format" in without_comments(path.read_text())
    }
    assert {"base", "io", "report"} <= users


def test_the_extension_is_made_with_pybind11() -> None:
    bindings = code("python/bindings/*.cpp")
    assert re.search(r"PYBIND11_MODULE\(_core\b", bindings)
    assert "class_<" in bindings
    assert "gil_scoped_release" in bindings


def test_every_layer_is_tested_with_googletest() -> None:
    layers = {relative(p).split("/")[2] for p in files("cpp/src/*/*.cpp")}
    tested = {
        relative(path).split("/")[2]
        for path in files("tests/cpp/*/*_test.cpp")
        if re.search(r"^(TYPED_)?TEST(_F|_P)?\(", path.read_text(), re.M)
    }
    assert layers <= tested


def test_python_is_tested_with_pytest() -> None:
    assert [
        path
        for path in files("tests/python/**/test_*.py")
        if "import pytest" in path.read_text()
    ]
