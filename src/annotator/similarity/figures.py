"""Numbers in a text as values with units: `3 million euros`, `300万人`, `a third`, `12,5 %`.

Years, days and the time of day are told from quantities, since a claim about another year is
another claim, and another quantity may contradict one.
"""

import re
from typing import NamedTuple

from annotator.similarity.lexicon import fold

_LARGE_AMOUNT = 1e5
LARGEST = 1e18  # anything above is a serial number, not an amount
_ROUND_FROM = 1000  # zeros at the end of a smaller number are counted exactly
_ROUGH, _ROUNDED, _EXACT = 0.06, 0.035, 0.001  # shares by which values of one number differ
_FEW_DIGITS = 1
_FRACTION, _DECIMALS = 0.012, 4  # a third is 33 percent, and two thirds are 67
_HALF_A_DAY = 720  # minutes
_JOINTS = ("-", "'", "’")

# What begins with a letter comes first, since most tokens do: `US$` is no word.
_TOKEN = re.compile(
    r"(?P<word>(?!(?:US|[RAC])\$)(?:(?:[^\W\d_]\.){2,}|km/h|[^\W\d_][^\W_]*))"
    r"|(?P<date>(?<![\d.])\d{1,2}\.\d{1,2}\.\d{4}(?!\d)|(?<!\d)\d{4}-\d\d-\d\d(?!\d))"
    r"|(?P<clock>(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?!\d)|(?<![\d.,])\d{1,2}\.\d\d(?=\s(?:Uhr|[ap]\.?m\b))"
    r"|(?<!\d)\d{1,2}\s?h\s?\d\d(?!\d))"
    r"|(?P<number>(?<![^\W_])\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?:[.,]\d+)?(?![.,]?\d)"
    r"|(?<![^\W_])\d+(?:[.,]\d+)*)"
    r"|(?P<mark>(?:US|R|[AC])?\$|°[CF]|[%‰€£¥₽₹°])"
    r"|(?P<end>[.!?…](?=\s))"
    r"|(?P<comma>[,;:()“”„«»\"—–])"
)


class TextToken(NamedTuple):
    """A number, a mark such as %, a word, a comma and the like, or the end of a sentence."""

    kind: str
    text: str
    folded: str
    joint: str = " "  # the hyphen or apostrophe before it: megawatt-hours


class Figure(NamedTuple):
    """A quantity. `unit` is empty for a count, and `digits` are those that were not rounded."""

    value: float
    unit: str
    digits: int
    is_rough: bool
    text: str
    at: int = -1  # of the token after it, in a language that counts what follows
    bound: int = 0  # 1 for `more than`, -1 for `less than`
    parts: tuple[float, ...] = ()  # the two numbers of a share: one in three
    start: int = -1  # of its first token
    named: str = ""  # its unit as it is written, of several with the same base
    written: float = 0  # its value in that unit

    def is_comparable(self, other: "Figure") -> bool:
        """Return whether both have the same unit; a large amount may lack its currency."""
        if self.unit == other.unit:
            return True
        units = {self.unit, other.unit}
        is_money = "" in units and any(unit.isupper() for unit in units)
        return is_money and min(self.value, other.value) >= _LARGE_AMOUNT

    def is_equal(self, other: "Figure") -> bool:
        """Return whether both can be the same quantity, one of them rounded."""
        if not self.is_comparable(other):
            return False
        difference = self.distance(other)
        if difference <= (_FRACTION if self.is_fraction or other.is_fraction else _EXACT):
            return True
        if self.is_rough or other.is_rough:
            return difference <= _ROUGH
        return self._is_rounded(other, min(self.digits, other.digits), difference)

    def is_said_by(self, other: "Figure") -> bool:
        """Return whether a source that has the other one says this one.

        A draft may round what its source has, but not be more exact than it: `40 percent` is
        not in `about 41 percent`, nor `1.83 million` in `1.8 million`.
        """
        if not self.is_comparable(other):
            return False
        difference = self.distance(other)
        if difference <= (_FRACTION if self.is_fraction or other.is_fraction else _EXACT):
            return True
        if self.digits > other.digits:
            return False
        if self.is_rough:
            return difference <= _ROUGH
        return self._is_rounded(other, self.digits, difference)

    @property
    def is_fraction(self) -> bool:
        """Whether it is a share that no decimals can write: a third, 33.333… percent."""
        return self.unit == "%" and round(self.value, _DECIMALS) != self.value

    def distance(self, other: "Figure") -> float:
        """Return by which share of the larger one the two values differ."""
        return abs(self.value - other.value) / max(abs(self.value), abs(other.value), 1e-9)

    def _is_rounded(self, other: "Figure", digits: int, difference: float) -> bool:
        if digits <= _FEW_DIGITS and max(self.value, other.value) >= _ROUND_FROM:
            return difference <= _ROUNDED
        return self.digits != other.digits and _rounded(self.value, digits) == _rounded(
            other.value, digits
        )


class TimeOfDay(NamedTuple):
    """Minutes since midnight; without `is_certain` it may be twelve hours later."""

    minutes: int
    is_certain: bool
    text: str

    def is_equal(self, other: "TimeOfDay") -> bool:
        """Return whether both can be the same."""
        difference = abs(self.minutes - other.minutes)
        may_be_later = difference == _HALF_A_DAY and not (self.is_certain and other.is_certain)
        return not difference or may_be_later


class Figures(NamedTuple):
    """The numbers of a text, and the positions of the tokens that they consist of."""

    quantities: tuple[Figure, ...]
    years: frozenset[int]
    days: frozenset[tuple[int, int]]  # month and day; 0 for a month without a day
    used: frozenset[int] = frozenset()
    weekdays: frozenset[int] = frozenset()  # 1 for a Monday
    ranks: frozenset[int] = frozenset()  # 2 for `the second`
    times: tuple[TimeOfDay, ...] = ()
    codes: frozenset[str] = frozenset()  # digits that only name something: iPhone 11


def tokens_of(text: str) -> tuple[TextToken, ...]:
    """Return the tokens of a text whose words are separated by spaces."""
    return tuple(
        TextToken(
            match.lastgroup or "",
            match[0],
            fold(match[0]),
            before if (before := text[match.start() - 1 : match.start()]) in _JOINTS else " ",
        )
        for match in _TOKEN.finditer(text)
    )


def digits_of(plain: str, value: float) -> int:
    """Return how many digits of a number count: those before the zeros of a round one."""
    digits = plain.replace(".", "").lstrip("0")
    return len(digits.rstrip("0") if value >= _ROUND_FROM and "." not in plain else digits) or 1


def _rounded(value: float, digits: int) -> str:
    return f"{value:.{digits - 1}e}"
