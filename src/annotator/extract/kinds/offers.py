"""Products and services: features, specification, and questions with their answers.

They stand beside the description, as lists, tables and short lines, which the scorer
knows from menus.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from annotator.extract.choice.rules import prices_of
from annotator.extract.dom.elements import words
from annotator.extract.kinds.page_kind import PageKind, is_candidate, may_be_own
from annotator.extract.metadata.facts import Facts
from annotator.extract.passages import ArticleDraft, Passage, Region
from annotator.model.data_file import wordings

LEAST_QUESTIONS = 3
LONGEST_ANSWER = 12  # passages
LEAST_TERMS = 4  # with what they mean
LEAST_ROWS = 2  # of a table

_WORDINGS = wordings(__package__, "wordings.toml")
_OFFERS = words(_WORDINGS["offers"])
_PARTS = re.compile(_WORDINGS["offer-parts"])
_ABOUT = re.compile(_WORDINGS["offer-headings"])
_ADDRESS = re.compile(r"/(?:products?|dp|itm)/")
_TERMS = frozenset({"dt", "dd"})
_LISTED = frozenset({"list_item", "table"})
_OPENERS = frozenset({"summary", "dt", "button"})
_JUDGES = words("kickers endings next wording gaps")


def read_offer(draft: ArticleDraft, facts: Facts, url: str) -> PageKind | None:
    """Return what describes a product or a service, None for other pages.

    Questions and terms with what answers them stay on any page that is no article.
    """
    is_offer = bool(_OFFERS & facts.kinds)
    if not is_offer and draft.is_article:
        return None
    # Those with words: others are the sign of a button.
    asked = [p for p in _asked(draft.passages) if may_be_own(p) and any(map(str.isalpha, p.text))]
    defined = [p for p in draft.passages if p.region.tag in _TERMS and is_candidate(p)]
    asked += defined if len(defined) >= LEAST_TERMS else []
    if not is_offer and not _ADDRESS.search(url.lower()):
        return PageKind("", asked, _JUDGES) if asked else None
    named = _named(draft.regions)
    listed = (p for p in draft.passages if p.region.index in named and p.block.kind in _LISTED)
    tables = (
        p
        for p in draft.passages
        if p.block.kind == "table" and p.text.count("\n") + 1 >= LEAST_ROWS
    )
    parts = [*listed, *tables, *_under_headings(draft.passages)]
    own = [*asked, *filter(is_candidate, (*parts, *prices_of(draft)))]
    return PageKind("Read as the page of a product or a service.", own, _JUDGES)


def _named(regions: Sequence[Region]) -> frozenset[int]:
    """Return the regions of boxes that are named like a part of an offer."""
    named: set[int] = set()
    for region in regions:
        is_within = region.parent is not None and region.parent.index in named
        if is_within or (region.names and _PARTS.search(region.names)):
            named.add(region.index)
    return frozenset(named)


def _under_headings(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Yield the headings of specifications and features, and the lists and tables below them."""
    is_about = False
    for passage in passages:
        if passage.block.kind == "heading" or passage.region.tag == "header":
            is_about = _ABOUT.fullmatch(passage.text.strip(" :").lower()) is not None
        if is_about and passage.block.kind in {"heading", "list_item", "table"}:
            yield passage


def _asked(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Yield questions that unfold or head an answer, with it, if the page has several."""
    starts = [place for place, passage in enumerate(passages) if _is_question(passage)]
    answered = [
        (start, end) for start, end in pairwise([*starts, len(passages)]) if end > start + 1
    ]
    if len(answered) < LEAST_QUESTIONS:
        return
    for start, end in answered:
        around = {region.index for region in passages[start].region.chain()}
        yield passages[start]
        for passage in passages[start + 1 : min(end, start + 1 + LONGEST_ANSWER)]:
            holder = passage.region.parent
            is_near = holder is not None and holder.index in around
            outer = holder.parent if holder is not None else None
            if passage.block.kind == "heading" or not (
                is_near or (outer is not None and outer.index in around)
            ):
                break
            yield passage


def _is_question(passage: Passage) -> bool:
    opens = passage.block.kind == "heading" or passage.region.tag in _OPENERS
    return opens and may_be_own(passage) and passage.text.rstrip().endswith(("?", "？"))
