"""Actions on passages: marking them, and showing, following and moving the marks on them.

The marks of others are shown beside one's own, and adopted.
"""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from annotator.errors import InvalidInput
from annotator.model import Annotation, Span, Target, TextPositionSelector, TextQuoteSelector
from annotator.store import Marked
from annotator.tui.actions.marks import MarkActions
from annotator.tui.dialogs.details import MarkCard
from annotator.tui.frame.context import AppContext
from annotator.tui.frame.notifications import short_quote
from annotator.tui.keys.groups import keys_of
from annotator.tui.lists.mark_rows import words_of
from annotator.tui.reader.pane import ON_PASSAGES
from annotator.tui.reader.session import ReadingSession
from annotator.tui.reader.ui import ReaderUI, SessionActions
from annotator.usecases.marks import annotate
from annotator.usecases.marks.annotate import Draft
from annotator.usecases.marks.guests import PlacedGuest, adopt, guests_of
from annotator.usecases.marks.links import Linked, links_of, other_author, remove_link
from annotator.usecases.marks.mark_edit import creation


class PassageActions(SessionActions):
    """The actions on passages of an open article and the marks on them.

    `adjust` starts to move a mark from the passage where it is.
    """

    def __init__(
        self,
        session: ReadingSession,
        ui: ReaderUI,
        context: AppContext,
        *,
        adjust: Callable[[Annotation, Span], None],
    ) -> None:
        super().__init__(session, ui, context)
        self._adjust = adjust
        self._last = Draft(kind=context.settings.kinds[0].name)
        self._marks = MarkActions(
            ui, context, read=self._read, tagged=self._note_tags, undo="reader.undo"
        )

    async def mark(self, span: Span, kind_key: str | None) -> None:
        """Mark a passage; if it is marked already, give that mark the kind and tags."""
        draft = self._draft(kind_key)
        if self._session.marks.at(span) is None:
            self._last = draft
            await self._session.mark(span, draft)
            return
        await self._edits.settled()  # the mark may not be written yet
        marked = self._session.marks.at(span)
        if marked is None:
            return
        mark = marked.annotation
        if mark.kind != draft.kind:
            await self._edits.make(annotate.change, (mark,), annotate.Changes(kind=draft.kind))
        if not set(draft.tags) <= set(mark.tags):
            await self._edits.make(annotate.change, (mark,), annotate.Changes(added=draft.tags))

    async def show_card(self, mark_id: str) -> None:
        """Show a mark in full, and continue with the key that is pressed there."""
        marks = self._session.marks
        await self._edits.settled()
        placed = marks.find(mark_id) or marks.find(self._ui.pane.selection.mark_id)
        if placed is None:
            return
        mark = placed.annotation
        kinds = self._app_context.kinds
        links = await asyncio.to_thread(links_of, self._library, mark)
        author = await asyncio.to_thread(other_author, self._library, mark)
        card = MarkCard(self._keymap, kinds, placed, links, author=author, keys=keys_of("mark"))
        answer = await self._ui.show_dialog(card)
        if answer is None:
            return
        if answer.followed is not None:
            await self._follow(answer.followed)
            return
        if answer.removed is not None:
            await self._unlink(mark, answer.removed)
            return
        placed = marks.find(mark.id)  # as it is now
        if placed is None:
            self._ui.hint("The mark is gone. Another program has deleted it.")
        else:
            await self._act(answer.key_id.removeprefix("mark."), placed.annotation)

    async def do(self, what: str) -> None:
        """Run the action of the key `mark.<what>` on the selected mark."""
        await self._edits.settled()
        selection = self._ui.pane.selection
        placed = self._session.marks.find(selection.mark_id)
        if placed is not None:
            await self._act(what, placed.annotation)
        elif what == "copy" and selection.passage is not None:
            await self._act(what, self._unsaved_mark(selection.passage))
        elif what in ON_PASSAGES and selection.passage is not None:
            await self._mark_and(what, selection.passage)
        else:
            choose, mark = self._key_of("view.sentence-mode"), self._key_of("sentence.mark")
            self._ui.hint(f"No mark here. Press {choose} to choose a sentence, {mark} to mark it.")

    async def _mark_and(self, what: str, passage: Span) -> None:
        """Mark a passage, and run the action of a key on the mark.

        A highlight is all that tags and a note need; what has details or links is a claim.
        """
        kinds = {kind.name: kind.key for kind in self._app_context.settings.kinds}
        await self.mark(passage, kinds.get("highlight", "") if what in ("tags", "note") else "")
        await self._edits.settled()
        placed = self._session.marks.at(passage)
        if placed is not None:
            await self._act(what, placed.annotation)

    async def _follow(self, link: Linked) -> None:
        """Open the other end of a link: a mark here or in another article, or a page."""
        here = self._session.marks.find(link.target)
        if here is not None and here.span is not None:
            self._ui.jump_to_mark(link.target, here.span.start)
        else:
            await self._marks.follow(link)

    async def _unlink(self, mark: Annotation, link: Linked) -> None:
        await self._edits.make(remove_link, mark, link)
        undo = self._key_of("reader.undo")
        self._ui.tell(f"Link removed: {short_quote(words_of(link))}. Press {undo} to undo.")

    async def _act(self, what: str, mark: Annotation) -> None:
        """Run the action of a key on a mark."""
        if what == "move":
            placed = self._session.marks.find(mark.id)
            if placed is not None and placed.span is not None:
                self._adjust(mark, placed.span)
            else:
                again = self._key_of("reader.reattach")
                self._ui.hint(f"Its words are not in this text. Press {again} to reattach it.")
        else:
            name = "fields" if what == "claim" else what
            await self._marks.do(name, (Marked(self._session.opened.record, mark),))

    async def _read(self, marked: Marked) -> None:
        await self._ui.open_article(marked.record.id, mark_id=marked.annotation.id)

    def _note_tags(self, mark: Annotation, names: Sequence[str]) -> None:
        self._last = Draft(mark.kind, tags=tuple(names))

    def _draft(self, kind_key: str | None) -> Draft:
        """Return what to mark with: the kind of that key, the first kind if empty, or the last."""
        kinds = self._app_context.settings.kinds
        if kind_key is None:
            return self._last
        kind = next((kind for kind in kinds if kind.key == kind_key), None)
        if kind is None and kind_key:
            raise InvalidInput(
                f"No kind of mark has the key {kind_key}.",
                "Choose one of: " + ", ".join(f"{kind.key} {kind.name}" for kind in kinds) + ".",
            )
        return Draft((kind or kinds[0]).name)

    def _unsaved_mark(self, passage: Span) -> Annotation:
        """Return a mark on a passage that is not in the library, to be copied only."""
        opened = self._session.opened
        quote = TextQuoteSelector(passage.of(opened.article.text))
        target = Target(quote, TextPositionSelector(passage.start, passage.end))
        return Annotation("", opened.record.id, target)


class GuestActions(SessionActions):
    """Shows and hides the marks of others, and adopts them."""

    async def toggle(self) -> None:
        """List the marks of others, and show them in the text; or hide them."""
        pane = self._ui.pane
        if pane.guests and (pane.listed_subject == "guests" or not pane.has_panel_keys):
            pane.show_guests(())
            return
        if not await self._read():
            self._ui.hint("No marks of others are known here: annotator publish --pull asks.")
            return
        await pane.action_panel("guests")

    async def adopt(self, placed: PlacedGuest) -> None:
        """Make a mark of somebody else one's own, and go on showing the others."""
        article, now = self._session.article, self._now()
        make = partial(asyncio.to_thread, adopt, self._library, article, placed, now=now)
        annotation = await self._edits.run_async(make)
        self._edits.record(creation(annotation))
        await self._session.written()
        await self._read()
        self._ui.tell(f"Adopted: {short_quote(annotation.quote)}")

    async def _read(self) -> bool:
        marks = [placed.annotation for placed in self._session.marks.all]
        read = partial(guests_of, self._library, self._session.article, marks)
        guests = await asyncio.to_thread(read)
        self._ui.pane.show_guests(guests)
        return bool(guests)
