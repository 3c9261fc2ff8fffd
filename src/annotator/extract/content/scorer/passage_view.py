"""What can be seen of a passage at a glance: what its neighbours are told of it."""

from msgspec import Struct

from annotator.extract.content.density import is_prose
from annotator.extract.content.scorer.word_families import AROUND, BODY, families_of
from annotator.extract.html.dom import letters_of
from annotator.extract.passages import Passage
from annotator.extract.patterns import later

LONGEST_KEY = 600  # characters: longer texts are compared as they stand

WORD = later(r"\w+")
_SENTENCE = later(r"[.!?…。！？][\"”’»')\]]{0,3}(?:\s|$)")
_END = later(r"[.!?…。！？][\"”’»'“)\]*]{0,3}\s*$")
_END_LENGTH = 40


class Glimpse(Struct, eq=False):
    """A passage with a text, and what is seen of it at a glance."""

    index: int  # among all passages of the page
    passage: Passage
    length: int
    link_share: float
    sentences: int
    ends: bool  # as a sentence does
    is_ruled: bool  # the rules chose it
    is_prose: bool
    is_heading: bool
    is_around: bool  # its box has the name of what stands around articles
    parent: int  # the index of the region around its own
    key: str


def glimpses_of(passages: list[Passage]) -> list[Glimpse]:
    """Return a glimpse of each passage that is shown and has a text."""
    return [
        _glimpse(index, passage)
        for index, passage in enumerate(passages)
        if not passage.region.hidden and passage.text.strip()
    ]


def key_of(text: str) -> str:
    """Return the letters of a text, to compare it with others."""
    return letters_of(text.lower()) if len(text) < LONGEST_KEY else text


def _glimpse(index: int, passage: Passage) -> Glimpse:
    text, region = passage.text, passage.region
    names = families_of(region.names) | (families_of(region.parent.names) if region.parent else 0)
    return Glimpse(
        index=index,
        passage=passage,
        length=len(text),
        link_share=passage.link_density,
        sentences=len(_SENTENCE.findall(text)),
        ends=_END.search(text[-_END_LENGTH:]) is not None,
        is_ruled=passage.is_kept,
        is_prose=is_prose(passage),
        is_heading=passage.block.kind == "heading",
        is_around=bool(names & AROUND) and not names & BODY,
        parent=region.parent.index if region.parent else -1,
        key=key_of(text),
    )
