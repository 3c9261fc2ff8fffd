"""An article by its headings."""

from typing import NamedTuple

from annotator.model import Article


class Heading(NamedTuple):
    """A heading, its level from 1 to 6, and where it stands in the article's text."""

    level: int
    text: str
    offset: int


def headings(article: Article) -> tuple[Heading, ...]:
    """Return the headings of an article in order."""
    return tuple(
        Heading(block.level, block.text, start)
        for block, start in zip(article.blocks, article.starts, strict=True)
        if block.kind == "heading"
    )
