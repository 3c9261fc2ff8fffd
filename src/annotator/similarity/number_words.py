"""Words of numbers: numerals, magnitudes, shares, units, days and months, by language.

They are in `vocabulary/numbers.tsv`. A line begins with what its words are and, for most, what
they stand for: `unit m 1609` are the words for a mile, which is 1,609 metres. Languages that
write numerals as one word (`fünfundzwanzig`, `duecento`) have only their parts there.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from annotator.model.data_file import word_table
from annotator.similarity.lexicon import WORDS_CACHED, WordTable, meanings
from annotator.similarity.vocabulary import LANGUAGES
from annotator.similarity.vocabulary import __name__ as vocabulary

_LONGEST = 60  # letters; the longest numeral that anybody writes as one word is shorter

# Parts of numerals that are one word, with what is between units and tens.
_FUSED: Mapping[str, tuple[tuple[tuple[str, float], ...], str]] = {
    "de": ((("tausend", 1e3), ("hundert", 1e2)), "und"),
    "nl": ((("duizend", 1e3), ("honderd", 1e2)), "en"),
    "it": ((("mila", 1e3), ("mille", 1e3), ("cento", 1e2)), ""),
    "es": ((), ""),
}
_AND_A_HALF = {"de": "einhalb", "nl": "eneenhalf"}
_TIMES = {"de": ("mal", "fach", "fache", "fachen"), "nl": ("maal",)}
_TENS = range(20, 100, 10)


class NumberWords(NamedTuple):
    """The words of numbers of a language; those of all languages for one that is not known.

    `amounts` has tables by what their words are: a `numeral`, what a number before it is
    multiplied by (`times`), the denominator of a fraction (`share`), a `factor` such as tripled.
    `numbers` has the tables of whole numbers: the minutes of a `time`, 1 for a Monday, 1 for more
    than and -1 for less than (`bound`), and 1 for words of grammar, such as `and`.
    """

    amounts: Mapping[str, WordTable[float]]
    numbers: Mapping[str, WordTable[int]]
    units: WordTable[tuple[str, float]]  # the first unit of a kind, and how many of it one is


@cache
def number_words(language: str) -> NumberWords:
    """Return the words of numbers of a language."""
    columns = ("any", language) if language in LANGUAGES else ("any", *LANGUAGES[:-2])
    lines: dict[str, list[tuple[str, str]]] = {}
    for name, cells in word_table(vocabulary, "numbers.tsv").items():
        kind, _, meaning = name.partition(" ")
        words = " ".join(cells[column] for column in columns)
        lines.setdefault(kind, []).append((words, meaning))
    units = ((words, meaning.rpartition(" ")) for words, meaning in lines.pop("unit"))
    return NumberWords(
        {
            kind: meanings((words, float(meaning)) for words, meaning in lines.pop(kind))
            for kind in ("numeral", "times", "share", "factor")
        },
        {  # what is left
            kind: meanings((words, int(meaning or 1)) for words, meaning in of_kind)
            for kind, of_kind in lines.items()
        },
        meanings((words, (unit, float(scale))) for words, (unit, _, scale) in units),
    )


@cache
def unspaced_units() -> Mapping[str, tuple[str, float]]:
    """Return the units of languages without spaces between words."""
    units: dict[str, tuple[str, float]] = {}
    for name, cells in word_table(vocabulary, "numbers.tsv").items():
        kind, _, meaning = name.partition(" ")
        if kind == "unit":
            unit, _, scale = meaning.rpartition(" ")
            for word in f"{cells['any']} {cells['zh']} {cells['ja']}".split():
                units.setdefault(word, (unit, float(scale)))
    return units


@lru_cache(maxsize=WORDS_CACHED)
def may_begin_number(word: str, language: str) -> bool:
    """Return whether a number, a day or a time may begin with a folded word.

    Few words may, and each has to be looked up in ten tables.
    """
    known = number_words(language)
    return bool(
        any(known.numbers[kind].get(word) for kind in ("month", "weekday", "rank"))
        or any(known.amounts[kind].get(word) for kind in ("share", "times"))
        or word in known.numbers["time"].whole
        or word in _first_of_two(language)
        or numeral(word, language)
        or factor(word, language)
    )


@cache
def _first_of_two(language: str) -> frozenset[str]:
    known = number_words(language)
    names = (*known.numbers["time"].whole, *known.numbers["weekday"].whole)
    return frozenset(name.partition("-")[0] for name in names if "-" in name)


@lru_cache(maxsize=WORDS_CACHED)
def numeral(word: str, language: str) -> float:
    """Return the number that a folded word is, also one that is put together; 0 for another."""
    known = number_words(language).amounts["numeral"].whole.get(word)
    if known or language not in _FUSED or len(word) > _LONGEST:
        return known or 0
    half = _AND_A_HALF.get(language)
    if half and word.endswith(half):
        whole = _fused(word.removesuffix(half), language)
        return whole + 0.5 if whole else 0
    return _fused(word, language)


def factor(word: str, language: str) -> float:
    """Return how many times a folded word means, as `doubled` and `dreimal`; 0 for another."""
    known = number_words(language).amounts["factor"].get(word)
    if known:
        return known
    endings = (ending for ending in _TIMES.get(language, ()) if word.endswith(ending))
    return next((_fused(word.removesuffix(ending), language) for ending in endings), 0)


def _fused(word: str, language: str) -> float:
    """Return the number that a word is: `zweihundertfünfzig` is 2 × 100 + 50."""
    table = number_words(language).amounts["numeral"].whole
    if word in table:
        return table[word]
    parts, between = _FUSED.get(language, ((), ""))
    for part, value in parts:
        before, found_part, after = word.partition(part)
        if found_part:
            count = _fused(before, language) if before else 1
            rest = _fused(after.removeprefix(between), language) if after else 0
            return count * value + rest if count and (rest or not after) else 0
    for tens, value in ((name, value) for name, value in table.items() if value in _TENS):
        if between and word.endswith(between + tens):
            unit = table.get(word.removesuffix(between + tens), 0)
            return value + unit if unit < 10 and unit else 0  # noqa: PLR2004 - a digit
        stem = "veinti" if tens == "veinte" else tens  # Spanish has no others in one word
        if not between and word.startswith(stem[:-1]):
            # Italian drops the last letter before a vowel: ventuno, ventotto.
            unit = table.get(word.removeprefix(stem), 0) or table.get(
                word.removeprefix(stem[:-1]), 0
            )
            if 0 < unit < 10:  # noqa: PLR2004 - a digit
                return value + unit
    return 0
