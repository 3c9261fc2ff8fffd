"""The rows of the tree: each claim with its branch, then what else the claim is linked to."""

from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct

from annotator.store import Marked
from annotator.tui.lists.linked_rows import (
    NOT_HERE,
    LinkedRow,
    facts_of,
    kind_fact,
    link_row,
    note_fact,
    page_facts,
    status_of,
)
from annotator.tui.lists.mark_rows import Kinds
from annotator.tui.lists.rows import Heading, Line, Piece, Remark, Row
from annotator.usecases.evidence import SIDES, EvidenceNode
from annotator.usecases.links import Linked

_MAX_GUIDE = 90  # cells of branches: a chain of links may be longer than any line
_SIGNS = {"supports": ("+ supports ", "supported"), "opposes": ("− opposes ", "refuted")}
_SAME = ("≡ says the same ", "chosen")
_ENDS = {
    "cycle": ("↺ a circle: above in this branch", "warning"),
    "above": ("↑ shown above", "quiet"),
    "deeper": ("more below", "quiet"),
}
_NO_EVIDENCE = "nothing linked to it yet"
_NOTHING = (
    " Nothing supports or opposes this claim yet. Link it to what does, here or in the text of"
    " that mark, and choose “supports” or “opposes”."
)


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
    def has_below(self) -> bool:
        """Whether anything is drawn below it."""
        is_open = bool(self.node.children) and not self.is_folded
        has_places = len(self.node.places) > 1 and not self.node.end
        return self.place is None and (is_open or has_places)


def branches(tree: EvidenceNode, folded: Collection[str]) -> list[Branch]:
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
    guide = "" if row.above is None else row.guide + ("   " if row.is_last else "│  ")
    guide = guide[-_MAX_GUIDE:]
    children = () if row.is_folded else node.children
    for place in node.places[1:]:
        key = f"{row.key}={place.annotation.id}"
        yield Branch(key, node, node, row.key, guide, is_last=not children, place=place)
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


def evidence_rows(drawn: Sequence[Branch], links: Sequence[Linked], kinds: Kinds) -> list[Row]:
    """Return the rows of the tree, and those of the other links of the claim at its root."""
    rows: list[Row] = [_row(each, kinds) for each in drawn]
    if len(rows) == 1:
        rows.append(Remark(_NOTHING))
    if links:
        rows.append(Heading(" Other links"))
        rows += [link_row(each, kinds, key=f"link {at}") for at, each in enumerate(links)]
    return rows


def other_links(links: Sequence[Linked]) -> tuple[Linked, ...]:
    """Return the links that the tree of a claim does not show."""
    return tuple(
        each
        for each in links
        if each.relation not in (*SIDES, "same-as")
        or (each.is_outgoing and each.relation in SIDES)
        or each.state in NOT_HERE
    )


def _row(branch: Branch, kinds: Kinds) -> LinkedRow:
    node, marked = branch.node, branch.marked
    is_place = branch.place is not None
    below = (
        branch.guide
        if branch.above is None
        else branch.guide + ("   " if branch.is_last else "│  ")
    )
    margin = f" {below}{'│' if branch.has_below else ' '}  "
    ending = () if is_place else _ending(branch)
    note = note_fact("" if is_place else node.note)
    if marked:
        facts, flexible = facts_of(marked, first=(*ending, *kind_fact(marked, kinds)), last=note)
        words = marked.annotation.quote
    else:
        facts, flexible, words = page_facts(node.page, node.address, note)
    return LinkedRow(
        branch.key, _head(branch, kinds), words, facts, (Piece(margin, "quiet"),), flexible
    )


def _head(branch: Branch, kinds: Kinds) -> Line:
    if branch.above is None and branch.node.marked:
        kind = kinds[branch.node.marked.annotation.kind]
        return (Piece(" "), Piece(kind.glyph, kind.colour), Piece(" "))
    corner = "└─" if branch.is_last else "├─"
    if branch.place is not None:
        return (Piece(f" {branch.guide}{corner}─ ", "quiet"), Piece(*_SAME))
    fold = "▸" if branch.is_folded else "▾" if branch.node.children else "─"
    return (
        Piece(f" {branch.guide}{corner}", "quiet"),
        Piece(f"{fold} ", "key" if branch.node.children else "quiet"),
        Piece(*_SIGNS[branch.node.role]),
    )


def _ending(branch: Branch) -> Line:
    node = branch.node
    if node.end:
        return (Piece(*_ENDS[node.end]),)
    if branch.is_folded:
        return (Piece(f"{len(node.children)} below", "key"),)
    lost = Piece("linked as the same to a mark that is not here", "warning")
    ending = (lost,) if node.lost else ()
    is_claim = node.marked is not None and status_of(node.marked.annotation) is not None
    if branch.above is not None and is_claim and not node.children:
        return (*ending, Piece(_NO_EVIDENCE, "quiet"))
    return ending
