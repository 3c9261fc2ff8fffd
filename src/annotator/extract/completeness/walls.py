"""Walls: the passages behind a text that keep readers from the rest, and the part that is paid.

A prompt to sign in or to pay is evidence of one, and so is a line that says how
much of the article is left. Prompts for comments, newsletters and the like, and
labels of advertisements, are not, even in a box that is named like a paywall.

Publishers name the part of a page that is paid in JSON-LD, by a CSS selector, for
search engines. Many pages that are not free are served whole all the same, and a
short one looks like a teaser. If the article has text of that part, it is no
teaser. If the part is missing or empty, a prompt behind the text is a wall, however
long the text is. Only the text that the page shows counts.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cssselect import HTMLTranslator, SelectorError
from lxml import etree

from annotator.extract.choice.density import is_prose
from annotator.extract.dom.elements import Element, folded, texts_of
from annotator.extract.families import hit_of_line, line_of, policy_of
from annotator.extract.passages import ArticleDraft, Passage
from annotator.model.data_file import wordings

NEAR = 12  # passages after the text among which a paywall may be

_SIGN_IN_TO_READ = "sign-in-to-read"
_OF_A_MENU = "nav-element"  # “not a member?” beside the form for a login
_SHARE_LEFT = "share-left"  # the line says how much of the article is left
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*\Z")
_APPEALS = frozenset({"subscribe", "read_more", "meter"})  # families whose lines may be a wall

_WORDINGS = wordings(__package__, "wordings.toml")
_GOES_ON = re.compile(_WORDINGS["goes-on"])
_MEMBERS = re.compile(_WORDINGS["members"])
_THE_REST = re.compile(_WORDINGS["the-rest"])
_OTHER_ENDS = re.compile(_WORDINGS["other-ends"])

MANY = 4  # paragraphs of a part that holds all of the text; a teaser has fewer
BEGINNING = 80  # letters of a paragraph that are looked for in the part

# Siblings and pseudo-classes, of which some take time that grows with the square of the page.
_COSTLY = re.compile(r"[~+:]")


def find_walls(draft: ArticleDraft) -> list[Passage]:
    """Return the passages right after the text that ask for payment or a sign-in to read on."""
    prose = [index for index, p in enumerate(draft.passages) if p.is_kept and is_prose(p)]
    behind = draft.passages[prose[-1] + 1 :] if prose else draft.passages
    is_cut = breaks_off(draft)
    return [passage for passage in behind[:NEAR] if _is_wall(passage, is_cut=is_cut)]


def breaks_off(draft: ArticleDraft) -> bool:
    """Return whether the last prose of the text ends with an ellipsis."""
    kept = (p.text for p in reversed(draft.passages) if p.is_kept and is_prose(p))
    return _CUT.search(next(kept, "")) is not None


def says_that_text_goes_on(wall: Passage) -> bool:
    """Return whether a wall says that there is more of the text behind it."""
    return tells_share_left(wall) or _GOES_ON.search(line_of(wall.text)) is not None


def tells_share_left(wall: Passage) -> bool:
    """Return whether a line says how much of the article is left, or was read."""
    return wall.verdict is not None and wall.verdict.name == _SHARE_LEFT


def _is_wall(passage: Passage, *, is_cut: bool) -> bool:
    verdict = passage.verdict
    if verdict is None or verdict.step == "hidden" or verdict.name == _OF_A_MENU:
        return False
    if verdict.name == _SHARE_LEFT:
        return True
    line = line_of(passage.text)
    if not line:  # it is too long for a prompt
        return False
    # "Subscribe to read the rest", or "Become a member" below a text that ends with an ellipsis.
    if verdict.step in _APPEALS and _MEMBERS.search(line):
        return is_cut or _THE_REST.search(line) is not None
    # "Sign in" below the text is a wall, unless it is to comment or to get a newsletter.
    hit = hit_of_line(line)
    is_of_wall = hit is not None and hit.rule.name == _SIGN_IN_TO_READ
    if not (is_of_wall or policy_of(verdict.step).is_wall) or _OTHER_ENDS.search(line):
        return False
    return hit is None or is_of_wall or policy_of(hit.rule.step).is_wall


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
