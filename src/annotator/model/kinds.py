"""The kinds of marks: what colour, glyph and key each has. Settings may add to them."""

from typing import Literal

from msgspec import Struct

Motivation = Literal["highlighting", "commenting", "assessing", "questioning", "describing"]


class Kind(Struct, frozen=True):
    """A kind of mark. `key` is the digit that makes it; `colour` is #rrggbb.

    The glyph tells it where colours cannot; it is one cell wide.
    """

    name: str
    key: str
    colour: str
    glyph: str
    motivation: Motivation = "highlighting"


DEFAULT_KINDS = (
    Kind("claim", "1", "#e5b83a", "◆", "assessing"),
    Kind("evidence", "2", "#5fb36a", "●", "describing"),
    Kind("question", "3", "#d9713c", "?", "questioning"),
    Kind("definition", "4", "#4c9ed9", "≡", "describing"),
    Kind("highlight", "5", "#b07ad6", "▪", "highlighting"),
)
