"""Numbers in a text as values with units: `3 million euros`, `300万人`, `a third`, `12,5 %`.

Years and days are told from quantities, since a claim about another year is another
claim, and another quantity may contradict one.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from annotator.similarity.lexicon import WordTable, fold, meanings
from annotator.similarity.vocabulary import numerals

FIRST_YEAR, LAST_YEAR = 1500, 2100
CERTAIN_YEAR = 1900  # from here on, four digits are a year unless they count something

_HUNDRED, _LAST_DAY = 100, 31
_LARGE_AMOUNT = 1e5
LARGEST = 1e18  # anything above is a serial number, not an amount
_ROUND_FROM = 1000  # zeros at the end of a smaller number are counted exactly
_ROUGH, _ROUNDED, _EXACT = 0.06, 0.035, 0.001  # shares by which values of one number differ
_FEW_DIGITS = 1

_MARKS = "%‰€$£¥₽₹°"
_TOKEN = re.compile(
    r"(?P<clock>(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?!\d))"
    r"|(?P<number>(?<![^\W_])\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?![\d.,]*\d)(?:[.,]\d+)?"
    r"|(?<![^\W_])\d+(?:[.,]\d+)*)"
    rf"|(?P<mark>(?:US|R|[AC])?\$|°C|[{_MARKS}])"
    r"|(?P<word>(?:[^\W\d_]\.){2,}|[^\W\d_][^\W_]*)"
    r"|(?P<end>[.!?…](?=\s))"
    r"|(?P<comma>[,;:()“”„«»\"—–])"
)
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_DECIMAL_POINT = frozenset({"en", "zh", "ja"})
_OF = frozenset({"de", "di", "d", "of", "von", "van", "an", "der", "des"})
_BEFORE_A_YEAR = frozenset(
    {"in", "im", "year", "jahr", "en", "annee", "año", "ano", "anno", "nel", "dal", "since", "seit"}
    | {"depuis", "desde", "by", "bis", "until", "before", "after", "vor", "nach", "um", "till"}
    | {"в", "с", "до", "к", "из", "from", "von", "between", "zwischen", "entre", "tra", "and"}
    | {"und", "et", "y", "e", "и", "of", "del", "du", "de", "jaar", "sinds", "to"}
)
_AFTER_MARK = {"m": 1e6, "b": 1e9}  # as in $16M
_UNIT_OF = {"²": 2, "³": 3}


class TextToken(NamedTuple):
    """A number, a mark such as %, a word, a comma and the like, or the end of a sentence."""

    kind: str
    text: str
    folded: str


class Figure(NamedTuple):
    """A quantity. `unit` is empty for a count, and `digits` are those that were not rounded."""

    value: float
    unit: str
    digits: int
    is_rough: bool
    text: str
    at: int = -1  # of the token after it, in a language that counts what follows

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
        difference = abs(self.value - other.value) / max(abs(self.value), abs(other.value), 1e-9)
        if difference <= _EXACT:
            return True
        if self.is_rough or other.is_rough:
            return difference <= _ROUGH
        fewest = min(self.digits, other.digits)
        if fewest <= _FEW_DIGITS:
            return difference <= _ROUNDED
        return self.digits != other.digits and _rounded(self.value, fewest) == _rounded(
            other.value, fewest
        )


class Figures(NamedTuple):
    """The numbers of a text, and the positions of the tokens that they consist of."""

    quantities: tuple[Figure, ...]
    years: frozenset[int]
    days: frozenset[tuple[int, int]]  # month and day; 0 for a month without a day
    used: frozenset[int]


def tokens_of(text: str) -> tuple[TextToken, ...]:
    """Return the tokens of a text whose words are separated by spaces."""
    return tuple(
        TextToken(match.lastgroup or "", match[0], fold(match[0]))
        for match in _TOKEN.finditer(text)
    )


def figures_of(tokens: Sequence[TextToken], language: str) -> Figures:
    """Return the numbers of a text."""
    reader = _Reader(tokens, language)
    at = 0
    while at < len(tokens):
        at = reader.read(at)
    return Figures(
        tuple(reader.quantities),
        frozenset(reader.years),
        frozenset(reader.days),
        frozenset(reader.used),
    )


class _Reader:
    """Reads tokens from left to right, and keeps what it found."""

    def __init__(self, tokens: Sequence[TextToken], language: str) -> None:
        self._tokens = tokens
        self._language = language
        self.quantities: list[Figure] = []
        self.years: set[int] = set()
        self.days: set[tuple[int, int]] = set()
        self.used: set[int] = set()

    def read(self, at: int) -> int:
        """Read what begins at a token, and return the position after it."""
        token = self._tokens[at]
        if token.kind == "number":
            if self._is_item(at) or self._is_of_name(at):
                return self._use(at, at + 1)
            return self._read_day(at) or self._read_year(at) or self._read_quantity(at)
        if token.kind == "word":
            is_month = bool(_tables().months.get(token.folded))
            return self._read_month(at) if is_month else self._read_numeral(at)
        return at + 1

    def _folded(self, at: int) -> str:
        return self._tokens[at].folded if 0 <= at < len(self._tokens) else ""

    def _is_item(self, at: int) -> bool:
        """Whether a number only names something: the item of a list, a postal code `00372`."""
        is_code = self._tokens[at].text.startswith("0") and self._tokens[at].text.isdecimal()
        return is_code or (at == 0 and self._kind(1) == "end")

    def _is_of_name(self, at: int) -> bool:
        """Whether a number belongs to a name: `iPhone 11`, `Version 4.0`."""
        text = self._tokens[at].text
        before = self._tokens[at - 1] if at else None
        after = self._tokens[at + 1] if at + 1 < len(self._tokens) else None
        return (
            before is not None
            and before.kind == "word"
            and not (before.text.islower() or before.folded in _BEFORE_A_YEAR)
            and not _tables().months.get(before.folded)
            and self._language != "de"
            and text.replace(".", "").isdecimal()
            and not self._year(at)
            and (after is None or (after.kind != "mark" and not after.text.islower()))
        )

    def _kind(self, at: int) -> str:
        return self._tokens[at].kind if at < len(self._tokens) else ""

    def _use(self, start: int, end: int) -> int:
        self.used.update(range(start, end))
        return end

    def _day(self, at: int) -> int:
        """Return the day of a month that a token is; 0 if it is none."""
        text = self._folded(at)
        is_short = text.isdecimal() and len(text) <= len("31")
        return int(text) if is_short and 1 <= int(text) <= _LAST_DAY else 0

    def _read_day(self, at: int) -> int:
        """Read `12 May` and `12 de mayo`; 0 if it is something else."""
        day = self._day(at)
        after = at + 1 + (self._folded(at + 1) in {"de", ".", "of"})
        month = _tables().months.get(self._folded(after)) if day else None
        if not month:
            return 0
        self.days.add((month, day))
        return self._use(at, after + 1)

    def _read_month(self, at: int) -> int:
        """Read `May 12`, `March 2026` and `in July`, but not `they may`."""
        month = _tables().months.get(self._folded(at)) or 0
        after = at + 1 + (self._kind(at + 1) == "end")  # as in `Dec. 23`
        day, year = self._day(after), self._year(after)
        is_alone = not (day or year)
        if is_alone and not (at and self._folded(at - 1) in _BEFORE_A_YEAR):
            return at + 1
        self.days.add((month, day))
        return self._use(at, after + 1) if day else self._use(at, at + 1)

    def _year(self, at: int) -> int:
        text = self._folded(at)
        is_year = len(text) == len("2026") and text.isdecimal()
        return int(text) if is_year and FIRST_YEAR <= int(text) <= LAST_YEAR else 0

    def _read_year(self, at: int) -> int:
        year = self._year(at)
        if not year or _tables().magnitudes.get(self._folded(at + 1)):
            return 0
        if at and self._tokens[at - 1].kind == "mark":
            return 0
        unit, _ = _tables().units.get(self._folded(at + 1)) or ("month", 1)
        if unit != "month":  # the next word is a unit, and not the word for years
            return 0
        if year < CERTAIN_YEAR and self._folded(at - 1) not in _BEFORE_A_YEAR:
            return 0
        self.years.add(year)
        return self._use(at, at + 1)

    def _read_quantity(self, at: int) -> int:
        value, digits = _parsed(self._tokens[at].text, self._language)
        return self._finish(at, at + 1, value, digits)

    def _read_numeral(self, at: int) -> int:
        """Read a number in words; a word that is none is left alone."""
        folded = self._folded(at)
        value, after = 0.0, at
        while number := self._numeral(after):
            value = value * number if number >= _HUNDRED and value else value + number
            after += 1
        share = self._share(after)
        if share:
            self.quantities.append(
                Figure(share[0] * (value or 1), share[1], 1, self._is_rough(at), folded, after + 1)
            )
            return self._use(at, after + 1)
        if not value:
            return at + 1
        return self._finish(at, after, value, len(f"{value:.0f}".rstrip("0")))

    def _numeral(self, at: int) -> float:
        folded = self._folded(at)
        if folded in _tables().no_numerals.get(self._language, frozenset()):
            return 0
        return _tables().numerals.get(folded) or 0

    def _share(self, at: int) -> tuple[float, str] | None:
        folded = self._folded(at)
        if folded in {"third", "quarter"} and self._folded(at - 1) in {"a", "one"}:
            return (100 / 3 if folded == "third" else 25.0), "%"
        return _tables().shares.get(folded)

    def _finish(self, start: int, after: int, value: float, digits: int) -> int:
        """Read magnitude and unit after a number, and keep the quantity."""
        while magnitude := self._magnitude(after):
            value *= magnitude
            after += 1
        unit, scale, after = self._unit(start, after)
        if unit == "clock" or value * scale > LARGEST:
            return self._use(start, after)
        words = (token.text for token in self._tokens[max(0, start) : after])
        text = _spelled(words, self._tokens[start - 1].text if start else "")
        self.quantities.append(
            Figure(value * scale, unit, digits, self._is_rough(start), text, after)
        )
        return self._use(start, after)

    def _magnitude(self, at: int) -> float:
        if self._folded(at - 2) in _MARKS and (short := _AFTER_MARK.get(self._folded(at))):
            return short
        magnitude = _tables().magnitudes.get(self._folded(at)) or 0
        if magnitude and self._language in numerals.LONG_SCALE:
            folded = self._folded(at)
            if folded.startswith(("billion", "billon")):
                return 1e12
        return magnitude

    def _unit(self, start: int, at: int) -> tuple[str, float, int]:
        """Return unit, scale and the position after it; a currency may come before the number."""
        before = self._tokens[start - 1] if start else None
        if before and before.kind == "mark" and (named := _tables().units.get(before.folded)):
            self.used.add(start - 1)
            return *named, at
        if f"{self._folded(at)} {self._folded(at + 1)}" in numerals.PER_CENT:
            return "%", 1, at + 2
        skipped = at + (self._folded(at) in _OF)
        power = _tables().powers.get(self._folded(skipped)) or ""
        named = _tables().units.get(self._folded(skipped + bool(power)))
        if named is None:
            return "", 1, at
        unit, scale = named
        after = skipped + bool(power) + 1
        if unit == "m" and not power:
            power = _tables().powers.get(self._folded(after)) or ""
            after += bool(power)
        return (unit + power, scale ** _UNIT_OF[power], after) if power else (unit, scale, after)

    def _is_rough(self, at: int) -> bool:
        return bool({self._folded(at - 1), self._folded(at - 2)} & _tables().roughly)


def _parsed(text: str, language: str) -> tuple[float, int]:
    """Return the value of digits with separators, and how many of them count."""
    plain = re.sub(r"[ \u00a0\u202f'’]", "", text)
    if _GROUPED.fullmatch(plain) and _groups(plain, language):
        plain = plain.replace(".", "").replace(",", "")
    else:
        whole, mark, rest = max(
            plain.rpartition("."), plain.rpartition(","), key=lambda parts: len(parts[0])
        )
        plain = re.sub("[.,]", "", whole) + ("." if mark else "") + rest
    value = float(plain)
    return value, digits_of(plain, value)


def _groups(plain: str, language: str) -> bool:
    """Whether the marks in digits group them by thousands, as the language does."""
    marks = {*plain} & {".", ","}
    if len(marks) > 1 or plain.startswith("0"):
        return False
    if len(re.findall("[.,]", plain)) > 1 or not language:
        return True
    return ("," in marks) == (language in _DECIMAL_POINT)


def digits_of(plain: str, value: float) -> int:
    """Return how many digits of a number count: those before the zeros of a round one."""
    digits = plain.replace(".", "").lstrip("0")
    return len(digits.rstrip("0") if value >= _ROUND_FROM and "." not in plain else digits) or 1


def _rounded(value: float, digits: int) -> str:
    return f"{value:.{digits - 1}e}"


def _spelled(words: Iterable[str], before: str) -> str:
    text = re.sub(r"(?<=\d) (?=%)", " ", " ".join(words))
    return f"{before}{text}" if before and before in _MARKS + "R$US$" else text


class _Tables(NamedTuple):
    numerals: Mapping[str, float]
    magnitudes: WordTable[float]
    shares: WordTable[tuple[float, str]]
    units: WordTable[tuple[str, float]]
    months: WordTable[int]
    powers: WordTable[str]
    roughly: frozenset[str]
    no_numerals: Mapping[str, frozenset[str]]


@cache
def _tables() -> _Tables:
    return _Tables(
        numerals={
            word: value for value, words in numerals.NUMERALS.items() for word in words.split()
        },
        magnitudes=meanings((words, value) for value, words in numerals.MAGNITUDES.items()),
        shares=meanings((words, share) for share, words in numerals.SHARES.items()),
        units=meanings((words, unit) for unit, words in numerals.UNITS.items()),
        months=meanings((words, number) for number, words in enumerate(numerals.MONTHS, start=1)),
        powers=meanings(((numerals.SQUARE, "²"), (numerals.CUBIC, "³"))),
        roughly=frozenset(numerals.ROUGHLY.split()),
        no_numerals={
            language: frozenset(words.split()) for language, words in numerals.NO_NUMERALS.items()
        },
    )
