"""Kinds of pages: a sentence for the reader, and the passages of the text."""

from collections.abc import Iterable

from msgspec import Struct

from annotator.extract.choice.containers import DIALOG
from annotator.extract.choice.density import is_prose
from annotator.extract.families import VETOES
from annotator.extract.metadata.facts import Facts
from annotator.extract.metadata.json_ld import ARTICLE_TYPE
from annotator.extract.passages import Passage

MOST_LINKS = 0.5  # share of links in a line of the text
_HIDDEN = frozenset({"hidden", "site"})
_NEVER = VETOES | _HIDDEN


class PageKind(Struct):
    """A kind of page, as the reader is told, and the passages that belong to its text.

    The verdicts of the steps `judges` on these passages do not stand, and no line is
    removed that is among the `headings` made of what the page says about its parts.
    """

    told: str
    own: list[Passage]
    judges: frozenset[str] = frozenset()
    headings: list[Passage] = []

    def restore(self) -> None:
        """Restore what was left out when passages were judged alone, or by the names of boxes."""
        for passage in self.own:
            if passage.verdict is not None and passage.verdict.step not in _HIDDEN:
                passage.verdict = None

    def keep(self) -> None:
        """Restore what steps removed that do not know the kind."""
        for passage in self.own:
            if passage.verdict is not None and passage.judge in self.judges:
                passage.verdict = None
        for heading in self.headings:
            heading.verdict = None


def tells_an_article(facts: Facts) -> bool:
    """Return whether the page calls itself an article, or says when it was published."""
    if any(map(ARTICLE_TYPE.search, facts.kinds - {"article"})):
        return True
    # Blog programs call any page an article, for previews of links.
    is_page = "WebPage" in facts.kinds and "Person" not in facts.kinds
    is_of_site = "website" in facts.kinds or is_page
    return not is_of_site and (bool(facts.published) or "article" in facts.kinds)


def may_be_own(passage: Passage) -> bool:
    """Return whether a passage is kept, or was left out but may be text by its form and place."""
    verdict = passage.verdict
    if verdict is None:
        return True
    if verdict.step in _NEVER or verdict == DIALOG or passage.region.hidden:
        return False
    return passage.link_density < MOST_LINKS and passage.block.kind not in {"image", "rule"}


def is_candidate(passage: Passage) -> bool:
    """Return whether a passage is kept, or was left out by itself but may be text."""
    return passage.is_kept or (passage.is_outside and may_be_own(passage))


def length_of(passages: Iterable[Passage]) -> int:
    """Return the number of characters in some passages that are kept."""
    return sum(len(passage.text) for passage in passages if passage.is_kept)


def prose_of(passages: Iterable[Passage]) -> list[Passage]:
    """Return the kept prose among some passages."""
    return [passage for passage in passages if passage.is_kept and is_prose(passage)]
