"""The text of an article as words and sentences, to be searched for what a draft says.

Words are compared without capitals, accents and punctuation. Joined with spaces they
make one string, in which a run of words is found as quickly as any substring.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from annotator.model import Span

STEM = 5  # letters by which forms of a word are found; comparing them in full comes later
_SHORTEST = 3  # letters of a word with a meaning, unless it is a name
_NAME, _NUMBER, _LONG_NUMBER = 1.5, 2.0, 4.0  # what these count, where a word counts 1
_LONG = 3  # digits; few numbers of this length are equal by chance

_MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u0900-\u0903\u093a-\u094f"
)
_WIDE = "\u0e00-\u0eff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_CORRECTION = re.compile(
    r"\W*(?:correct(?:ion|ed)|editor[’']?s?[’']? note|clarification|errat(?:um|a)\b|update\b"
    r"|berichtigung|korrektur|anmerkung der redaktion|rectificati|correctif|correcci[oó]n"
    r"|fe de erratas|nota (?:del editor|da reda)|correzione|rettifica|rectificatie|correctie"
    r"|исправлен|поправка|تصويب|تصحيح|訂正|更正)",
    re.IGNORECASE,
)
_LETTER = rf"[^\W\d_{_WIDE}]"
_WORD = re.compile(
    r"(?<!\d)\d{1,3}(?:[ \u00a0\u202f’']\d{3})+(?!\d)"  # a number, its digits in groups
    rf"|\d+(?:[.,:]\d+)*|[{_WIDE}]|{_LETTER}(?:{_LETTER}|[{_MARKS}])*(?:['’]{_LETTER}+)*"
)
_GROUPING = re.compile(r"(?<=\d)[., \u00a0\u202f’'](?=\d{3}(?!\d))")


class Word(NamedTuple):
    """A word as it is compared, and its span in the text."""

    key: str
    span: Span
    has_capital: bool

    @property
    def is_number(self) -> bool:
        """Whether it consists of digits."""
        return self.key[0].isdecimal()


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text; characters of scripts without spaces are words each."""
    return tuple(
        Word(_key(match[0]), Span(*match.span()), match[0][0].isupper())
        for match in _WORD.finditer(text)
    )


def stem(word: Word) -> str:
    """Return what the forms of a word have in common."""
    return word.key if word.is_number else word.key[:STEM]


def telling(words: Sequence[Word]) -> dict[str, float]:
    """Return the stems of the words that decide what a sentence is about, with their weights."""
    weights: dict[str, float] = {}
    for at, word in enumerate(words):
        if word.is_number:
            weights[stem(word)] = _LONG_NUMBER if len(word.key) >= _LONG else _NUMBER
        elif word.has_capital and at and len(word.key) >= _SHORTEST:
            weights[stem(word)] = _NAME
        elif len(word.key) > _SHORTEST:
            weights.setdefault(stem(word), 1.0)
        elif not word.key.isascii():
            weights.setdefault(word.key, 0.5)
    return weights


class SourcePassage(NamedTuple):
    """A sentence of an article, or several that follow one another in a paragraph."""

    span: Span
    paragraph: Span
    is_copied: bool = False  # by the sentence that is compared: so it is of the same


class SourceText:
    """A text that a draft may quote: an article, or the words of a mark.

    `paragraphs` are the spans of its paragraphs with those of the sentences in each;
    `names` are words of its title and authors, and `published` is its date, ISO 8601.
    """

    def __init__(
        self,
        text: str,
        paragraphs: Sequence[tuple[Span, Sequence[Span]]],
        *,
        names: str = "",
        published: str = "",
    ) -> None:
        self.text = text
        self.published = published
        self._paragraphs = paragraphs
        self._names = names

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words of the text."""
        return words_of(self.text)

    @cached_property
    def joined(self) -> str:
        """The words with a space before and after each."""
        return f" {' '.join(word.key for word in self.words)} "

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all words, and of those of the title and the authors."""
        words = (*self.words, *words_of(self._names))
        elided = (part for word in words if "'" in word.key for part in word.key.split("'"))
        return frozenset([*map(stem, words), *(part[:STEM] for part in elided if part)])  # l'UE

    @cached_property
    def _starts(self) -> list[int]:
        """Return where each word begins in `joined`."""
        starts, at = [], 1
        for word in self.words:
            starts.append(at)
            at += len(word.key) + 1
        return starts

    @cached_property
    def _sentences(self) -> tuple[tuple[SourcePassage, frozenset[str]], ...]:
        return tuple(
            (SourcePassage(span, paragraph), self.stems_in(span))
            for paragraph, spans in self._paragraphs
            for span in spans
        )

    def words_in(self, span: Span) -> tuple[Word, ...]:
        """Return the words of a passage."""
        first = bisect_left(self.words, span.start, key=lambda word: word.span.start)
        last = bisect_left(self.words, span.end, key=lambda word: word.span.start)
        return self.words[first:last]

    def stems_in(self, span: Span) -> frozenset[str]:
        """Return the stems of the words of a passage."""
        return frozenset(map(stem, self.words_in(span)))

    @cached_property
    def _corrections(self) -> tuple[Span, ...]:
        paragraphs = (paragraph for paragraph, _ in self._paragraphs)
        return tuple(passage for passage in paragraphs if _CORRECTION.match(passage.of(self.text)))

    def is_correction(self, span: Span) -> bool:
        """Return whether a passage is of a paragraph that corrects the article."""
        return any(correction.overlaps(span) for correction in self._corrections)

    def around(self, span: Span, reach: int) -> str:
        """Return a passage with the text on both sides of it, but for corrections."""
        start, end = max(0, span.start - reach), span.end + reach
        kept = self.text[:end]
        for correction in self._corrections:
            kept = (
                kept[: correction.start] + " " * len(correction.of(kept)) + kept[correction.end :]
            )
        return kept[start:]

    def find(self, keys: Sequence[str], at: int = 0) -> range | None:
        """Return the numbers of the words where a run of words is found next; None if nowhere."""
        start = self.joined.find(f" {' '.join(keys)} ", self._starts[at] - 1 if at else 0)
        if start < 0 or not keys:
            return None
        first = bisect_left(self._starts, start + 1)
        return range(first, first + len(keys))

    def at(self, start: int, end: int) -> range:
        """Return the numbers of the words in a stretch of `joined`."""
        return range(max(0, bisect_right(self._starts, start) - 1), bisect_left(self._starts, end))

    def span_of(self, numbers: range) -> Span:
        """Return the span of some words in the text."""
        return Span(self.words[numbers[0]].span.start, self.words[numbers[-1]].span.end)

    def passage_with(self, span: Span) -> SourcePassage:
        """Return the sentences that have some words."""
        passages = [passage for passage, _ in self._sentences if passage.span.overlaps(span)]
        first, last = (passages[0], passages[-1]) if passages else (SourcePassage(span, span),) * 2
        return first._replace(span=Span(first.span.start, last.span.end))

    def passages_like(self, words: Sequence[Word], most: int) -> list[tuple[float, SourcePassage]]:
        """Return the passages that share most words, at most `most`, with what these weigh.

        A sentence is extended by the one beside it if that has other words that are shared.
        """
        weights = telling(words)
        scores = [
            sum(weights[key] for key in weights.keys() & stems) for _, stems in self._sentences
        ]
        best = Counter(dict(enumerate(scores))).most_common(most)
        sums: dict[SourcePassage, float] = {}
        for at, score in best:
            if not score:
                continue
            sums[self._sentences[at][0]] = score
            for passage, more in self._extended(at, weights):
                sums[passage] = score + more
        ranked = sorted(((score, passage) for passage, score in sums.items()), reverse=True)
        return ranked[: 2 * most]

    def _extended(
        self, at: int, weights: dict[str, float]
    ) -> Iterator[tuple[SourcePassage, float]]:
        passage, own = self._sentences[at]
        for beside in (at - 1, at + 1):
            if not 0 <= beside < len(self._sentences):
                continue
            other, stems = self._sentences[beside]
            more = sum(weights[key] for key in (weights.keys() & stems) - own)
            if more and other.paragraph == passage.paragraph:
                start = min(passage.span.start, other.span.start)
                end = max(passage.span.end, other.span.end)
                yield SourcePassage(Span(start, end), passage.paragraph), more


def _key(word: str) -> str:
    if word[0].isdecimal():
        word = _GROUPING.sub("", word)
    if word.isascii():
        return word.lower()
    folded = unicodedata.normalize("NFKD", word.replace("’", "'")).casefold()
    plain = "".join(character for character in folded if not unicodedata.combining(character))
    return plain.replace("ـ", "") or word  # a Thai or Lao vowel alone is all combining
