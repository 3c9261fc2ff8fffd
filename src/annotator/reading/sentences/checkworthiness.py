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

Several cue words of one kind count by the square root of their number, two at most. They
are in `cue_words.tsv` with their points; one that ends with `*` matches all words that
begin with it. For languages without a list of cue words, numbers and names alone decide. On 201
held-out sentences the threshold of 0.5 has a precision of .67 and a recall of .80
(docs/how/sentences.md, benchmarks/sentences/bench_checkworthiness.py). The task is that of
ClaimBuster (Hassan et al., KDD 2017), which learns its weights.
"""

import re
from collections import Counter
from functools import cache
from math import exp, sqrt

from annotator.model.data_file import WordTable, word_table

WORTHY = 0.5  # a sentence with this score is jumped to and shown in the margin

_START = -1.1  # points of a sentence without any features
_AMOUNT, _NUMBER, _DATE = 1.7, 0.9, 0.4
_NAME, _MOST_NAMES = 0.45, 3
_MOST_CUES = 2  # of one kind that count
_QUESTION, _EXCLAMATION, _SHORT, _CODE = -2.5, -1.0, -1.2, -2.5
_FEW_WORDS = 6
_LONG_SAYING = 15  # words; what is longer goes into details
_STATING = frozenset({"ruling", "happening", "public"})
_STATED = -0.75  # points of a sentence that may be something, and will be …
_STATED_NUMBER = -1.0  # … and of one with a number, also if the writer is in it

_FIGURES = (
    r"(?P<amount>[$€£¥]\s?\d|\d[\d.,\u00a0\u202f ]{0,20}\s?(?:%|‰|€|\$|£|°|percent|per cent|"
    r"Prozent|million|billion|Million|Milliard|millones|milh|mld|mln|tys|Euro|euros|dollars|"
    r"(?:kilo|mega|giga)?bytes?|[kMGT]B|[kMGT]Wh?|km|kg|meters?|metres?|Meter|mètres|metros|"
    r"tons?|tonnes?|Tonnen|toneladas|万|億|亿))"
    r"|(?P<date>\b(?:1[5-9]|20)\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b)"
    r"|(?P<number>(?<![\w#.])\d[\d.,:]*)"
)
_CODE_SIGNS = ("```", "()", "{", "==", "</")


# All are compiled when the first sentence is looked at.
_LIST_NUMBER = r"\W*\d{1,3}[.)]\s"
_WORD = r"\w[\w'-]*"
_CAPITAL_NAME = r"(?<=[^\s.!?“\"«„]\s)[“\"«]?[^\W\d_a-z][^\W\d_]+(?:\s[^\W\d_a-z][\w’-]+)*"
_DOUBLE_NAME = r"(?<=\s)[A-ZÄÖÜ][\w’-]+\s[A-ZÄÖÜ][\w’-]+|\b[A-ZÄÖÜ]{2,}\b"


def worth(sentence: str, language: str = "") -> float:
    """Return the check-worthiness of a sentence of a language, from 0 to 1."""
    language = language.partition("-")[0].lower()
    words = re.findall(_WORD, sentence.lower().replace("’", "'"))
    points = _START + _figures(sentence) + _names(sentence, language)
    points += _cues(words, language) + _manner(sentence, words)
    return 1 / (1 + exp(-points))


def is_statement(sentence: str, language: str = "") -> bool:
    """Return whether a sentence states something, whoever may want to know it.

    Questions, orders, calls, taste, what the writer does or feels, and sayings (`Every archive
    is a garden of a kind`) are no statements.
    """
    if worth(sentence, language) >= WORTHY:
        return True
    language = language.partition("-")[0].lower()
    words = re.findall(_WORD, sentence.lower().replace("’", "'"))
    cues = _cues_of_words(language)
    is_short = len(words) < _FEW_WORDS and not _is_unspaced(sentence)
    facts = _figures(sentence) + (0 if is_short else _names(sentence, language))
    kinds = {cues[word] for word in words}
    is_saying = bool(words) and cues[words[0]] == "generic" and len(words) <= _LONG_SAYING
    is_empty = (is_saying and "saying" not in kinds) or is_short
    if not facts and ("writer" in kinds or (is_empty and not kinds & _STATING)):
        return False
    points = _figures(sentence) + _cues(words, language) + _manner(sentence, words)
    return points - _SHORT * is_short >= (_STATED_NUMBER if _figures(sentence) else _STATED)


def _figures(sentence: str) -> float:
    kinds = {match.lastgroup for match in re.finditer(_FIGURES, sentence)}
    if re.match(_LIST_NUMBER, sentence):
        kinds.discard("number")
    weights = {"amount": _AMOUNT, "number": _NUMBER, "date": _DATE + _NUMBER}
    return max((weights[kind] for kind in kinds if kind), default=0.0)


def _names(sentence: str, language: str) -> float:
    """Return points for names; German capitalises nouns, so there a name has two capitals."""
    shape = _DOUBLE_NAME if language == "de" else _CAPITAL_NAME
    return _NAME * min(_MOST_NAMES, len(re.findall(shape, sentence)))


def _cues(words: list[str], language: str) -> float:
    cues = _cues_of_words(language)
    counts = Counter(cues[word] for word in words)
    if words and cues[words[0]] != "telling":
        del counts["telling"]
    return sum(
        points * sqrt(min(_MOST_CUES, counts[cue]))
        for cue, points in _points().items()
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


class _CuesOfWords(dict[str, str | None]):
    """The cue of each word of a language, filled on demand."""

    def __init__(self, language: str) -> None:
        super().__init__()
        rows = _cue_words().items()
        pairs = [(word, cue) for cue, row in rows for word in row.get(language, "").split()]
        self._whole = {word: cue for word, cue in pairs if not word.endswith("*")}
        self._stems = {word[:-1]: cue for word, cue in pairs if word.endswith("*")}
        self._longest = max(map(len, self._stems), default=0)

    def __missing__(self, word: str) -> str | None:
        cue = self._whole.get(word) or self._by_stem(word)
        self[word] = cue
        return cue

    def _by_stem(self, word: str) -> str | None:
        lengths = range(min(len(word), self._longest), 0, -1)  # a word can be a page of Chinese
        starts = (word[:length] for length in lengths)
        return next((self._stems[start] for start in starts if start in self._stems), None)


@cache
def _cue_words() -> WordTable:
    return word_table(__package__ or "", "cue_words.tsv")


@cache
def _points() -> dict[str, float]:
    """Return the points of a word of each kind of cue."""
    return {cue: float(row["points"]) for cue, row in _cue_words().items()}


@cache
def _cues_of_words(language: str) -> _CuesOfWords:
    return _CuesOfWords(language)
