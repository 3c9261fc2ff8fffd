"""Running heads: what a file prints at the edges of its pages, such as title, date and number.

They are what stands at the same height on several pages, with digits that may differ. A short file
repeats nothing, so there the very first and last line of a page goes by what it says.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from annotator.extract.documents.pdf.lines import Lines, PrintedLine, body_size
from annotator.extract.documents.pdf.rows import is_row
from annotator.model.data_file import wordings
from annotator.model.text import clean_line

_EDGE = 4  # lines from the upper or lower end of a page
_NEAR, _LEVEL = 6, 3  # points of difference in height: on two pages, and on one
_REPEATED, _FEW_PAGES = 3, 6
_SMALLER, _SHORTEST = 0.9, 9  # than the title, its repetition; its letters
_LARGER = 1.05  # than the text: a heading at the top of a page
_ALONE, _PITCH = 1.8, 1.2  # times its size, from a head to the text below it; the usual pitch
_LONGEST_HEAD, _DIGITS = 110, 6  # characters of a line alone above the text, and of a number

_WORDINGS = wordings("annotator.extract.documents", "wordings.toml")
_SAYS_SO = re.compile(_WORDINGS["running-head"])
_NUMBER_AT_AN_END = re.compile(_WORDINGS["page-number"])


class TextLines(NamedTuple):
    """The lines without running heads; the numbers in those, by page, and their wordings."""

    lines: list[PrintedLine]
    numbers: dict[int, list[str]]
    heads: tuple[str, ...]


def without_running_heads(lines: Lines) -> TextLines:
    """Return the lines of all pages without their running heads."""
    pages = [list(run) for _, run in groupby(lines, key=lambda line: line.page)]
    places: dict[tuple[str, int], set[int]] = defaultdict(set)
    edges = [_edges(page) for page in pages]
    for line in (line for edge in edges for line in edge.values()):
        for near in (-1, 0, 1):
            places[_wording(line), round(line.base / _NEAR) + near].add(line.page)
    first = pages[0] if pages else []
    size = max((line.size for line in first), default=0)
    title = _letters("".join(line.text for line in first if line.size > 0.95 * size))
    body, counted = body_size(lines), _counting(lines)
    kept: list[PrintedLine] = []
    numbers: dict[int, list[str]] = defaultdict(list)
    heads: dict[str, str] = {}
    for page, edge in zip(pages, edges, strict=True):
        bases = sorted({line.base for line in page}, reverse=True)
        for line in page:
            is_last = not bases[-1] + _LEVEL < line.base < bases[0] - _LEVEL
            enough = _REPEATED - (len(pages) < _FEW_PAGES and is_last)
            seen = places.get((_wording(line), round(line.base / _NEAR)), ())
            is_head = len(seen) >= enough
            if not is_head and is_last:
                is_plain = not (line.is_bold or is_row(line)) and line.size < _LARGER * body
                is_above = page is not first and is_plain and _is_alone(line, bases)
                is_head = is_above or _says_so(line, title, size)
            if id(line) not in counted and (id(line) not in edge or not is_head):
                kept.append(line)
                continue
            heads.setdefault(_wording(line), clean_line(line.text))
            ends = _NUMBER_AT_AN_END.finditer(line.text.strip())
            numbers[line.page] += [match[0].strip(" -–—|•[]()") for match in ends]
    if not kept:  # nothing but a line
        return TextLines(list(lines), numbers, ())
    return TextLines(kept, numbers, tuple(heads.values()))


def _counting(lines: Lines) -> set[int]:
    """Return the lines that are nothing but a number, which counts on with the pages.

    Journals print it in the margin, beside the text.
    """
    series: dict[int, list[PrintedLine]] = defaultdict(list)
    for line in lines:
        if line.text.strip().isdecimal() and len(line.text) <= _DIGITS:
            series[int(line.text) - line.page].append(line)
    half = max(_REPEATED, len({line.page for line in lines}) / 2)
    return {id(x) for one in series.values() if len({x.page for x in one}) >= half for x in one}


def _edges(page: Lines) -> dict[int, PrintedLine]:
    """Return the first and last few lines of a page by height, but for its footnotes."""
    heights = sorted({round(line.base / _LEVEL) for line in page})
    outer = {*heights[:_EDGE], *heights[-_EDGE:]}
    edges: dict[int, PrintedLine] = {}
    note: PrintedLine | None = None  # many of them may read alike
    for line in page:
        begins = bool(line.raised) and line.raised[0][0] == 0
        if note is not None and not begins:
            is_near = 0 < note.base - line.base < 2 * line.size
            begins = is_near and abs(line.size - note.size) < 1
        note = line if begins else None
        if note is None and round(line.base / _LEVEL) in outer:
            edges[id(line)] = line
    return edges


def _wording(line: PrintedLine) -> str:
    text = " ".join(line.text.split()).lower()
    # a roman number at either end counts like a digit
    text = re.sub(r"^[ivxlc]{1,7}\b(?= |$)|(?<= )[ivxlc]{1,7}$", "#", text)
    return re.sub(r"\d+", "#", text)


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text).lower()


def _says_so(line: PrintedLine, title: str, size: float) -> bool:
    """Return whether a line at the very edge is a number, a date, an address or the title."""
    letters = _letters(re.sub(r"^\d+\s|\s\d+$", "", line.text.strip()))
    is_title = len(letters) >= _SHORTEST and title.startswith(letters)
    is_small = line.size < _SMALLER * size
    return (is_title and is_small) or bool(_SAYS_SO.fullmatch(_wording(line)))


def _is_alone(line: PrintedLine, bases: Sequence[float]) -> bool:
    """Return whether a line is the topmost one, above more white space than the text has."""
    gaps = [above - below for above, below in pairwise(bases) if above - below > _LEVEL]
    if line.base < bases[0] - _LEVEL or not gaps or len(line.text) > _LONGEST_HEAD:
        return False
    return gaps[0] > _ALONE * max(line.size, median(gaps) / _PITCH)
