"""The proposals of programs: each in its text, to be taken as a mark or dismissed."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import ClassVar

from annotator.model.labels import count
from annotator.model.library_file import Place
from annotator.tui.dialogs.claim_form import ClaimForm
from annotator.tui.dialogs.tag_picker import offer_speakers
from annotator.tui.frame.context import AppContext
from annotator.tui.frame.list_screen import ListScreen, Status
from annotator.tui.frame.notifications import short_quote, tell
from annotator.tui.frame.workers import as_action, as_opening, run_action
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.mark_details import passage_pieces
from annotator.tui.lists.mark_rows import ParagraphsRow, kind_head, paragraph
from annotator.tui.lists.rows import Remark, Row, selection_sign
from annotator.usecases.marks.links import ClaimPassage, in_paragraph
from annotator.usecases.marks.proposals import (
    PlacedProposal,
    ProposalEdit,
    dismiss,
    offered_words,
    take,
    waiting,
)

_NONE = (
    " No proposals wait. Programs propose marks by `annotator mcp --allow propose`, and your own "
    'commands with output = "proposals".'
)
_AROUND = 120  # characters of the text on either side


class ProposalsScreen(ListScreen[None], keys="proposals"):
    """Lists what waits, in the order of the articles."""

    TITLE: ClassVar = " Proposals of programs"
    PLACEHOLDER: ClassVar = "Words of it, a title, or a program"

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._waiting: Sequence[PlacedProposal] = ()
        self._empty = " Loading …"
        self._going = frozenset[str]()  # what is taken or dismissed, and not yet written

    async def read(self) -> None:
        self._waiting = await asyncio.to_thread(waiting, self._library)
        self._empty = _NONE

    def rows(self) -> Sequence[Row]:
        empty = " Nothing matches." if self._typed else self._empty
        return [*map(self._row, self._matching)] or [Remark(empty)]

    def listed(self) -> Collection[str]:
        return [one.mark.id for one in self._matching]

    def status(self) -> Status:
        place = count(len(self._matching), "proposal")
        if self._selected:
            return Status("proposals-selected", f"{len(self._selected):,} selected", place)
        return Status("proposals" if self._waiting else "proposals-empty", "", place)

    def chosen(self, row: Listing.Chosen) -> None:  # noqa: ARG002  the cursor is on it
        """Take what is selected, or else the row."""
        run_action(self, self._change, "Taken", self._targets, take)

    @as_action
    async def action_delete(self) -> None:
        """Dismiss what is selected, or else what is under the cursor."""
        await self._change("Dismissed", self._targets, dismiss)

    @as_opening
    async def action_fields(self) -> None:
        """Take what is under the cursor with other details."""
        if (one := self._at_cursor) is None:
            return
        form = ClaimForm(
            self._keymap,
            one.mark.quote,
            one.mark.claim,
            published=one.record.published,
            author=next(iter(one.record.byline), ""),
            today=self._now().astimezone().date(),
        ).resuming(self._library.typed_texts, one.mark.id)
        fill = partial(offer_speakers, form, self._app_context)
        claim = await self._ui.show_dialog(form, fill=fill)
        if claim is not None:
            await self._change("Taken", [one], take, {one.mark.id: claim})

    @as_opening
    async def action_open(self) -> None:
        """Open the article at the passage."""
        if (one := self._at_cursor) is not None:
            place = Place(one.span.start, one.mark.quote) if one.span else None
            await self._ui.open_article(one.mark.article_id, place=place)
            self.reload()

    @property
    def _matching(self) -> Sequence[PlacedProposal]:
        wanted = self._typed.strip().casefold()
        return [
            one
            for one in self._waiting
            if one.mark.id not in self._going
            if wanted in f"{one.mark.quote} {one.record.title} {one.mark.proposed}".casefold()
        ]

    @property
    def _at_cursor(self) -> PlacedProposal | None:
        return next((one for one in self._waiting if one.mark.id == self.listing.key), None)

    @property
    def _targets(self) -> Sequence[PlacedProposal]:
        wanted = self._selected.or_at(self.listing.key)
        return [one for one in self._matching if one.mark.id in wanted]

    async def _change(
        self,
        done: str,
        targets: Sequence[PlacedProposal],
        edit: Callable[..., ProposalEdit],
        *options: object,
    ) -> None:
        if not targets:
            return
        gone = frozenset(one.mark.id for one in targets)
        self._going |= gone
        self._selected.clear()
        self.refill()  # the disk follows
        try:
            step = await self._edits.make(edit, targets, *options)
        finally:
            self._going -= gone
            await self.load()
        named = short_quote(step.words) if step.size == 1 else step.extent
        left = len(targets) - step.size
        more = f" {left:,} left: their words are not in the text exactly once." if left else ""
        tell(self, f"{done}: {named}. Press {self._key_of('proposals.undo')} to undo.{more}")

    def _row(self, one: PlacedProposal) -> ParagraphsRow:
        mark, sign = one.mark, selection_sign(is_selected=one.mark.id in self._selected)
        passage = ClaimPassage("", mark.quote, "")
        if one.span:
            passage = in_paragraph(one.article, one.span, most=_AROUND)
        title = " ".join((one.record.title or one.record.url).split())
        paragraphs = (
            (passage_pieces(passage), 4),
            paragraph(f"As {offered_words(mark)}", most=3),
            paragraph(mark.note and f"✎ {mark.note}", most=2),
            paragraph(one.proposal.reason and f"Why: {one.proposal.reason}", most=2),
            paragraph(one.remark, "warning", most=2),
            paragraph(f"{mark.proposed}, in: {title}", "quiet", most=1),
        )
        head = (sign, *kind_head(self._app_context.kinds[mark.kind])[1:])
        return ParagraphsRow(mark.id, paragraphs, head)
