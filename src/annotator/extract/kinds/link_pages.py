"""Pages of links: tables of contents, indexes and lists, which have hardly any prose."""

from annotator.extract.choice.density import is_prose
from annotator.extract.dom.elements import words
from annotator.extract.kinds.page_kind import PageKind
from annotator.extract.metadata.facts import Facts
from annotator.extract.passages import ArticleDraft, Passage, Region

MOST_PROSE = 200  # characters of prose on the page
MOST_TEXT = 300  # characters of what would be its article
LEAST_LINKS = 8  # lines that are links
LEAST_SHARE = 0.6  # of such lines of the page in one box
LEAST_LINKED = 0.7  # of the text of that box in them
LINK = 0.6  # share of links in a line
LEAST_LENGTH = 12  # characters of a link, on average; a menu has shorter ones
LONGEST = 200  # characters of a line

_JUDGES = words("lines repeats kickers endings wording")
_FRAME = frozenset({"nav", "footer", "header", "aside", "form"})


def read_links(draft: ArticleDraft, _facts: Facts, _url: str) -> PageKind | None:
    """Return the list of a page that is nothing else, None for other pages."""
    prose = (p for p in draft.passages if _may_be_text(p) and is_prose(p))
    if not draft.regions or sum(len(p.text) for p in prose) > MOST_PROSE:
        return None
    lines = [passage for passage in draft.passages if _is_link(passage)]
    apart = list(filter(_may_be_text, lines))  # a blog has widgets with links beside
    lines = apart if len(apart) >= LEAST_LINKS else lines
    text = sum(len(p.text) for p in draft.kept if p.link_density <= LINK)
    if len(lines) < LEAST_LINKS or text > MOST_TEXT:
        return None
    holder = _holder(lines, draft.regions)
    own = [p for p in draft.passages if holder in p.region.chain() and not _is_frame(p)]
    links = [passage for passage in own if _is_link(passage)]
    linked, whole = sum(p.linked for p in own), sum(len(p.text) for p in own)
    if linked < LEAST_LINKED * whole or linked < LEAST_LENGTH * len(links):
        return None
    draft.is_list = True
    return PageKind(f"Read as a page of {len(links)} links.", own, _JUDGES)


def _holder(lines: list[Passage], regions: list[Region]) -> Region:
    """Return the smallest region with most of the lines."""
    counts = [0] * len(regions)
    for line in lines:
        for region in line.region.chain():
            counts[region.index] += 1
    enough = LEAST_SHARE * len(lines)
    return next(region for region in reversed(regions) if counts[region.index] >= enough)


def _is_link(passage: Passage) -> bool:
    is_line = len(passage.text) <= LONGEST and not passage.region.hidden
    return is_line and passage.link_density > LINK and not _is_frame(passage)


def _may_be_text(passage: Passage) -> bool:
    """Return whether no name of a box removed a passage, such as that of a widget."""
    return (passage.is_kept or passage.is_outside) and not passage.region.hidden


def _is_frame(passage: Passage) -> bool:
    return any(region.tag in _FRAME for region in passage.region.chain()) or is_prose(passage)
