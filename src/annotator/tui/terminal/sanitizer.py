"""A filter that keeps control characters from the terminal.

Text is cleaned where it enters the program. This is the second line of defence,
as Textual itself passes escape sequences through.
"""

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_DANGEROUS = (
    "["
    "\x00-\x1f\x7f-\x9f"  # control characters, with which every escape sequence starts
    "\u2028\u2029"  # line breaks that some terminals act on
    "\u202a-\u202e\u2066-\u2069"  # overrides of the direction of text
    "\ud800-\udfff"  # surrogates, which cannot be encoded
    "]+"
)


class ControlCharFilter(LineFilter):
    """Removes control and bidirectional characters, and links that contain any."""

    def apply(
        self,
        segments: list[Segment],
        background: Color,  # noqa: ARG002  the signature is Textual's
    ) -> list[Segment]:
        """Return the segments without such characters."""
        return [_safe(segment) for segment in segments]


def _safe(segment: Segment) -> Segment:
    text, style, control = segment
    link = style.link if style is not None else None
    if text.isprintable() and (link is None or link.isprintable()):
        return segment  # nothing dangerous is printable
    if style is not None and link and re.search(_DANGEROUS, link):
        style = style.update_link(None)
    return Segment(re.sub(_DANGEROUS, "", text), style, control)
