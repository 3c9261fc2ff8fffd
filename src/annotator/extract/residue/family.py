"""Shapes of whole lines: what a family of residue looks like, in the languages that we know.

A shape must fit a line from its first letter to its last. No rule looks for a
word within a sentence, so that an article may speak of all these things.
"""

from typing import Literal, NamedTuple

Place = Literal["always", "apart", "edge", "margin"]

LONGEST_LINE = 340  # characters: a plea that is longer reads like an article to any rule

_EDGES = " \t\n.!:;,…»«>→←›‹*|·•–—-▶►▸▾▼▲↓↑↗✕×+#[](){}（）【】“”\"'✉☰★🔗🔒📩👉"


class Shape(NamedTuple):
    """A kind of line, and why it is taken away.

    `place` says where: `always`; `apart`, unless it is a step of a list or a
    heading with prose of its own; `edge`, unless prose stands around it;
    `margin`, unless the text has begun. `is_label` tells that the line is no
    sentence, and so does not end like one; `is_exact` that the pattern itself
    says what the whole line may be, whether its words are known or not.
    """

    name: str
    reason: str
    pattern: str
    place: Place = "apart"
    is_label: bool = False
    is_exact: bool = False


class Family(NamedTuple):
    """One family of residue: its lines, and the names that pages give to its boxes."""

    step: str
    shapes: tuple[Shape, ...] = ()
    names: str = ""  # a pattern of one name
    names_reason: str = ""


def shape(name: str, reason: str, *patterns: str, place: Place = "apart") -> Shape:
    """Return a shape that fits a line if one of the patterns fits all of it."""
    return Shape(name, reason, "|".join(patterns), place)


def label(name: str, reason: str, *patterns: str, place: Place = "apart") -> Shape:
    """Return a shape as above for lines that are no sentences."""
    return shape(name, reason, *patterns, place=place)._replace(is_label=True)


def exact(name: str, reason: str, *patterns: str, place: Place = "apart") -> Shape:
    """Return a shape as above whose words need not be known."""
    return shape(name, reason, *patterns, place=place)._replace(is_exact=True)


def boxes(*patterns: str) -> str:
    """Return a pattern for names of boxes, each a word or words joined by `-`."""
    return "|".join(patterns)


def line_of(text: str) -> str:
    """Return a text as shapes compare it: lower case, straight apostrophes, bare ends."""
    if len(text) > LONGEST_LINE:
        return ""
    line = " ".join(text.split()).replace("’", "'").replace("‘", "'").lower()
    return line.strip(_EDGES)
