"""The actions on marks in the reader and in lists: each changes any number of them as one step."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from functools import partial
from typing import Any, get_args

from annotator.errors import AnnotatorError
from annotator.export.markdown.quotation import quotation
from annotator.model import CLAIM_FIELDS, Annotation, Claim
from annotator.model.annotation import NO_CLAIMS
from annotator.model.labels import BACK_RELATIONS, RELATIONS, STATUS_GLYPHS, count
from annotator.model.vocabulary import Status
from annotator.store import Marked
from annotator.tui.dialogs.choice import ChoiceDialog, Option
from annotator.tui.dialogs.claim_form import ClaimForm, NoteEditor
from annotator.tui.dialogs.link_picker import link_picker, show_links
from annotator.tui.dialogs.tag_picker import NamePicker, TagPicker, offer_speakers, offer_tags
from annotator.tui.frame.context import AppContext
from annotator.tui.frame.notifications import short_quote
from annotator.tui.frame.screen_ui import ScreenActions, ScreenUI
from annotator.tui.lists.mark_rows import why_not_followed
from annotator.tui.lists.rows import Piece, hashed
from annotator.tui.wings import MARK_CHOICES
from annotator.usecases.library.undo import Step
from annotator.usecases.marks.annotate import Changes, change, delete
from annotator.usecases.marks.links import Linked, add_link

STATUSES: tuple[Status, ...] = get_args(Status)

Marks = Sequence[Marked]
Action = Callable[[Marks], Coroutine[Any, Any, None]]
Edit = Callable[..., Step]


class MarkActions(ScreenActions):
    """Judges, tags, describes, links, copies and deletes marks: one, or many as one step.

    `read` opens an article at a mark. `tagged` is told which tags a mark was given, and `undo` is
    the id of the key that takes an edit back.
    """

    def __init__(
        self,
        ui: ScreenUI,
        context: AppContext,
        *,
        read: Callable[[Marked], Coroutine[Any, Any, None]],
        tagged: Callable[[Annotation, Sequence[str]], None] = lambda _mark, _names: None,
        undo: str = "claims.undo",
    ) -> None:
        super().__init__(ui, context)
        self._read = read
        self._tagged = tagged
        self._undo = undo
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

    async def do(self, what: str, marks: Marks, number: int = 0) -> None:
        """Run an action on marks; with a number, give them that status or the kind on that key."""
        if not number:
            await self._actions[what](marks)
        elif what != "status":
            await self._set_kind_on(number, marks)
        elif number <= len(STATUSES):
            await self._set_status(marks, STATUSES[number - 1])
        else:
            self._ui.hint(f"No status has the number {number}. The last is {len(STATUSES)}.")

    async def _set_kind_on(self, number: int, marks: Marks) -> None:
        kinds = self._app_context.settings.kinds
        kind = next((kind.name for kind in kinds if kind.key == str(number)), None)
        if kind is None:
            names = ", ".join(f"{kind.key} {kind.name}" for kind in kinds)
            self._ui.hint(f"No kind of mark has the key {number}. Choose one of: {names}.")
        else:
            await self._set_kind(marks, kind)

    async def follow(self, link: Linked) -> None:
        """Open the other end of a link: a mark in its article, or a page."""
        if link.state == "mark" and link.marked is not None:
            await self._read(link.marked)
        elif link.page is not None:
            await self._ui.open_article(link.page.id)
        elif link.state == "page":
            await self._ui.browse(link.target)
        else:
            self._ui.hint(why_not_followed(link))

    async def _status(self, marks: Marks) -> None:
        options = [
            Option(status, status[0], status.capitalize(), Piece(STATUS_GLYPHS[status], status))
            for status in STATUSES
        ]
        current = marks[0].annotation.status or ""
        status = await self._choose("Status", marks, options, current)
        if status is not None:
            await self._set_status(marks, status)

    async def _set_status(self, marks: Marks, status: str) -> None:
        changes = Changes(values={"status": status})
        await self._change_all(change, marks, changes, done=status.capitalize())
        if len(marks) == 1 and marks[0].annotation.kind in NO_CLAIMS:
            words = f"{status.capitalize()}: the {marks[0].annotation.kind} is a claim now."
            self._ui.tell(f"{words} {self._how_to_undo}")

    async def _kind(self, marks: Marks) -> None:
        options = [
            Option(kind.name, kind.key, kind.name.capitalize(), Piece(kind.glyph, kind.colour))
            for kind in self._app_context.settings.kinds
        ]
        kind = await self._choose("Kind", marks, options, marks[0].annotation.kind)
        if kind is not None:
            await self._set_kind(marks, kind)

    async def _set_kind(self, marks: Marks, kind: str) -> None:
        judged = [status for _, mark in marks if (status := mark.status) not in (None, "open")]
        await self._change_all(change, marks, Changes(kind=kind), done=kind.capitalize())
        if len(marks) == 1 and judged and kind in NO_CLAIMS:
            kept = f"It is {judged[0]} again when it is a claim again."
            self._ui.tell(f"{kind.capitalize()}, without a status. {kept} {self._how_to_undo}")

    async def _choose(
        self, title: str, marks: Marks, options: Sequence[Option], current: str
    ) -> str | None:
        keymap = self._keymap
        return await self._ui.show_dialog(
            ChoiceDialog(keymap, _titled(title, marks), options, current)
        )

    async def _speaker(self, marks: Marks) -> None:
        current = _common([_claim(mark).speaker for mark in marks])
        title = _titled("Who said it", marks)
        picker = NamePicker(self._keymap, title, current, authors=_authors(marks))
        picker.resuming(self._library.typed_texts, _about(marks))
        name = await self._ui.show_dialog(
            picker, fill=partial(offer_speakers, picker, self._app_context)
        )
        if name is not None and (name or current):
            done = name or "No speaker"
            await self._change_all(change, marks, Changes(values={"speaker": name}), done=done)

    async def _tags(self, marks: Marks) -> None:
        shared = _shared_tags(marks)
        title = "Tags of this mark" if len(marks) == 1 else _titled("Tags", marks)
        picker = TagPicker(self._keymap, title, shared)
        picker.resuming(self._library.typed_texts, _about(marks))
        fill = partial(offer_tags, picker, self._app_context)
        names = await self._ui.show_dialog(picker, fill=fill)
        if names is None:
            return
        self._tagged(marks[0].annotation, names)
        if names == shared:
            return
        removed = tuple(name for name in shared if name not in names)
        added = tuple(name for name in names if name not in shared)
        changes = Changes(added=added, removed=removed)
        await self._change_all(change, marks, changes, done="Tags saved")
        if len(marks) == 1:
            self._ui.tell(f"Tags: {hashed(names) or 'none'}. {self._how_to_undo}")

    async def _note(self, marks: Marks) -> None:
        if not self._is_one(marks, "A note is about one mark."):
            return
        mark = marks[0].annotation
        editor = NoteEditor(self._keymap, mark.quote, mark.note)

        async def save(note: str) -> None:
            if note != mark.note:
                await self._edits.make(change, (mark,), Changes(note=note))

        editor.resuming(self._library.typed_texts, mark.id)
        await self._ui.show_dialog(editor.saving(save))

    async def _fields(self, marks: Marks) -> None:
        """Edit the details of a claim; of several, the fields that were changed in the form."""
        context, first = self._app_context, marks[0]
        common = _claim(first).with_values(
            {
                field.name: _common([field.of(_claim(mark)) for mark in marks])
                for field in CLAIM_FIELDS
            }
        )
        about = first.annotation.quote
        if len(marks) > 1:
            about = f"{count(len(marks), 'mark')}. Only the fields that you change are saved."
        form = partial(
            ClaimForm,
            context.keymap,
            about,
            common,
            published=_common([mark.record.published for mark in marks]),
            author=next(iter(_authors(marks)), ""),
            today=context.now().astimezone().date(),
        )

        async def save(claim: Claim) -> None:
            values = {
                field.name: field.of(claim)
                for field in CLAIM_FIELDS
                if field.of(claim) != field.of(common)
            }
            if values:
                await self._change_all(change, marks, Changes(values=values), done="Details saved")

        typed = context.library.typed_texts, _about(marks)
        if len(marks) == 1:
            await self._show_form(form().resuming(*typed).saving(save))
        elif (claim := await self._show_form(form().resuming(*typed))) is not None:
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
                await self._edits.make(add_link, mark, link)
                relation = (BACK_RELATIONS if link.is_reversed else RELATIONS)[link.relation]
                self._ui.tell(f"Linked: this mark {relation} the other. {self._how_to_undo}")

    async def _evidence(self, marks: Marks) -> None:
        """Show what supports and opposes the claim of one mark."""
        if self._is_one(marks, "A tree is that of one claim."):
            await self._ui.open_screen("evidence", marks[0].annotation)

    async def _similar(self, marks: Marks) -> None:
        """Show the claims of other articles that are similar to one, to link or to open them."""
        if not self._is_one(marks, "Claims are similar to one mark."):
            return
        mark = marks[0].annotation
        answer = await MARK_CHOICES.load("similar")(self._ui, self._app_context, mark)
        if answer is not None and answer.link is None:
            await self._read(answer.marked)
        elif answer is not None:
            await self._edits.make(add_link, mark, answer.link)
            self._ui.tell(f"{answer.said}. {self._how_to_undo}")

    def _is_one(self, marks: Marks, why: str) -> bool:
        """Return whether there is one mark; if not, say why there should be."""
        if len(marks) > 1:
            clear = self._key_of("claims.clear")
            self._ui.hint(f"{why} Press {clear} to deselect.")
        return len(marks) == 1

    async def _copy(self, marks: Marks) -> None:
        self._ui.copy("\n\n".join(quotation(mark, record) for record, mark in marks))
        what = "quotation and source" if len(marks) == 1 else count(len(marks), "quotation")
        self._ui.tell(f"Copied {what}.")

    async def _delete(self, marks: Marks) -> None:
        ids = [marked.annotation.id for marked in marks]
        await self._change_all(delete, marks, done="Deleted", deleted=ids)
        if len(marks) == 1:
            words = short_quote(marks[0].annotation.quote)
            self._ui.tell(f"Deleted: {words}. {self._how_to_undo}")

    async def _browse(self, marks: Marks) -> None:
        await self._ui.browse(marks[0].record.url)

    async def _change_all(
        self, edit: Edit, marks: Marks, *values: object, done: str, deleted: Sequence[str] = ()
    ) -> None:
        """Change all marks in one step, and say so if there are several."""
        edits, annotations = self._edits, [marked.annotation for marked in marks]
        step = await edits.make(edit, annotations, *values, deleted=deleted, progress=edits.goes_on)
        if edits.was_stopped:
            how = f"Stopped after {step.extent}. {self._how_to_undo}"
            self._ui.tell(how if step.size else "Stopped.")
        elif len(marks) > 1:
            first = f"{done}: {count(len(marks), 'mark')}." if step.size else f"{done} already."
            words = (first, step.remark, self._how_to_undo if step.size else "")
            self._ui.tell(" ".join(filter(None, words)))

    @property
    def _how_to_undo(self) -> str:
        return f"Press {self._key_of(self._undo)} to undo."


def _claim(marked: Marked) -> Claim:
    return marked.annotation.claim or Claim()


def _authors(marks: Marks) -> Sequence[str]:
    """Return who wrote the article that all marks are in; of several articles nobody."""
    first, *others = (mark.record for mark in marks)
    return first.byline if all(record.id == first.id for record in others) else ()


def _common(values: Sequence[str]) -> str:
    """Return the value that all have, or nothing."""
    return values[0] if len(set(values)) == 1 else ""


def _shared_tags(marks: Marks) -> tuple[str, ...]:
    first, *others = (mark.annotation.tags for mark in marks)
    return tuple(name for name in first if all(name in names for names in others))


def _about(marks: Marks) -> str:
    """Return a name for some marks."""
    return f"{marks[0].annotation.id} of {len(marks)}"


def _titled(title: str, marks: Marks) -> str:
    return title if len(marks) == 1 else f"{title}: {count(len(marks), 'mark')}"
