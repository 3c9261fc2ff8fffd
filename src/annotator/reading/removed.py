"""What was removed from a page, on lines of its own that belong to no text."""

from annotator.model import Removal
from annotator.reading.blocks import signs
from annotator.reading.cells import Measure
from annotator.reading.rows import Decoration, Role, Row

MOST_LINES = 8  # of what was removed: as much as tells a paragraph; a menu has a hundred
MOST_CHARACTERS = 4_000  # that are laid out at all
BAR, CURSOR = "┊", "▌"
TEXT_AT, CURSOR_AT = 2, -2  # cells from the left edge of the text


def removed_rows(
    removal: Removal, width: int, measure: Measure, *, is_current: bool = False
) -> tuple[Row, ...]:
    """Return a removed passage on lines, with a bar beside it and the reason below."""
    role: Role = "current-removed" if is_current else "removed"
    room = max(1, width - TEXT_AT)
    lines = [
        line[0].text
        for text in removal.text[:MOST_CHARACTERS].split("\n")[: MOST_LINES + 1]
        for line in signs(text, (role, 0), room, measure)
    ]
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], "…"]
    reason = [line[0].text for line in signs(removal.reason, (role, 0), room, measure)]
    shown: list[tuple[str, Role]] = [(line, role) for line in lines]
    shown += [(line, "removed-reason") for line in reason]
    return tuple(_row(text, role, is_current=is_current) for text, role in shown)


def _row(text: str, role: Role, *, is_current: bool) -> Row:
    cursor = (Decoration(CURSOR, CURSOR_AT, "cursor-bar"),) if is_current else ()
    return Row((), (*cursor, Decoration(BAR, 0, "removed-bar"), Decoration(text, TEXT_AT, role)))
