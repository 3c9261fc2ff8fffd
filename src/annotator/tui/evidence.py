"""The screen with the tree of what supports and opposes a claim, and the rows of the tree."""

import asyncio
from collections.abc import Sequence
from functools import partial

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from annotator.errors import NotInLibrary
from annotator.model import Annotation, connected
from annotator.model.labels import count
from annotator.model.vocabulary import SIDES
from annotator.store import Marked
from annotator.tui.actions.marks import MarkActions
from annotator.tui.frame.context import AppContext
from annotator.tui.frame.list_screen import ListScreen, Status
from annotator.tui.frame.notifications import hint, short_quote, tell, warn
from annotator.tui.frame.workers import as_action, as_opening, run_action
from annotator.tui.lists import mark_rows
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.rows import Heading, Line, Piece, Remark, Row
from annotator.tui.textual_internals import show_text
from annotator.usecases.marks import evidence
from annotator.usecases.marks.links import (
    NOT_HERE,
    Linked,
    evidence_tree,
    links_of,
    remove_evidence,
    remove_link,
    remove_place,
)

_ROLES = {"supports": "supported", "opposes": "refuted", "cycle": "warning"}
_NO_EVIDENCE = "nothing linked to it yet"
_LOST = "linked as the same to a mark that is not here"
_NOTHING = (
    " Link it to a mark or a page that supports or opposes it. A mark that is linked to it from"
    " another article appears here too."
)

_NEEDS_A_MARK = {
    "link": "Only a mark can be linked. Move to one.",
    "similar": "Only a mark has similar claims. Move to one.",
}


def other_links(links: Sequence[Linked]) -> tuple[Linked, ...]:
    """Return the links that the tree of a claim does not show."""
    return tuple(
        link
        for link in links
        if link.relation not in connected.EVIDENCE
        or (link.is_outgoing and link.relation in SIDES)
        or link.state in NOT_HERE
    )


class EvidenceScreen(ListScreen[None], keys="evidence", styles=("evidence",)):
    """Shows the tree of the claim that a mark makes."""

    CLICKS = 1

    def __init__(self, context: AppContext, mark: Annotation) -> None:
        super().__init__(context)
        self._trail = [mark]  # the claims whose trees were shown, the present one last
        self._tree: evidence.EvidenceNode | None = None
        self._shown = ""  # the mark of the tree
        self._links: tuple[Linked, ...] = ()
        self._branches: dict[str, evidence.Branch] = {}
        self._folded: set[str] = set()
        self._actions = MarkActions(
            self._ui,
            context,
            read=lambda marked: self._read(marked.record.id, marked.annotation.id),
            undo="evidence.undo",
        )

    def parts(self) -> Sequence[Widget]:
        return (
            Static(Content("Evidence"), id="evidence-title"),
            Static(Content(""), id="evidence-summary"),
            self.new_list(),
        )

    async def load(self, at: str | None = None) -> None:
        """Read the tree, and show it; another one with the cursor on its claim."""
        async with self._reading:
            await self._load(at)

    async def _load(self, at: str | None) -> None:
        mark = self._trail[-1]
        try:
            tree = await asyncio.to_thread(evidence_tree, self._library, mark)
        except NotInLibrary as error:
            warn(self, f"{error.message} {error.hint}")
            self.action_back()
            return
        links = await asyncio.to_thread(links_of, self._library, tree.places[0].annotation)
        is_same = self._shown == mark.id
        self._shown = mark.id
        self._tree, self._links = tree, other_links(links)
        self.refill(at if is_same else "")

    def refill(self, at: str | None = None) -> None:
        """Show the tree as it is folded, and its summary."""
        if self._tree is None or not self.display:
            return
        drawn = evidence.branches(self._tree, self._folded)
        self._branches = {branch.key: branch for branch in drawn}
        show_text(
            self.query_one("#evidence-summary", Static), Content(evidence.summary(self._tree))
        )
        super().refill(at)

    def rows(self) -> Sequence[Row]:
        kinds = self._app_context.kinds
        rows: list[Row] = [_row(branch, kinds) for branch in self._branches.values()]
        if len(rows) == 1:
            rows += [Remark(""), Remark(_NOTHING)]
        if self._links:
            rows.append(Heading(" Other links"))
        links = enumerate(self._links)
        return [*rows, *(mark_rows.link_row(link, kinds, key=f"link {at}") for at, link in links)]

    def status(self) -> Status:
        """Return the number of links, with the keys that fold if there are branches to fold."""
        drawn = self._branches.values()
        has_folds = any(branch.above is not None and branch.node.children for branch in drawn)
        claims = sum(1 for _ in evidence.walk(self._tree)) - 1 if self._tree else 0
        place = count(claims, "link") if claims else ""
        return Status("evidence" if has_folds else "evidence-flat", place=place)

    def action_fold(self, is_folded: bool) -> None:  # noqa: FBT001 - a key passes it
        """Fold or unfold a claim; if it is so already, go up or down by a level."""
        branch = self._branch
        if branch is None:
            return
        has_children = bool(branch.node.children) and branch.place is None
        if has_children and branch.is_folded != is_folded and branch.above is not None:
            self._folded ^= {branch.key}
            self.refill()
        elif is_folded:
            self.refill(at=branch.above_key or branch.key)
        else:
            below = (
                other.key for other in self._branches.values() if other.above_key == branch.key
            )
            self.refill(at=next(below, branch.key))

    def action_fold_all(self) -> None:
        """Fold the tree to its first level, or unfold all of it."""
        if self._tree is None:
            return
        drawn = evidence.branches(self._tree)
        foldable = {
            branch.key for branch in drawn if branch.above is not None and branch.node.children
        }
        self._folded = set() if self._folded & foldable else foldable
        self.refill()

    def action_grow(self) -> None:
        """Show the tree of the claim under the cursor."""
        marked = self._marked
        if marked is None:
            hint(self, "Only a mark has a tree. Move to one.")
        elif marked.annotation.id != self._trail[-1].id:
            self._trail.append(marked.annotation)
            self.reload()

    def action_grow_back(self) -> None:
        """Show the tree of the claim before."""
        if len(self._trail) > 1:
            self._trail.pop()
            self.reload()
        else:
            hint(self, "This is the first claim.")

    @as_opening
    async def action_mark(self, what: str) -> None:
        """Run an action on the mark under the cursor, and show the tree again."""
        if self._marked is None:
            hint(self, _NEEDS_A_MARK[what])
        else:
            await self._actions.do(what, (self._marked,))
            await self.load()

    def action_browse(self) -> None:
        """Open the page of the row under the cursor in the browser."""
        run_action(self, self._ui.browse, self._address)

    @property
    def _branch(self) -> evidence.Branch | None:
        return self._branches.get(self.listing.key)

    @property
    def _linked(self) -> Linked | None:
        _, _, number = self.listing.key.partition("link ")
        return self._links[int(number)] if number else None

    @property
    def _marked(self) -> Marked | None:
        """The mark under the cursor, if it is in the library."""
        branch, linked = self._branch, self._linked
        if linked is not None and linked.state == "mark":
            return linked.marked
        return branch.marked if branch else None

    @property
    def _address(self) -> str:
        """The address of the page under the cursor, or of the article of the mark."""
        branch, linked = self._branch, self._linked
        if branch is not None:
            return branch.marked.record.url if branch.marked else branch.node.address
        if linked is None:
            return ""
        return linked.marked.record.url if linked.marked else linked.target

    @as_opening
    async def chosen(self, row: Listing.Chosen) -> None:  # noqa: ARG002  the cursor is on it
        """Open the mark or the page of the row."""
        marked, linked, branch = self._marked, self._linked, self._branch
        page = branch.node.page if branch else linked.page if linked else None
        if marked is not None:
            await self._read(marked.annotation.article_id, marked.annotation.id)
        elif page is not None and page.revision:
            await self._read(page.id, None)
        elif linked is not None and linked.state != "page":
            hint(self, mark_rows.why_not_followed(linked))
        else:
            browse_key = self._key_of("evidence.browse")
            hint(self, f"This page is not in the library. {browse_key} opens it in the browser.")

    async def _read(self, article_id: str, mark_id: str | None) -> None:
        await self._ui.open_article(article_id, mark_id=mark_id)

    @as_action
    async def action_remove(self) -> None:
        """Remove the link that the row under the cursor shows."""
        branch, linked = self._branch, self._linked
        library, now = self._library, self._now()
        if linked is not None:
            edit = partial(remove_link, library, self._trail[-1], linked, now=now)
            words = mark_rows.words_of(linked)
        elif branch is None or branch.above is None:
            hint(self, "Nothing to remove here. Move to what is linked to the claim.")
            return
        elif branch.place is not None:
            mark = branch.place.annotation
            edit = partial(remove_place, library, branch.node.places, mark, now=now)
            words = mark.quote
        else:
            edit = partial(remove_evidence, library, branch.node, branch.above, now=now)
            words = branch.marked.annotation.quote if branch.marked else branch.node.address
        await self._edits.change(edit)
        await self.load()
        undo = self._key_of("evidence.undo")
        tell(self, f"Link removed: {short_quote(words)}. Press {undo} to undo.")


def _row(branch: evidence.Branch, kinds: mark_rows.Kinds) -> mark_rows.LinkedRow:
    node, marked = branch.node, branch.marked
    first, last = ((), ()) if branch.place else (_ending(branch), _notes(branch))
    if marked:
        facts, flexible = mark_rows.facts_of(
            marked, first=(*first, *mark_rows.kind_fact(marked, kinds)), last=last
        )
        words = marked.annotation.quote
    else:
        facts, flexible, words = mark_rows.page_facts(node.page, node.address, last)
    margin = (Piece(f" {branch.below}  ", "quiet"),)
    return mark_rows.LinkedRow(branch.key, _head(branch, kinds), words, facts, margin, flexible)


def _head(branch: evidence.Branch, kinds: mark_rows.Kinds) -> Line:
    if branch.above is None and branch.node.marked:
        return mark_rows.kind_head(kinds[branch.node.marked.annotation.kind])
    if branch.place is not None:
        return (Piece(f" {branch.stem}─ ", "quiet"), Piece(f"{evidence.SAME_SIGN} ", "quiet"))
    children, role = branch.node.children, branch.node.role
    fold = "▸" if branch.is_folded else "▾" if children else "─"
    return (
        Piece(f" {branch.stem}", "quiet"),
        Piece(f"{fold} ", "key" if children else "quiet"),
        Piece(f"{evidence.SIGNS[role]} ", _ROLES[role]),
    )


def _ending(branch: evidence.Branch) -> Line:
    """Return why nothing is below a claim, or how much is folded."""
    end = branch.node.end
    if end:
        return (Piece(evidence.ENDINGS[end], _ROLES.get(end, "quiet")),)
    if branch.is_folded:
        return (Piece(f"{len(branch.node.children)} below", "key"),)
    return (Piece(_LOST, "warning"),) if branch.node.lost else ()


def _notes(branch: evidence.Branch) -> Line:
    node = branch.node
    is_claim = node.marked is not None and node.marked.annotation.status is not None
    is_bare = is_claim and not node.children and not node.end and branch.above is not None
    return (*mark_rows.note_fact(node.note), *((Piece(_NO_EVIDENCE, "quiet"),) if is_bare else ()))
