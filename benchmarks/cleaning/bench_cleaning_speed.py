#!/usr/bin/env python3
"""Measure the processor time of cleaning a page, beside trafilatura and readability-lxml.

    bench_cleaning_speed.py CORPORA            all pages
    bench_cleaning_speed.py CORPORA --every 4  every fourth page
    bench_cleaning_speed.py CORPORA --profile  where our time goes

CORPORA is a folder of corpora as `scorer_corpora.py` describes them. Each page
is given to all cleaners in turn in one process, since only the ratio of such
figures says something. The first page of each cleaner, with its imports, is
shown apart. trafilatura is measured if it is installed.
"""

import argparse
import cProfile
import pstats
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from scorer_corpora import Sample, read_corpora

SLOWEST = 10
LINES = 40  # of a profile
OURS = "annotator"

Cleaner = Callable[[Sample], object]


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path, nargs="?")
    parser.add_argument("--every", type=int, default=1, metavar="N")
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    if options.corpora is None:
        print("cleaning speed: name a folder of corpora to measure the time of cleaning.")
        return
    samples = list(read_corpora(options.corpora))[:: options.every]
    if options.profile:
        _profile(samples)
        return
    cleaners = {OURS: _ours, "readability-lxml": _by_readability}
    cleaners |= {"trafilatura": _by_trafilatura} if find_spec("trafilatura") else {}
    cold = {name: _milliseconds(clean, samples[0]) for name, clean in cleaners.items()}
    costs: dict[str, list[float]] = {name: [] for name in cleaners}
    names = list(cleaners)
    for number, sample in enumerate(samples):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            costs[name].append(_milliseconds(cleaners[name], sample))
    print(f"{len(samples)} pages{'median':>24}{'95 %':>8}{'slowest':>9}{'first, with imports':>21}")
    for name, spent in costs.items():
        late = sorted(spent)[int(len(spent) * 0.95)]
        figures = f"{median(spent):8.1f}{late:8.1f}{max(spent):9.0f}{cold[name]:21.0f}"
        print(f"{name:26}{figures}")
    print("the slowest of ours")
    order = sorted(range(len(samples)), key=lambda index: -costs[OURS][index])
    for index in order[:SLOWEST]:
        figures = "  ".join(f"{name} {costs[name][index]:.0f}" for name in names)
        print(f"  {figures}  {samples[index].corpus} {samples[index].number}")


def _milliseconds(clean: Cleaner, sample: Sample) -> float:
    start = time.process_time()
    clean(sample)
    return (time.process_time() - start) * 1000


def _profile(samples: list[Sample]) -> None:
    _ours(samples[0])
    profile = cProfile.Profile()
    profile.enable()
    for sample in samples:
        _ours(sample)
    profile.disable()
    pstats.Stats(profile).sort_stats("tottime").print_stats(LINES)


def _ours(sample: Sample) -> object:
    from annotator.extract import extract
    from annotator.model import Page

    return extract(Page(sample.url, sample.html))


def _by_readability(sample: Sample) -> object:
    from peers import readability_text

    return readability_text(sample.html, sample.url)


def _by_trafilatura(sample: Sample) -> object:
    trafilatura = import_module("trafilatura")
    return trafilatura.extract(sample.html, url=sample.url, include_comments=False)


if __name__ == "__main__":
    main()
