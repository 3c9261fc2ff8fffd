#!/usr/bin/env python3
"""Measure the text of articles beside other cleaners, on corpora of pages with their true text.

    bench_extraction.py CORPORA                    all corpora, all cleaners
    bench_extraction.py CORPORA --only fundus      some corpora
    bench_extraction.py CORPORA --sites 0 1        the pages of some folds of sites, of 0 to 4
    bench_extraction.py CORPORA --before SRC       beside another version of the program as well
    bench_extraction.py CORPORA --folds FOLDER     weights of each page learned without its site
    bench_extraction.py CORPORA --worst 10         the ten worst pages of each corpus as well
    bench_extraction.py CORPORA --lost             all pages that lose much of the article

CORPORA is a folder of corpora as `scorer_corpora.py` describes them. F1, precision
and recall are those of `scorer_metrics.py`, with the captions that a cleaner
marks as such and without, since most truths of news lack them; `words` is the mean over
pages of the F1 of single words, as WCXB has it. A page that lacks
more than 30 % of the truth counts as lost; `unsaid` are those of them that the
program calls full. The intervals are of 95 %, by bootstrap over sites. `ahead`
is the difference of F1 to the best peer, without captions.

The weights of the program were learned from some of these pages, so its own F1
there is too good: `--folds` takes weights that `train_scorer.py --folds`
learned without the sites of a page. What peers make of a page is kept in a file:
see `peers.py` for how to install them.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import mean, median

import annotator
from peers import CACHE, NODE, PeerTexts, installed_peers
from scorer_corpora import FOLDS, Sample, read_corpora
from scorer_metrics import (
    Bootstrap,
    Interval,
    Score,
    interval_of,
    quality_of_scores,
    score_of,
    word_f1_of,
)

OURS, BEFORE = "annotator", "annotator, before"
LOST = 0.7  # recall below which a page has lost much of its article
FULL = "full"
WORKER = Path(__file__).with_name("clean_pages.py")


@dataclass(slots=True)
class Result:
    """What a cleaner makes of the pages of a corpus."""

    scores: list[Score] = field(default_factory=list)
    bare: list[Score] = field(default_factory=list)  # without captions
    words: list[float] = field(default_factory=list)  # F1 of single words
    labels: list[str] = field(default_factory=list)  # empty if the cleaner gives none
    milliseconds: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of a cleaner on a corpus."""

    corpus: str
    cleaner: str
    version: str
    pages: int
    f1: float
    interval: Interval
    precision: float
    recall: float
    bare_f1: float
    bare_interval: Interval
    bare_precision: float
    bare_recall: float
    words: float
    lost: int
    unsaid: int | None
    ahead: float | None
    ahead_interval: Interval | None
    milliseconds: float | None


def main() -> None:
    """Run the benchmark."""
    options = _options()
    if options.corpora is None:
        print("extraction: name a folder of corpora to measure the text of articles.")
        return
    samples = [s for s in read_corpora(options.corpora, options.only) if s.fold in options.sites]
    rows = []
    for corpus in dict.fromkeys(sample.corpus for sample in samples):
        pages = [sample for sample in samples if sample.corpus == corpus]
        results = dict(_results(pages, options))
        rows += _rows(pages, results)
        _print_corpus(pages, rows[-len(results) :])
        for sample, line in _listed(pages, results, options):
            print(f"    {line}  {sample.fold} {sample.number:4}  {sample.url[:90]}")
    _print_means(rows)
    if options.json:
        options.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path, nargs="?")
    parser.add_argument("--only", nargs="+", default=(), metavar="CORPUS")
    parser.add_argument("--sites", type=int, nargs="+", default=range(FOLDS), metavar="FOLD")
    parser.add_argument("--before", type=Path, metavar="SRC", help="other sources of the program")
    parser.add_argument("--folds", type=Path, metavar="FOLDER", help="weights for each fold")
    parser.add_argument("--ours", action="store_true", help="without the peers")
    parser.add_argument("--worst", type=int, default=0, metavar="N")
    parser.add_argument("--lost", action="store_true", help="list the pages that lose much")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    parser.add_argument("--cache", type=Path, default=CACHE, help="the file of the peers' texts")
    parser.add_argument("--node", type=Path, default=NODE, help="the folder of node_modules")
    return parser.parse_args()


def _results(pages: Sequence[Sample], options: argparse.Namespace) -> Iterator[tuple[str, Result]]:
    """Yield the name of each cleaner, with its version after a line break, and its result."""
    own = Path(annotator.__file__).parents[1]
    yield OURS, _ours(pages, own, options, folds=options.folds)
    if options.before:
        yield BEFORE, _ours(pages, options.before, options, folds=None)
    texts = PeerTexts(options.cache)
    for peer in [] if options.ours else installed_peers(options.node):
        result = Result()
        for sample, text in zip(pages, texts.of(peer, pages), strict=True):
            result.scores.append(score_of(sample.truth, text.text))
            result.bare.append(score_of(sample.truth, text.without_captions))
            result.words.append(word_f1_of(sample.truth.text, text.text))
        yield f"{peer.name}\n{peer.version}", result


def _ours(
    pages: Sequence[Sample], src: Path, options: argparse.Namespace, *, folds: Path | None
) -> Result:
    """Return the result of the program whose sources are in a folder."""
    command = [sys.executable, str(WORKER), str(options.corpora), "--only", pages[0].corpus]
    command += ["--sites", *map(str, options.sites)]
    command += ["--folds", str(folds)] if folds else []
    environment = os.environ | {"PYTHONPATH": str(src.resolve())}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    result = Result()
    for sample, line in zip(pages, done.stdout.splitlines(), strict=True):
        found = json.loads(line)
        result.scores.append(score_of(sample.truth, found["text"]))
        result.bare.append(score_of(sample.truth, found["without_captions"]))
        result.words.append(word_f1_of(sample.truth.text, found["text"]))
        result.labels.append(found["access"])
        result.milliseconds.append(found["milliseconds"])
    return result


def _rows(pages: Sequence[Sample], results: dict[str, Result]) -> list[Row]:
    """Return the figures of all cleaners, each compared with the best peer."""
    bootstrap = Bootstrap([sample.site for sample in pages])
    draws = {name: bootstrap.f1s(result.bare) for name, result in results.items()}
    peers = [name for name in results if name not in {OURS, BEFORE}]
    f1s = {name: quality_of_scores(result.bare).f1 for name, result in results.items()}
    best = max(peers, key=f1s.__getitem__, default=None)
    rows = []
    for name, result in results.items():
        quality, bare = quality_of_scores(result.scores), quality_of_scores(result.bare)
        lost = [score.recall < LOST for score in result.bare]
        unsaid = [
            label == FULL and is_lost for label, is_lost in zip(result.labels, lost, strict=False)
        ]
        gain = [a - b for a, b in zip(draws[name], draws[best], strict=True)] if best else []
        is_compared = bool(gain) and name != best
        rows.append(
            Row(
                corpus=pages[0].corpus,
                cleaner=name.partition("\n")[0],
                version=name.partition("\n")[2],
                pages=len(pages),
                f1=quality.f1,
                interval=interval_of(bootstrap.f1s(result.scores)),
                precision=quality.precision,
                recall=quality.recall,
                bare_f1=bare.f1,
                bare_interval=interval_of(draws[name]),
                bare_precision=bare.precision,
                bare_recall=bare.recall,
                words=mean(result.words),
                lost=sum(lost),
                unsaid=sum(unsaid) if result.labels else None,
                ahead=f1s[name] - f1s[best or name] if is_compared else None,
                ahead_interval=interval_of(gain) if is_compared else None,
                milliseconds=median(result.milliseconds) if result.milliseconds else None,
            )
        )
    return rows


def _print_corpus(pages: Sequence[Sample], rows: Sequence[Row]) -> None:
    sites = len({sample.site for sample in pages})
    print(f"\n{pages[0].corpus}, {len(pages)} pages of {sites} sites")
    print(
        f"{'':20}{'F1':>7}{'prec.':>8}{'recall':>8}   "
        f"{'without captions':24}{'prec.':>8}{'recall':>8}{'words':>7}{'lost':>6}"
        f"{'unsaid':>8}   ahead"
    )
    for row in rows:
        ahead = f"{row.ahead:+.4f} " if row.ahead is not None else ""
        print(
            f"{row.cleaner:20}{row.f1:7.4f}{row.precision:8.4f}{row.recall:8.4f}   "
            f"{row.bare_f1:.4f} {_ends(row.bare_interval):17}"
            f"{row.bare_precision:8.4f}{row.bare_recall:8.4f}{row.words:7.4f}{row.lost:6}"
            f"{'' if row.unsaid is None else row.unsaid:>8}   "
            f"{ahead}{_ends(row.ahead_interval)}"
        )
    sys.stdout.flush()


def _ends(interval: Interval | None) -> str:
    return f"[{interval[0]:.3f}, {interval[1]:.3f}]" if interval else ""


def _listed(
    pages: Sequence[Sample], results: dict[str, Result], options: argparse.Namespace
) -> Iterator[tuple[Sample, str]]:
    """Yield the pages to be named, each with its figures."""
    ours = results[OURS]
    peers = [result.bare for name, result in results.items() if name not in {OURS, BEFORE}]
    order = sorted(range(len(pages)), key=lambda index: ours.bare[index].f1)
    for place, index in enumerate(order):
        score = ours.bare[index]
        if place < options.worst or (options.lost and score.recall < LOST):
            best = max((scores[index].f1 for scores in peers), default=0.0)
            figures = f"F1 {score.f1:.3f} recall {score.recall:.3f} best peer {best:.3f}"
            before = results.get(BEFORE)
            figures += f" before {before.bare[index].f1:.3f}" if before else ""
            yield pages[index], f"{figures} {ours.labels[index]}"


def _print_means(rows: Sequence[Row]) -> None:
    print("\nmeans over corpora")
    for cleaner in dict.fromkeys(row.cleaner for row in rows):
        own = [row for row in rows if row.cleaner == cleaner]
        times = [row.milliseconds for row in own if row.milliseconds is not None]
        cost = f"{mean(times):8.1f} ms" if times else ""
        print(
            f"{cleaner:20}{mean(row.f1 for row in own):7.4f}{mean(row.bare_f1 for row in own):9.4f}"
            f"{sum(row.lost for row in own):6} lost{cost}"
        )


if __name__ == "__main__":
    main()
