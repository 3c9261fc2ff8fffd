"""Fault injection: thousands of faults of every kind, and whether a mark was lost.

`python benchmarks torture [--quick] [--seed N] [--only NAME]`. Prints a row
for each kind of fault, and exits with 1 if an acknowledged write was lost, or
altered data was not reported.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import torture_clocks
import torture_copies
import torture_damage
import torture_disks
import torture_folders
import torture_kills
import torture_mounts
import torture_writers
from torture_setting import Outcome

QUICK = 20  # times fewer trials with --quick

Trial = Callable[[Path, int, random.Random], Outcome]

TRIALS: dict[str, tuple[Trial, int]] = {
    "killed while marking": (torture_kills.marking, 250),
    "killed while tagging": (torture_kills.tagging, 250),
    "killed while refreshing": (torture_kills.refreshing, 250),
    "killed while exporting": (torture_kills.exporting, 250),
    "file cut short": (torture_damage.cut, 300),
    "file zeroed in places": (torture_damage.zeroed, 300),
    "one bit flipped": (torture_damage.flipped, 400),
    "bit flipped in a revision": (torture_damage.flipped_revision, 200),
    "both copies damaged": (torture_damage.both_copies, 200),
    "disk full at each step": (torture_disks.full_at_each_step, 0),
    "disk failing at each step": (torture_disks.failing_at_each_step, 0),
    "file-size limit at each size": (torture_disks.limited, 100),
    "small file system full": (torture_disks.small, 100),
    "4 writers at once": (torture_writers.writers, 500),
    "bind mount and container": (torture_mounts.mounts, 2_000),
    "machines, conflict copies": (torture_clocks.conflict_copies, 2_000),
    "machines, exports imported": (torture_clocks.restored_copies, 500),
    "machines, git": (torture_clocks.git, 200),
    "machines, whole folders": (torture_folders.folders, 500),
    "conflict copy cut short": (torture_copies.cut, 400),
    "conflict copy zeroed at start": (torture_copies.zeroed_at_start, 400),
    "conflict copy zeroed inside": (torture_copies.zeroed_inside, 400),
    "conflict copy zeroed at end": (torture_copies.zeroed_at_end, 400),
    "bit flipped in conflict copy": (torture_copies.flipped, 800),
}


def main() -> int:
    """Run the trials, print their outcomes, and return the exit code."""
    arguments = _arguments()
    names = [name for name in TRIALS if arguments.only in name]
    print(f"{'fault':32}{'trials':>8}{'lost':>7}{'silent':>8}{'s':>7}  other outcomes")
    outcomes = [_run(name, arguments) for name in names]
    lost, silent = sum(each.lost for each in outcomes), sum(each.silent for each in outcomes)
    trials = sum(each.trials for each in outcomes)
    print(f"{'all':32}{trials:>8,}{lost:>7,}{silent:>8,}")
    _report(problem for each in outcomes for problem in each.problems)
    return 1 if lost or silent or any(each.problems for each in outcomes) else 0


def _run(name: str, arguments: argparse.Namespace) -> Outcome:
    trial, count = TRIALS[name]
    if arguments.quick and count:
        count = max(5, count // QUICK)
    start = time.monotonic()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        chance = random.Random(f"{arguments.seed} {name}")
        outcome = trial(Path(folder), count, chance)
    spent = time.monotonic() - start
    figures = f"{outcome.trials:>8,}{outcome.lost:>7,}{outcome.silent:>8,}{spent:>7.0f}"
    print(f"{name:32}{figures}  {outcome.rest}", flush=True)
    return outcome


def _report(problems: Iterable[str]) -> None:
    for problem in problems:
        print(f"! {problem}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Inject faults, and check that no mark is lost.")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} times fewer trials")
    parser.add_argument("--seed", default="7", help="chooses the places and moments of the faults")
    parser.add_argument("--only", default="", metavar="WORDS", help="only kinds with this name")
    parser.add_argument("--folder", metavar="DIR", help="where the libraries are created")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
