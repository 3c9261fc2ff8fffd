"""Documentation: all of the element that its program names as the text, but for its tools.

Signatures, options and short sentences between code read like menus, and a section about
cookies is in a box of that name. So where the program is known, what is in the element of
the text stays.
"""

import re
from functools import lru_cache

from annotator.extract.choice.density import is_prose
from annotator.extract.dom.elements import words
from annotator.extract.kinds.page_kind import PageKind
from annotator.extract.kinds.programs import texts_by_program
from annotator.extract.metadata.facts import Facts
from annotator.extract.passages import ArticleDraft, Passage, Region
from annotator.model.extraction import OUTSIDE

LEAST_OF_PAGE = 0.5  # of the prose of a page that is in the element
MOST_LINKS = 0.8  # share of links in a line; one that is all link leads elsewhere

_TOOLS = re.compile(
    r"(?<![\w])(?:[\w-]+-)?(?:toc|nav|navigation|navbar|breadcrumbs?|pagination|pager|related|"
    r"prev-next|edit(?:-this)?-page|feedback|rating|copy(?:-btn|-button)?|sidebar|metadata|"
    r"last-updated|contributors|share|banner|tabs?-list|tablist|toolbar|buttons?|footer|search|"
    r"newsletter|subscribe|promo|ads?|survey|headerlink|out-of-band|example-header|language-name|"
    r"baseline-indicator|mdn-contributors)"
    r"(?:-(?:list|links?|container|wrapper|menu|section|bar|item|box))?(?![\w])"
)
_TOOL_TAGS = frozenset({"nav", "footer", "button", "form", "aside"})
_JUDGES = words("endings kickers wording")


def read_documentation(draft: ArticleDraft, _facts: Facts, _url: str) -> PageKind | None:
    """Return the text of a page that a known program for documentation made.

    None for other pages. Code in the middle of a text is restored on any page.
    """
    _keep_code(draft.passages)
    texts = texts_by_program(draft.regions, "documents.toml")
    text = max(texts, key=_prose, default=[])
    if not text or _prose(text) < LEAST_OF_PAGE * draft.regions[0].prose:
        return None
    roots = {region.index for region in text}
    inside: set[int] = set()
    for region in draft.regions:
        is_within = region.parent is not None and region.parent.index in inside
        if region.index in roots or (is_within and not _is_tool(region)):
            inside.add(region.index)
    passages = [passage for passage in draft.passages if passage.region.index in inside]
    if not any(passage.block.kind == "code" for passage in passages):
        return None  # other pages have boxes of these names
    own = [passage for passage in passages if passage.is_kept or _may_stay(passage)]
    return PageKind("Read as documentation.", own, _JUDGES)


def _keep_code(passages: list[Passage]) -> None:
    """Restore code in the middle of a text: the scorer knows few programs that explain code."""
    prose = [index for index, p in enumerate(passages) if p.is_kept and is_prose(p)]
    for passage in passages[prose[0] : prose[-1]] if prose else ():
        verdict = passage.verdict
        if passage.block.kind == "code" and verdict is not None and verdict.step == OUTSIDE:
            passage.verdict = None


def _prose(regions: list[Region]) -> int:
    return sum(region.prose for region in regions)


def _is_tool(region: Region) -> bool:
    return region.tag in _TOOL_TAGS or bool(region.hidden) or _names_tools(region.names)


@lru_cache(maxsize=8192)
def _names_tools(names: str) -> bool:
    return bool(names) and _TOOLS.search(names) is not None


def _may_stay(passage: Passage) -> bool:
    return is_prose(passage) or passage.link_density <= MOST_LINKS
