"""Running heads: what a file prints at the edges of its pages, such as title, date and number.

They are what stands at the same height on several pages, with digits that may differ. A short file
repeats nothing, so there the very first and last line of a page goes by what it says.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from annotator.extract.documents.pdf.lines import PrintedLine, body_size
from annotator.extract.documents.pdf.rows import is_row

_EDGE = 4  # lines from the upper or lower end of a page
_NEAR = 6  # points of difference in height
_LEVEL = 3  # points between lines that stand at the same height
_REPEATED, _FEW_PAGES = 3, 6
_SMALLER = 0.9  # than the title, its repetition
_SHORTEST_TITLE = 9  # letters
_LARGER = 1.05  # than the text: a heading at the top of a page
_ALONE, _PITCH = 1.8, 1.2  # times its size, from a head to the text below it; the usual pitch
_LONGEST_HEAD = 110  # characters of a line alone above the text

_NUMBER = re.compile(
    r"(?:page |p\. ?|seite |стр\. ?)?[#ivxlc]{1,7}(?: ?(?:/|of|von|de|из) ?#)?|"
    r"[-–—•|\[] ?# ?[-–—•|\]]"
)
_DATE = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}:\d{2}(?: ?[AP]M)?(?:\s.{0,120})?")
_ADDRESS = re.compile(r"(?:file|https?)://\S+(?:\s+\d+ ?/ ?\d+)?")
_NUMBER_AT_AN_END = re.compile(
    r"^\W*(\d{1,4}|[ivxlc]{1,7})(?=\W*$|\s)|(?<=\s)(?:\d{1,4}|[ivxlc]{1,7})(?=\W*$)"
)
_LEAST_NUMBERED, _DIGITS = 10, 4  # lines with a number, and its digits
_OF_ALL = re.compile(r"\d{1,4} ?/ ?\d{1,4}")


class TextLines(NamedTuple):
    """The lines without running heads; the page numbers in those, and their different wordings."""

    lines: list[PrintedLine]
    numbers: dict[int, list[str]]
    heads: tuple[str, ...]


def without_running_heads(lines: Sequence[PrintedLine]) -> TextLines:
    """Return the lines of all pages without their running heads."""
    pages = [list(run) for _, run in groupby(lines, key=lambda line: line.page)]
    places = _places(pages)
    first = pages[0] if pages else []
    size = max((line.size for line in first), default=0)
    title = _letters("".join(line.text for line in first if line.size > 0.95 * size))
    is_short = len(pages) < _FEW_PAGES
    body = body_size(lines)
    kept: list[PrintedLine] = []
    numbers: dict[int, list[str]] = defaultdict(list)
    heads: dict[str, str] = {}
    for count, page in enumerate(pages):
        for line, is_edge in zip(page, _edges(page), strict=True):
            repeated = len(places.get(_place(line), ())) if is_edge else 0
            is_last = is_edge and _is_extreme(line, page)
            enough = _REPEATED if not (is_short and is_last) else _REPEATED - 1
            is_head = repeated >= enough
            if not is_head and is_last:
                is_plain = not (line.is_bold or is_row(line)) and line.size < _LARGER * body
                is_above = count > 0 and is_plain and _is_alone(line, page)
                is_head = is_above or _says_so(line, title, size)
            if not is_head:
                kept.append(line)
                continue
            heads.setdefault(_wording(line.text), " ".join(line.text.split()))
            numbers[line.page] += _numbers_in(line.text)
    return TextLines(kept, numbers, tuple(heads.values()))


def _edges(page: Sequence[PrintedLine]) -> Iterator[bool]:
    """Yield for each line of a page whether it is one of the first or last few by height."""
    heights = sorted({round(line.base / _LEVEL) for line in page})
    edges = {*heights[:_EDGE], *heights[-_EDGE:]}
    before: PrintedLine | None = None  # of a footnote, many of which may read alike
    for line in page:
        begins = bool(line.raised) and line.raised[0][0] == 0
        goes_on = (
            before is not None
            and abs(line.size - before.size) < 1
            and 0 < before.base - line.base < 2 * line.size
        )
        before = line if begins or goes_on else None
        yield before is None and round(line.base / _LEVEL) in edges


def _places(pages: Sequence[Sequence[PrintedLine]]) -> dict[tuple[str, int], set[int]]:
    """Return the pages on which a wording stands at a height, whatever its digits are."""
    places: dict[tuple[str, int], set[int]] = defaultdict(set)
    for page in pages:
        for line, is_edge in zip(page, _edges(page), strict=True):
            if is_edge:
                wording, height = _place(line)
                for near in (height - 1, height, height + 1):
                    places[wording, near].add(line.page)
    return places


def _place(line: PrintedLine) -> tuple[str, int]:
    return _wording(line.text), round(line.base / _NEAR)


def _wording(text: str) -> str:
    text = " ".join(text.split()).lower()
    # a roman number at either end counts like a digit
    text = re.sub(r"^[ivxlc]{1,7}\b(?= |$)|(?<= )[ivxlc]{1,7}$", "#", text)
    return re.sub(r"\d+", "#", text)


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text).lower()


def _is_extreme(line: PrintedLine, page: Sequence[PrintedLine]) -> bool:
    bases = [other.base for other in page]
    return line.base >= max(bases) - _LEVEL or line.base <= min(bases) + _LEVEL


def _says_so(line: PrintedLine, title: str, size: float) -> bool:
    """Return whether a line at the very edge is a number, a date, an address or the title."""
    text = line.text.strip()
    letters = _letters(re.sub(r"^\d+\s|\s\d+$", "", text))
    is_title = (
        len(letters) >= _SHORTEST_TITLE
        and line.size < _SMALLER * size
        and title.startswith(letters)
    )
    return (
        is_title
        or any(pattern.fullmatch(text) for pattern in (_DATE, _ADDRESS, _OF_ALL))
        or bool(_NUMBER.fullmatch(_wording(text)))
    )


def _is_alone(line: PrintedLine, page: Sequence[PrintedLine]) -> bool:
    """Return whether a line is the topmost one, above more white space than the text has."""
    bases = sorted({other.base for other in page}, reverse=True)
    gaps = [above - below for above, below in pairwise(bases) if above - below > _LEVEL]
    if line.base < bases[0] - _LEVEL or not gaps or len(line.text) > _LONGEST_HEAD:
        return False
    return gaps[0] > _ALONE * max(line.size, median(gaps) / _PITCH)


def _numbers_in(text: str) -> list[str]:
    """Return what may be the number of the page: a number at either end of a running head."""
    return [match[0].strip(" -–—|•[]()") for match in _NUMBER_AT_AN_END.finditer(text.strip())]


def without_line_numbers(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Return the lines of a page without a column of numbers beside them, as court files have."""
    columns: dict[tuple[str, int], list[PrintedLine]] = defaultdict(list)
    for line in lines:
        if line.text.strip().isdecimal() and len(line.text.strip()) <= _DIGITS:
            columns["left", round(line.left / _LEVEL)].append(line)
            columns["right", round(line.right / _LEVEL)].append(line)
    away: set[int] = set()
    for column in columns.values():
        values = [int(line.text) for line in sorted(column, key=lambda line: -line.base)]
        steps = {after - before for before, after in pairwise(values)}
        if len(column) >= _LEAST_NUMBERED and len(steps) == 1 and steps <= {1, 5}:
            away.update(map(id, column))
    return [line for line in lines if id(line) not in away]
