"""Measure the agreement of check-worthiness scores with a human reader.

The gold file is `gold/checkworthiness.jsonl`: 360 sentences of the corpora, drawn at
random from the paragraphs of `gold/sentences.jsonl` in six languages. A sentence is
check-worthy if it states something about the world that can be found true or false,
and that readers other than the writer may want to know: an event, an amount, a
comparison, a cause, a rule, an action or claim of another person. Tastes, plans,
advice, private experience, fiction and a site's statements about itself are not.
More than half of the sentences are held out.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.reading.sentences.checkworthiness import WORTHY, worth
from gold_paragraphs import options_of, read_gold

HERE = Path(__file__).parent
GOLD = HERE / "gold" / "checkworthiness.jsonl"
ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, and whether the reader judged it check-worthy."""

    text: str
    language: str
    is_worthy: bool
    held_out: bool


def main() -> None:
    """Print agreement in all languages and in each."""
    options = options_of(__doc__ or "")
    if not options.corpora.is_dir():
        print(f"There are no corpora at {options.corpora}: nothing to measure on.")
        return
    cases = [case for case in _cases(options.corpora) if case.held_out == options.held_out]
    languages = sorted({case.language for case in cases})
    print("held out" if options.held_out else "tuned")
    print(f"{'':8}{'sentences':>10}{'worthy':>8}{'precision':>11}{'recall':>8}", end="")
    print(f"{'F1':>8}{'average precision':>19}{'kappa':>8}")
    for language in ("all", *languages):
        _print_row(language, [case for case in cases if language in ("all", case.language)])
    _print_row("numbers", cases, without_words=True)
    start = time.process_time()
    for _ in range(ROUNDS):
        for case in cases:
            worth(case.text, case.language)
    each = (time.process_time() - start) / ROUNDS / len(cases)
    print(f"{each * 1e6:.0f} µs a sentence")
    if options.errors and not options.held_out:
        _print_errors(cases)


def _cases(corpora: Path) -> Iterator[Case]:
    for row, paragraph in read_gold(GOLD, corpora):
        sentence = paragraph[row["start"] : row["end"]]
        yield Case(sentence, row["language"], row["worthy"], row["held_out"])


def _print_row(name: str, cases: Sequence[Case], *, without_words: bool = False) -> None:
    ranked = sorted(
        ((worth(case.text, "" if without_words else case.language), case) for case in cases),
        key=lambda pair: -pair[0],
    )
    found = [case.is_worthy for score, case in ranked if score >= WORTHY]
    worthy = sum(case.is_worthy for case in cases)
    right = sum(found)
    precision, recall = right / max(1, len(found)), right / max(1, worthy)
    f1 = 2 * right / max(1, len(found) + worthy)
    average = _average_precision([case.is_worthy for _, case in ranked])
    kappa = _kappa(len(cases), len(found), worthy, right)
    print(f"{name:8}{len(cases):>10}{worthy:>8}{precision:>11.2f}{recall:>8.2f}", end="")
    print(f"{f1:>8.2f}{average:>19.2f}{kappa:>8.2f}")


def _average_precision(ranked: Sequence[bool]) -> float:
    hits, total = 0, 0.0
    for place, is_worthy in enumerate(ranked, start=1):
        if is_worthy:
            hits += 1
            total += hits / place
    return total / max(1, hits)


def _kappa(count: int, found: int, worthy: int, right: int) -> float:
    """Return Cohen's kappa: the agreement beyond that of random guesses at the same rates."""
    agreed = (count - found - worthy + 2 * right) / count
    by_chance = (found * worthy + (count - found) * (count - worthy)) / count**2
    return (agreed - by_chance) / (1 - by_chance) if by_chance < 1 else 1.0


def _print_errors(cases: Sequence[Case]) -> None:
    for case in cases:
        score = worth(case.text, case.language)
        if (score >= WORTHY) != case.is_worthy:
            print(f"{'missed' if case.is_worthy else 'false '} {score:.2f} {case.text}")


if __name__ == "__main__":
    main()
