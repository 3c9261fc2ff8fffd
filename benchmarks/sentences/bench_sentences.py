"""Measure the accuracy of sentence boundaries, with sentencex and pysbd if installed.

The gold file is `gold/sentences.jsonl`: paragraphs of the corpora with the ends of
their sentences, decided by reading them. 458 were drawn at random, and 188 from those
on which the three splitters disagreed. Half of the pages are held out; tuning uses
only the other half. These count as ends:

- a mark that ends a sentence, with the quotation marks and brackets that close on it;
- the same within a quotation, since claims are made there, and after it;
- not a question or exclamation in quotation marks that continues with its speaker, or
  is part of the sentence around it;
- not within 「」 and （）, which belong to the sentence around them;
- not between an abbreviation, an initial or an ordinal number and the word after it;
- between two sentences whose space the page has lost;
- after a sentence before a note in brackets; but a source after a dash, a reference
  number, an ellipsis in brackets and a smiley belong to the sentence before them.

Without the corpora only the speed is measured, on the sample articles.
"""

import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from annotator.reading.sentences.splitter import split
from gold_paragraphs import options_of, read_gold, read_paragraphs

HERE = Path(__file__).parent
GOLD = HERE / "gold" / "sentences.jsonl"
SAMPLES = HERE.parents[1] / "sample_articles"
PYSBD = "am ar bg da de el en es fa fr hi hy it ja kk mr my nl pl ru sk ur zh"
ROUNDS = 5
WORDS = 100_000
START_UP = {
    "annotator": "from annotator.reading.sentences.splitter import split; split('A b. C d.')",
    "sentencex": "from sentencex import segment; list(segment('en', 'A b. C d.'))",
    "pysbd": "from pysbd import Segmenter; Segmenter('en', clean=False).segment('A b. C d.')",
}

Ends = Callable[[str, str], set[int]]


@dataclass(frozen=True, slots=True)
class Case:
    """A paragraph and the ends of its sentences, except that of the paragraph."""

    text: str
    language: str
    ends: frozenset[int]
    disputed: bool
    held_out: bool


@dataclass(slots=True)
class Score:
    """Counts of right and wrong ends."""

    sentences: int = 0
    right: int = 0
    missed: int = 0
    false: int = 0

    def add(self, gold: frozenset[int], found: set[int]) -> None:
        """Count one paragraph."""
        self.sentences += len(gold) + 1
        self.right += len(gold & found)
        self.missed += len(gold - found)
        self.false += len(found - gold)

    @property
    def errors(self) -> float:
        """The number of missed or false ends in a hundred sentences."""
        return 100 * (self.missed + self.false) / max(1, self.sentences)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall of ends within paragraphs."""
        return 2 * self.right / max(1, 2 * self.right + self.missed + self.false)


def main() -> None:
    """Print accuracy and speed of each splitter."""
    options = options_of(__doc__ or "")
    splitters = dict(_splitters())
    if options.corpora.is_dir():
        cases = [case for case in _cases(options.corpora) if case.held_out == options.held_out]
        print("held out" if options.held_out else "tuned", f"- {len(cases)} paragraphs")
        _print_accuracy(cases, splitters)
        if options.errors and not options.held_out:
            _print_errors(cases, splitters["annotator"])
        texts: Iterable[str] = (each.text for each in read_paragraphs(options.corpora))
    else:
        print(f"There are no corpora at {options.corpora}, so only the speed is measured.")
        texts = (text for path in sorted(SAMPLES.iterdir()) for text in _lines(path))
    if not options.errors:
        _print_speed(_of_words(texts), splitters)


def _cases(corpora: Path) -> Iterator[Case]:
    for row, text in read_gold(GOLD, corpora):
        yield Case(text, row["language"], frozenset(row["ends"]), row["disputed"], row["held_out"])


def _splitters() -> Iterator[tuple[str, Ends]]:
    yield "annotator", _ours
    if find_spec("sentencex"):
        segment = import_module("sentencex").segment
        yield "sentencex", lambda text, language: _ends(text, segment(language, text))
    if find_spec("pysbd"):
        made = import_module("pysbd").Segmenter
        kept = {language: made(language=language, clean=False) for language in PYSBD.split()}
        yield (
            "pysbd",
            lambda text, language: _ends(text, kept.get(language, kept["en"]).segment(text)),
        )


def _ours(text: str, language: str) -> set[int]:
    return {span.end for span in split(text, language)} - {len(text)}


def _ends(text: str, pieces: Iterable[str]) -> set[int]:
    """Return the ends of `pieces` in a text, however the splitter treats white space."""
    found, at = set(), 0
    for piece in (each.strip() for each in pieces):
        start = text.find(piece, at)
        if start >= 0 and piece:
            at = start + len(piece)
            found.add(at)
    return found - {len(text)}


def _print_accuracy(cases: list[Case], splitters: dict[str, Ends]) -> None:
    scores: dict[str, dict[str, Score]] = {name: defaultdict(Score) for name in splitters}
    for case in cases:
        for name, ends in splitters.items():
            for group in (case.language, "disputed" if case.disputed else "at random"):
                scores[name][group].add(case.ends, ends(case.text, case.language))
    groups = sorted(scores["annotator"], key=lambda each: -scores["annotator"][each].sentences)
    print("\nerrors per 100 sentences (F1 of ends)")
    print(f"{'':10}{'sentences':>10}" + "".join(f"{name:>18}" for name in splitters))
    for group in groups:
        counted = scores["annotator"][group].sentences
        row = [scores[name][group] for name in splitters]
        cells = "".join(f"{score.errors:>10.2f} ({score.f1:.3f})" for score in row)
        print(f"{group:10}{counted:>10}{cells}")


def _print_errors(cases: list[Case], ends: Ends) -> None:
    for case in cases:
        found = ends(case.text, case.language)
        for place in sorted(found ^ case.ends):
            sign = "false " if place in found else "missed"
            around = case.text[max(0, place - 50) : place] + " | " + case.text[place : place + 40]
            print(f"{sign} {case.language} {around}")


def _print_speed(text: list[str], splitters: dict[str, Ends]) -> None:
    times: dict[str, list[float]] = {name: [] for name in splitters}
    starts: dict[str, list[float]] = {name: [] for name in splitters}
    for _ in range(ROUNDS):
        for name, ends in splitters.items():
            start = time.process_time()
            for each in text:
                ends(each, "en")
            times[name].append(time.process_time() - start)
            before = "from annotator.model import Span" if name == "annotator" else "pass"
            starts[name].append(_start_up(START_UP[name]) - _start_up(before))
    print(f"\n{'':10}{'s per 100k words':>18}{'start-up ms':>14}")
    for name in splitters:
        took, began = statistics.median(times[name]), statistics.median(starts[name])
        print(f"{name:10}{took:>18.3f}{began * 1000:>14.1f}")


def _start_up(statement: str) -> float:
    """Return the processor time of a process that runs a statement."""
    timed = f"import time; {statement}; print(time.process_time())"
    return float(subprocess.check_output([sys.executable, "-c", timed]))


def _of_words(texts: Iterable[str]) -> list[str]:
    """Return texts of `WORDS` words together, repeated if there are too few."""
    kept, words = [], 0
    pool = [text for text in islice(texts, WORDS) if text.strip()]
    while words < WORDS:
        for text in pool:
            kept.append(text)
            words += len(text.split())
            if words >= WORDS:
                break
    return kept


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines()


if __name__ == "__main__":
    main()
