"""Numbers in Chinese and Japanese: `300万人`, `1.5万亿元`, `百分之三`, `三分之一`, `5月12日`."""

import re
from functools import cache
from typing import NamedTuple

from annotator.similarity.figures import LARGEST, Figure, Figures, digits_of
from annotator.similarity.vocabulary.numerals import (
    UNITS,
    UNSPACED_DIGITS,
    UNSPACED_MAGNITUDES,
    UNSPACED_ROUGHLY,
    UNSPACED_SHARES,
)

_COUNTERS = "人个個件台条家所名次座棵場场间間校隻匹本枚社戸"
_DIGITS = "".join(UNSPACED_DIGITS)
_SMALL = "十百千"
_NUMBER = re.compile(
    rf"(?P<percent>百分之)?(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?|[{_DIGITS}{_SMALL}]+(?=[万億亿{_COUNTERS}]))"
    r"(?P<rest>(?:[百千万萬億亿兆]+(?:\d+(?=[百千万萬]))?)*)"
)
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?:年度?)(?![间間])")
_DAY = re.compile(r"(\d{1,2})月(?:(\d{1,2})[日号])?")


class Unspaced(NamedTuple):
    """The numbers of a text, and the text with a space in place of each."""

    figures: Figures
    rest: str


def unspaced_figures(text: str) -> Unspaced:
    """Return the numbers of a Chinese or Japanese text."""
    years = frozenset(int(match[1]) for match in _YEAR.finditer(text))
    text = _YEAR.sub(" ", text)
    days = frozenset((int(match[1]), int(match[2] or 0)) for match in _DAY.finditer(text))
    text = _DAY.sub(" ", text)
    quantities: list[Figure] = []
    for words, (value, unit) in UNSPACED_SHARES.items():
        if words in text:
            quantities.append(Figure(value, unit, 1, is_rough=False, text=words))
            text = text.replace(words, " ")
    pieces, at = [], 0
    for match in _NUMBER.finditer(text):
        figure, end = _figure(text, match)
        if figure.value == 1 or figure.value > LARGEST:  # an article, or a serial number
            continue
        quantities.append(figure)
        pieces.append(text[at : match.start()])
        at = end
    rest = " ".join([*pieces, text[at:]])
    return Unspaced(Figures(tuple(quantities), years, days, frozenset()), rest)


def _figure(text: str, match: re.Match[str]) -> tuple[Figure, int]:
    plain = match["number"].replace(",", "")
    value = float(plain) if plain[0].isdecimal() else _in_characters(plain)
    digits = digits_of(plain, value) if plain[0].isdecimal() else 1
    value = _multiplied(value, match["rest"])
    end = match.end()
    unit, scale = "", 1.0
    if match["percent"]:
        unit = "%"
    elif spelled := _units().match(text, end):
        unit, scale = _unit_table()[spelled[0]]
        end = spelled.end()
    rough = {*text[max(0, match.start() - 1) : match.start()]} & {*UNSPACED_ROUGHLY}
    counter = text[end : end + 1] if text[end : end + 1] in _COUNTERS else ""
    shown = text[match.start() : end] + counter
    return Figure(value * scale, unit, digits, bool(rough), shown), end


def _in_characters(characters: str) -> float:
    total, digit = 0.0, 0.0
    for character in characters:
        if character in UNSPACED_DIGITS:
            digit = UNSPACED_DIGITS[character]
        else:
            total += (digit or 1) * UNSPACED_MAGNITUDES[character]
            digit = 0.0
    return total + digit


def _multiplied(value: float, rest: str) -> float:
    """Return the value times its magnitudes; `2億3000万` is a sum."""
    total = 0.0
    for part in re.findall(r"\d+|[百千万萬億亿兆]", rest):
        if part.isdecimal():
            total, value = total + value, float(part)
        else:
            value *= UNSPACED_MAGNITUDES[part]
    return total + value


@cache
def _unit_table() -> dict[str, tuple[str, float]]:
    return {
        word: unit for unit, words in UNITS.items() for word in words.split() if "*" not in word
    }


@cache
def _units() -> re.Pattern[str]:
    words = sorted(_unit_table(), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)))
