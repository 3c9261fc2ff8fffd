"""Where sentences begin and end, by rules of our own."""

import re

from annotator.model import Span

_END = re.compile(r"(?:[.!?…]+[\"'”’»)\]]*(?=\s)|[。！？]+[」』”）]*)\s*|\n+")


def split(text: str, language: str = "en") -> tuple[Span, ...]:
    """Return the sentences of `text`, without the white space between them."""
    ends = [found.end() for found in _END.finditer(text)]
    cuts = [0, *ends, len(text)]
    spans = (Span(a, b).trimmed(text) for a, b in zip(cuts, cuts[1:], strict=False) if a < b)
    return tuple(span for span in spans if len(span))
