"""Remove the other articles of an endless page, which loads the next one below the first.

The next article has a headline of its own, marked as the title of the page is,
in a container like that of the first article and outside of it. Sections of one
article can have such headings, too, but share an `article` element.
"""

from annotator.extract.metadata.titles import is_same
from annotator.extract.passages import ArticleDraft, Passage, Region, Rule

LEAST_TEXT = 200  # characters of prose in the first article
LEAST_PARAGRAPHS = 2  # in the container of an article

NEXT_ARTICLE = Rule("related", "next-article", "Part of another article that follows.")


def remove_next_articles(draft: ArticleDraft) -> None:
    """Give a verdict on the kept passages of the articles that follow the first."""
    headings = [p for p in draft.passages if p.block.kind == "heading" and not p.region.hidden]
    titles = (p for p in headings if is_same(p.text, draft.title))
    title = min(titles, key=lambda heading: heading.block.level, default=None)
    first = _container(title) if title is not None else None
    if title is None or first is None or first.prose < LEAST_TEXT:
        return
    others = {
        container.index
        for heading in headings[headings.index(title) + 1 :]
        if _is_headline(heading, title, draft.title)
        and (container := _container(heading)) is not None
        and _is_beside(container, first)
    }
    for passage in draft.passages if others else ():
        if passage.is_kept and any(region.index in others for region in passage.region.chain()):
            passage.verdict = NEXT_ARTICLE


def _container(heading: Passage) -> Region | None:
    """Return the smallest region around a heading that has the text of an article."""
    chain = heading.region.chain()
    return next((region for region in chain if region.paragraphs >= LEAST_PARAGRAPHS), None)


def _is_headline(heading: Passage, title: Passage, name: str) -> bool:
    """Return whether a heading is another headline, by its level and names."""
    is_alike = heading.block.level == title.block.level and heading.region.tag == title.region.tag
    is_named = title.block.level == 1 or heading.region.names == title.region.names != ""
    return is_alike and is_named and not is_same(heading.text, name)


def _is_beside(container: Region, first: Region) -> bool:
    """Return whether a container is like that of the first article, and none is in the other."""
    if container.tag != first.tag or container.parent is None:
        return False
    is_named_alike = not set(container.names.split()).isdisjoint(first.names.split())
    if container.tag != "article" and not is_named_alike:
        return False
    inner = {region.index for region in first.chain()}
    outer = [region for region in container.chain() if region.index in inner]
    is_apart = first not in outer and container not in outer
    are_sections = container.tag != "article" and any(region.tag == "article" for region in outer)
    return is_apart and not are_sections
