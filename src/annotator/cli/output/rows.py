"""Rows of values in the form that is wanted: JSON, a table on a terminal, or lines of fields."""

from collections.abc import Sequence

from annotator.cli.output import console
from annotator.cli.output.tables import fitted

Rows = Sequence[Sequence[str]]


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
    width = max((len(sign if isinstance(sign, str) else sign.text) for sign in signs), default=0)
    heading, *lines = fitted([headings, *rows], width=console.width() - width, flexible=flexible)
    console.echo(console.faint(f"{' ' * width}{heading}"))
    for number, line in enumerate(lines):
        console.echo(*signs[number : number + 1], line)
