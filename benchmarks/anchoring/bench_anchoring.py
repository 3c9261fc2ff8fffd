"""Measure how well marks are found again, beside the client of Hypothesis.

    python benchmarks bench_anchoring CORPORA [--pages 60] [--json FILE]
        [--client CHECKOUT --node FOLDER --client-version 1.2]

The folder of corpora is as `scorer_corpora.py` describes it. Two sorts of new texts: what
another extractor makes of the same page, both ways, and what people, sites and programs
make of a text, by fourteen changes. For the client of Hypothesis, which is run by its own code:

    git clone https://github.com/hypothesis/client CHECKOUT
    npm install --prefix FOLDER esbuild approx-string-match@2

ok: at least 0.8 of the true place, as intersection over union. wrong: 0.3 or less. false:
found, of a passage that is gone.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from annotator.extract import extract
from annotator.model import Page, Span
from finders import Finder, finders
from other_extractors import passages, placed, readable_text, words_of
from scorer_corpora import Sample, read_corpora
from text_changes import changes

SOUND, DISPUTED = 0.8, 0.3  # share of the true place
LEAST = 2500  # letters of a text that is changed: others have too few paragraphs
PARAGRAPH = range(80, 600)  # letters of one that another text gets
OF_A_TEXT = 6  # passages of a text that is changed


class Case(NamedTuple):
    """A passage of an old text, with its true place in a new one, if it is there."""

    sort: str
    old: str
    passage: Span
    new: str
    true: Span | None


def main() -> None:
    """Print a line for each sort and program, and write what was counted."""
    options = _options()
    if options.corpora is None:
        print("anchoring: name a folder of corpora to measure passages of its texts.")
        return
    samples = _samples(options.corpora, options.pages)
    verdicts: dict[tuple[str, str], Counter[str]] = {}
    with finders(options.client, options.node, options.client_version) as programs:
        seconds = dict.fromkeys(programs, 0.0)
        for case in _cases(samples):
            for name, find in programs.items():
                before = perf_counter()
                verdict = _verdict(find, case)
                seconds[name] += perf_counter() - before
                verdicts.setdefault((case.sort, name), Counter())[verdict] += 1
    rows = [_row(sort, name, counts) for (sort, name), counts in sorted(verdicts.items())]
    print(f"{len(samples)} texts;", ", ".join(f"{name} {s:.0f} s" for name, s in seconds.items()))
    print(f"{'':64}{'there':>7}{'ok %':>8}{'wrong %':>9}{'lost %':>8}{'absent':>8}{'false %':>9}")
    for row in rows:
        print(f"{row['sort']:36}{row['program']:28}{row['there']:7}", end="")
        print(f"{row['ok']:8.2f}{row['wrong']:9.2f}{row['lost']:8.2f}", end="")
        print(f"{row['absent']:8}{row['false']:9.2f}")
    if options.json:
        told = {"texts": len(samples), "rows": rows}
        options.json.write_text(json.dumps(told, indent=1) + "\n", "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpora", type=Path, nargs="?")
    parser.add_argument("--pages", type=int, default=60, help="of each corpus")
    parser.add_argument("--client", type=Path, help="a checkout of the client of Hypothesis")
    parser.add_argument("--client-version", default="", help="its version, for the table")
    parser.add_argument("--node", type=Path, help="a folder with what it needs of npm")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    return parser.parse_args()


def _samples(corpora: Path, count: int) -> list[Sample]:
    """Return the first pages of each corpus."""
    seen = Counter[str]()
    chosen = []
    for sample in read_corpora(corpora):
        seen[sample.corpus] += 1
        if seen[sample.corpus] <= count:
            chosen.append(sample)
    return chosen


def _cases(samples: list[Sample]) -> Iterator[Case]:
    texts = [extract(Page(url=sample.url, html=sample.html)).article.text for sample in samples]
    paragraphs = [line for text in texts for line in text.split("\n") if len(line) in PARAGRAPH]
    for sample, ours in zip(samples, texts, strict=True):
        theirs = readable_text(sample.html, sample.url)
        for old, new in ((theirs, ours), (ours, theirs)):
            for kind, passage, true in placed(old, new, seed=sample.number):
                yield Case(f"another extractor, {kind}", old, passage, new, true)
        if len(ours) >= LEAST:
            for kind, passage in _some(ours, sample.number):
                for _, new, true in changes(ours, passage, paragraphs, seed=sample.number):
                    yield Case(f"changed, {kind}", ours, passage, new, true)


def _some(text: str, seed: int) -> list[tuple[str, Span]]:
    """Return a few passages of a text, of all kinds."""
    chance = random.Random(seed)
    every = list(passages(words_of(text), chance))
    return chance.sample(every, min(OF_A_TEXT, len(every)))


def _verdict(find: Finder, case: Case) -> str:
    """Return the outcome for a passage whose true place is known, or that is gone."""
    place, true = find(case.old, case.passage, case.new), case.true
    if place is None:
        return "orphan" if true is None else "lost"
    if true is None:
        return "false"
    shared = max(0, min(place.end, true.end) - max(place.start, true.start))
    share = shared / (max(place.end, true.end) - min(place.start, true.start))
    return "ok" if share >= SOUND else "partly" if share > DISPUTED else "wrong"


def _row(sort: str, program: str, counts: Counter[str]) -> dict[str, Any]:
    there = sum(counts[name] for name in ("ok", "partly", "wrong", "lost"))
    absent = counts["false"] + counts["orphan"]
    return {
        "sort": sort,
        "program": program,
        "there": there,
        **{name: _percent(counts[name], there) for name in ("ok", "wrong", "lost")},
        "absent": absent,
        "false": _percent(counts["false"], absent),
    }


def _percent(count: int, of: int) -> float:
    return round(100 * count / max(1, of), 2)


if __name__ == "__main__":
    main()
