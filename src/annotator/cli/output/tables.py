"""Tables and wrapped text for a terminal, where some characters are two cells wide.

`print_rows` prints values in the form that is wanted: such a table, JSON, or lines of fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from annotator.cli.output import console
from annotator.reading import layout

if TYPE_CHECKING:
    from annotator.reading.layout.text_width import Measured

BETWEEN = "  "
NARROWEST = 12  # cells of a column that is cut; a title needs two words to be recognized
NARROWEST_TEXT, WIDEST_TEXT = 20, 100  # cells; longer and shorter lines are hard to read
QUOTE_WIDTH = 60  # cells

Rows = Sequence[Sequence[str]]


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the rows as lines with aligned columns; missing cells are empty.

    Where they are heard, a line has what its cells say.
    """
    count = max(map(len, rows), default=0)
    if console.is_spoken():  # columns are heard as gaps, or not at all
        return ["; ".join(filter(None, map(str.strip, row))) for row in rows]
    full = [[*row, *[""] * (count - len(row))] for row in rows]
    widths = [max(map(cells, column)) for column in zip(*full, strict=True)]
    return [BETWEEN.join(map(_padded, row, widths)).rstrip() for row in full]


def fitted(rows: Sequence[Sequence[str]], *, width: int, flexible: int) -> list[str]:
    """Return the rows as lines of at most `width` cells, cutting the column `flexible` if needed.

    All rows must have the same number of cells.
    """
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    excess = max(0, sum(widths) + len(BETWEEN) * (len(widths) - 1) - width)
    room = max(NARROWEST, widths[flexible] - excess) if widths else 0
    return aligned(
        [
            [cut(cell, room) if at == flexible else cell for at, cell in enumerate(row)]
            for row in rows
        ]
    )


def wrapped(text: str, width: int) -> list[str]:
    """Return `text` in lines of at most `width` cells; its own lines if `width` is 0."""
    if not width:
        return text.split("\n")
    lines = []
    for paragraph in text.split("\n"):
        runs = _measured(paragraph).wrap((0, len(paragraph)), width)
        lines += [paragraph[start:end] for start, end in runs]
    return lines


def text_width(indent: str = "") -> int:
    """Return how many cells a line of text gets on this terminal behind an indent."""
    return max(NARROWEST_TEXT, console.width(WIDEST_TEXT) - len(indent))


def print_wrapped(text: str, indent: str, *, color: str = "") -> None:
    """Print text in lines that are easy to read, each behind an indent."""
    for line in wrapped(text, text_width(indent)):
        console.echo(indent, console.colored(line, color) if color else line)


def print_titled(
    title: str,
    name: str,
    *,
    indent: str = "",
    style: Callable[[str], console.Piece] = console.strong,
) -> None:
    """Print a title and an id behind it, in lines that end between words."""
    if console.is_spoken():
        console.echo(title if console.is_session() or not name else f"{title}, {name}")
        return
    room = max(NARROWEST_TEXT, console.width() - len(indent))
    *lines, last = wrapped(title, room)
    if last and cells(last) + len(BETWEEN) + len(name) > room:
        lines, last = [*lines, last], ""
    for line in lines:
        console.echo(indent, style(line))
    console.echo(indent, style(last), BETWEEN if last else "", console.faint(name))


def print_outcome(outcome: str, article_id: str, title: str, *more: str) -> None:
    """Print what happened to an article: a line for people, with the title wrapped, or fields."""
    if not console.is_terminal():
        console.echo_fields(outcome, article_id, title, *more)
        return
    if console.is_spoken():
        name = "" if console.is_session() and title else console.short(article_id)
        console.echo_fields(outcome, title, name)
        return
    start = (outcome, BETWEEN, console.faint(console.short(article_id)), BETWEEN)
    print_hanging(start, title, width=console.width())


def print_hanging(start: Sequence[console.Piece], text: str, *, width: int) -> None:
    """Print a text behind its start, in lines that end between words and begin below the text."""
    indent = sum(cells(piece if isinstance(piece, str) else piece.text) for piece in start)
    first, *rest = wrapped(text, max(NARROWEST_TEXT, width - indent))
    console.echo(*start, first)
    for line in rest:
        console.echo(" " * indent, line)


def facts_line(facts: Iterable[str]) -> str:
    """Return what is known of something as a line; what is empty is left out."""
    return (", " if console.is_spoken() else " · ").join(filter(None, facts))


def cut(text: str, width: int) -> str:
    """Return `text` cut to `width` cells, with an ellipsis if something is missing."""
    if cells(text) <= width:
        return text
    start, end = _measured(text).fold((0, len(text)), width - 1)[0]
    return f"{text[start:end].rstrip()}…"


def short_quote(words: str) -> str:
    """Return words as a quotation on one line, shortened if it is long."""
    return f"“{cut(' '.join(words.split()), QUOTE_WIDTH)}”"


def cells(text: str) -> int:
    """Return the width of `text` in cells of a terminal."""
    if text.isascii():
        return len(text)
    return layout.text_width.cell_width(text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cells(text))


def _measured(text: str) -> Measured:
    return layout.text_width.measure_text(text, layout.text_width.cell_width)


def print_rows(
    rows: Rows,
    *,
    json: object = None,
    headings: Sequence[str] = (),
    shown: Rows | None = None,
    signs: Sequence[console.Piece] = (),
    flexible: int = 0,
    empty: str = "",
) -> None:
    """Print rows: as the value `json` if there is one, on a terminal as a table, else as fields.

    Without `headings` there is no table. `shown` are the rows as people read them, `signs` what
    stands before each, `flexible` the column that is cut, and `empty` is said if there are none.
    """
    if json is not None:
        console.echo_json(json)
    elif not rows and empty:
        console.tell(empty)
    elif rows and headings and console.is_terminal():
        _print_table(headings, shown or rows, signs, flexible)
    else:
        for row in rows:
            console.echo_fields(*row)


def _print_table(
    headings: Sequence[str], rows: Rows, signs: Sequence[console.Piece], flexible: int
) -> None:
    if console.is_spoken():
        for row in rows:
            named = [*enumerate(zip(headings, row, strict=True))]
            is_clear = (0, flexible)  # without its name
            said = [
                cell if at in is_clear else f"{name.lower()} {cell}"
                for at, (name, cell) in named
                if cell
            ]
            console.echo("; ".join(said))
        return
    width = max((len(sign if isinstance(sign, str) else sign.text) for sign in signs), default=0)
    heading, *lines = fitted([headings, *rows], width=console.width() - width, flexible=flexible)
    console.echo(console.faint(f"{' ' * width}{heading}"))
    for number, line in enumerate(lines):
        console.echo(*signs[number : number + 1], line)
