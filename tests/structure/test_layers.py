"""A layer includes only what cpp/CMakeLists.txt lets it use."""

from __future__ import annotations

import re

import pytest

from structure.repository import ROOT, files, includes, relative

# Each third-party library has one owner; the first part of an include names it.
OWNERS = {
    "boost": ("cpp/src/engine/",),
    "yaml-cpp": ("cpp/src/io/",),
    "nlohmann": ("cpp/src/io/", "cpp/src/report/"),
    "fmt": ("cpp/src/", "python/bindings/"),
    "pybind11": ("python/bindings/",),
}


def layers_in_cmake() -> dict[str, set[str]]:
    """Each layer with the layers that it may use, in their order."""
    text = (ROOT / "cpp/CMakeLists.txt").read_text()
    lines = re.findall(
        r"^netproof_layer\((\w+)(?: USES ([\w ]+?))?(?: LIBRARIES [^)]*)?\)$",
        text,
        flags=re.MULTILINE,
    )
    return {name: set(uses.split()) for name, uses in lines}


LAYERS = layers_in_cmake()


def layer_of(path: str) -> str | None:
    """The layer of a file of the core; what lies above all folders: check."""
    match = re.match(r"cpp/(?:include/netproof|src)/(?:(\w+)/)?[^/]+$", path)
    return (match.group(1) or "check") if match else None


def layer_named(include: str, own: str) -> str | None:
    """The layer that an include of ours names: a public header, a private one
    by its folder in src, or a private one of the `own` folder."""
    match = re.match(r'"(netproof/)?(?:(\w+)/)?[\w.]+"$', include)
    if not match:
        return None
    return match.group(2) or ("check" if match.group(1) else own)


def complaints(path: str, source: str) -> list[str]:
    """What is wrong with the includes of one file, one line each."""
    found = []
    for line, include in includes(source):
        problem = _problem(path, include)
        if problem:
            found.append(f"{path}:{line}: {include} {problem}")
    return found


def _problem(path: str, include: str) -> str | None:
    name = include.strip('<>"')
    owners = OWNERS.get(name.split("/", maxsplit=1)[0]) if "/" in name else None
    if owners is not None and not path.startswith(owners):
        return f"belongs to {' and '.join(owners)}"
    if path.startswith("cpp/include/"):
        if include.startswith("<") and "/" in name:
            return "is third-party, in a public header"
        if include.startswith('"') and not name.startswith("netproof/"):
            return "is private, in a public header"
    layer = layer_of(path)
    if layer is None or include.startswith("<"):
        return None
    used = layer_named(include, layer)
    if used not in LAYERS:
        return "is in no layer"
    if used != layer and used not in LAYERS[layer]:
        return f"is of {used}, which {layer} does not use"
    return None


def test_the_order_is_the_one_of_the_architecture() -> None:
    assert list(LAYERS) == [
        "base",
        "net",
        "model",
        "io",
        "engine",
        "reference",
        "rules",
        "report",
        "check",
    ]
    assert LAYERS["base"] == set()
    for sibling in ("io", "engine", "reference"):
        assert LAYERS[sibling] == {"base", "net", "model"}
    assert "io" not in LAYERS["rules"] | LAYERS["report"]
    assert "engine" not in LAYERS["report"]


def test_every_folder_of_the_core_is_a_layer() -> None:
    core = files("cpp/src/**/*.cpp", "cpp/src/**/*.hpp", "cpp/include/**/*.hpp")
    assert core
    strangers = [
        relative(path)
        for path in core
        if layer_of(relative(path)) not in LAYERS
    ]
    assert strangers == []


def test_includes_follow_the_layers() -> None:
    found = [
        complaint
        for path in files(
            "cpp/**/*.hpp", "cpp/**/*.cpp", "python/bindings/*.[ch]pp"
        )
        for complaint in complaints(relative(path), path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize(
    ("path", "include", "why"),
    [
        ("cpp/src/net/a.cpp", '"netproof/model/ids.hpp"', "does not use"),
        ("cpp/src/engine/a.cpp", '"netproof/reference/a.hpp"', "does not use"),
        ("cpp/src/reference/a.cpp", '"engine/private.hpp"', "does not use"),
        ("cpp/src/report/a.cpp", '"netproof/engine/a.hpp"', "does not use"),
        ("cpp/src/rules/a.cpp", '"netproof/check.hpp"', "does not use"),
        ("cpp/include/netproof/base/a.hpp", "<fmt/format.h>", "belongs to"),
        ("cpp/include/netproof/io/a.hpp", "<yaml-cpp/yaml.h>", "belongs to"),
        ("cpp/include/netproof/net/a.hpp", "<absl/a.h>", "public header"),
        ("cpp/include/netproof/net/a.hpp", '"net/a.hpp"', "public header"),
        ("cpp/src/rules/a.cpp", "<boost/graph/a.hpp>", "belongs to"),
        ("cpp/src/model/a.cpp", "<nlohmann/json.hpp>", "belongs to"),
        ("cpp/src/io/a.cpp", "<pybind11/stl.h>", "belongs to"),
        ("cpp/src/net/a.cpp", '"helpers/a.hpp"', "in no layer"),
    ],
)
def test_a_planted_include_is_refused(
    path: str, include: str, why: str
) -> None:
    (complaint,) = complaints(path, f"#pragma once\n#include {include}\n")
    assert complaint.startswith(f"{path}:2:")
    assert why in complaint


@pytest.mark.parametrize(
    ("path", "include"),
    [
        ("cpp/src/rules/a.cpp", '"netproof/engine/a.hpp"'),
        ("cpp/src/engine/a.cpp", "<boost/graph/adjacency_list.hpp>"),
        ("cpp/src/report/a.cpp", "<nlohmann/json.hpp>"),
        ("cpp/src/net/a.cpp", "<fmt/format.h>"),
        ("cpp/src/net/a.cpp", '"a.hpp"'),
        ("cpp/src/net/a.cpp", '"net/a.hpp"'),
        ("cpp/src/check.cpp", '"netproof/report/report.hpp"'),
        ("python/bindings/bind_net.cpp", "<pybind11/pybind11.h>"),
    ],
)
def test_a_lawful_include_is_accepted(path: str, include: str) -> None:
    assert complaints(path, f"#include {include}\n") == []
