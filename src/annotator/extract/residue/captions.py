"""Give paragraphs that are captions back to their pictures."""

import re

from msgspec.structs import replace

from annotator.extract.blocks.caption_credits import credit_in, split_credit
from annotator.extract.dom.elements import folded
from annotator.extract.passages import ArticleDraft, Passage
from annotator.model.article import Block

LONGEST = 400  # characters
LEAST_REPEATED = 20  # letters

_NAMES = re.compile(
    r"\b(?:captions?|cutline|legende|bildunterschrift|bildtext|didascalia|pie-de-foto)\b"
)


def join_captions(draft: ArticleDraft) -> None:
    """Turn a paragraph next to a picture into its caption.

    Its name or a credit says so, or it repeats the alternative text of the picture.

    Two passages become one and no word is lost, so there is no removal to list.
    """
    kept = draft.kept
    for index, passage in enumerate(kept):
        picture = _picture_beside(kept, index)
        if picture is not None and _may_be_caption(passage, picture.block.alternative):
            _join(picture, passage)


def _may_be_caption(passage: Passage, alternative: str) -> bool:
    block = passage.block
    if block.kind != "paragraph" or not 0 < len(block.text) <= LONGEST or "\n" in block.text:
        return False
    region = passage.region
    holders = [region, region.parent] if region.parent else [region]
    is_named = any(_NAMES.search(one.names) or one.tag == "figcaption" for one in holders)
    return is_named or _repeats(passage, alternative) or bool(split_credit(block.text)[1])


def _repeats(passage: Passage, alternative: str) -> bool:
    said, line = folded(alternative), folded(passage.text)
    return len(said) >= LEAST_REPEATED and line == said and not passage.linked


def _picture_beside(kept: list[Passage], index: int) -> Passage | None:
    """Return the picture before or after a passage that still lacks a caption."""
    for neighbour in (index - 1, index + 1):
        if 0 <= neighbour < len(kept) and _lacks_caption(kept[neighbour].block):
            return kept[neighbour]
    return None


def _lacks_caption(block: Block) -> bool:
    return block.kind == "image" and block.text in {"", block.alternative} and not block.credit


def _join(picture: Passage, caption: Passage) -> None:
    block = caption.block
    name = credit_in(block.text)
    text, credit = ("", name) if name else split_credit(block.text)
    marks = tuple(mark for mark in block.marks if mark.span.end <= len(text))
    picture.block = replace(
        picture.block,
        text=text or picture.block.alternative,
        marks=marks if text else (),
        credit=credit,
    )
    picture.linked = 0
    caption.block = Block("paragraph", "")
