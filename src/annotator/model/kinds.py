"""The kinds of marks: what colour, glyph and key each has. Settings may add to them."""

from dataclasses import dataclass
from typing import Literal

Motivation = Literal["highlighting", "commenting", "assessing", "questioning", "describing"]


@dataclass(frozen=True, slots=True)
class Kind:
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
