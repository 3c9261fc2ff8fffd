"""The check-worthiness of a sentence: a score from 0 to 1, by rules and lists of words.

The score is a logistic regression with weights set by hand: points are added up, and
the logistic function turns the sum into a number from 0 to 1. Most sentences are not
worth a check, so it starts at -1.1. Numbers, dates and names, which can be looked up,
add points, and so do words about sources, causes, comparisons and events. Questions,
orders, taste, and talk about oneself or to the reader take points away.

    Inflation rose to 3.2 percent in May, the statistics office said.
        -1.1 + 1.7 for the amount + 0.45 for a name ("May") + 1.4 for cue words  → 0.92
    I think you should try it!
        -1.1 - 3.0 for "I", "you" and "should" - 1.0 for the exclamation mark    → 0.006

Several cue words of one kind count by the square root of their number, two at most.
For languages without a list of cue words, numbers and names alone decide. On 201
held-out sentences the threshold of 0.5 has a precision of .67 and a recall of .80
(docs/sentences.md, benchmarks/sentences/bench_checkworthiness.py). The task is that of ClaimBuster
(Hassan et al., KDD 2017), which learns its weights.
"""

import re
from bisect import bisect_left
from collections import Counter
from functools import cache
from math import exp, sqrt
from typing import NamedTuple

from annotator.model import Article, Span
from annotator.reading.navigation.units import Units
from annotator.reading.sentences.cue_words import Cue, cues_of_words

WORTHY = 0.5  # a sentence with this score is jumped to and shown in the margin

_START = -1.1  # points of a sentence without any features
_AMOUNT, _NUMBER, _DATE = 1.7, 0.9, 0.4
_NAME, _MOST_NAMES = 0.45, 3
_WEIGHTS: dict[Cue, float] = {
    "saying": 0.7,
    "causing": 0.5,
    "comparing": 0.4,
    "counting": 0.4,
    "happening": 0.9,
    "public": 0.4,
    "hedging": -0.5,
    "judging": -0.9,
    "writer": -1.2,
    "reader": -1.3,
    "telling": -1.5,
    "housekeeping": -1.5,
}
_MOST_CUES = 2  # of one kind that count
_QUESTION, _EXCLAMATION, _SHORT, _CODE = -2.5, -1.0, -1.2, -2.5
_FEW_WORDS = 6
_NO_PROSE = {"heading", "code", "table", "footnote"}

_FIGURES = (
    r"(?P<amount>[$€£¥]\s?\d|\d[\d.,\u00a0\u202f ]{0,20}\s?(?:%|‰|€|\$|£|°|percent|per cent|"
    r"Prozent|million|billion|Million|Milliard|millones|milh|mld|mln|tys|Euro|euros|dollars|"
    r"(?:kilo|mega|giga)?bytes?|[kMGT]B|[kMGT]Wh?|km|kg|meters?|metres?|Meter|mètres|metros|"
    r"tons?|tonnes?|Tonnen|toneladas|万|億|亿))"
    r"|(?P<date>\b(?:1[5-9]|20)\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b)"
    r"|(?P<number>(?<![\w#.])\d[\d.,:]*)"
)
_CODE_SIGNS = ("```", "()", "{", "==", "</")


class _Patterns(NamedTuple):
    figures: re.Pattern[str]
    list_number: re.Pattern[str]
    word: re.Pattern[str]
    name: re.Pattern[str]
    double_name: re.Pattern[str]


def worth(sentence: str, language: str = "") -> float:
    """Return the check-worthiness of a sentence of a language, from 0 to 1."""
    language = language.partition("-")[0].lower()
    words = _patterns().word.findall(sentence.lower().replace("’", "'"))
    points = _START + _figures(sentence) + _names(sentence, language)
    points += _cues(words, language) + _manner(sentence, words)
    return 1 / (1 + exp(-points))


class Worthiness:
    """The check-worthiness of the sentences of an article, computed when needed."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self._known: dict[int, float] = {}  # by where the sentence starts

    def of(self, sentence: Span) -> float:
        """Return the score of a sentence, which must be a piece of the units."""
        known = self._known.get(sentence.start)
        if known is None:
            known = worth(sentence.of(self._units.article.text), self._units.language)
            self._known[sentence.start] = known
        return known

    def in_block(self, index: int) -> tuple[Span, ...]:
        """Return the check-worthy sentences of a block; only running text has any."""
        return self.beginning_in(self._units.article.span_of(index), index)

    def beginning_in(self, span: Span, index: int) -> tuple[Span, ...]:
        """Return the check-worthy sentences that begin in a passage of a block."""
        if self._units.article.blocks[index].kind in _NO_PROSE:
            return ()
        sentences = self._units.of_block(index, "sentence")
        first = bisect_left(sentences, span.start, key=lambda sentence: sentence.start)
        last = bisect_left(sentences, span.end, key=lambda sentence: sentence.start)
        return tuple(sentence for sentence in sentences[first:last] if self.of(sentence) >= WORTHY)

    def around(self, span: Span) -> Span:
        """Return a passage extended to the beginning of its first sentence."""
        return Span(min(span.start, self._units.at(span.start, "sentence").start), span.end)


class Ranked(NamedTuple):
    """A sentence of an article with its score and offsets."""

    worth: float
    start: int
    end: int
    text: str


def ranked(article: Article) -> tuple[Ranked, ...]:
    """Return the check-worthy sentences of an article, highest scores first."""
    worthiness = Worthiness(Units(article))
    spans = (span for index in range(len(article.blocks)) for span in worthiness.in_block(index))
    ranked = [
        Ranked(round(worthiness.of(span), 3), span.start, span.end, span.of(article.text))
        for span in spans
    ]
    return tuple(sorted(ranked, key=lambda ranked: (-ranked.worth, ranked.start)))


def _figures(sentence: str) -> float:
    kinds = {match.lastgroup for match in _patterns().figures.finditer(sentence)}
    if _patterns().list_number.match(sentence):
        kinds.discard("number")
    weights = {"amount": _AMOUNT, "number": _NUMBER, "date": _DATE + _NUMBER}
    return max((weights[kind] for kind in kinds if kind), default=0.0)


def _names(sentence: str, language: str) -> float:
    """Return points for names; German capitalises nouns, so there a name has two capitals."""
    shape = _patterns().double_name if language == "de" else _patterns().name
    return _NAME * min(_MOST_NAMES, len(shape.findall(sentence)))


def _cues(words: list[str], language: str) -> float:
    cues = cues_of_words(language)
    counts = Counter(cues[word] for word in words)
    if words and cues[words[0]] != "telling":
        del counts["telling"]
    return sum(
        weight * sqrt(min(_MOST_CUES, counts[cue]))
        for cue, weight in _WEIGHTS.items()
        if cue in counts
    )


def _manner(sentence: str, words: list[str]) -> float:
    points = _SHORT if len(words) < _FEW_WORDS and not _is_unspaced(sentence) else 0.0
    said = sentence.rstrip("”’\"'» )")
    if said.endswith(("?", "？", "؟")):
        points += _QUESTION
    if said.endswith(("!", "！")):
        points += _EXCLAMATION
    if any(sign in sentence for sign in _CODE_SIGNS):
        points += _CODE
    return points


def _is_unspaced(sentence: str) -> bool:
    """Return whether the script has no spaces between words."""
    return any("\u3040" <= letter <= "\u9fff" for letter in sentence[:20])


@cache
def _patterns() -> _Patterns:
    return _Patterns(
        figures=re.compile(_FIGURES),
        list_number=re.compile(r"\W*\d{1,3}[.)]\s"),
        word=re.compile(r"\w[\w'-]*"),
        name=re.compile(
            r"(?<=[^\s.!?“\"«„]\s)[“\"«]?[^\W\d_a-z][^\W\d_]+(?:\s[^\W\d_a-z][\w’-]+)*"
        ),
        double_name=re.compile(r"(?<=\s)[A-ZÄÖÜ][\w’-]+\s[A-ZÄÖÜ][\w’-]+|\b[A-ZÄÖÜ]{2,}\b"),
    )
