"""Plants each error of this folder in the C++ core: do the tests see it?

    python tests/mutants/run.py [NAME...] [--write] [--keep TREE]

A mutant is a patch, `tests/mutants/<name>.patch`, as `git diff` prints it, with
lines in front of the diff:

    # Kills: reference engine
    # Says: what the error is, in one line

`Kills` names the test programs (layers) that are built and run; one of them has
to fail. All mutants share one copy of the tree and one build: only the files of
a patch are compiled again, once with the error and once without. The copy has
its build tree where a checkout has it, with the flags of a checkout, so that
ccache knows what was compiled there.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PARTS = ("CMakeLists.txt", "cpp", "tests", "topologies", "rules")
BUILD = Path("build/tree")
SECONDS_FOR_A_TEST = 300

README = """\
# Planted errors

Each patch of this folder plants one error in the C++ core; a test has to see
it. This page is written by `python tests/mutants/run.py --write`, which plants
each one, builds, and runs the test programs that its patch names.

Killed: {killed} of {count}.

{table}
"""


@dataclass(frozen=True)
class Mutant:
    """One planted error."""

    name: str
    patch: Path
    programs: tuple[str, ...]
    says: str


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant: the programs that failed, or none."""

    mutant: Mutant
    killed_by: tuple[str, ...]
    how: str
    seconds: float

    @property
    def killed(self) -> bool:
        return bool(self.killed_by)


class PatchError(Exception):
    """A patch of this folder cannot be used."""


def read_mutant(patch: Path) -> Mutant:
    text = patch.read_text()
    kills = re.search(r"^# Kills:(.*)$", text, re.MULTILINE)
    says = re.search(r"^# Says:(.*)$", text, re.MULTILINE)
    if not kills or not says or not kills.group(1).split():
        raise PatchError(f"{patch.name}: needs lines '# Kills:' and '# Says:'")
    return Mutant(
        patch.stem, patch, tuple(kills.group(1).split()), says.group(1).strip()
    )


def sources() -> set[Path]:
    """Every file that the build or a test reads, relative to the root."""
    found = [ROOT / part for part in PARTS]
    found += [path for part in PARTS for path in (ROOT / part).rglob("*")]
    return {
        path.relative_to(ROOT)
        for path in found
        if path.is_file() and "__pycache__" not in path.parts
    }


def copy_sources(target: Path) -> None:
    """Brings a copy of the sources up to date. What is the same keeps its time,
    so that the build tree beside it stays valid."""
    wanted = sources()
    for name in wanted:
        source, copy = ROOT / name, target / name
        if not copy.exists() or copy.read_bytes() != source.read_bytes():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy)
    for path in list(target.rglob("*")):
        name = path.relative_to(target)
        if path.is_file() and name.parts[0] != "build" and name not in wanted:
            path.unlink()


def run(
    *command: str | Path,
    folder: Path | None = None,
    seconds: float | None = None,
) -> tuple[int, str]:
    """Exit code and output; a command that takes too long has code 124."""
    # git must not see the repository around the copy: it would take the paths
    # of a patch as relative to that one.
    ceiling = {"GIT_CEILING_DIRECTORIES": str(folder.parent)} if folder else {}
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=folder,
            env=os.environ | ceiling,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return 124, f"no answer after {seconds} s"
    return done.returncode, done.stdout


def build(tree: Path, programs: tuple[str, ...]) -> tuple[int, str]:
    targets = [f"{program}_test" for program in programs]
    return run("cmake", "--build", tree / BUILD, "--target", *targets)


def prepare(tree: Path, programs: tuple[str, ...]) -> None:
    """A built tree without any error, in which every program passes."""
    copy_sources(tree)
    launcher = shutil.which("ccache")
    code, output = run(
        *("cmake", "-G", "Ninja", "-S", tree, "-B", tree / BUILD),
        *("-D", "NETPROOF_TESTS=ON", "-D", "NETPROOF_WERROR=ON"),
        *("-D", "CMAKE_BUILD_TYPE=Release"),
        *("-D", "CMAKE_CXX_FLAGS_RELEASE=-O1"),
        *("-D", f"CMAKE_CXX_COMPILER_LAUNCHER={launcher or ''}"),
    )
    if code == 0:
        code, output = build(tree, programs)
    if code != 0:
        sys.exit(f"the tree without errors does not build\n{output}")
    for program in programs:
        code, output = run_program(tree, program)
        if code != 0:
            sys.exit(f"{program} fails without any error\n{output[-4000:]}")


def run_program(tree: Path, program: str) -> tuple[int, str]:
    return run(
        tree / BUILD / "tests/cpp" / f"{program}_test",
        "--gtest_brief=1",
        "--gtest_fail_fast",
        seconds=SECONDS_FOR_A_TEST,
    )


@contextmanager
def planted(mutant: Mutant, source: Path) -> Iterator[None]:
    """The error is in the sources; afterwards it is gone."""
    text = mutant.patch.read_text()
    names = re.findall(r"^\+\+\+ b/(\S+)", text, re.MULTILINE)
    if not names or not all((source / name).is_file() for name in names):
        raise PatchError(f"{mutant.patch.name} names no file that exists")
    before = {name: (source / name).read_bytes() for name in names}
    try:
        code, output = run("git", "apply", mutant.patch, folder=source)
        if code != 0:
            raise PatchError(f"{mutant.patch.name} does not apply\n{output}")
        yield
    finally:
        for name, content in before.items():
            (source / name).write_bytes(content)


def first_failure(output: str) -> str:
    """The name of the first test that failed, or how else it ended."""
    match = re.search(r"^\[  FAILED  \] ([\w/.]+)", output, re.MULTILINE)
    if match:
        return match.group(1)
    last = output.strip().splitlines()[-1:] or ["ended without a word"]
    return last[0][:70]


def judge(mutant: Mutant, tree: Path) -> Outcome:
    start = time.monotonic()
    killed_by: list[str] = []
    how = ""
    with planted(mutant, tree):
        code, output = build(tree, mutant.programs)
        if code != 0:
            raise PatchError(f"{mutant.name} does not compile\n{output}")
        for program in mutant.programs:
            code, output = run_program(tree, program)
            if code != 0:
                killed_by.append(program)
                how = how or first_failure(output)
    return Outcome(mutant, tuple(killed_by), how, time.monotonic() - start)


def table(outcomes: list[Outcome]) -> str:
    rows = ["| mutant | the error | killed by | first failing test |"]
    rows.append("| --- | --- | --- | --- |")
    for outcome in outcomes:
        by = " ".join(outcome.killed_by) if outcome.killed else "**survived**"
        how = f"`{outcome.how}`" if outcome.how else ""
        rows.append(
            f"| {outcome.mutant.name} | {outcome.mutant.says} | {by} | {how} |"
        )
    return "\n".join(rows)


def write_readme(outcomes: list[Outcome]) -> None:
    killed = sum(outcome.killed for outcome in outcomes)
    (HERE / "README.md").write_text(
        README.format(killed=killed, count=len(outcomes), table=table(outcomes))
    )


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Plants errors, runs tests.")
    parser.add_argument("names", nargs="*", help="mutants; default: all")
    parser.add_argument("--write", action="store_true", help="write README.md")
    parser.add_argument(
        "--keep",
        type=Path,
        default=ROOT / "build" / "mutants",
        help="where the copy and its build live, and stay",
    )
    return parser.parse_args()


def main() -> int:
    arguments = parse_arguments()
    tree = arguments.keep.resolve()
    # Fewer random networks: most mutants die early, survivors run them all.
    os.environ.setdefault("NETPROOF_RANDOM_NETWORKS", "300")
    mutants = [
        read_mutant(patch)
        for patch in sorted(HERE.glob("*.patch"))
        if not arguments.names or patch.stem in arguments.names
    ]
    programs = tuple(sorted({p for m in mutants for p in m.programs}))
    outcomes: list[Outcome] = []
    broken = 0
    if mutants:
        prepare(tree, programs)
    for mutant in mutants:
        try:
            outcome = judge(mutant, tree)
        except PatchError as error:
            print(f"BROKEN    {error}", flush=True)
            broken += 1
            continue
        outcomes.append(outcome)
        print(
            f"{'killed' if outcome.killed else 'SURVIVED':9} {mutant.name}"
            f" ({outcome.seconds:.0f} s) {outcome.how}",
            flush=True,
        )
    if arguments.write and not arguments.names and not broken:
        write_readme(outcomes)
    survived = sum(not outcome.killed for outcome in outcomes)
    print(
        f"{len(outcomes) - survived} killed, {survived} survived,"
        f" {broken} broken"
    )
    return 1 if survived or broken else 0


if __name__ == "__main__":
    sys.exit(main())
