"""Actions on passages and marks: each key of a mark asks in a dialog and edits the library."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from annotator.errors import InvalidInput
from annotator.export.markdown.quotation import quotation
from annotator.model import (
    CLAIM_FIELDS,
    Annotation,
    Claim,
    Span,
    Target,
    TextPositionSelector,
    TextQuoteSelector,
)
from annotator.tui.context import AppContext
from annotator.tui.dialogs.claim_form import ClaimForm, offer_speakers
from annotator.tui.dialogs.link_picker import link_picker, show_links
from annotator.tui.dialogs.mark_card import MarkCard
from annotator.tui.dialogs.note_editor import NoteEditor
from annotator.tui.dialogs.tag_picker import TagPicker, offer_tags
from annotator.tui.keys.keymap import shown
from annotator.tui.keys.tables.reader import MARK
from annotator.tui.lists.linked_rows import why_not_followed, words_of
from annotator.tui.notifications import short_quote
from annotator.tui.reader.session import ReadingSession
from annotator.tui.reader.ui import ReaderUI
from annotator.tui.wings import MARK_CHOICES
from annotator.usecases.library.undo import Step
from annotator.usecases.marks import annotate
from annotator.usecases.marks.annotate import Draft
from annotator.usecases.marks.links import Linked, add_link, links_of, remove_link

Action = Callable[[Annotation], Coroutine[Any, Any, None]]


class MarkActions:
    """The actions on the marks of an open article.

    `adjust` starts to move a mark from the passage where it is; `browse` opens an address.
    """

    def __init__(
        self,
        session: ReadingSession,
        ui: ReaderUI,
        context: AppContext,
        *,
        adjust: Callable[[Annotation, Span], None],
        browse: Callable[[str], Coroutine[Any, Any, None]],
    ) -> None:
        self._session = session
        self._ui = ui
        self._app_context = context
        self._adjust = adjust
        self._browse = browse
        self._last = Draft(kind=context.settings.kinds[0].name)
        self._actions: dict[str, Action] = {
            "tags": self._tags,
            "note": self._note,
            "claim": self._claim,
            "link": self._link,
            "evidence": self._evidence,
            "similar": self._similar,
            "move": self._move,
            "copy": self._copy,
            "delete": self._delete,
        }

    async def mark(self, span: Span, kind_key: str | None) -> None:
        """Mark a passage; if it is marked already, give that mark the kind and tags."""
        draft = self._draft(kind_key)
        if self._session.marks.at(span) is None:
            self._last = draft
            await self._session.mark(span, draft)
            return
        await self._session.edits.settled()  # the mark may not be written yet
        marked = self._session.marks.at(span)
        if marked is None:
            return
        mark = marked.annotation
        if mark.kind != draft.kind:
            await self._change(annotate.set_kind, (mark,), draft.kind)
        if not set(draft.tags) <= set(mark.tags):
            await self._change(partial(annotate.retag, add=draft.tags), (mark,))

    async def show_card(self, mark_id: str) -> None:
        """Show a mark in full, and continue with the key that is pressed there."""
        marks = self._session.marks
        await self._session.edits.settled()
        placed = marks.find(mark_id) or marks.find(self._ui.selection.mark_id)
        if placed is None:
            return
        mark = placed.annotation
        context = self._app_context
        links = await asyncio.to_thread(links_of, context.library, mark)
        card = MarkCard(context.keymap, context.kinds, placed, links, keys=MARK.keys)
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
            await self._actions[answer.key_id.removeprefix("mark.")](placed.annotation)

    async def do(self, what: str) -> None:
        """Run the action of the key `mark.<what>` on the selected mark."""
        await self._session.edits.settled()
        selection = self._ui.selection
        placed = self._session.marks.find(selection.mark_id)
        if placed is not None:
            await self._actions[what](placed.annotation)
        elif what == "copy" and selection.passage is not None:
            await self._copy(self._unsaved_mark(selection.passage))
        else:
            choose, mark = self._key("view.sentence-mode"), self._key("sentence.mark")
            self._ui.hint(f"No mark here. Press {choose} to choose a sentence, {mark} to mark it.")

    async def _tags(self, mark: Annotation) -> None:
        picker = TagPicker(self._app_context.keymap, "Tags of this mark", mark.tags)
        fill = partial(offer_tags, picker, self._app_context)
        names = await self._ui.show_dialog(picker, fill=fill)
        if names is not None:
            self._last = Draft(mark.kind, tags=names)
            removed = [name for name in mark.tags if name not in names]
            added = [name for name in names if name not in mark.tags]
            await self._change(partial(annotate.retag, add=added, remove=removed), (mark,))

    async def _note(self, mark: Annotation) -> None:
        editor = NoteEditor(self._app_context.keymap, mark.quote, mark.note)
        await self._ui.show_dialog(
            editor.saving(partial(self._change, annotate.write_note, (mark,)))
        )

    async def _claim(self, mark: Annotation) -> None:
        context = self._app_context
        form = ClaimForm(
            context.keymap,
            mark.quote,
            mark.claim,
            published=self._session.article.published,
            today=context.now().astimezone().date(),
        )

        async def save(claim: Claim) -> None:
            if claim != (mark.claim or Claim()):
                before = mark.claim or Claim()
                values = {
                    field.name: field.of(claim)
                    for field in CLAIM_FIELDS
                    if field.of(claim) != field.of(before)
                }
                await self._change(annotate.set_values, (mark,), values)

        await self._ui.show_dialog(form.saving(save), fill=partial(offer_speakers, form, context))

    async def _link(self, mark: Annotation) -> None:
        picker = link_picker(self._app_context, mark)
        fill = partial(show_links, picker, self._app_context, mark)
        link = await self._ui.show_dialog(picker, fill=fill)
        if link is not None:
            await self._change(add_link, mark, link)
            self._ui.tell(f"Linked. Press {self._key('reader.undo')} to undo.")

    async def _follow(self, link: Linked) -> None:
        """Open the other end of a link: a mark here or in another article, or a page."""
        here = self._session.marks.find(link.target)
        if here is not None and here.span is not None:
            self._ui.jump_to_mark(link.target, here.span.start)
        elif link.state == "mark" and link.marked:
            await self._open(link.marked.record.id, link.target)
        elif link.page is not None:
            await self._open(link.page.id, None)
        elif link.state == "page":
            await self._browse(link.target)
        else:
            self._ui.hint(why_not_followed(link))

    async def _open(self, article_id: str, mark_id: str | None) -> None:
        stack = self._session.edits.undo_stack
        await self._ui.open_article(article_id, mark_id=mark_id, undo_stack=stack)

    async def _unlink(self, mark: Annotation, link: Linked) -> None:
        library, now = self._app_context.library, self._app_context.now()
        await self._session.edits.change(partial(remove_link, library, mark, link, now=now))
        undo = self._key("reader.undo")
        self._ui.tell(f"Link removed: {short_quote(words_of(link))}. Press {undo} to undo.")

    async def _evidence(self, mark: Annotation) -> None:
        await self._ui.open_screen("evidence", self._session.edits, mark)

    async def _similar(self, mark: Annotation) -> None:
        answer = await MARK_CHOICES.load("similar")(self._ui, self._app_context, mark)
        if answer is None:
            return
        if answer.link is None:
            await self._open(answer.marked.record.id, answer.marked.annotation.id)
            return
        await self._change(add_link, mark, answer.link)
        undo = self._key("reader.undo")
        self._ui.tell(f"{answer.said}. Press {undo} to undo.")

    async def _move(self, mark: Annotation) -> None:
        placed = self._session.marks.find(mark.id)
        if placed is not None and placed.span is not None:
            self._adjust(mark, placed.span)
        else:
            again = self._key("reader.reattach")
            self._ui.hint(f"Its words are not in this text. Press {again} to reattach it.")

    async def _copy(self, mark: Annotation) -> None:
        self._ui.copy(quotation(mark, self._session.opened.record))
        self._ui.tell("Copied quotation and source.")

    async def _delete(self, mark: Annotation) -> None:
        await self._session.delete(mark)
        undo = self._key("reader.undo")
        self._ui.tell(f"Deleted: {short_quote(mark.quote)}. Press {undo} to undo.")

    async def _change(self, edit: Callable[..., Step], mark: object, *values: object) -> None:
        library, now = self._app_context.library, self._app_context.now()
        await self._session.edits.change(partial(edit, library, mark, *values, now=now))

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

    def _key(self, key_id: str) -> str:
        return shown(self._app_context.keymap.key(key_id))
