"""The actions on marks in the list: each changes all that are selected, as one step of undo."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from functools import partial
from time import monotonic
from typing import Any, NamedTuple, TypeVar, get_args

from annotator.errors import AnnotatorError
from annotator.export.markdown.quotation import quotation
from annotator.model import CLAIM_FIELDS, Annotation, Claim
from annotator.model.labels import STATUS_GLYPHS, count
from annotator.model.vocabulary import Status
from annotator.store import Marked
from annotator.tui.article_actions import ArticleActions
from annotator.tui.context import AppContext
from annotator.tui.dialogs.choice import ChoiceDialog, Option
from annotator.tui.dialogs.claim_form import ClaimForm, offer_speakers
from annotator.tui.dialogs.link_picker import link_picker, show_links
from annotator.tui.dialogs.name_picker import NamePicker
from annotator.tui.dialogs.note_editor import NoteEditor
from annotator.tui.dialogs.tag_picker import TagPicker, offer_tags
from annotator.tui.edits import EditQueue
from annotator.tui.frame.screen_ui import ScreenUI
from annotator.tui.keys.keymap import shown
from annotator.tui.lists.linked_rows import status_of
from annotator.tui.lists.rows import Piece
from annotator.tui.notifications import describe_step, short_quote
from annotator.tui.wings import MARK_CHOICES
from annotator.usecases.library.undo import Step
from annotator.usecases.marks import annotate
from annotator.usecases.marks.links import add_link
from annotator.usecases.marks.mark_edit import MarkEdit
from annotator.usecases.tags.speakers import speaker_uses

STATUSES: tuple[Status, ...] = get_args(Status)

_PATIENCE = 0.5  # seconds until the progress of an edit is shown

Result = TypeVar("Result")
Marks = Sequence[Marked]
Action = Callable[[Marks], Coroutine[Any, Any, None]]
Edit = Callable[..., Step]


class Edited(NamedTuple):
    """The effect of an edit: the marks as they are now, and the ids of those that it deleted.

    One that `has_new` brought marks back, or changed something else.
    """

    marks: Sequence[Annotation] = ()
    deleted: frozenset[str] = frozenset()
    has_new: bool = False


class ClaimActions:
    """Judges, tags, describes, copies and deletes marks.

    `changed` is called with what each edit did, also one that was undone or redone;
    `read` opens an article at a mark.
    """

    def __init__(
        self,
        ui: ScreenUI,
        context: AppContext,
        edits: EditQueue,
        changed: Callable[[Edited], None],
        *,
        read: Callable[[Marked], Coroutine[Any, Any, None]],
    ) -> None:
        self._ui = ui
        self._app_context = context
        self._edits = edits
        self._changed = changed
        self._read = read
        self._since: float | None = None  # when the edit that is running was begun
        self._done = (0, 0)  # articles, and all of them
        self._is_stopped = False
        self._actions: Mapping[str, Action] = {
            "status": self._status,
            "kind": self._kind,
            "speaker": self._speaker,
            "tags": self._tags,
            "note": self._note,
            "fields": self._fields,
            "link": self._link,
            "evidence": self._evidence,
            "similar": self._similar,
            "copy": self._copy,
            "delete": self._delete,
            "browse": self._browse,
        }

    @property
    def progress(self) -> str:
        """The progress of an edit, in words; empty if none has been running for a while."""
        if self._since is None or monotonic() - self._since < _PATIENCE:
            return ""
        done, total = self._done
        return f"{done:,} of {count(total, 'article')}" if total else "working …"

    def stop(self) -> bool:
        """Stop the edit that is running, and return whether there is one."""
        self._is_stopped = bool(self.progress)
        return self._is_stopped

    async def do(self, what: str, marks: Marks) -> None:
        """Run an action on marks."""
        await self._actions[what](marks)

    async def set_status(self, number: int, marks: Marks) -> None:
        """Give the marks the status with this number, from 1 on."""
        await self._set_status(marks, STATUSES[number - 1])

    async def browse(self, url: str) -> None:
        """Open a web page in the browser."""
        await ArticleActions(self._ui, self._app_context).browse(url)

    async def undo(self) -> None:
        """Undo the latest step, and say which it was."""
        step = await self._run(self._edits.undo())
        self._tell_step(step, "Undid", "Nothing to undo.", is_reversed=True)

    async def redo(self) -> None:
        """Redo the step that was undone last, and say which it was."""
        self._tell_step(
            await self._run(self._edits.redo()), "Redid", "Nothing to redo.", is_reversed=False
        )

    async def _status(self, marks: Marks) -> None:
        options = [
            Option(status, str(place), status.capitalize(), Piece(STATUS_GLYPHS[status], status))
            for place, status in enumerate(STATUSES, start=1)
        ]
        current = status_of(marks[0].annotation) or ""
        dialog = ChoiceDialog(self._app_context.keymap, _titled("Status", marks), options, current)
        status = await self._ui.show_dialog(dialog)
        if status is not None:
            await self._set_status(marks, status)

    async def _set_status(self, marks: Marks, status: str) -> None:
        await self._change_all(
            annotate.set_values, marks, {"status": status}, done=status.capitalize()
        )

    async def _kind(self, marks: Marks) -> None:
        kinds = self._app_context.settings.kinds
        options = [
            Option(kind.name, kind.key, kind.name.capitalize(), Piece(kind.glyph, kind.colour))
            for kind in kinds
        ]
        current = marks[0].annotation.kind
        dialog = ChoiceDialog(self._app_context.keymap, _titled("Kind", marks), options, current)
        kind = await self._ui.show_dialog(dialog)
        if kind is not None:
            await self._change_all(annotate.set_kind, marks, kind, done=kind.capitalize())

    async def _speaker(self, marks: Marks) -> None:
        current = _common([_claim(each).speaker for each in marks])
        title = _titled("Who said it", marks)
        picker = NamePicker(self._app_context.keymap, title, current)
        name = await self._ui.show_dialog(picker, fill=partial(self._offer_speakers, picker))
        if name is not None and (name or current):
            done = name or "No speaker"
            await self._change_all(annotate.set_values, marks, {"speaker": name}, done=done)

    async def _offer_speakers(self, picker: NamePicker) -> None:
        picker.offer(await asyncio.to_thread(speaker_uses, self._app_context.library))

    async def _tags(self, marks: Marks) -> None:
        shared = _shared_tags(marks)
        picker = TagPicker(self._app_context.keymap, _titled("Tags", marks), shared)
        fill = partial(offer_tags, picker, self._app_context)
        names = await self._ui.show_dialog(picker, fill=fill)
        if names is None or names == shared:
            return
        removed = [name for name in shared if name not in names]
        retag = partial(annotate.retag, add=names, remove=removed)
        await self._change_all(retag, marks, done="Tags saved")

    async def _note(self, marks: Marks) -> None:
        if not self._is_one(marks, "A note is about one mark."):
            return
        mark = marks[0].annotation
        editor = NoteEditor(self._app_context.keymap, mark.quote, mark.note)

        async def save(note: str) -> None:
            if note != mark.note:
                await self._change(annotate.write_note, (mark,), note)

        await self._ui.show_dialog(editor.saving(save))

    async def _fields(self, marks: Marks) -> None:
        """Edit the details of a claim; of several, the fields that were changed in the form."""
        context, first = self._app_context, marks[0]
        common = _claim(first).with_values(
            {each.name: _common([each.of(_claim(it)) for it in marks]) for each in CLAIM_FIELDS}
        )
        about = first.annotation.quote
        if len(marks) > 1:
            about = f"{count(len(marks), 'mark')}. Only the fields that you change are saved."
        form = partial(
            ClaimForm,
            context.keymap,
            about,
            common,
            published=_common([each.record.published for each in marks]),
            today=context.now().astimezone().date(),
        )

        async def save(claim: Claim) -> None:
            values = {
                each.name: each.of(claim)
                for each in CLAIM_FIELDS
                if each.of(claim) != each.of(common)
            }
            if values:
                await self._change_all(annotate.set_values, marks, values, done="Details saved")

        if len(marks) == 1:
            await self._show_form(form().saving(save))
        elif (claim := await self._show_form(form())) is not None:
            try:
                await save(claim)  # after the form, which would cover the progress of many
            except AnnotatorError as error:
                await self._show_form(form(typed=claim).saving(save).failed(error, claim))

    async def _show_form(self, form: ClaimForm) -> Claim | None:
        fill = partial(offer_speakers, form, self._app_context)
        return await self._ui.show_dialog(form, fill=fill)

    async def _link(self, marks: Marks) -> None:
        """Link one mark to another, or to a page."""
        if self._is_one(marks, "A link starts at one mark."):
            mark = marks[0].annotation
            picker = link_picker(self._app_context, mark)
            fill = partial(show_links, picker, self._app_context, mark)
            link = await self._ui.show_dialog(picker, fill=fill)
            if link is not None:
                await self._change(add_link, mark, link)

    async def _evidence(self, marks: Marks) -> None:
        """Show what supports and opposes the claim of one mark."""
        if self._is_one(marks, "A tree is that of one claim."):
            await self._ui.open_screen("evidence", self._edits, marks[0].annotation)
            self._changed(Edited(has_new=True))

    async def _similar(self, marks: Marks) -> None:
        """Show the claims of other articles that are similar to one, to link or to open them."""
        if not self._is_one(marks, "Claims are similar to one mark."):
            return
        mark = marks[0].annotation
        answer = await MARK_CHOICES.load("similar")(self._ui, self._app_context, mark)
        if answer is not None and answer.link is None:
            await self._read(answer.marked)
        elif answer is not None:
            await self._change(add_link, mark, answer.link)
            self._ui.tell(f"{answer.said}. Press {self._key('claims.undo')} to undo.")

    def _is_one(self, marks: Marks, why: str) -> bool:
        """Return whether there is one mark; if not, say why there should be."""
        if len(marks) > 1:
            self._ui.hint(f"{why} Press {self._key('claims.clear')} to deselect.")
        return len(marks) == 1

    async def _copy(self, marks: Marks) -> None:
        self._ui.copy("\n\n".join(quotation(mark, record) for record, mark in marks))
        what = "quotation and source" if len(marks) == 1 else count(len(marks), "quotation")
        self._ui.tell(f"Copied {what}.")

    async def _delete(self, marks: Marks) -> None:
        await self._change_all(annotate.delete, marks, done="Deleted")
        if len(marks) == 1:
            words = short_quote(marks[0].annotation.quote)
            self._ui.tell(f"Deleted: {words}. Press {self._key('claims.undo')} to undo.")

    async def _browse(self, marks: Marks) -> None:
        await self.browse(marks[0].record.url)

    async def _change(self, edit: Edit, mark: object, value: object) -> None:
        library, now = self._app_context.library, self._app_context.now()
        step = await self._edits.change(partial(edit, library, mark, value, now=now))
        self._changed(edited(step))

    async def _change_all(self, edit: Edit, marks: Marks, *values: object, done: str) -> None:
        """Change all marks in one step, and say so if there are several."""
        context = self._app_context
        annotations = [each.annotation for each in marks]
        make = partial(edit, context.library, annotations, *values, now=context.now())
        step = await self._run(self._edits.change(partial(make, progress=self._goes_on)))
        self._changed(edited(step))
        undo = f"Press {self._key('claims.undo')} to undo."
        if not isinstance(step, MarkEdit):
            return
        if self._is_stopped:
            self._ui.tell(f"Stopped after {step.extent}. {undo}" if step.size else "Stopped.")
        elif len(marks) > 1:
            first = f"{done}: {_number(marks)}." if step.size else f"{done} already."
            words = (first, step.remark, undo if step.size else "")
            self._ui.tell(" ".join(filter(None, words)))

    async def _run(self, work: Awaitable[Result]) -> Result:
        """Wait for an edit, with its progress on the screen."""
        self._since, self._done, self._is_stopped = monotonic(), (0, 0), False
        try:
            return await work
        finally:
            self._since = None

    def _goes_on(self, done: int, total: int) -> bool:
        """Note how far an edit is; this is called in its thread."""
        self._done = done, total
        return not self._is_stopped

    def _tell_step(self, step: Step | None, done: str, nothing: str, *, is_reversed: bool) -> None:
        if step is None:
            self._ui.tell(nothing)
        else:
            self._changed(edited(step, is_reversed=is_reversed))
            self._ui.tell(f"{done}: {describe_step(step)}")

    def _key(self, key_id: str) -> str:
        return shown(self._app_context.keymap.key(key_id))


def edited(step: Step, *, is_reversed: bool = False) -> Edited:
    """Return what a step did; or what undoing it did, if it `is_reversed`."""
    if not isinstance(step, MarkEdit):
        return Edited(has_new=True)
    before, after = (step.after, step.before) if is_reversed else (step.before, step.after)
    old, new = ({mark.id for mark in marks} for marks in (before, after))
    return Edited(after, frozenset(old - new), has_new=bool(new - old))


def _claim(marked: Marked) -> Claim:
    return marked.annotation.claim or Claim()


def _common(values: Sequence[str]) -> str:
    """Return the value that all have, or nothing."""
    return values[0] if len(set(values)) == 1 else ""


def _shared_tags(marks: Marks) -> tuple[str, ...]:
    first, *others = (each.annotation.tags for each in marks)
    return tuple(name for name in first if all(name in names for names in others))


def _number(marks: Marks) -> str:
    return count(len(marks), "mark")


def _titled(title: str, marks: Marks) -> str:
    return title if len(marks) == 1 else f"{title}: {_number(marks)}"
