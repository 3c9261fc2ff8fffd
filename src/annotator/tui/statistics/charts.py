"""Charts as lines of text: columns over time, and names with bars.

The columns are those of Textual's sparkline, with eight steps in each line. plotext was tried as
well: its columns are uneven where they do not fall on whole cells, its labels are placed by
characters, so that Chinese ones shift the bars, and its version 6 is compiled.
"""

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from rich.console import Console
from textual.renderables.sparkline import Sparkline

from annotator.model.labels import MONTHS, bar
from annotator.model.periods import Step
from annotator.store import Uses
from annotator.tui.lists.rows import Line, Piece
from annotator.tui.lists.text_fit import pad, truncate
from annotator.usecases.queries.statistics import Bucket

Block = list[Line]

COLUMNS_HEIGHT = 5  # lines of the columns alone
_MOST_NAMES = 8
_MAX_COLUMN = 6  # cells; wider ones look like walls
_LABEL_SHARE = 0.45  # of the width

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def columns_block(
    title: str, numbers: Sequence[int], labels: Sequence[str], cells: tuple[int, int]
) -> Block:
    """Return a chart with a column for each number, and labels below those that have room.

    `cells` are the width of the chart, and that of the numbers on its left.
    """
    width, gutter = cells
    total = sum(numbers)
    head: Line = (Piece(title, "heading"), Piece(f"  {total:,}", "strong"))
    if not total:
        return [head, (Piece("none in this time", "quiet"),)]
    step = max(1, min(_MAX_COLUMN, (width - gutter) // len(numbers)))
    rows = _columns(numbers, step)
    marks = [f"{max(numbers):,}", *[""] * (len(rows) - 2), "0"]
    return [
        head,
        *(
            (Piece(f"{mark} ".rjust(gutter), "quiet"), Piece(row, "bar"))
            for mark, row in zip(marks, rows, strict=True)
        ),
        (Piece(" " * gutter + _axis(labels, step, width - gutter), "quiet"),),
    ]


def names_block(
    title: str,
    uses: Sequence[Uses],
    width: int,
    *,
    glyphs: Mapping[str, tuple[str, str]] | None = None,
) -> Block:
    """Return names with bars and numbers; `glyphs` are a glyph and its role by name."""
    lines: Block = [(Piece(title, "heading"),)]
    uses = [use for use in uses if use.marks]
    if not uses:
        return [*lines, (Piece("none in this time", "quiet"),)]
    shown, rest = uses[:_MOST_NAMES], uses[_MOST_NAMES:]
    number_width = max(len(f"{use.marks:,}") for use in uses)
    label_width = min(max(cell_len(use.name) for use in shown), round(width * _LABEL_SHARE))
    glyph_width = 2 if glyphs else 0
    room = max(1, width - label_width - number_width - glyph_width - 3)
    most = max(use.marks for use in uses)
    for use in shown:
        glyph, role = (glyphs or {}).get(use.name, ("", ""))
        drawn = bar(use.marks, most, room)
        lines.append(
            (
                *((Piece(f"{glyph or ' '} ", role),) if glyphs else ()),
                Piece(pad(use.name, label_width) + " "),
                Piece(drawn.ljust(room), role or "bar"),
                Piece(f" {use.marks:,}".rjust(number_width + 2), "quiet"),
            )
        )
    if rest:
        lines.append((Piece(truncate(f"and {len(rest):,} more", width), "quiet"),))
    return lines


def bucket_labels(buckets: Sequence[Bucket], step: Step) -> list[str]:
    """Return a short name for each part of a period."""
    days = [bucket.since for bucket in buckets]
    if step == "year":
        return [str(day.year) for day in days]
    if step == "month":
        return [MONTHS[day.month - 1] for day in days]
    if step == "day" and len(days) == len(_WEEKDAYS):
        return [_WEEKDAYS[day.weekday()] for day in days]
    return [f"{day.day} {MONTHS[day.month - 1]}" for day in days]


def grid(blocks: Sequence[Block], width: int, columns: int, gap: int) -> Block:
    """Return the blocks side by side in columns, with an empty line between two rows."""
    lines: Block = []
    for start in range(0, len(blocks), columns):
        row = blocks[start : start + columns]
        if start:
            lines.append(())
        for index in range(max(map(len, row))):
            line: list[Piece] = []
            for block in row:
                cell = block[index] if index < len(block) else ()
                taken = sum(cell_len(piece.text) for piece in cell)
                line += [*cell, Piece(" " * (width - taken + gap))]
            lines.append(tuple(line))
    return lines


def _columns(numbers: Sequence[int], step: int) -> list[str]:
    """Return columns of `step` cells, of which the last is empty if there are several."""
    cells = max(1, step - 1)
    data = [number for number in numbers for _ in range(step)]
    spark = Sparkline([*data, 0], width=len(data) + 1, height=COLUMNS_HEIGHT)  # it begins at 0
    segments = Console(width=len(data) + 1).render(spark)
    rows = "".join(segment.text for segment in segments).split("\n")
    return [
        "".join(
            character if at % step < cells and data[at] else " "
            for at, character in enumerate(row[:-1])
        )
        for row in rows
    ]


def _axis(labels: Sequence[str], step: int, room: int) -> str:
    """Return the labels, each below its column, leaving out those that have no room."""
    every = 1
    while any(len(label) + 1 > step * every for label in labels[::every]) and every < len(labels):
        every += 1
    shown = [
        label.ljust(step * every)
        for index, label in enumerate(labels)
        if index % every == 0 and index * step + len(label) <= room
    ]
    return "".join(shown).rstrip()
