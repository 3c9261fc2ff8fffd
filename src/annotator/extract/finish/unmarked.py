"""Headings and quotations that a page does not mark up as such.

Headings are paragraphs in bold, such as `<p><strong>The mills</strong></p>`. Quotations
have only a class name, such as the pull quotes of some editors.
"""

import re
from collections import Counter
from itertools import islice

from msgspec.structs import replace

from annotator.extract.dom.elements import folded
from annotator.extract.passages import Passage, Region
from annotator.model.article import Block

LONGEST = 80  # characters
MOST_WORDS = 12
LEAST = 2  # of an article; a single bold line may be a remark
LEAST_BELOW = 80  # characters of the paragraph below
LEVEL, LOWEST = 2, 6  # of headings, if there are no others above them, and at most

_ENDS = re.compile(r"[.!?…:;,)\]。！？：”\"'»*-]\s*\Z")
_BEGINS = re.compile(r"\w|[“\"„«‘'¿¡]\w")

LONGEST_BOX = 600  # characters of a box; a longer one is a part of the text

_QUOTATION = re.compile(
    r"(?<![\w-])(?:[\w-]+-)?(?:pull-?quote|block-?quote|citation|zitat|quotation)"
    r"(?:-(?:text|body|content|box|widget|wrapper|left|right))*(?![\w-])"
)


def read_bold_headings(passages: list[Passage]) -> None:
    """Turn short bold paragraphs into headings where several divide a text.

    Each stands below the first paragraph and above another one, ends without a mark
    and is there once. So the questions of an interview stay paragraphs, and so do
    the names of speakers, the lines of a table, and a line below the title. Its level
    is one below that of the page's own heading above it.
    """
    counts = Counter(folded(passage.text) for passage in passages)
    begun = next((at for at, passage in enumerate(passages) if _is_text(passage.block)), 0)
    headings = {
        place
        for place in range(begun + 1, len(passages) - 1)
        if _is_heading(passages[place])
        and not _is_heading(passages[place - 1])
        and _is_text(passages[place + 1].block)
        and counts[folded(passages[place].text)] == 1
    }
    if len(headings) < LEAST:
        return
    level = LEVEL
    for place, passage in enumerate(passages):
        block = passage.block
        if block.kind == "heading":
            level = min(LOWEST, block.level + 1)
        elif place in headings:
            passage.block = replace(block, kind="heading", level=level, marks=())


def _is_heading(passage: Passage) -> bool:
    block, text = passage.block, passage.text
    if (
        passage.region.tag == "dt"
        or block.kind != "paragraph"
        or block.depth
        or block.quote_depth
        or "\n" in text
    ):
        return False
    if len(text) > LONGEST or len(text.split()) > MOST_WORDS or not _BEGINS.match(text):
        return False
    is_bold = any(m.kind == "strong" and len(m.span) == len(text) for m in block.marks)
    is_more = any(m.kind not in {"strong", "emphasis"} for m in block.marks)
    return is_bold and not is_more and not _ENDS.search(text)


def _is_text(block: Block) -> bool:
    return block.kind == "paragraph" and len(block.text) >= LEAST_BELOW


def read_named_quotes(passages: list[Passage]) -> None:
    """Turn paragraphs in small boxes that are named after quotations into quotations."""
    for passage in passages:
        block = passage.block
        if block.kind == "paragraph" and not block.depth and _is_quotation(passage.region):
            passage.block = replace(block, kind="quote", quote_depth=max(1, block.quote_depth))


def _is_quotation(region: Region) -> bool:
    return any(
        one.characters <= LONGEST_BOX and _QUOTATION.search(one.names)
        for one in islice(region.chain(), 3)
    )
