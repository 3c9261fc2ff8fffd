"""The pieces of a page before anything is chosen: passages, and the regions around them.

A region is a block-level element, such as a `div`. A passage is a block of
text, an image or the like, directly in a region. A verdict is the rule that
removed a passage; a passage without a verdict is part of the article so far.
"""

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct

from annotator.extract.dom.elements import Element
from annotator.model.article import Block
from annotator.model.extraction import OUTSIDE


class Rule(NamedTuple):
    """A reason for a removal: the step, the name of the rule, and a sentence for the reader."""

    step: str
    name: str
    reason: str


class Region(Struct, eq=False):
    """A block-level element, with totals over all passages within it."""

    tag: str
    names: str
    index: int
    parent: "Region | None" = None
    element: Element | None = None
    hidden: Rule | None = None
    characters: int = 0
    linked: int = 0
    prose: int = 0
    passages: int = 0
    paragraphs: int = 0
    chosen: int = 0
    headlines: int = 0  # lines that are nothing but a link

    def chain(self) -> Iterator["Region"]:
        """Yield the region and all regions around it, innermost first."""
        region: Region | None = self
        while region is not None:
            yield region
            region = region.parent

    @property
    def link_density(self) -> float:
        """The share of the region's characters that are links."""
        return self.linked / self.characters if self.characters else 0.0


class Passage(Struct, eq=False):
    """A block of the page that may become part of the article; `verdict` says why it does not.

    `judge` is the step that gave or cleared the verdict, empty if none did. `likelihood`
    is the probability by the scorer, 0 for a passage that was not scored.
    """

    block: Block
    region: Region
    linked: int = 0
    verdict: Rule | None = None
    judge: str = ""
    likelihood: float = 0.0
    judged: tuple[Block, bool] | None = None  # a cache: whether the block is prose

    @property
    def text(self) -> str:
        """The text of its block."""
        return self.block.text

    @property
    def link_density(self) -> float:
        """The share of its characters that are links."""
        return self.linked / len(self.block.text) if self.block.text else 0.0

    @property
    def is_kept(self) -> bool:
        """Whether nothing has removed it."""
        return self.verdict is None

    @property
    def is_outside(self) -> bool:
        """Whether it was left out by itself, and not with a box or as residue."""
        return self.verdict is not None and self.verdict.step == OUTSIDE


class ArticleDraft(Struct):
    """A page on its way to an article: its passages in order, and its title and byline.

    A page that `is_thread` has posts, with a heading before each; one that `is_list` has links
    and hardly anything else; one that `is_article` says so. `updates` are the posts of a live blog.
    """

    passages: list[Passage]
    regions: list[Region]
    title: str = ""
    byline: tuple[str, ...] = ()
    is_thread: bool = False
    updates: int = 0
    is_list: bool = False
    is_article: bool = True

    @property
    def kept(self) -> list[Passage]:
        """The passages that nothing has removed so far."""
        return [passage for passage in self.passages if passage.verdict is None]
