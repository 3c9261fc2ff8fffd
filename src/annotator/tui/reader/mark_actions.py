"""What one can do with a passage and with a mark: asked for in dialogs, told to the library."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, NamedTuple

from annotator.errors import AnnotatorError, InvalidInput
from annotator.model import (
    Annotation,
    Claim,
    Span,
    Target,
    TextPositionSelector,
    TextQuoteSelector,
)
from annotator.tui.context import AppContext
from annotator.tui.dialogs.details import mark_fields
from annotator.tui.dialogs.link_picker import offer_marks, offer_tags
from annotator.tui.keys.keymap import shown
from annotator.tui.notifications import describe_step, hint, short_quote, tell
from annotator.tui.reader.keys import READER_KEYS
from annotator.tui.reader.screen import ArticleScreen
from annotator.tui.reader.session import Marking
from annotator.tui.terminal.external import copy
from annotator.tui.workers import run_action, show_modal
from annotator.usecases import annotate
from annotator.usecases.annotate import Draft, linked_quotes
from annotator.usecases.open_article import OpenArticle
from annotator.usecases.undo import MarkEdit, RevisionSwitch, Step

_WAY_TO_A_MARK = ("view.sentence-mode", "sentence.mark")
_CARD_KEYS = tuple(key for key in READER_KEYS if key.place == "mark")


class Hand(NamedTuple):
    """What a key would work on: a mark, by its id, and the words under the cursor."""

    mark_id: str | None
    passage: Span | None


Story = Callable[[Annotation], Coroutine[Any, Any, None]]


class MarkActions:
    """The story behind each key of a mark, for one open article."""

    def __init__(
        self,
        screen: ArticleScreen,
        context: AppContext,
        marking: Marking,
        *,
        hand: Callable[[], Hand],
        adjust: Callable[[Annotation, Span], None],
    ) -> None:
        self._screen = screen
        self._app_context = context
        self._marking = marking
        self._hand = hand
        self._adjust = adjust
        self._last = Draft(kind=context.settings.kinds[0].name)
        self._stories: dict[str, Story] = {
            "tags": self._tags,
            "note": self._note,
            "claim": self._claim,
            "link": self._link,
            "move": self._move,
            "copy": self._copy,
            "delete": self._delete,
        }

    async def mark(self, span: Span, kind_key: str | None) -> None:
        """Mark a passage; one that is marked already is given the kind and tags instead."""
        draft = self._draft(kind_key)
        if self._marking.at(span) is None:
            self._last = draft
            await self._marking.mark(span, draft)
            return
        await self._marking.settled()  # the mark may only just have been made
        marked = self._marking.at(span)
        if marked is None:
            return
        mark = marked.annotation
        if mark.kind != draft.kind:
            await self._change(annotate.set_kind, mark, draft.kind)
        if not set(draft.tags) <= set(mark.tags):
            await self._change(annotate.retag, mark, (*mark.tags, *draft.tags))

    async def show_card(self, mark_id: str) -> None:
        """Show all of a mark, and go on with the key that was pressed there."""
        from annotator.tui.dialogs.details import Card

        await self._marking.settled()
        placed = self._marking.find(mark_id) or self._marking.find(self._hand().mark_id)
        if placed is None:
            return
        mark = placed.annotation
        linked = await asyncio.to_thread(linked_quotes, self._app_context.library, mark)
        fields = list(mark_fields(placed, linked))
        card = Card(self._app_context.keymap, mark.kind.capitalize(), fields, _CARD_KEYS)
        pressed = await show_modal(self._screen, card)
        if not pressed:
            return
        placed = self._marking.find(mark.id)  # as another program may have left it meanwhile
        if placed is None:
            hint(self._screen, "The mark is gone. Another program has deleted it.")
        else:
            await self._stories[pressed.removeprefix("mark.")](placed.annotation)

    async def do(self, what: str) -> None:
        """Do what the key `mark.<what>` means with the mark at hand."""
        await self._marking.settled()
        mark_id, passage = self._hand()
        placed = self._marking.find(mark_id)
        if placed is not None:
            await self._stories[what](placed.annotation)
        elif what == "copy" and passage is not None:
            await self._copy(_unkept(passage, self._screen.opened))
        else:
            choose, mark = (shown(self._app_context.keymap.key(name)) for name in _WAY_TO_A_MARK)
            hint(
                self._screen,
                f"There is no mark here. Press {choose} to choose a sentence, {mark} to mark it.",
            )

    async def undo(self) -> None:
        """Take the latest step back, and say which it was."""
        step = await self._marking.undo()
        await self._follow(step)
        tell(self._screen, f"Undid: {describe_step(step)}" if step else "There is nothing to undo.")

    async def redo(self) -> None:
        """Make the step that was undone again, and say which it was."""
        step = await self._marking.redo()
        await self._follow(step)
        tell(self._screen, f"Redid: {describe_step(step)}" if step else "There is nothing to redo.")

    async def _follow(self, step: Step | None) -> None:
        """Show the version of the article that a step led to."""
        if isinstance(step, RevisionSwitch):
            await self._screen.reopen()

    async def _tags(self, mark: Annotation) -> None:
        from annotator.tui.dialogs.tag_picker import TagPicker

        picker = TagPicker(self._app_context.keymap, "Tags of this mark", mark.tags)
        run_action(self._screen, offer_tags, picker, self._app_context)
        names = await show_modal(self._screen, picker)
        if names is not None:
            self._last = Draft(mark.kind, tags=names)
            await self._change(annotate.retag, mark, names)

    async def _note(self, mark: Annotation) -> None:
        from annotator.tui.dialogs.note_editor import NoteEditor

        editor = NoteEditor(self._app_context.keymap, mark.quote, mark.note)
        note = await show_modal(self._screen, editor)
        if note is None:
            return
        try:
            await self._change(annotate.write_note, mark, note)
        except AnnotatorError as error:
            copy(self._screen.app, note)
            kept = f"{error.hint} What you wrote is in the clipboard.".strip()
            raise AnnotatorError(error.message, kept) from error

    async def _claim(self, mark: Annotation) -> None:
        from annotator.tui.dialogs.claim_form import ClaimForm

        form = ClaimForm(self._app_context.keymap, mark.quote, mark.claim)
        claim = await show_modal(self._screen, form)
        if claim is not None and claim != (mark.claim or Claim()):
            await self._change(annotate.set_claim, mark, claim)

    async def _link(self, mark: Annotation) -> None:
        from annotator.tui.dialogs.link_picker import LinkPicker

        picker = LinkPicker(self._app_context.keymap, self._app_context.kinds)
        run_action(self._screen, offer_marks, picker, mark, self._app_context)
        link = await show_modal(self._screen, picker)
        if link is not None:
            await self._change(annotate.link, mark, link)

    async def _delete(self, mark: Annotation) -> None:
        await self._marking.change(
            partial(annotate.delete, self._app_context.library, mark, now=self._app_context.now())
        )
        undo = shown(self._app_context.keymap.key("reader.undo"))
        tell(self._screen, f"Deleted: {short_quote(mark.quote)}. Press {undo} to undo.")

    async def _change(
        self, story: Callable[..., MarkEdit], mark: Annotation, value: object
    ) -> None:
        now = self._app_context.now()
        await self._marking.change(partial(story, self._app_context.library, mark, value, now=now))

    async def _move(self, mark: Annotation) -> None:
        placed = self._marking.find(mark.id)
        if placed is not None and placed.span is not None:
            self._adjust(mark, placed.span)
        else:
            review = shown(self._app_context.keymap.key("reader.review"))
            hint(self._screen, f"Its words are not in this text. Press {review} to review it.")

    async def _copy(self, mark: Annotation) -> None:
        from annotator.export.markdown.quotation import quotation

        copy(self._screen.app, quotation(mark, self._screen.opened.record))
        tell(self._screen, "Copied as a quotation with its source.")

    def _draft(self, kind_key: str | None) -> Draft:
        """Return what a key marks as: its kind, the first kind, or the last mark again."""
        kinds = self._app_context.settings.kinds
        if kind_key is None:
            return self._last
        kind = next((kind for kind in kinds if kind.key == kind_key), None)
        if kind is None and kind_key:
            raise InvalidInput(
                f"There is no kind of mark with the key {kind_key}.",
                "The kinds are " + ", ".join(f"{kind.key} {kind.name}" for kind in kinds) + ".",
            )
        return Draft((kind or kinds[0]).name)


def _unkept(passage: Span, opened: OpenArticle) -> Annotation:
    """Return a passage as a mark that is not in the library."""
    quote = TextQuoteSelector(passage.of(opened.article.text))
    target = Target(quote, TextPositionSelector(passage.start, passage.end))
    return Annotation("", opened.record.id, target)
