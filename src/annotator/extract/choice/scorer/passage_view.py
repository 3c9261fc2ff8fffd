"""A passage as the scorer sees it: properties that more than one feature needs."""

import re

from msgspec import Struct

from annotator.extract.choice.density import is_prose
from annotator.extract.dom.elements import letters_of
from annotator.extract.passages import Passage

LONGEST_KEY = 600  # characters; longer texts are compared without folding

WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[.!?…。！？][\"”’»')\]]{0,3}(?:\s|$)")
_END = re.compile(r"[.!?…。！？][\"”’»'“)\]*]{0,3}\s*$")
_END_LENGTH = 40


class PassageView(Struct, eq=False):
    """A passage with a text."""

    index: int  # among all passages of the page
    passage: Passage
    length: int
    link_share: float
    sentences: int
    ends_sentence: bool
    is_ruled: bool  # the rules chose it
    is_prose: bool
    parent: int  # the index of the region around its own
    key: str  # its letters, for comparison


def passage_views(passages: list[Passage]) -> list[PassageView]:
    """Return a view of each passage that is shown and has a text."""
    return [
        _view(index, passage)
        for index, passage in enumerate(passages)
        if not passage.region.hidden and passage.text.strip()
    ]


def key_of(text: str) -> str:
    """Return the letters of a text, to compare it with others."""
    return letters_of(text.lower()) if len(text) < LONGEST_KEY else text


def _view(index: int, passage: Passage) -> PassageView:
    text, region = passage.text, passage.region
    return PassageView(
        index=index,
        passage=passage,
        length=len(text),
        link_share=passage.link_density,
        sentences=len(_SENTENCE.findall(text)),
        ends_sentence=_END.search(text[-_END_LENGTH:]) is not None,
        is_ruled=passage.is_kept,
        is_prose=is_prose(passage),
        parent=region.parent.index if region.parent else -1,
        key=key_of(text),
    )
