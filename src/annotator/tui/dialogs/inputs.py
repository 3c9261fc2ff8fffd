"""Lines to type in, all of them alike."""

from textual.widgets import Input


def text_input(value: str = "", *, placeholder: str = "", id: str | None = None) -> Input:  # noqa: A002  Textual's name
    """Return a line to type in, one cell high, whose cursor does not blink."""
    line = Input(value, placeholder=placeholder, id=id, compact=True)
    line.cursor_blink = False
    return line
