"""Numbers in Chinese and Japanese: `300万人`, `1.5万亿元`, `百分之三`, `三分之一`, `5月12日`."""

import re
from functools import cache
from typing import NamedTuple

from annotator.model.labels import MONTHS
from annotator.similarity.figures import LARGEST, Figure, Figures, TimeOfDay, digits_of
from annotator.similarity.number_words import unspaced_units

_MAGNITUDES = {
    "十": 10,
    "百": 1e2,
    "千": 1e3,
    "万": 1e4,
    "萬": 1e4,
    "億": 1e8,
    "亿": 1e8,
    "兆": 1e12,
}
_DIGIT = {**{digit: value for value, digit in enumerate("〇一二三四五六七八九")}, "两": 2, "両": 2}
_SHARES: dict[str, tuple[float, str]] = {
    **dict.fromkeys(("一半", "半数", "半分"), (50.0, "%")),
    **dict.fromkeys(("翻一番", "倍増"), (2.0, "times")),
}
_ROUGHLY = "约約近超余"
_COUNTERS = "人个個件台条家所名次座棵場场间間校隻匹本枚社戸"
_DIGITS = "".join(_DIGIT)
_SMALL = "十百千"
_NUMBER = re.compile(
    rf"(?P<percent>百分之)?(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?|[{_DIGITS}{_SMALL}]+(?(percent)(?!点)|(?=[万億亿{_COUNTERS}])))"
    r"(?P<rest>(?:[百千万萬億亿兆]+(?:\d+(?![\d.,]))?)*)"
)
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?:年度?)(?![间間])")
_WEEKDAY = re.compile(
    r"(?:星期|礼拜|周(?=[一二三四五六日](?!年|岁|周)))([一二三四五六日天])|([月火水木金土日])曜"
)
_TIME = re.compile(
    r"(上午|下午|晚上|午前|午後)?(\d{1,2})(?:[点點]|[时時](?!间|間))(?:(\d{1,2})分)?"
)
_RANK = re.compile(rf"第(\d{{1,3}}|[{_DIGITS}十]+)")
_FRACTION = re.compile(  # 十分之三, 3分の1, 3人に1人
    rf"(?<!百)(\d+|(?!百分)[{_DIGITS}{_SMALL}]+)分[之の](\d+|[{_DIGITS}{_SMALL}]+)"
    rf"|(\d+|[{_DIGITS}{_SMALL}]+)人に(\d+|[{_DIGITS}{_SMALL}]+)人"
)
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
    days = frozenset((month, day) for month, day in days if 1 <= month <= len(MONTHS))
    text = _DAY.sub(" ", text)
    weekdays = frozenset(_weekday(match[1] or match[2]) for match in _WEEKDAY.finditer(text))
    text = _WEEKDAY.sub(" ", text)
    times = tuple(_time(match) for match in _TIME.finditer(text))
    text = _TIME.sub(" ", text)
    ranks = frozenset(int(_number(match[1])) for match in _RANK.finditer(text)) - {1}
    quantities: list[Figure] = []
    for words, (value, unit) in _SHARES.items():
        if words in text:
            quantities.append(Figure(value, unit, 1, is_rough=False, text=words))
            text = text.replace(words, " ")
    for match in _FRACTION.finditer(text):
        whole, part = sorted((_number(match[1] or match[3]), _number(match[2] or match[4])))[::-1]
        share = Figure(100 * part / (whole or 1), "%", 2, is_rough=False, text=match[0])
        quantities.append(share._replace(parts=(part, whole) if match[3] else ()))
    text = _FRACTION.sub(" ", text)
    pieces, at = [], 0
    for match in _NUMBER.finditer(text):
        figure, end = _figure(text, match)
        if figure.value == 1 or figure.value > LARGEST:  # an article, or a serial number
            continue
        quantities.append(figure)
        pieces.append(text[at : match.start()])
        at = end
    rest = " ".join([*pieces, text[at:]])
    figures = Figures(tuple(quantities), years, days)
    return Unspaced(figures._replace(weekdays=weekdays, times=times, ranks=ranks), rest)


def _number(written: str) -> float:
    return float(written) if written[0].isdecimal() else _in_characters(written)


def _weekday(character: str) -> int:
    chinese, japanese = "一二三四五六日", "月火水木金土日"
    return (chinese if character in chinese else japanese).index(character.replace("天", "日")) + 1


def _time(match: re.Match[str]) -> TimeOfDay:
    half, hour, minute = match[1] or "", int(match[2]), int(match[3] or 0)
    is_later = half in {"下午", "晚上", "午後"} and hour < 12  # noqa: PLR2004 - on the clock
    return TimeOfDay((hour + 12 * is_later) * 60 + minute, bool(half) or hour > 12, match[0])  # noqa: PLR2004 - on the clock


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
        unit, scale = unspaced_units()[spelled[0]]
        end = spelled.end()
    rough = {*text[max(0, match.start() - 1) : match.start()]} & {*_ROUGHLY}
    counter = text[end : end + 1] if text[end : end + 1] in _COUNTERS else ""
    shown = text[match.start() : end] + counter
    return Figure(value * scale, unit, digits, bool(rough), shown), end


def _in_characters(characters: str) -> float:
    total, digit = 0.0, 0.0
    for character in characters:
        if character in _DIGIT:
            digit = _DIGIT[character]
        else:
            total += (digit or 1) * _MAGNITUDES[character]
            digit = 0.0
    return total + digit


def _multiplied(value: float, rest: str) -> float:
    """Return the value times its magnitudes; `2億3000万` is a sum."""
    total = 0.0
    for part in re.findall(r"\d+|[百千万萬億亿兆]", rest):
        if part.isdecimal():
            total, value = total + value, float(part)
        else:
            value *= _MAGNITUDES[part]
    return total + value


@cache
def _units() -> re.Pattern[str]:
    words = sorted(unspaced_units(), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)))
