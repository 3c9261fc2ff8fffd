"""What a page falls into before anything is chosen: passages, and the regions that hold them."""

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct

from annotator.extract.html.dom import Element
from annotator.model.article import Block


class Rule(NamedTuple):
    """Why a text was taken away: the step, the shape that it matched, a sentence for the reader."""

    step: str
    name: str
    reason: str


class Region(Struct, eq=False):
    """A block-level element, and what stands in it (its own passages and those further in)."""

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

    def chain(self) -> Iterator["Region"]:
        """Yield the region and all that it stands in, inmost first."""
        region: Region | None = self
        while region is not None:
            yield region
            region = region.parent

    @property
    def link_density(self) -> float:
        """The share of the region's characters that are links."""
        return self.linked / self.characters if self.characters else 0.0


class Passage(Struct, eq=False):
    """A block of the page that may become one of the article's; `verdict` says why it does not.

    `likelihood` is the scorer's, 0 where it was not asked.
    """

    block: Block
    region: Region
    linked: int = 0
    verdict: Rule | None = None
    likelihood: float = 0.0
    judged: tuple[Block, bool] | None = None  # whether it was prose

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
        """Tell whether nothing has taken it away."""
        return self.verdict is None


class Draft(Struct):
    """A page on its way to an article: its passages in order, and what is known of it."""

    passages: list[Passage]
    regions: list[Region]
    title: str = ""
    byline: tuple[str, ...] = ()

    @property
    def kept(self) -> list[Passage]:
        """The passages that nothing has taken away so far."""
        return [passage for passage in self.passages if passage.verdict is None]
