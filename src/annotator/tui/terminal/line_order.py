"""Lines of the screens with letters that run to the left, drawn in the order of UAX 9."""

import re
from itertools import groupby

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from annotator.reading.layout.block_layout import is_right_to_left
from annotator.reading.layout.text_width import is_narrow
from annotator.reading.layout.visual_order import VisualOrder, visual_order

_AS_IT_IS = "\u2060"  # without width
# Words between columns and frames, without the sign of a row before them.
_FIELD = re.compile(r"[\w(\[{«“\"'#\u2060][^\s\u2500-\u259f]*(?: [^\s\u2500-\u259f]+)*")


class LineOrder(LineFilter):
    """Draws the letters of each field of a line in their order; columns stay where they are.

    The text of an article has its order by `places`, in which its marks and the cursor are too.
    """

    def __init__(self) -> None:
        super().__init__()
        self.places = VisualOrder()

    def as_it_is(self, text: str) -> str:
        """Return a text of which the order is not changed: a sample."""
        return f"{_AS_IT_IS}{text}"

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002  the signature is Textual's
        text = "".join(segment.text for segment in segments)
        if is_narrow(text) or any(segment.control for segment in segments):
            return segments
        drawn = [(letter, style) for words, style, _ in segments for letter in words]
        for field in reversed([*_FIELD.finditer(text)]):
            start, end = field.span()
            if _AS_IT_IS in field[0]:
                continue
            ordered = visual_order(field[0], is_rtl=is_right_to_left(field[0]))
            drawn[start:end] = [(shown, drawn[start + first][1]) for first, _, shown in ordered]
        runs = groupby(drawn, key=lambda letter: letter[1])
        return [Segment("".join(shown for shown, _ in run), style) for style, run in runs]
