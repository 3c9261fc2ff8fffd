"""Draws a film: screens of a terminal, each for some seconds, with a caption below.

All screens lie side by side, and one animation without a movement in between puts them before the
window, one after another. A row is kept once, however many screens have it. Nothing is loaded from
elsewhere, and who wants no movement sees one screen.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate, chain, count, groupby
from operator import attrgetter
from string import ascii_letters, digits
from typing import Final

from rich.cells import cell_len
from rich.color import Color, blend_rgb
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import SVG_EXPORT_THEME as COLOURS

Row = tuple[tuple[str, Style], ...]  # pieces of one line of a terminal

CELL, LINE = 10, 20  # width and height of a cell; a letter is .6 of its size wide
EDGE = 12  # around the window
BAR = 32  # the title of a window
CAPTION = 64
MAX_WORDS: Final = 50  # letters of a caption, with its key, so that it fits a row

_RUN = re.compile(r"\S+(?: \S+)*")  # a browser makes one space of several

_STYLE = """
svg{{font:16.4px ui-monospace,"SF Mono",Menlo,"DejaVu Sans Mono",Consolas,monospace}}
.t{{font:14px system-ui,sans-serif;fill:#a6a298;text-anchor:middle}}
.w{{font:25px system-ui,sans-serif;fill:#f2ede2}}
.k{{font-size:25px;font-weight:bold;fill:#16171a}}
.d{{fill:#292a2e;opacity:.6}}
.q{{fill:#e4b45a}}.p{{fill:#fff1cf}}
.f{{animation:f {seconds:g}s step-end infinite}}
.b{{fill:#e4b45a;animation:b {seconds:g}s linear infinite;transform-origin:{edge}px 0}}
svg:hover .f,svg:hover .b{{animation-play-state:paused}}
@keyframes f{{{stops}}}
@keyframes b{{0%{{transform:scaleX(0)}}}}
@media(prefers-reduced-motion:reduce){{.f{{animation:none;transform:translateX({still}px)}}.b{{display:none}}}}
"""


@dataclass(frozen=True)
class Window:
    """A terminal: what is written in its title bar, and its rows."""

    title: str
    rows: tuple[Row, ...]
    is_lit: bool = True  # the one that keys go to


@dataclass(frozen=True)
class Frame:
    """What is seen for some seconds: one terminal, or several below each other, and the caption."""

    windows: tuple[Window, ...]
    keys: tuple[str, ...]  # as they are printed on a keyboard
    words: str  # what they do
    seconds: float
    actions: tuple[str, ...] = ()  # of the keys, by their ids
    is_pressed: bool = False  # the keys go down, and the program has not answered yet


@dataclass(frozen=True)
class Film:
    """Frames, the one that shows most without movement, and words for who does not see them."""

    title: str
    columns: int
    frames: Sequence[Frame]
    still: int

    @property
    def description(self) -> str:
        """What happens, for who does not see it."""
        steps = (next(same) for _, same in groupby(self.frames, key=attrgetter("words")))
        told = (": ".join(filter(None, (" ".join(step.keys), step.words))) for step in steps)
        return " ".join(step if step.endswith((".", "?")) else f"{step}." for step in told)

    @property
    def seconds(self) -> float:
        """The length of the film."""
        return round(sum(frame.seconds for frame in self.frames), 2)


def rows_of(lines: Iterable[Iterable[Segment]]) -> tuple[Row, ...]:
    """Return lines of a terminal as rows, in which neighbours of the same look are one piece."""
    rows = []
    for line in lines:
        pieces = [(piece.text, piece.style or Style()) for piece in line if piece.text]
        looks = groupby(pieces, key=lambda piece: piece[1].without_color + _inked(piece[1]))
        rows.append(tuple(("".join(text for text, _ in same), look) for look, same in looks))
    return tuple(rows)


def _inked(style: Style) -> Style:
    """Return the colours of a style as they are seen."""
    ink, paper = (
        (colour or Color.default()).get_truecolor(COLOURS, foreground=is_ink)
        for colour, is_ink in ((style.color, True), (style.bgcolor, False))
    )
    if style.reverse:
        ink, paper = paper, ink
    if style.dim:
        ink = blend_rgb(ink, paper, 0.4)
    return Style(
        color=Color.from_triplet(ink), bgcolor=Color.from_triplet(paper), dim=False, reverse=False
    )


def text_of(frame: Frame) -> str:
    """Return what a frame says, line by line."""
    lines = (row for window in frame.windows for row in window.rows)
    return "\n".join("".join(text for text, _ in row).rstrip() for row in lines)


def draw(film: Film) -> str:
    """Return a film as SVG."""
    return _Sheet(film).drawn()


class _Sheet:
    """The parts of a film that are drawn once, by their names."""

    def __init__(self, film: Film) -> None:
        self._film = film
        self._looks: dict[str, str] = {}  # classes of letters, by their CSS
        self._parts: dict[str, str] = {}  # names, by what is drawn
        self._names = map(_name, count())
        rows = (row for frame in film.frames for window in frame.windows for row in window.rows)
        paper: Counter[str] = Counter()
        for text, style in chain.from_iterable(rows):
            paper[_paper(style)] += len(text)
        self._paper = paper.most_common(1)[0][0]
        self._width = film.columns * CELL + 2 * EDGE

    def drawn(self) -> str:
        film, width = self._film, self._width
        height = self._below(film.frames[0]) + CAPTION + EDGE
        frames = "".join(self._frame(*numbered) for numbered in enumerate(film.frames))
        parts = "".join(f'<g id="{name}">{drawn}</g>\n' for drawn, name in self._parts.items())
        looks = "".join(f".{name}{{{css}}}" for css, name in self._looks.items())
        style = _STYLE.format(
            seconds=film.seconds, edge=EDGE, still=-width * film.still, stops=self._stops()
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
            f' aria-labelledby="title words">\n'
            f'<title id="title">{escape(film.title)}</title>\n'
            f'<desc id="words">{escape(film.description)}</desc>\n'
            f"<style>{style}{looks}</style>\n<defs>\n{parts}</defs>\n"
            f'<rect width="{width}" height="{height}" rx="10" fill="#292a2e"/>\n'
            f'<svg width="{width}" height="{height}"><g class="f">\n{frames}</g></svg>\n'
            f'<rect class="b" x="{EDGE}" y="{height - 5}" width="{width - 2 * EDGE}" height="2"/>\n'
            "</svg>\n"
        )

    def _stops(self) -> str:
        whole = self._film.seconds
        begins = accumulate((frame.seconds for frame in self._film.frames[:-1]), initial=0.0)
        return "".join(
            f"{100 * begin / whole:.2f}%{{transform:translateX({-number * self._width}px)}}"
            for number, begin in enumerate(begins)
        )

    def _frame(self, number: int, frame: Frame) -> str:
        screen = self._part("".join(self._windows(frame)))
        caption = self._part(_caption(frame, self._below(frame)))
        x = f' x="{number * self._width}"' if number else ""
        return f'<use href="#{screen}"{x}/><use href="#{caption}"{x}/>\n'

    @staticmethod
    def _below(frame: Frame) -> int:
        return EDGE + sum(BAR + len(window.rows) * LINE + EDGE for window in frame.windows) - EDGE

    def _windows(self, frame: Frame) -> Iterator[str]:
        y, width = EDGE, self._width - 2 * EDGE
        for window in frame.windows:
            rows = len(window.rows) * LINE
            yield (
                f'<text class="t" x="{self._width // 2}" y="{y + 15}">{escape(window.title)}</text>'
                f'<rect x="{EDGE - 6}" y="{y + BAR - 6}" width="{width + 12}" height="{rows + 10}"'
                f' fill="{self._paper}"/>'
            )
            for number, row in enumerate(window.rows):
                yield self._use(self._row(row), EDGE, y + BAR + number * LINE)
            if not window.is_lit:
                yield f'<rect class="d" y="{y}" width="{self._width}" height="{BAR + rows}"/>'
            y += BAR + rows + EDGE

    def _use(self, drawn: str, x: int, y: int) -> str:
        at = f' x="{x}"' if x else ""
        return f'<use href="#{self._part(drawn)}"{at} y="{y}"/>' if drawn else ""

    def _part(self, drawn: str) -> str:
        if drawn not in self._parts:
            self._parts[drawn] = next(self._names)
        return self._parts[drawn]

    def _row(self, row: Row) -> str:
        papers, letters, at = [], [], 0
        for text, style in row:
            cells = cell_len(text)
            if (paper := _paper(style)) != self._paper:
                papers.append((paper, at, at + cells))
            for run in _RUN.finditer(text):
                x = (at + cell_len(text[: run.start()])) * CELL
                letters.append(
                    f'<text class="{self._look(style)}" x="{x}" y="15"'
                    f' textLength="{cell_len(run[0]) * CELL}">{escape(run[0], quote=False)}</text>'
                )
            at += cells
        return "".join((*_boxes(papers), *letters))

    def _look(self, style: Style) -> str:
        css = [f"fill:{_colour(style.color)}"]
        css += ["font-weight:bold"] if style.bold else []
        css += ["font-style:italic"] if style.italic else []
        lines = [
            name
            for name, is_on in (("underline", style.underline), ("line-through", style.strike))
            if is_on
        ]
        css += [f"text-decoration:{' '.join(lines)}"] if lines else []
        look = ";".join(css)
        if look not in self._looks:
            self._looks[look] = f"l{len(self._looks)}"
        return self._looks[look]


def _boxes(papers: Sequence[tuple[str, int, int]]) -> Iterator[str]:
    """Yield the backgrounds of a row, of which neighbours of one colour are one."""
    joined: list[tuple[str, int, int]] = []
    for colour, begin, end in papers:
        is_more = bool(joined) and (joined[-1][0], joined[-1][2]) == (colour, begin)
        joined.append((colour, joined.pop()[1] if is_more else begin, end))
    for colour, begin, end in joined:
        yield (
            f'<rect x="{begin * CELL}" width="{(end - begin) * CELL}" height="{LINE}.3"'
            f' fill="{colour}"/>'
        )


def _caption(frame: Frame, y: int) -> str:
    """Return the keys in boxes, and what they do."""
    x, drawn = EDGE + 4, []
    look = "p" if frame.is_pressed else "q"
    for key in frame.keys:
        letters = 15 * cell_len(key)
        width = letters + 20
        drawn.append(
            f'<rect class="{look}" x="{x}" y="{y + 14}" width="{width}" height="40" rx="7"/>'
            f'<text class="k" x="{x + 10}" y="{y + 43}" textLength="{letters}">{escape(key)}</text>'
        )
        x += width + 8
    drawn.append(f'<text class="w" x="{x + 6}" y="{y + 43}">{escape(frame.words)}</text>')
    actions = f' data-actions="{" ".join(frame.actions)}"' if frame.actions else ""
    return f"<g{actions}>{''.join(drawn)}</g>"


def _paper(style: Style) -> str:
    return _colour(style.bgcolor)


def _colour(colour: Color | None) -> str:
    return (colour or Color.default()).get_truecolor(COLOURS).hex


def _name(number: int) -> str:
    """Return a short name that begins with a letter."""
    first, rest = divmod(number, len(ascii_letters + digits))
    return ascii_letters[first] + (ascii_letters + digits)[rest]
