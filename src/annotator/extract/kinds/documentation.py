"""Documentation: all of the element that its program names as the text, but for its tools.

Signatures, options and short sentences between code read like menus, and a section about
cookies is in a box of that name. So where the program is known, what is in the element of
the text stays.
"""

from collections.abc import Callable

from annotator.extract.choice.density import is_prose
from annotator.extract.dom.elements import finder, words
from annotator.extract.kinds.page_kind import PageKind
from annotator.extract.kinds.programs import texts_by_program
from annotator.extract.metadata.facts import Facts
from annotator.extract.passages import ArticleDraft, Passage, Region, Rule
from annotator.model.data_file import wordings

LEAST_OF_PAGE = 0.5  # of the prose of a page that is in the element
MOST_LINKS = 0.8  # share of links in a line; one that is all link leads elsewhere
LEAST_LINKS = 6  # such lines of a page that lists the parts of a chapter,
LEAST_LINKED = 0.4  # and their least share of its text

_WORDINGS = wordings(__package__, "wordings.toml")
_names_tools = finder(_WORDINGS["manual-tools"])
_names_contents = finder(r"(?:^|[\s-])toc(?:[\s-]|$)")
_TOOL_TAGS = frozenset({"nav", "footer", "button", "form", "aside"})
_BESIDE = Rule("navigation", "beside-the-manual", "A tool beside the text of a manual.")
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
    passages = _inside(draft, roots, _is_tool)
    if any(passage.block.kind == "code" for passage in passages):
        _remove_beside(draft, roots)
        own = [p for p in passages if p.is_kept or is_prose(p) or p.link_density <= MOST_LINKS]
        return PageKind("Read as documentation.", own, _JUDGES)
    # The first page of a chapter, whose text is its table of contents; other pages without
    # code may have boxes of these names.
    passages = _inside(draft, roots, lambda region: region.tag in _TOOL_TAGS)
    links = [
        passage
        for passage in passages
        if passage.link_density > MOST_LINKS
        and any(_names_contents(region.names) for region in passage.region.chain())
    ]
    linked, whole = (sum(len(p.text) for p in some) for some in (links, passages))
    if len(links) < LEAST_LINKS or linked < LEAST_LINKED * whole:
        return None
    _remove_beside(draft, roots)
    return PageKind("Read as documentation.", passages, _JUDGES | {"lines"})


def _remove_beside(draft: ArticleDraft, roots: set[int]) -> None:
    """Remove tools beside the text, such as tables of links to the next and the last page."""
    for passage in draft.passages:
        chain = list(passage.region.chain())
        is_beside = passage.is_kept and roots.isdisjoint(region.index for region in chain)
        if is_beside and any(map(_is_tool, chain)):
            passage.verdict = _BESIDE


def _inside(
    draft: ArticleDraft, roots: set[int], is_out: Callable[[Region], bool]
) -> list[Passage]:
    """Return the passages in some regions, without those of the regions in them that are out."""
    inside: set[int] = set()
    for region in draft.regions:
        is_within = region.parent is not None and region.parent.index in inside
        if region.index in roots or (is_within and not is_out(region)):
            inside.add(region.index)
    return [passage for passage in draft.passages if passage.region.index in inside]


def _keep_code(passages: list[Passage]) -> None:
    """Restore code in the middle of a text: the scorer knows few programs that explain code."""
    prose = [index for index, p in enumerate(passages) if p.is_kept and is_prose(p)]
    for passage in passages[prose[0] : prose[-1]] if prose else ():
        if passage.block.kind == "code" and passage.is_outside:
            passage.verdict = None


def _prose(regions: list[Region]) -> int:
    return sum(region.prose for region in regions)


def _is_tool(region: Region) -> bool:
    return region.tag in _TOOL_TAGS or bool(region.hidden) or _names_tools(region.names)
