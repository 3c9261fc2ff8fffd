"""How many small faults in the pure packages are caught by the package's own tests.

    python benchmarks mutants                        every package, 40 faults in each
    python benchmarks mutants anchoring --sample 200
    python benchmarks mutants model --module dates --sample 0     all faults of one module

A fault is put into a copy of the program, never into the program itself. The tests of the
package run until the first one fails. The faults of a sample are chosen by `--seed`, spread
evenly over the lines of a package, so that a run can be repeated. What survived is printed,
to be looked at: some faults change nothing that anybody could see.

Mutation tests by libraries were tried: mutmut changes nothing outside of functions, where
our thresholds are; cosmic-ray writes into the program itself, and takes no samples.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import NamedTuple

from mutations import Mutation, mutated, mutations

ROOT = Path(__file__).parents[2]
TESTS: dict[str, tuple[str, ...]] = {  # of each package; where many test it, those that name it
    "anchoring": ("anchoring",),
    "citing": ("citing",),
    "feeds": ("feeds",),
    "diffing": ("diffing",),
    "model": ("model",),
    "export/markdown": ("export/markdown", "export/test_footnotes.py", "export/test_goldens.py"),
    "store/format": (
        "store/test_tinydb_storage.py",
        "store/test_library_schema.py",
        "store/test_mark_edits.py",
        "store/test_record_edits.py",
        "store/test_table_rows.py",
        "store/test_conflict_copies.py",
        "store/test_visible_text.py",
        "store/test_unknown_fields.py",
        "store/test_merge.py",
        "store/test_recovery.py",
    ),
    "store/repair": (
        "store/test_repair.py",
        "store/test_merge.py",
        "store/test_merging_bins.py",
        "store/test_maintenance.py",
        "store/test_recovery.py",
        "store/test_folder_copies.py",
    ),
}
FOLDERS = ("src", "tests", "benchmarks", "docs", "sample_articles", "styles")
_MOMENTS = count(1_000_000_000)  # seconds
PATIENCE = 6  # times as long as the tests take without a fault
LEAST = 30  # seconds


class Fault(NamedTuple):
    """A fault and the module that it is put into."""

    path: Path
    mutation: Mutation

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.mutation.line}  {self.mutation}"


def main() -> int:
    """Print the score of each package, and what survived."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("packages", nargs="*", default=list(TESTS), metavar="PACKAGE")
    parser.add_argument("--module", default="", help="only this module of the package")
    parser.add_argument("--sample", type=int, default=40, help="faults a package; 0: all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--least", type=int, default=0, help="percent; fail if a score is lower")
    options = parser.parse_args()
    print(f"{'package':18}{'caught':>12}{'score':>8}{'seconds':>9}", flush=True)
    scores = [_score(package, options) for package in options.packages]
    return int(min(scores) < options.least)


def _score(package: str, options: argparse.Namespace) -> float:
    faults = _sample([*_faults(package, options.module)], options.sample, options.seed)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        _copy(copy)
        tests = [str(copy / "tests" / name) for name in TESTS[package]]
        usual = time.monotonic()
        if not _pass(tests, copy, 0):
            raise SystemExit(f"The tests of {package} fail without a fault.")
        limit = max(LEAST, PATIENCE * (time.monotonic() - usual))
        survivors = [fault for fault in faults if _survives(fault, tests, copy, limit)]
    caught = len(faults) - len(survivors)
    score = 100 * caught / max(1, len(faults))
    ratio = f"{caught}/{len(faults)}"
    print(f"{package:18}{ratio:>12}{score:>7.0f}%{time.monotonic() - began:>9.0f}")
    for fault in survivors:
        print(f"    {fault}")
    sys.stdout.flush()
    return score


def _copy(folder: Path) -> None:
    """Copy the program and its tests, so that both may be edited meanwhile."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)


def _faults(package: str, module: str) -> Iterator[Fault]:
    folder = ROOT / "src" / "annotator" / package
    for path in sorted(folder.rglob("*.py")) or [folder.with_suffix(".py")]:
        if not module or path.stem == module:
            for mutation in mutations(path.read_text("utf-8")):
                yield Fault(path, mutation)


def _sample(faults: Sequence[Fault], size: int, seed: int) -> list[Fault]:
    """Return `size` faults spread evenly over all of them."""
    if not size or size >= len(faults):
        return list(faults)
    step, random = len(faults) / size, Random(seed)
    return [faults[int((at + random.random()) * step)] for at in range(size)]


def _survives(fault: Fault, tests: Sequence[str], copy: Path, limit: float) -> bool:
    path = copy / fault.path.relative_to(ROOT)
    source = path.read_text("utf-8")
    _write(path, mutated(source, fault.mutation))
    try:
        return _pass(_nearest_first(tests, fault.path), copy, limit)
    finally:
        _write(path, source)


def _write(path: Path, source: str) -> None:
    """Write a module with a time that it never had, so that no compiled one is taken for it."""
    path.write_text(source, "utf-8")
    moment = next(_MOMENTS)
    os.utime(path, (moment, moment))


def _nearest_first(tests: Sequence[str], module: Path) -> list[str]:
    """Return the tests with those that are named like the module at the beginning."""
    files: list[Path] = []
    for test in map(Path, tests):
        files += sorted(test.rglob("test_*.py")) if test.is_dir() else [test]
    return [str(file) for file in sorted(files, key=lambda file: module.stem not in file.stem)]


def _pass(tests: Sequence[str], copy: Path, limit: float) -> bool:
    """Return whether the tests pass with a copy of the program, within `limit` seconds."""
    run = get_context("fork").Process(target=_run, args=(tests, copy))
    run.start()
    run.join(limit or None)
    if run.is_alive():
        run.kill()
        run.join()
    return run.exitcode == 0


def _run(tests: Sequence[str], copy: Path) -> None:
    """Run the tests in this process, silently."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.environ["PYTHONPATH"] = str(copy / "src")  # for programs that the tests start
    sys.path.insert(0, str(copy / "src"))
    os.chdir(copy)
    import pytest  # once for each fault, so that no test remembers another

    options = ["-x", "-q", "-p", "no:xdist", "-p", "no:cov", "--hypothesis-seed=0"]
    sys.exit(pytest.main([*options, *tests]))


if __name__ == "__main__":
    sys.exit(main())
