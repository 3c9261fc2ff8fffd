"""An article as typed blocks of plain text, which joined make its text."""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from annotator.model.span import Span
from annotator.model.text import is_latin

BlockKind = Literal[
    "heading",
    "paragraph",
    "list_item",
    "quote",
    "code",
    "table",
    "image",
    "rule",
    "footnote",
    "embed",
]
MarkKind = Literal[
    "strong",
    "emphasis",
    "code",
    "link",
    "superscript",
    "subscript",
    "strike",
    "formula",
    "footnote_reference",
]

BETWEEN_BLOCKS = "\n\n"
BETWEEN_ITEMS = "\n"
BETWEEN_CELLS = "\t"
TICKED, UNTICKED = "[x]", "[ ]"  # the boxes of tasks
WORDS_A_MINUTE = 238  # silent reading of English non-fiction: Brysbaert 2019, 190 studies
CHARACTERS_A_MINUTE = 500  # Chinese and Japanese put no spaces between words

# Compiled when words are first counted: opening an article does not need them.
_WIDE = "[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_WORD = r"\w[\w’'.\-]*"


class Mark(Struct, frozen=True):
    """Formatting of a passage, such as bold or a link; `span` counts from the block's start.

    A `formula` is TeX between dollar signs, two on each side for a displayed
    formula. `href` is the absolute address of a link, and the label of the
    footnote for a `footnote_reference`.
    """

    kind: MarkKind
    span: Span
    href: str = ""


class Block(Struct, frozen=True):
    """A paragraph, heading, list item, table or other element that begins a new line.

    `text` is sanitised. A paragraph may hold line breaks (verse, an address), and
    code keeps its own; the rows of a table are lines, with tabs between cells. The
    text of an image is its caption, or its alternative text if it has none.
    """

    kind: BlockKind
    text: str
    level: int = 0  # of a heading, 1 to 6
    marks: tuple[Mark, ...] = ()
    depth: int = 0  # of a list item, 1 outermost; a block that continues an item has the same
    ordinal: int | None = None  # of an item in a numbered list; none with a bullet
    quote_depth: int = 0  # of a quote and of all blocks inside it; 1 outermost
    language: str = ""  # of code
    header_rows: int = 0  # of a table
    label: str = ""  # of a footnote or an item ("b.", `TICKED`); what an embed is ("Video")
    source: str = ""  # absolute address of an image or embed
    alternative: str = ""  # the alt text of an image
    credit: str = ""  # an image's maker, "Kim Kyung-Hoon/Reuters"


class PageLabel(Struct, frozen=True):
    """The place at which a printed page begins: its offset in the text, and what it is called.

    The label is as on the page, "14" or "xiv". `number` counts the pages of the file from 1,
    for links into it, and is 0 where the file has no pages of its own, as in books.
    """

    offset: int
    label: str
    number: int = 0


class Article(Struct, frozen=True, dict=True):
    """An article. Fields that are unknown are empty.

    `byline` holds names only; `published` and `modified` are ISO 8601, a date
    or a date with time and zone; `language` is a BCP 47 tag. `url` is the address
    it was fetched from, `canonical_url` the one that the page gives for itself.
    `page_labels` are those of a document with pages, in order. `doi` and `page_labels` are not
    in the files of articles without them.
    """

    id: str
    url: str
    title: str
    byline: tuple[str, ...] = ()
    site_name: str = ""
    published: str = ""
    modified: str = ""
    language: str = ""
    excerpt: str = ""
    lead_image: str = ""
    canonical_url: str = ""
    blocks: tuple[Block, ...] = ()
    doi: str | UnsetType = UNSET
    page_labels: tuple[PageLabel, ...] | UnsetType = UNSET

    @cached_property
    def text(self) -> str:
        """The text of all blocks joined: every span of the program counts in it."""
        return "".join(f"{block.text}{gap}" for block, gap in _with_gaps(self.blocks))

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The offset in `text` at which each block begins."""
        starts, offset = [], 0
        for block, gap in _with_gaps(self.blocks):
            starts.append(offset)
            offset += len(block.text) + len(gap)
        return tuple(starts)

    @cached_property
    def revision(self) -> str:
        """Sixteen hexadecimal digits that change with the text."""
        return hashlib.sha256(self.text.encode("utf-8", "replace")).hexdigest()[:16]

    @cached_property
    def word_count(self) -> int:
        """The number of words; each character of a script without spaces counts as one."""
        wide = _wide_in(self.text)
        spaced = re.sub(_WIDE, " ", self.text) if wide else self.text
        return wide + len(re.findall(_WORD, spaced))

    @property
    def minutes(self) -> int:
        """The time to read it in minutes, at least 1."""
        wide = _wide_in(self.text)
        spaced = self.word_count - wide
        return max(1, round(spaced / WORDS_A_MINUTE + wide / CHARACTERS_A_MINUTE))

    def block_at(self, offset: int) -> int:
        """Return the index of the block at `offset`, or of the last one before it."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def page_at(self, offset: int) -> PageLabel | None:
        """Return the page that the character at `offset` is on; None if there are no pages."""
        labels = self.page_labels or ()
        before = bisect_right(labels, offset, key=lambda page: page.offset)
        return labels[before - 1] if before else None

    def pages_of(self, span: Span) -> str:
        """Return the label of the page that a passage is on, or of its first and last page."""
        pages = [self.page_at(at) for at in (span.start, max(span.start, span.end - 1))]
        labels = dict.fromkeys(page.label for page in pages if page and page.label)
        return "–".join(labels)

    def span_of(self, index: int) -> Span:
        """Return the span of block `index` in `text`."""
        start = self.starts[index]
        return Span(start, start + len(self.blocks[index].text))


def _wide_in(text: str) -> int:
    return 0 if is_latin(text) else len(re.findall(_WIDE, text))


def _with_gaps(blocks: Sequence[Block]) -> Iterator[tuple[Block, str]]:
    for block, following in pairwise(blocks):
        are_items = block.kind == following.kind == "list_item"
        yield block, BETWEEN_ITEMS if are_items else BETWEEN_BLOCKS
    if blocks:
        yield blocks[-1], ""
