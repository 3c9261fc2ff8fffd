"""The rows of the tree: each claim with its branch, then what else the claim is linked to."""

from collections.abc import Sequence

from annotator.model.connected import EVIDENCE
from annotator.model.vocabulary import SIDES
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
from annotator.usecases.marks.evidence_branches import ENDINGS, SAME_SIGN, SIGNS, Branch
from annotator.usecases.marks.links import Linked

_ROLES = {"supports": "supported", "opposes": "refuted", "cycle": "warning"}
_NO_EVIDENCE = "nothing linked to it yet"
_LOST = "linked as the same to a mark that is not here"
_NOTHING = (
    " Link it to a mark or a page that supports or opposes it. A mark that is linked to it from"
    " another article appears here too."
)


def evidence_rows(drawn: Sequence[Branch], links: Sequence[Linked], kinds: Kinds) -> list[Row]:
    """Return the rows of the tree, and those of the other links of the claim at its root."""
    rows: list[Row] = [_row(branch, kinds) for branch in drawn]
    if len(rows) == 1:
        rows += [Remark(""), Remark(_NOTHING)]
    if links:
        rows.append(Heading(" Other links"))
        rows += [link_row(link, kinds, key=f"link {at}") for at, link in enumerate(links)]
    return rows


def other_links(links: Sequence[Linked]) -> tuple[Linked, ...]:
    """Return the links that the tree of a claim does not show."""
    return tuple(
        link
        for link in links
        if link.relation not in EVIDENCE
        or (link.is_outgoing and link.relation in SIDES)
        or link.state in NOT_HERE
    )


def _row(branch: Branch, kinds: Kinds) -> LinkedRow:
    node, marked = branch.node, branch.marked
    first, last = ((), ()) if branch.place else (_ending(branch), _notes(branch))
    if marked:
        facts, flexible = facts_of(marked, first=(*first, *kind_fact(marked, kinds)), last=last)
        words = marked.annotation.quote
    else:
        facts, flexible, words = page_facts(node.page, node.address, last)
    margin = (Piece(f" {branch.below}  ", "quiet"),)
    return LinkedRow(branch.key, _head(branch, kinds), words, facts, margin, flexible)


def _head(branch: Branch, kinds: Kinds) -> Line:
    if branch.above is None and branch.node.marked:
        kind = kinds[branch.node.marked.annotation.kind]
        return (Piece(" "), Piece(kind.glyph, kind.colour), Piece(" "))
    if branch.place is not None:
        return (Piece(f" {branch.stem}─ ", "quiet"), Piece(f"{SAME_SIGN} ", "quiet"))
    children, role = branch.node.children, branch.node.role
    fold = "▸" if branch.is_folded else "▾" if children else "─"
    return (
        Piece(f" {branch.stem}", "quiet"),
        Piece(f"{fold} ", "key" if children else "quiet"),
        Piece(f"{SIGNS[role]} ", _ROLES[role]),
    )


def _ending(branch: Branch) -> Line:
    """Return why nothing is below a claim, or how much is folded."""
    end = branch.node.end
    if end:
        return (Piece(ENDINGS[end], _ROLES.get(end, "quiet")),)
    if branch.is_folded:
        return (Piece(f"{len(branch.node.children)} below", "key"),)
    return (Piece(_LOST, "warning"),) if branch.node.lost else ()


def _notes(branch: Branch) -> Line:
    node = branch.node
    is_claim = node.marked is not None and status_of(node.marked.annotation) is not None
    is_bare = is_claim and not node.children and not node.end and branch.above is not None
    return (*note_fact(node.note), *((Piece(_NO_EVIDENCE, "quiet"),) if is_bare else ()))
