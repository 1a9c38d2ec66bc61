"""A C++ project of somebody else finds the library and links it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from structure.repository import ROOT

PROJECT = """\
cmake_minimum_required(VERSION 3.25)
project(consumer LANGUAGES CXX)
find_package(netproof 0.1 REQUIRED)
add_executable(consumer main.cpp)
target_link_libraries(consumer PRIVATE netproof::netproof)
"""

PROGRAM = """\
#include <iostream>

#include "netproof/net/ip_prefix.hpp"

int main() {
  const auto prefix = netproof::IpPrefix::parse("10.0.0.0/8");
  const auto refused = netproof::IpPrefix::parse("10.0.0.1/8");
  if (!prefix || refused) return 1;
  std::cout << to_string(prefix.value()) << "\\n";
}
"""


def run(*command: str | Path) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_an_installed_library_is_found_and_linked(tmp_path: Path) -> None:
    tree = ROOT / os.environ.get("NETPROOF_BUILD_TREE", "build/optimised")
    assert tree.is_dir(), f"{tree} is not built; ./bootstrap test builds it"
    prefix, source, build = (tmp_path / n for n in ("prefix", "src", "build"))
    run("cmake", "--install", tree, "--prefix", prefix, "--component", "cpp")
    source.mkdir()
    (source / "CMakeLists.txt").write_text(PROJECT)
    (source / "main.cpp").write_text(PROGRAM)

    # What is installed must not lean on the tree it was built in.
    for file in prefix.rglob("*.cmake"):
        assert str(ROOT) not in file.read_text(), file

    run(
        *("cmake", "-G", "Ninja", "-S", source, "-B", build),
        *("-D", f"CMAKE_PREFIX_PATH={prefix}"),
    )
    run("cmake", "--build", build)
    assert run(build / "consumer") == "10.0.0.0/8\n"
