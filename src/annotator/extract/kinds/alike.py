"""Posts of forums whose program is not known: boxes alike, each with an author and a date.

Only a page whose address is that of a forum is looked at: lists of articles and reviews
have boxes with authors and dates as well.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import filterfalse, islice

from annotator.extract.kinds.posts import MOST_DEEP, signature_of
from annotator.extract.passages import Region
from annotator.model.data_file import wordings

LEAST_BOXES = 3
MOST_GROUPS = 40  # those with most prose
MOST_ASKED = 30  # boxes of a group whose author and date are looked for
LEAST_SIGNED = 0.7  # share of the boxes that have both
MOST_LINKED = 0.4  # share of links in the boxes; a list of threads has more
LEAST_SHARE = 0.5  # of the page's prose in the boxes
NEARLY_ALL = 0.9  # of the prose of a box in the element with its text
LEAST_ALIKE = 0.6  # share of the boxes whose text is in elements alike

_WORDINGS = wordings(__package__, "wordings.toml")
FORUM_ADDRESS = re.compile(_WORDINGS["forum-address"], re.IGNORECASE)
_DIGITS = str.maketrans("", "", "0123456789")

Kind = tuple[str, str]  # the tag and the class of an element, without digits


def texts_alike(regions: Sequence[Region], url: str) -> list[Region]:
    """Return the regions with the texts of posts, empty if there are none."""
    if not FORUM_ADDRESS.search(url.partition("//")[2]):
        return []
    for group in groups_alike(regions):
        if _are_posts(group):
            return list(_texts(group, regions))
    return []


def groups_alike(regions: Sequence[Region]) -> list[list[Region]]:
    """Return groups of boxes alike that hold much of the page's prose, most of it first."""
    groups: dict[Kind, list[Region]] = defaultdict(list)
    for region in regions:
        if (kind := _kind(region)) and not region.hidden and region.characters:
            groups[kind].append(region)
            first = kind[1].split(" ")[0]  # the next may say that a post is odd, or the first
            if first != kind[1]:
                groups[kind[0], first].append(region)
    most = LEAST_SHARE * regions[0].prose
    wide = [g for g in groups.values() if len(g) >= LEAST_BOXES and _prose(g) >= max(most, 1)]
    # Of boxes within boxes the inner ones, which are later in the page.
    wide.sort(key=lambda group: (_prose(group), group[0].index), reverse=True)
    return wide[:MOST_GROUPS]


def _kind(region: Region) -> Kind | None:
    element = region.element
    name = element.get("class", "") if element is not None else ""
    return (region.tag, " ".join(name.translate(_DIGITS).split())) if name else None


def _prose(group: Sequence[Region]) -> int:
    return sum(region.prose for region in group)


def _are_posts(group: list[Region]) -> bool:
    asked = group[:MOST_ASKED]
    known = {region.index for region in group}
    around = (outer for region in asked for outer in islice(region.chain(), 1, MOST_DEEP))
    if any(outer.index in known for outer in around):
        return False
    linked, length = sum(r.linked for r in group), sum(r.characters for r in group)
    if linked > MOST_LINKED * length:
        return False
    most = int((1 - LEAST_SIGNED) * len(asked) + 1e-9)  # that lack an author or a date
    return next(islice(filterfalse(_is_signed, asked), most, None), None) is None


def _is_signed(region: Region) -> bool:
    element = region.element
    return element is not None and all(signature_of(element))


def _texts(group: list[Region], regions: Sequence[Region]) -> Iterator[Region]:
    """Yield of each box the part with its text, which is alike in most of them."""
    owner: dict[int, int] = {region.index: region.index for region in group}
    parts: dict[int, list[Region]] = {region.index: [] for region in group}
    for region in regions:
        parent = region.parent
        if region.index not in owner and parent is not None and parent.index in owner:
            owner[region.index] = owner[parent.index]
            parts[owner[region.index]].append(region)
    inner = Counter(
        kind for box in group if box.prose for kind in set(_holders(box, parts[box.index]))
    )
    full = sum(bool(box.prose) for box in group)
    common = {kind for kind, times in inner.items() if times >= LEAST_ALIKE * full}
    for box in group:
        holders = [region for region in parts[box.index] if _kind(region) in common]
        # The innermost is the text alone.
        yield holders[-1] if holders else box


def _holders(box: Region, parts: list[Region]) -> Iterator[Kind]:
    for region in parts:
        if region.prose >= NEARLY_ALL * box.prose and (kind := _kind(region)):
            yield kind
