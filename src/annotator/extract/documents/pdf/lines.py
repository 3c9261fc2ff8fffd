"""The lines of a PDF: where they are printed, and how large.

They are all that is read from the file, and what the library keeps of it: newer rules of the
layout run again on lines, without the file and without the library that opened it.
"""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct


class PrintedLine(Struct, frozen=True, array_like=True):
    """A printed line, or the part of one that belongs to one column.

    Places are in points, from the lower left corner of the page; `base` is where the letters
    stand. `raised` are the starts and ends of superscripts in `text`. The line `is_broken` if the
    file says that its last hyphen divides a word.
    """

    page: int
    left: float
    right: float
    base: float
    size: float
    text: str
    is_bold: bool = False
    raised: tuple[tuple[int, int], ...] = ()
    is_broken: bool = False


Lines = Sequence[PrintedLine]


class OutlineEntry(Struct, frozen=True, array_like=True):
    """An entry of a file's own table of contents: 1 is the outermost level."""

    level: int
    title: str
    page: int


class PdfText(Struct, frozen=True, omit_defaults=True):
    """The text of a PDF as lines in the order of the file, with what the file says of itself.

    `labels` has a name for each page, empty where the file gives none. `turned` is the text of
    the first page that runs in another direction than the rest, such as the stamp of arXiv.
    `pictures` are the pages that hold a large picture, and next to no text. `unknown` is the
    number of signs of which the file does not say what they mean. `version` is that of the
    lines.
    """

    lines: tuple[PrintedLine, ...] = ()
    labels: tuple[str, ...] = ()
    outline: tuple[OutlineEntry, ...] = ()
    title: str = ""
    author: str = ""
    turned: str = ""
    pictures: tuple[int, ...] = ()
    unknown: int = 0
    version: int = 1


def body_size(lines: Lines) -> float:
    """Return the size of most of the text."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0
