"""Random histories of a folder of notes, and whether a word of the user was ever lost.

`python benchmarks torture_export [HISTORIES] [--seed N] [--folder DIR]`. Prints what
happened in them and what the exports did, and exits with 1 for a broken promise.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from random import Random

from export_history import ExportHistory


def main() -> int:
    """Run the histories in all processors, and return the exit code."""
    parser = argparse.ArgumentParser(description="Edit and export notes at random.")
    parser.add_argument("histories", nargs="?", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", help="for the files; one in memory is fastest")
    arguments = parser.parse_args()
    if arguments.folder:
        Path(arguments.folder).mkdir(parents=True, exist_ok=True)
    seeds = range(arguments.seed, arguments.seed + arguments.histories)
    start, counts, broken = time.monotonic(), Counter[str](), 0
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for seed, (problem, happened) in zip(
            seeds, pool.map(partial(_run, arguments.folder), seeds, chunksize=10), strict=True
        ):
            counts += happened
            if problem:
                broken += 1
                print(f"! seed {seed}: {problem}", flush=True)
    for name, number in sorted(counts.items()):
        print(f"{name:24}{number:>10,}")
    print(f"{len(seeds):,} histories, {broken:,} broken promises, {time.monotonic() - start:.0f} s")
    return 1 if broken else 0


def _run(folder: str | None, seed: int) -> tuple[str, Counter[str]]:
    with tempfile.TemporaryDirectory(dir=folder) as own:
        history = ExportHistory(Path(own), Random(seed), with_others=True)
        try:
            history.run()
        except Exception as error:  # noqa: BLE001 - it is reported, and the others go on
            return f"{type(error).__name__}: {error}", history.counts
        return "", history.counts


if __name__ == "__main__":
    sys.exit(main())
