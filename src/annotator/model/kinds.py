"""The kinds of marks, each with a colour, a glyph and a key. Settings can add more."""

from msgspec import Struct


class Kind(Struct, frozen=True):
    """A kind of mark. `key` is the digit that makes such a mark; `colour` is #rrggbb.

    The glyph, one cell wide, identifies the kind where there are no colours.
    """

    name: str
    key: str
    colour: str
    glyph: str


DEFAULT_KINDS = (
    Kind("claim", "1", "#e5b83a", "◆"),
    Kind("evidence", "2", "#5fb36a", "●"),
    Kind("question", "3", "#d9713c", "?"),
    Kind("definition", "4", "#4c9ed9", "≡"),
    Kind("highlight", "5", "#b07ad6", "▪"),
)
