"""Measure how well marks on the text of one extractor are found in that of another.

`python benchmarks bench_extractors CORPORA [PAGES OF EACH]`; the folder is as
`scorer_corpora.py` describes it. Both ways: from the text of readability-lxml
to ours, and back. The truth comes from the words alone, without anchoring: both
texts are aligned word by word. A passage is present if its words are aligned
without a gap, and are either unique in both texts or aligned with some words on
either side. It is absent if hardly any two consecutive words of it are in the
other text. Passages between the two are disputable and left out.

ok: at least 0.8 of the true place, as intersection over union. wrong: 0.3 or
less. false: found, of a passage that is absent.
"""

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from time import process_time

from annotator.anchoring import anchor, describe
from annotator.extract import extract
from annotator.model import Anchored, Page, Span
from annotator.model.text import clean_text
from annotator.reading.sentences.splitter import split
from peers import readability_text
from scorer_corpora import read_corpora

PAGES = 60
MOST_WORDS = 6000  # of a text; the time for aligning grows with their square
OF_EACH_KIND = 8  # passages of a text
SHORT, LONGEST_PART = (2, 5), 90  # words of a phrase; characters at either side of a border
SOUND, DISPUTED = 0.8, 0.3  # share of the true place
FEWEST = 6  # words of a sentence
BESIDE = 8  # words on either side that distinguish a passage from similar ones

_WORD = re.compile(r"\w+")
_BORDER = re.compile(r"\s*\n\s*")


@dataclass(frozen=True)
class Words:
    """A text, its words in lower case, and their places."""

    text: str
    folded: list[str]
    spans: tuple[tuple[int, int], ...]

    def within(self, span: Span) -> range:
        """Return the words of a passage."""
        inside = [n for n, (start, end) in enumerate(self.spans) if span.start <= start < span.end]
        return range(inside[0], inside[-1] + 1) if inside else range(0)


Pair = tuple[Words, Words]


def main() -> None:
    """Print a line for each kind of passage and each way."""
    if not sys.argv[1:]:
        print("extractors: name a folder of corpora to measure the passages of two extractors.")
        return
    corpora, count = Path(sys.argv[1]), int((*sys.argv[2:], str(PAGES))[0])
    seen: Counter[str] = Counter()
    verdicts: dict[tuple[str, str], Counter[str]] = {}
    spent = 0.0
    for sample in read_corpora(corpora):
        if seen[sample.corpus] >= count:
            continue
        seen[sample.corpus] += 1
        ours = extract(Page(url=sample.url, html=sample.html)).article.text
        theirs = readable_text(sample.html, sample.url)
        for way, old, new in (("to ours", theirs, ours), ("from ours", ours, theirs)):
            before = process_time()
            for kind, verdict in judged(old, new, seed=sample.number):
                verdicts.setdefault((way, kind), Counter())[verdict] += 1
            spent += process_time() - before
    print(f"{sum(seen.values())} pages: {dict(seen)}; {spent:.0f} s")
    print(f"{'':28}{'there':>7}{'ok %':>8}{'wrong %':>9}{'lost %':>8}{'absent':>8}{'false %':>9}")
    for (way, kind), counts in sorted(verdicts.items()):
        print(line(f"{way}, {kind}", counts))


def line(name: str, counts: Counter[str]) -> str:
    """Return a line of the table."""
    there = sum(counts[each] for each in ("ok", "partly", "wrong", "lost"))
    absent = counts["false"] + counts["orphan"]
    ok, wrong, lost = (100 * counts[each] / max(1, there) for each in ("ok", "wrong", "lost"))
    false = 100 * counts["false"] / max(1, absent)
    return f"{name:28}{there:7}{ok:8.2f}{wrong:9.2f}{lost:8.2f}{absent:8}{false:9.2f}"


def readable_text(page: str, url: str) -> str:
    """Return the text of readability-lxml for a page, in the form of an article's text."""
    text = readability_text(clean_text(page, limit=len(page)), url)
    return clean_text(_BORDER.sub("\n\n", text), limit=len(text)).strip()


def judged(old: str, new: str, *, seed: int) -> Iterator[tuple[str, str]]:
    """Yield the kind of each passage of `old`, and the outcome in `new`."""
    here, there = words_of(old), words_of(new)
    if not 0 < len(here.spans) <= MOST_WORDS or not 0 < len(there.spans) <= MOST_WORDS:
        return
    places = aligned(here.folded, there.folded)
    known = set(pairwise(there.folded))
    for kind, span in passages(here, random.Random(seed)):
        inside = here.within(span)
        true = [places[n] for n in inside]
        if is_whole(true) and is_told_apart(inside, places, (here, there)):
            place = Span(there.spans[true[0] or 0][0], there.spans[true[-1] or 0][1])
            yield kind, verdict_of(old, new, span, place)
        elif is_absent([here.folded[n] for n in inside], known):
            yield kind, verdict_of(old, new, span, None)


def words_of(text: str) -> Words:
    """Return a text with its words."""
    found = list(_WORD.finditer(text))
    return Words(text, [each[0].lower() for each in found], tuple(each.span() for each in found))


def aligned(old: Sequence[str], new: Sequence[str]) -> dict[int, int | None]:
    """Return for each word of `old` the index of the same word in `new`."""
    places: dict[int, int | None] = dict.fromkeys(range(len(old)))
    for start, other, size in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        places |= {start + n: other + n for n in range(size)}
    return places


def is_whole(places: Sequence[int | None]) -> bool:
    """Return whether words are aligned to consecutive words."""
    first = places[0] if places else None
    return first is not None and list(places) == list(range(first, first + len(places)))


def is_told_apart(inside: range, places: Mapping[int, int | None], texts: Pair) -> bool:
    """Return whether words are unique in both texts, or aligned with some on either side."""
    words = [texts[0].folded[n] for n in inside]
    around = range(max(0, inside.start - BESIDE), min(len(places), inside.stop + BESIDE))
    return is_whole([places[n] for n in around]) or all(
        count(words, in_=each.folded) == 1 for each in texts
    )


def count(words: Sequence[str], *, in_: Sequence[str]) -> int:
    """Return the number of times that some words follow each other."""
    size = len(words)
    return sum(in_[at : at + size] == words for at in range(len(in_) - size + 1))


def is_absent(words: Sequence[str], known: set[tuple[str, str]]) -> bool:
    """Return whether hardly any two consecutive words are in the other text."""
    pairs = list(pairwise(words))
    return bool(pairs) and sum(pair in known for pair in pairs) <= DISPUTED * len(pairs)


def passages(words: Words, chance: random.Random) -> Iterator[tuple[str, Span]]:
    """Yield sentences, short phrases, and passages across a border of paragraphs."""
    text = words.text
    found = [span for span in split(text) if len(words.within(span)) >= FEWEST]
    for span in chance.sample(found, min(OF_EACH_KIND, len(found))):
        yield "sentences", span
    for _ in range(OF_EACH_KIND):
        first = chance.randrange(len(words.spans))
        last = min(len(words.spans) - 1, first + chance.randint(*SHORT) - 1)
        span = Span(words.spans[first][0], words.spans[last][1])
        if "\n" not in span.of(text):
            yield "short phrases", span
    borders = [found.start() for found in re.finditer("\n\n", text)]
    for border in chance.sample(borders, min(OF_EACH_KIND, len(borders))):
        near = Span(max(0, border - LONGEST_PART), min(len(text), border + LONGEST_PART))
        inside = words.within(near)
        if len(inside) >= FEWEST:
            yield "across paragraphs", Span(words.spans[inside[0]][0], words.spans[inside[-1]][1])


def verdict_of(old: str, new: str, span: Span, true: Span | None) -> str:
    """Return the outcome for a passage whose true place is known, or that is absent."""
    place = anchor(describe(old, span), new)
    if not isinstance(place, Anchored):
        return "orphan" if true is None else "lost"
    if true is None:
        return "false"
    shared = max(0, min(place.span.end, true.end) - max(place.span.start, true.start))
    share = shared / (max(place.span.end, true.end) - min(place.span.start, true.start))
    return "ok" if share >= SOUND else "partly" if share > DISPUTED else "wrong"


if __name__ == "__main__":
    main()
