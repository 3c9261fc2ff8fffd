#!/usr/bin/env python3
"""Extract the pages of corpora, beside trafilatura and readability-lxml, in one interleaved run.

    bench_extraction.py CORPORA                 F1, and milliseconds of processor time a page
    bench_extraction.py CORPORA --worst 10      the ten worst pages of each corpus as well
    bench_extraction.py CORPORA --parts 0 1 2 3 a part of the pages; the last, 4, is held out

CORPORA is a folder of corpora as `scorer_corpora.py` describes them. The
weights of the program were learned from all of these pages, so F1 here is what
a reader gets, and `train_scorer.py` measures what to expect of unseen pages.
readability-lxml is a dependency; trafilatura is measured only if it is
installed (`pip install trafilatura`).
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from annotator.extract import extract
from annotator.model import Page
from peers import readability_text
from scorer_corpora import PARTS, Sample, read_corpora
from scorer_metrics import quality_of

Extractor = Callable[[Sample], str]


def main() -> None:
    """Run the benchmark."""
    options = _options()
    extractors = dict(_extractors())
    samples = [each for each in read_corpora(options.corpora) if each.part in options.parts]
    samples = samples[:: options.every]
    for extractor in extractors.values():
        extractor(samples[0])  # so that imports and compiled patterns are not counted for a page
    texts: dict[str, list[str]] = defaultdict(list)
    costs: dict[str, list[float]] = defaultdict(list)
    for number, sample in enumerate(samples):
        for name in _rotated(list(extractors), number):
            start = time.process_time()
            texts[name].append(extractors[name](sample))
            costs[name].append((time.process_time() - start) * 1000)
    for corpus in sorted({sample.corpus for sample in samples}):
        indices = [index for index, sample in enumerate(samples) if sample.corpus == corpus]
        print(f"{corpus}, {len(indices)} pages")
        for name in extractors:
            _report(name, [samples[i] for i in indices], [texts[name][i] for i in indices])
            _report_cost([costs[name][i] for i in indices])
        ours = [(_f1(samples[i], texts["annotator"][i]), samples[i]) for i in indices]
        for value, sample in sorted(ours, key=lambda pair: pair[0])[: options.worst]:
            print(f"    {value:.3f}  {sample.number:4}  {sample.url[:90]}")
    print("all pages")
    for name in extractors:
        print(f"  {name:18}", end="")
        _report_cost(costs[name])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--worst", type=int, default=0, metavar="N")
    parser.add_argument("--every", type=int, default=1, metavar="N")
    parser.add_argument("--parts", type=int, nargs="+", default=range(PARTS), metavar="P")
    return parser.parse_args()


def _extractors() -> Iterator[tuple[str, Extractor]]:
    yield "annotator", lambda sample: extract(Page(sample.url, sample.html)).article.text
    if find_spec("trafilatura"):
        trafilatura = import_module("trafilatura")

        yield (
            "trafilatura",
            lambda sample: (
                trafilatura.extract(sample.html, url=sample.url, include_comments=False) or ""
            ),
        )
    yield "readability-lxml", lambda sample: readability_text(sample.html, sample.url)


def _rotated(names: list[str], number: int) -> list[str]:
    start = number % len(names)
    return names[start:] + names[:start]


def _f1(sample: Sample, text: str) -> float:
    return quality_of([(sample.truth, text)]).f1


def _report(name: str, samples: list[Sample], texts: list[str]) -> None:
    pairs = zip((sample.truth for sample in samples), texts, strict=True)
    quality = quality_of(pairs)
    figures = f"F1 {quality.f1:.4f} (p {quality.precision:.4f}, r {quality.recall:.4f})"
    print(f"  {name:18} {figures}", end="")


def _report_cost(costs: list[float]) -> None:
    late = sorted(costs)[int(len(costs) * 0.95)]
    print(f"  cpu ms: median {median(costs):6.1f}, p95 {late:6.1f}")


if __name__ == "__main__":
    main()
