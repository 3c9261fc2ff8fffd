"""The words by which the index finds claims that may be similar: names, numbers, rare words."""

import re
from collections.abc import Iterator

from annotator.model.query import Words
from annotator.similarity.figures import Figure
from annotator.similarity.lexicon import UNSPACED, words_of
from annotator.similarity.reading import NO_SUBJECT, ClaimReading, Term, Wording, read

MOST = 24  # groups of words; more take longer and find nothing else

_INFLECTED = 2  # letters at the end of a name or word that change with its case
_SHORTEST_STEM = 4
_THOUSAND, _MILLION = 1e3, 1e6  # smaller numbers are written in digits or in one word
_MOST_DIGITS = 4
_LARGE = (
    (_MILLION, "mil mio mln мил млн"),
    (1e9, "bil mil bn mrd миллиард млрд"),
    (1e12, "tril bil"),
)
_THOUSANDS = "thousand tausend mil duizend тыс"
_UNSPACED = ((1e4, "万"), (1e8, "億"), (1e8, "亿"), (1e12, "兆"))


def search_terms(wording: Wording) -> tuple[tuple[Words, ...], ...]:
    """Return groups of words; any word of a group stands for the same name, number or subject."""
    reading = read(wording)
    groups = [
        *(tuple(dict.fromkeys(_spelled(figure))) for figure in reading.figures.quantities),
        *(_spellings(term, reading) for term in _by_weight(reading)),
        *((Words(str(year)),) for year in sorted(reading.figures.years)),
    ]
    return tuple(dict.fromkeys(groups))[:MOST]


def _by_weight(reading: ClaimReading) -> list[Term]:
    terms = (term for term in reading.terms.values() if term.key not in NO_SUBJECT)
    return sorted(terms, key=lambda term: (-term.weight, -len(term.text)))


def _spellings(term: Term, reading: ClaimReading) -> tuple[Words, ...]:
    """Return the forms of a name or word; of a place also its names in other languages."""
    if term.key.startswith("="):
        language = "" if term.kind == "place" else reading.language
        return tuple(map(_from_entry, words_of(term.key.removeprefix("="), language)))
    if reading.language in UNSPACED or len(term.text) <= _SHORTEST_STEM:
        return (Words(term.text),)
    if term.kind == "name" and reading.language != "ru":
        return (Words(term.text, is_begun=True),)
    stems = (text[: max(_SHORTEST_STEM, len(text) - _INFLECTED)] for text in (term.text, term.key))
    # The index stems English words, and their beginnings otherwise than the whole words.
    return Words(term.text), *(Words(stem, is_begun=True) for stem in dict.fromkeys(stems))


def _from_entry(word: str) -> Words:
    return Words(word.rstrip("*").replace("-", " "), is_begun=word.endswith("*"))


def _spelled(figure: Figure) -> Iterator[Words]:
    """Yield a number as digits, in groups, and with its magnitude in words."""
    if digits := re.search(r"\d[\d.,]*", figure.text):
        yield Words(digits[0])
    value = figure.value
    if value < _THOUSAND:
        yield Words(_plain(value))
        return
    if value == int(value):
        yield Words(str(int(value)))
        yield Words(f"{int(value):,}")
    if value < _MILLION:
        yield from _with_magnitude(value / _THOUSAND, _THOUSANDS)
    for magnitude, words in _LARGE:
        yield from _with_magnitude(value / magnitude, words)
    for magnitude, character in _UNSPACED:
        yield from _with_magnitude(value / magnitude, character)


def _with_magnitude(count: float, words: str) -> Iterator[Words]:
    plain = _plain(count)
    if count >= 1 and len(plain.replace(".", "").strip("0")) <= _MOST_DIGITS:
        for word in words.split():
            yield Words(f"{plain} {word}", is_begun=True)


def _plain(value: float) -> str:
    return f"{value:.10g}"
