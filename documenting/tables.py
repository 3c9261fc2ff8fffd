"""Tables in Markdown."""

import re
from collections.abc import Iterable, Sequence
from html import escape

_CODE_WITH_A_BAR = re.compile(r"`([^`]*\|[^`]*)`")


def cell(text: str) -> str:
    """Return a text for a cell: on one line, and no bar ends it."""
    return _CODE_WITH_A_BAR.sub(_as_html, " ".join(text.split())).replace("|", r"\|")


def _as_html(code: re.Match[str]) -> str:
    """Return code with a bar, which not every program takes for one when it is escaped."""
    return f"<code>{escape(code[1], quote=False)}</code>".replace("|", "&#124;")


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, rule: str = "---") -> str:
    """Return a table, whose cells are Markdown; `rule` aligns all columns but the first."""
    lines = [headings, ["---", *[rule] * (len(headings) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
