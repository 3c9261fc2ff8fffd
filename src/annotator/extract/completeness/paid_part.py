"""The part of a page that the page itself calls paid: whether it is there, with its text.

Publishers name it in JSON-LD, by a CSS selector, for search engines. Many pages
that are not free are served whole all the same, and a short one looks like a
teaser. If the article has text of that part, it is no teaser. If the part is
missing or empty, a prompt behind the text is a wall, however long the text is.
Only the text that the page shows counts.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cssselect import HTMLTranslator, SelectorError
from lxml import etree

from annotator.extract.choice.density import is_prose
from annotator.extract.dom.elements import Element, folded, texts_of
from annotator.extract.passages import ArticleDraft

MANY = 4  # paragraphs of a part that holds all of the text; a teaser has fewer
BEGINNING = 80  # letters of a paragraph that are looked for in the part

# Siblings and pseudo-classes, of which some take time that grows with the square of the page.
_COSTLY = re.compile(r"[~+:]")


class PaidPart(NamedTuple):
    """The numbers of paragraphs of the article within the part that is paid, and outside it."""

    within: int
    outside: int

    @property
    def is_missing(self) -> bool:
        """Whether the article has no text of the part."""
        return not self.within

    @property
    def is_there(self) -> bool:
        """Whether the article has the text of the part, and not only a teaser of it."""
        return self.within >= MANY or (self.within > 0 and self.outside > 0)


def find_paid_part(
    root: Element | None, selectors: Iterable[str], draft: ArticleDraft
) -> PaidPart | None:
    """Return what the article has of the part that its page calls paid, None if it names none."""
    names = list(selectors)
    if root is None or not names:
        return None
    elements = (element for name in names for element in _selected(root, name))
    text = folded(" ".join(piece for element in elements for piece in texts_of(element)))
    prose = [folded(p.text)[:BEGINNING] for p in draft.kept if is_prose(p)]
    within = sum(beginning in text for beginning in prose)
    return PaidPart(within, len(prose) - within)


def _selected(root: Element, selector: str) -> Iterator[Element]:
    """Yield the elements that a selector of a page matches, none if it is not valid or costly."""
    if _COSTLY.search(selector):
        return
    try:
        selected = etree.XPath(HTMLTranslator().css_to_xpath(selector))(root)
    except (SelectorError, etree.XPathError, ValueError):
        return
    if isinstance(selected, list):
        yield from (element for element in selected if isinstance(element, Element))
