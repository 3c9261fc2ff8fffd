"""Quotations that only a class name marks, such as the pull quotes of some editors."""

import re
from itertools import islice

from msgspec.structs import replace

from annotator.extract.passages import Passage, Region

LONGEST = 600  # characters of a box; a longer one is a part of the text

_QUOTATION = re.compile(
    r"(?<![\w-])(?:[\w-]+-)?(?:pull-?quote|block-?quote|citation|zitat|quotation)"
    r"(?:-(?:text|body|content|box|widget|wrapper|left|right))*(?![\w-])"
)


def read_named_quotes(passages: list[Passage]) -> None:
    """Turn paragraphs in small boxes that are named after quotations into quotations."""
    for passage in passages:
        block = passage.block
        if block.kind == "paragraph" and not block.depth and _is_quotation(passage.region):
            passage.block = replace(block, kind="quote", quote_depth=max(1, block.quote_depth))


def _is_quotation(region: Region) -> bool:
    return any(
        one.characters <= LONGEST and _QUOTATION.search(one.names)
        for one in islice(region.chain(), 3)
    )
