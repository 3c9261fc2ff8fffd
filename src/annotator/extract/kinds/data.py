"""Data beside the prose: the ingredients and steps of a recipe, the good and the bad of a test.

The scorer knows them as short lines in boxes. But the page says what they are, by the
properties of schema.org or by the names that programs for recipes and reviews give to
their boxes. So they stay, if most of their box is no link.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from annotator.extract.choice.containers import TEASERS
from annotator.extract.dom.elements import finder
from annotator.extract.families import VETOES
from annotator.extract.passages import ArticleDraft, Passage, Region
from annotator.model.data_file import wordings

MOST_LINKS = 0.5  # share of links in a box of data; a list of recipes has more
LEAST_TEXT = 20  # characters in a box
MOST_OF_PAGE = 0.9  # of the prose; a box with more is the whole page
LEAST_CARDS = 3  # runs of cards with products
LONGEST_CARDS = 12  # passages of such a run among which there is a price

_WORDINGS = wordings(__package__, "wordings.toml")
_PRICE = re.compile(_WORDINGS["price"])
_names_data = finder(_WORDINGS["data"])
# What programs for recipes put between the data.
_names_tools = finder(_WORDINGS["data-tools"])


def keep_data(draft: ArticleDraft) -> None:
    """Restore what the page names as the data of its article."""
    boxes: dict[int, bool] = {}
    page = draft.regions[0].prose if draft.regions else 0
    for region in draft.regions:
        parent = region.parent
        is_within = parent is not None and boxes.get(parent.index, False)
        is_data = is_within or _is_data(region, page)
        boxes[region.index] = is_data and not _names_tools(region.names)
    for passage in list(_cards(draft)):
        passage.verdict = None
    for passage in draft.passages:
        if passage.verdict is not None and boxes[passage.region.index] and _may_stay(passage):
            passage.verdict = None


def _cards(draft: ArticleDraft) -> Iterator[Passage]:
    """Yield the names and prices of products that are between the paragraphs of a text."""
    shown = [p for p in draft.passages if p.text.strip() and not p.region.hidden]
    runs = [list(run) for _, run in groupby(shown, key=lambda p: p.is_kept)][1:-1]
    cards = [[p for p in run if p.verdict and p.verdict.name == TEASERS] for run in runs]
    priced = [run for run in cards if any(_PRICE.search(p.text) for p in run[:LONGEST_CARDS])]
    yield from (p for run in priced if len(priced) >= LEAST_CARDS for p in run)


def _is_data(region: Region, page: int) -> bool:
    if not _names_data(region.names) or region.hidden:
        return False
    is_part = region.prose <= MOST_OF_PAGE * page or not page
    return region.characters >= LEAST_TEXT and region.link_density < MOST_LINKS and is_part


def _may_stay(passage: Passage) -> bool:
    is_text = passage.block.kind not in {"image", "embed", "rule"}
    is_own = passage.verdict is not None and passage.verdict.step not in VETOES | {"hidden", "site"}
    return is_text and is_own and passage.link_density < MOST_LINKS and not passage.region.hidden
