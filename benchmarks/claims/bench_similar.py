"""Measure how well similar claims are found, and how long it takes.

The gold file is `gold/similar_claims.jsonl`: 200 pairs of sentences as news have them,
in ten languages and across them, written for this project. The labels:

- same: a reader would merge the two; one may say more, or round a number;
- contradicts: they cannot both be true of the same thing at the same time;
- related: the same event or subject, but another aspect, another time, another place;
- unrelated: other things, though numbers, names or words may be the same.

They were written, and split in halves by a fixed seed, before the code. Pairs with a
sentence in common are in the same half. Rules and lists of words were tuned on one
half only. They were written by the author of the rules, however, and are shorter
and plainer than much of what is marked in articles. `gold/similar_claims_long.jsonl` has
46 longer pairs, which were written and used for tuning later.

The time is that of `similar_marks` in a library with 10 generated claims in each of
10,000 articles: of words of news, which are frequent, rarer names, numbers and years.

`python benchmarks bench_similar [--held-out] [--errors] [--articles N]`
"""

import json
import random
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from annotator.anchoring import describe
from annotator.model import Annotation, Article, Block, Extraction, Page, Span
from annotator.model.identity import id_of_url
from annotator.similarity import Wording, judge
from annotator.similarity.vocabulary import entries
from annotator.store import Library, new_id
from annotator.usecases.marks.similar import similar_marks
from bench_library import NOW, settle, unsynced

HERE = Path(__file__).parent / "gold"
GOLD, LONGER = HERE / "similar_claims.jsonl", HERE / "similar_claims_long.jsonl"
NOTHING = "unrelated"
CLAIMS = 10  # in an article
SOUGHT = 40
SYLLABLES = (
    "ba",
    "ke",
    "lo",
    "mi",
    "nu",
    "ra",
    "se",
    "to",
    "vi",
    "del",
    "fan",
    "gor",
    "sten",
    "vik",
)


def main() -> None:
    """Print how often each judgement is right, and the time that a search takes."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--held-out", action="store_true", help="use the half not used for tuning")
    parser.add_argument("--errors", action="store_true", help="show the errors of the tuned half")
    parser.add_argument("--articles", type=int, default=10_000, help="of the library; 0 for none")
    options = parser.parse_args()
    name = "held out" if options.held_out else "tuned"
    rows = [row for row in _rows(GOLD) if row["held_out"] == options.held_out]
    _print_accuracy(name, rows, with_errors=options.errors and not options.held_out)
    if not options.held_out:
        _print_accuracy("longer sentences, tuned", _rows(LONGER), with_errors=options.errors)
    if options.articles:
        _print_times(options.articles)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _print_accuracy(name: str, rows: Sequence[Mapping[str, Any]], *, with_errors: bool) -> None:
    labels = [(row["label"], _judged(row)) for row in rows]
    print(name)
    print(f"{'':14}{'pairs':>6}{'found':>7}{'right':>7}{'precision':>11}{'recall':>8}{'F1':>7}")
    for names in (("same",), ("contradicts",), ("same", "contradicts"), ("related",)):
        _print_row(names, labels)
    across = [
        pair
        for pair, row in zip(labels, rows, strict=True)
        if row["first"]["language"] != row["second"]["language"]
    ]
    print("across languages only")
    _print_row(("same", "contradicts"), across)
    if with_errors:
        for row, (label, found) in zip(rows, labels, strict=True):
            if label != found:
                print(f"{label} → {found}: {row['first']['quote']} | {row['second']['quote']}")


def _print_times(articles: int) -> None:
    """Print the time to find similar marks in a large library."""
    chance = random.Random(7)
    subjects = [each.words["en"].split()[0].rstrip("*") for each in entries() if not each.is_place]
    names = ["".join(chance.choices(SYLLABLES, k=3)).capitalize() for _ in range(3000)]
    with tempfile.TemporaryDirectory() as folder:
        data, state, cache = (Path(folder) / name for name in ("data", "state", "cache"))
        marks: list[Annotation] = []
        with Library.open(data, state=state) as library, unsynced():
            for number in range(articles):
                article = _article(number, chance, (subjects, names))
                library.store(Extraction(article), Page(article.url, "<p>"), now=NOW)
                made = [_mark(article, at) for at in range(CLAIMS)]
                library.put(made)
                marks.append(made[0])
        settle(data)
        with Library.open(data, state=state, cache=cache) as library:
            similar_marks(library, marks[0])  # makes the index
            times, found = [], []
            for mark in chance.sample(marks, SOUGHT):
                before = time.perf_counter(), time.process_time()
                found.append(len(similar_marks(library, mark)))
                after = time.perf_counter(), time.process_time()
                times.append((after[0] - before[0], after[1] - before[1]))
        wall, spent = (median(column) * 1000 for column in zip(*times, strict=True))
        most = max(wall for wall, _ in times) * 1000
        print(
            f"{articles * CLAIMS:,} marks: {wall:.0f} ms to find similar ones ({spent:.0f} ms cpu),"
        )
        print(f"at most {most:.0f} ms, of {SOUGHT} claims; {median(found):.0f} suggestions each")


def _article(number: int, chance: random.Random, words: tuple[list[str], list[str]]) -> Article:
    blocks = tuple(Block("paragraph", _claim(chance, *words)) for _ in range(CLAIMS))
    url = f"https://site{number % 50}.example.org/story/{number}"
    return Article(id_of_url(url), url, f"Story {number}", language="en", blocks=blocks)


def _claim(chance: random.Random, subjects: list[str], names: list[str]) -> str:
    """Return a sentence whose words are about as frequent as in news."""
    one, other, third = (subjects[int(len(subjects) * chance.random() ** 2)] for _ in range(3))
    name, place = (names[int(len(names) ** chance.random()) - 1] for _ in range(2))
    return (
        f"The {one} of {other} in {place} {chance.choice(('rose', 'fell'))} by "
        f"{chance.randint(1, 90)} percent in {chance.randint(2005, 2025)}, {name} said about "
        f"the {third}, after {chance.randint(2, 900) * 100:,} people had asked for it."
    )


def _mark(article: Article, at: int) -> Annotation:
    start = article.starts[at]
    target = describe(article.text, Span(start, start + len(article.blocks[at].text)))
    return Annotation(new_id(), article.id, target, "claim", created=NOW)


def _judged(row: Mapping[str, Any]) -> str:
    judgement = judge(_wording(row["first"]), _wording(row["second"]))
    return judgement.similarity if judgement else NOTHING


def _wording(side: Mapping[str, str]) -> Wording:
    return Wording(side["quote"], language=side["language"])


def _print_row(names: Sequence[str], labels: Sequence[tuple[str, str]]) -> None:
    """Print one or several labels; with several, each pair must have the right one of them."""
    wanted = sum(label in names for label, _ in labels)
    found = sum(judged in names for _, judged in labels)
    right = sum(label == judged in names for label, judged in labels)
    precision, recall = right / max(1, found), right / max(1, wanted)
    f1 = 2 * right / max(1, wanted + found)
    print(f"{names[0] if len(names) == 1 else 'either':14}", end="")
    print(f"{wanted:>6}{found:>7}{right:>7}{precision:>11.2f}{recall:>8.2f}{f1:>7.2f}")


if __name__ == "__main__":
    main()
