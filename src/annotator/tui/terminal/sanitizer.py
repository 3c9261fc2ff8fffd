"""The last wall: nothing that a terminal would obey leaves in the text of a line.

Text is cleaned where it enters; this catches what a way in forgot. Textual
itself passes escape sequences through.
"""

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_DANGEROUS = (
    "["
    "\x00-\x1f\x7f-\x9f"  # controls: with them begins every escape sequence
    "\u2028\u2029"  # breaks that some terminals act on
    "\u202a-\u202e\u2066-\u2069"  # directions forced on the text that follows
    "\ud800-\udfff"  # halves of characters, which no terminal can be sent
    "]+"
)


class ControlCharFilter(LineFilter):
    """Removes control and bidirectional characters, and drops links that hold any."""

    def apply(
        self,
        segments: list[Segment],
        background: Color,  # noqa: ARG002  the signature is Textual's
    ) -> list[Segment]:
        """Return `segments` with nothing in them but text."""
        return [_safe(segment) for segment in segments]


def _safe(segment: Segment) -> Segment:
    text, style, control = segment
    link = style.link if style is not None else None
    if text.isprintable() and (link is None or link.isprintable()):
        return segment  # nothing dangerous is printable, and most of what passes is
    if style is not None and link and re.search(_DANGEROUS, link):
        style = style.update_link(None)
    return Segment(re.sub(_DANGEROUS, "", text), style, control)
