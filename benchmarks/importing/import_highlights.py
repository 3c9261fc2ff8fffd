"""Cut highlights from articles as services would have, and tie them to the text again.

    python benchmarks import_highlights [CORPORA…] [--count 1000] [--seed 7] [--write FILE]

Pages are those of `sample_articles/` and of corpora (see `scorer_corpora.py`). A third of the
highlights is cut from the text of another extractor or from that of the whole page, and every
tenth is of a passage that is not in the article: that one must stay an orphan.
"""

import argparse
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from lxml import html
from readability import Document

from annotator.extract import extract
from annotator.importing.item import ImportedHighlight, TextPosition
from annotator.model import Anchored, Article, Page
from annotator.usecases.importing.marks import Places
from import_cuts import CUTS, Kept, one_line
from scorer_corpora import read_corpora

SAMPLES = Path(__file__).parents[2] / "sample_articles"
CONTEXT = 32
LEAST_TEXT = 600
LEAST_ABSENT = 30  # letters; shorter words are in many texts
HIGHLIGHTS_EACH = 10
SENTENCE = re.compile(r"[^\n.!?。！？]{20,400}[.!?。！？]+[”\"’)]?")
WORDS = re.compile(r"\S+(?: \S+){2,6}")
OTHERS = ("readability", "trafilatura", "whole page")
HIDDEN = re.compile(r"<(script|style|noscript)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Case:
    """A highlight with its true place, or with none if its passage is not in the text."""

    page: str
    style: str
    quote: str
    prefix: str = ""
    suffix: str = ""
    position: int | None = None
    start: int = -1
    end: int = -1

    @property
    def is_absent(self) -> bool:
        """Whether the passage is not in the text."""
        return self.start < 0


@dataclass(frozen=True, slots=True)
class Source:
    """A page: its name, its HTML and its article."""

    name: str
    html: str
    article: Article


def sources(corpora: Sequence[Path], chance: random.Random) -> Iterator[Source]:
    """Yield all pages that have enough text, in random order."""
    pages = [
        (path.name, f"https://sample.example/{path.name}", path.read_text("utf-8"))
        for path in sorted(SAMPLES.glob("*.html"))
    ]
    for folder in corpora:
        pages += [
            (f"{page.corpus}-{page.number}", page.url, page.html) for page in read_corpora(folder)
        ]
    chance.shuffle(pages)
    for name, url, text in pages:
        try:
            article = extract(Page(url, text)).article
        except Exception:  # noqa: BLE001 - a page without an article has no highlights
            continue
        if len(article.text) >= LEAST_TEXT:
            yield Source(name, text, article)


def passages(text: str, chance: random.Random) -> Iterator[tuple[int, int]]:
    """Yield spans as people mark them: sentences, phrases, paragraphs and more."""
    sentences = [match.span() for match in SENTENCE.finditer(text)]
    if not sentences:
        return
    while True:
        start, end = chance.choice(sentences)
        sort = chance.random()
        if sort < 0.15:  # noqa: PLR2004 - a phrase
            words = list(WORDS.finditer(text, start, end))
            start, end = chance.choice(words).span() if words else (start, end)
        elif sort < 0.35:  # noqa: PLR2004 - across paragraphs
            end = min(len(text), end + chance.randint(60, 500))
        elif sort < 0.5:  # noqa: PLR2004 - a paragraph
            start = text.rfind("\n", 0, start) + 1
            end = len(text) if (found := text.find("\n", end)) < 0 else found
        passage = text[start:end]
        start += len(passage) - len(passage.lstrip())
        yield start, start + len(passage.strip())


def cases_of(source: Source, count: int, chance: random.Random) -> Iterator[Case]:
    """Yield highlights of one page."""
    text = source.article.text
    letters = Letters(text)
    spans = passages(text, chance)
    foreign = [each for each in _of_others(source, letters, chance) if each.quote]
    yield from foreign[: max(1, count // 2)]
    for _ in range(count - count // 2):
        span = next(spans, None)
        if span is None:
            return
        style = chance.choice(list(CUTS))
        kept = CUTS[style](text[span[0] : span[1]], chance)
        if kept is None or not kept.quote.strip():
            continue
        is_told = letters.count(text[span[0] : span[1]]) == 1
        case = _case(Case(source.name, style, kept.quote), text, span, kept)
        if letters.count(text[max(0, span[0] - CONTEXT) : span[1] + CONTEXT]) > 1:
            continue
        # A service without context leaves open which of several equal passages it was.
        yield case if is_told and chance.random() < 0.5 else _with_context(case, text, chance)  # noqa: PLR2004


def _case(case: Case, text: str, span: tuple[int, int], kept: Kept) -> Case:
    start, end = span
    if kept.length is not None:
        end = start + len(text[start : start + kept.length].rstrip())
    return replace(case, start=start, end=end)


def _with_context(case: Case, text: str, chance: random.Random) -> Case:
    """Add the text around a passage as a service keeps it, and a position in another text."""
    prefix = text[max(0, case.start - CONTEXT) : case.start]
    suffix = text[case.end : case.end + CONTEXT]
    if chance.random() < 0.5:  # noqa: PLR2004
        prefix, suffix = prefix.replace("\n\n", "\n\t\t"), suffix.replace("\n\n", "")
    position = case.start + chance.randint(0, 300)
    return replace(case, prefix=prefix, suffix=suffix, position=position)


class Letters:
    """The letters and digits of a text, with their places in it."""

    def __init__(self, text: str) -> None:
        self.places = [at for at, each in enumerate(text) if each.isalnum()]
        self.folded = "".join(text[at].lower()[0] for at in self.places)

    def count(self, words: str) -> int:
        """Return how often the letters of some words occur."""
        return self.folded.count(fold(words))

    def span(self, words: str) -> tuple[int, int] | None:
        """Return the place of words that occur once."""
        sought = fold(words)
        if not sought or self.folded.count(sought) != 1:
            return None
        at = self.folded.index(sought)
        return self.places[at], self.places[at + len(sought) - 1] + 1

    def has_any(self, words: str) -> bool:
        """Return whether a run of 15 letters of some words occurs."""
        sought = fold(words)
        return any(sought[at : at + 15] in self.folded for at in range(0, len(sought) - 14, 5))


def fold(words: str) -> str:
    """Return the letters and digits of some words, in lower case."""
    return "".join(each.lower()[0] for each in words if each.isalnum())


def _of_others(source: Source, letters: Letters, chance: random.Random) -> list[Case]:
    """Return highlights on the texts that other programs make of a page."""
    found = []
    for name in OTHERS:
        text = _text_by(name, source.html)
        spans = passages(text, chance)
        for _ in range(4):
            span = next(spans, None)
            if span is None:
                break
            words = text[span[0] : span[1]]
            place = letters.span(words)
            shown = words if name == "trafilatura" else one_line(words)
            case = Case(
                source.name,
                name,
                shown,
                text[max(0, span[0] - CONTEXT) : span[0]],
                text[span[1] : span[1] + CONTEXT],
                span[0],
            )
            if place:
                found.append(replace(case, start=place[0], end=place[1]))
            elif len(fold(words)) >= LEAST_ABSENT and not letters.has_any(words):
                found.append(replace(case, style="not in the text"))
    chance.shuffle(found)
    absent = [case for case in found if case.is_absent][:1]
    return [case for case in found if not case.is_absent or case in absent]


def _text_by(name: str, source: str) -> str:
    if name == "trafilatura" and not find_spec("trafilatura"):
        return ""
    try:
        if name == "trafilatura":
            return str(import_module("trafilatura").extract(source) or "")
        markup = Document(source).summary() if name == "readability" else source
        return "".join(map(str, html.fromstring(HIDDEN.sub("", markup)).itertext()))
    except Exception:  # noqa: BLE001 - an extractor that fails has no text
        return ""


def is_right(case: Case, start: int, end: int, text: str) -> bool:
    """Return whether a place is the true one, but for signs at its ends."""
    found, true = fold(text[start:end]), fold(text[case.start : case.end])
    slack = max(3, len(true) // 25)
    first = len(fold(text[min(start, case.start) : max(start, case.start)]))
    last = len(fold(text[min(end, case.end) : max(end, case.end)]))
    overlaps = start < case.end and case.start < end
    return overlaps and (found == true or (first <= slack and last <= slack))


def outcome_of(case: Case, article: Article) -> str:
    """Return “right”, “wrong” or “orphaned”."""
    position = None
    if case.position is not None:
        position = TextPosition(case.position, case.position + len(case.quote))
    highlight = ImportedHighlight(
        quote=case.quote, prefix=case.prefix, suffix=case.suffix, position=position
    )
    place = Places(article).find(highlight)
    if not isinstance(place, Anchored) or not len(place.span):
        return "right" if case.is_absent else "orphaned"
    if case.is_absent:
        return "wrong"
    is_true = is_right(case, place.span.start, place.span.end, article.text)
    return "right" if is_true else "wrong"


def make_cases(
    corpora: Sequence[Path], count: int, seed: int
) -> tuple[list[Case], dict[str, Article]]:
    """Return that many highlights, spread over the pages, and the articles by name."""
    chance = random.Random(seed)
    made: list[Case] = []
    kept = {}
    for page in sources(corpora, chance):
        if len(made) >= count:
            break
        kept[page.name] = page.article
        made += cases_of(page, HIGHLIGHTS_EACH, chance)
    return made[:count], kept


def print_table(outcomes: dict[str, Counter[str]]) -> None:
    """Print the outcomes of each style."""
    print(f"{'':26}{'cases':>7}{'right':>7}{'wrong':>7}{'orphaned':>10}")
    total: Counter[str] = Counter()
    for style, counts in sorted(outcomes.items()):
        _print_row(style, counts)
        if style != "not in the text":
            total += counts
    _print_row("all that are in the text", total)


def _print_row(name: str, counts: Counter[str]) -> None:
    row = "".join(f"{counts[each]:{size}}" for each, size in (("right", 7), ("wrong", 7)))
    share = 100 * counts["right"] / max(counts.total(), 1)
    print(f"{name:26}{counts.total():7}{row}{counts['orphaned']:10}{share:8.1f} %")


def main() -> None:
    """Cut the highlights, place them, and print how many are right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path, nargs="*")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--write", type=Path, help="a file for the cases, as JSON Lines")
    parser.add_argument("--failures", type=Path, help="a file for the cases that failed")
    options = parser.parse_args()
    cases, texts = make_cases(options.corpora, options.count, options.seed)
    if options.write:
        lines = (json.dumps(asdict(case), ensure_ascii=False) for case in cases)
        options.write.write_text("\n".join(lines), encoding="utf-8")
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    failed = []
    for case in cases:
        outcome = outcome_of(case, texts[case.page])
        outcomes[case.style][outcome] += 1
        if outcome != "right":
            true = texts[case.page].text[case.start : case.end]
            failed.append(json.dumps({"outcome": outcome, "true": true, **asdict(case)}))
    if options.failures:
        options.failures.write_text("\n".join(failed), encoding="utf-8")
    print_table(outcomes)


if __name__ == "__main__":
    main()
