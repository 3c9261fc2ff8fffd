"""The topics of a line, in any of two dozen languages: `newsletter`, `price`, `your`.

`line_topics.txt` has stems of words by topic. A word is about the topics of the
longest stem that it begins with. Some topics are not words: an address, a price, a
question, a name that a line begins with, the path of a page such as "Home >
Business > Housing". What the judge of lines learns about two topics in one line
holds in every language: `newsletter` with `your` is a line of the site,
`newsletter` with `said` is one of an article.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import combinations, groupby, islice
from pkgutil import get_data
from typing import NamedTuple

from annotator.extract.residue.line_features import (
    ADDRESS,
    HANDLE,
    HAS_CLOCK,
    HAS_COUNT,
    HAS_DATE,
    HAS_PRICE,
    IS_WIDE,
    NUMBER,
    folded,
)
from annotator.model.data_file import toml_beside

STEMS = "line_topics.txt"
WHOLE = "="  # after a stem that is a whole word
LEAST_STEM = 4  # letters of a Latin stem that is not the whole word
LONGEST_STEM = 14
OPENING = 4  # words that a sentence opens with
MOST_OPENINGS = 4  # sentences of a line whose openings count
LEAST_REST = 3  # letters of a word without its prefix
WIDE_WORD = 2  # characters of Chinese or Japanese that count as a word
AFTER_LATIN = "\u0370"  # the first letter of the scripts after Latin
MOST_KNOWN = 50_000  # words that are remembered

_SIGNS = (
    ("of_price", HAS_PRICE),
    ("of_count", HAS_COUNT),
    ("of_clock", HAS_CLOCK),
    ("of_date", HAS_DATE),
    ("of_number", re.compile(r"\d[\d -]{6,}\d")),
)
_STOPS = ".!?…。！？؟:;"
_TRAITS = [
    (name, re.compile(pattern))
    for name, pattern in toml_beside(__package__, "line_traits.toml").items()
]
_PATH = re.compile(r"[^>/›»→|.,:;!?]{1,40}(?:\s*[>/›»→|]+\s*[^>/›»→|.;!?]{1,60}){1,6}")
_ARABIC = ("وال", "بال", "لل", "ال", "و", "ب", "ل", "ف", "ك")  # articles, prepositions: prefixes
_HEBREW = "הבלמושכ"


class Subject(NamedTuple):
    """The topics of a line in their order, and the share of its words that have one."""

    topics: list[int]
    known: float


class _Known(NamedTuple):
    """The topics of a word, the number of words that it counts as, and how many are known."""

    topics: frozenset[int]
    words: float
    known: float


class _Stems:
    """The stems of all topics, by their scripts."""

    def __init__(self, rows: str) -> None:
        whole: dict[str, set[int]] = {}
        stems: dict[str, set[int]] = {}
        wide: dict[str, set[int]] = {}
        self.names: list[str] = []
        for row in rows.splitlines():
            if row.startswith("#"):
                continue
            name, _, more = row.partition(": ")
            if more:
                self.names.append(name)
            for stem in (more or row).split():
                text = folded(stem.removesuffix(WHOLE).lower())
                among = wide if IS_WIDE.search(text) else whole if stem.endswith(WHOLE) else stems
                among.setdefault(text, set()).add(len(self.names) - 1)
        self.signs = len(self.names)
        self.names += ["of_address", "of_handle", "of_path"]
        self.names += [name for name, _ in (*_SIGNS, *_TRAITS)]
        self.whole, self.stems, self.wide = whole, stems, wide
        self.shortest = min(map(len, stems))
        self.run = re.compile("|".join(map(re.escape, sorted(wide, key=len, reverse=True))))
        self.of = lru_cache(MOST_KNOWN)(self._find)

    def _find(self, word: str) -> _Known:
        """Return the topics of a word, or of a run of a script without spaces."""
        if IS_WIDE.search(word):
            parts = self.run.findall(word)
            topics = {topic for stem in parts for topic in self.wide[stem]}
            return _Known(frozenset(topics), len(word) / WIDE_WORD, len("".join(parts)) / WIDE_WORD)
        topics = next(filter(None, map(self._look_up, _without_prefixes(word))), set())
        return _Known(frozenset(topics), float(word.isalpha()), float(bool(topics)))

    def _look_up(self, word: str) -> set[int]:
        if word in self.whole:
            return self.whole[word]
        least = LEAST_STEM if word[:1] < AFTER_LATIN else self.shortest
        for length in range(min(len(word), LONGEST_STEM), self.shortest - 1, -1):
            if word[:length] in self.stems and (length >= least or length == len(word)):
                return self.stems[word[:length]]
        return set()


def topic_names() -> list[str]:
    """Return the names of all topics; a topic is its place in this list."""
    return _stems().names


def subject_of(line: str, tokens: list[str]) -> Subject:
    """Return what a folded line with its tokens is about."""
    stems = _stems()
    topics: set[int] = set()
    words = known = 0.0
    for token in tokens:
        if token != NUMBER:
            known_word = stems.of(token)
            topics |= known_word.topics
            words += known_word.words
            known += known_word.known
    topics.update(stems.signs + sign for sign in _signs(line, tokens))
    return Subject(sorted(topics), known / words if words else 0.0)


def openings_of(tokens: Sequence[str]) -> list[str]:
    """Return which topics the sentences of a line open with, alone and in pairs, as terms.

    However long a line is, "Sign up for our newsletter" at its start says what it is. The
    first sentence has terms of its own, and of the others the first word is a term as well.
    """
    find = _stems().of
    terms: set[str] = set()
    for number, words in enumerate(_sentences(tokens)):
        first, mark = ("1", "^") if number == 0 else ("2", "s")
        topics = [topic for word in words for topic in sorted(find(word).topics)]
        terms |= {f"{mark}@{topic}" for topic in topics}
        terms |= {f"{mark}@{one}@{other}" for one, other in combinations(topics, 2)}
        terms |= {f"{first}@{topic}" for topic in find(words[0]).topics}
        if number:
            terms.add(f"{first} {words[0]}")
    return sorted(terms)


def _sentences(tokens: Sequence[str]) -> Iterator[list[str]]:
    """Yield the first words of the first sentences of a line."""
    groups = groupby(tokens, _STOPS.__contains__)
    sentences = ([w for w in group if w != NUMBER] for is_stop, group in groups if not is_stop)
    yield from (words[:OPENING] for words in islice(filter(None, sentences), MOST_OPENINGS))


def _signs(line: str, tokens: list[str]) -> Iterator[int]:
    """Yield which of the topics that are not words a line has."""
    if ADDRESS in tokens:
        yield 0
    if HANDLE in tokens:
        yield 1
    if _PATH.fullmatch(line):
        yield 2
    yield from (3 + len(_SIGNS) + n for n, (_, trait) in enumerate(_TRAITS) if trait.search(line))
    if NUMBER in tokens:
        yield from (3 + n for n, (_, sign) in enumerate(_SIGNS) if sign.search(line))


def _without_prefixes(word: str) -> Iterator[str]:
    yield word
    if "\u05d0" <= word[:1] <= "\u05ea":
        yield from (
            word[cut:] for cut in (1, 2) if word[0] in _HEBREW and len(word) - cut >= LEAST_REST
        )
    elif "\u0621" <= word[:1] <= "\u064a":
        for prefix in _ARABIC:
            if word.startswith(prefix) and len(word) - len(prefix) >= LEAST_REST:
                yield word[len(prefix) :]


@cache
def _stems() -> _Stems:
    return _Stems((get_data(__package__ or "", STEMS) or b"").decode())
