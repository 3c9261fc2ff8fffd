"""The tree of a claim as rows with their branches, for every face that draws one."""

from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct

from annotator.store import Marked
from annotator.usecases.marks.evidence import End, EvidenceNode, Role

SIGNS: Mapping[Role, str] = {"claim": "", "supports": "+ supports:", "opposes": "− opposes:"}
SAME_SIGN = "≡ says the same:"
ENDINGS: Mapping[End, str] = {
    "": "",
    "cycle": "↺ a circle: above in this branch",
    "above": "↑ shown above",
    "deeper": "more below",
}

_MAX_GUIDE = 90  # cells of branches: a chain of links may be longer than any line


class Branch(Struct, frozen=True):
    """A row of the tree: a claim, one more place of it, or a page.

    `above` is the claim that it supports or opposes, or for a place the claim that it makes.
    """

    key: str
    node: EvidenceNode
    above: EvidenceNode | None
    above_key: str
    guide: str
    is_last: bool = True
    is_folded: bool = False
    place: Marked | None = None

    @property
    def marked(self) -> Marked | None:
        """The mark of the row; a page has none."""
        return self.place or self.node.marked

    @property
    def stem(self) -> str:
        """The branch before it, without the sign that says whether it is folded."""
        corner = "└─" if self.is_last else "├─"
        return self.guide + corner if self.above else ""

    @property
    def below(self) -> str:
        """The branches before its second line."""
        return f"{self.guide_below}{'│' if self.has_below else ' '}"

    @property
    def guide_below(self) -> str:
        """The branches before what is drawn below it."""
        return self.guide + ("   " if self.is_last else "│  ") if self.above else ""

    @property
    def has_below(self) -> bool:
        """Whether anything is drawn below it."""
        is_open = bool(self.node.children) and not self.is_folded
        has_places = len(self.node.places) > 1 and not self.node.end
        return self.place is None and (is_open or has_places)


def branches(tree: EvidenceNode, folded: Collection[str] = ()) -> list[Branch]:
    """Return the rows of a tree from the top, without what is below those that are `folded`."""
    rows: list[Branch] = []
    waiting = [Branch(_key("", tree), tree, None, "", "")]
    while waiting:
        row = waiting.pop()
        rows.append(row)
        if row.place is None and row.node.end == "":
            waiting += reversed([*_below(row, folded)])
    return rows


def _below(row: Branch, folded: Collection[str]) -> Iterator[Branch]:
    node = row.node
    guide = row.guide_below[-_MAX_GUIDE:]
    children = () if row.is_folded else node.children
    for at, place in enumerate(node.places[1:], 2):
        is_last = not children and at == len(node.places)
        key = f"{row.key}={place.annotation.id}"
        yield Branch(key, node, node, row.key, guide, is_last=is_last, place=place)
    for at, child in enumerate(children, 1):
        key = _key(row.key, child)
        yield Branch(
            key,
            child,
            node,
            row.key,
            guide,
            is_last=at == len(children),
            is_folded=key in folded,
        )


def _key(above: str, node: EvidenceNode) -> str:
    """Return what names a row: a claim has its evidence below it once in the whole tree."""
    source = node.address or node.places[0].annotation.id
    return f"{above.rpartition('>')[2]} {node.role}>{source}"
