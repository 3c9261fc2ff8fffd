"""Passing a passage, a mark or the article to a command of the user's own.

The dialogs ask which command, and show what it printed.
"""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from msgspec import Struct
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from annotator.errors import AnnotatorError
from annotator.model import AnchoredMark, Span
from annotator.settings.settings import UserCommand
from annotator.tui.dialogs.details import FieldsDialog
from annotator.tui.dialogs.dialog import Hints, ProgressDialog
from annotator.tui.dialogs.picker import Picker
from annotator.tui.frame.notifications import tell
from annotator.tui.keys.keymap import Keymap, shown_name, textual_name
from annotator.tui.lists.rows import Line, Piece, Remark, Row, pad, truncate
from annotator.tui.reader.ui import SessionActions
from annotator.usecases.exporting import user_commands
from annotator.usecases.marks import annotate
from annotator.usecases.marks.annotate import Draft
from annotator.usecases.marks.proposals import propose_printed

_UNSEEN = 0.3  # seconds that a command may take without a dialog that offers to cancel it
_NONE_YET = "You have no commands yet. Add one to the settings: annotator config edit"
MAX_SHOWN = 50_000  # characters; `y` copies everything

_BECOMES = {"nothing": "", "show": "shown", "note": "note", "proposals": "proposals"}


class CommandActions(SessionActions):
    """Runs the commands of the settings on what is at hand in an open article."""

    async def choose(self) -> None:
        """List the commands, and run the one that is chosen."""
        commands = self._app_context.settings.commands
        if not commands:
            self._ui.hint(_NONE_YET)
            return
        number = await self._ui.show_dialog(command_picker(self._keymap, commands))
        if number is not None:
            await self.run(int(number))

    async def run(self, number: int) -> None:
        """Run a command, given its number in the settings."""
        command = self._app_context.settings.commands[number]
        await self._edits.settled()
        placed = self._session.marks.find(self._ui.pane.selection.mark_id)
        span = self._span(command, placed)
        if span is None and command.what != "article":
            self._hint_at(command)
            return
        given = self._input(command, span, placed)
        printed = await self._output(command, given)
        if printed is None:
            self._ui.tell(f"“{command.name}” was cancelled.")
        elif command.output == "nothing":
            self._ui.tell(f"“{command.name}” is done.")
        elif not printed:
            self._ui.hint(f"“{command.name}” printed nothing.")
        elif command.output == "show":
            await self._ui.show_dialog(
                OutputDialog(self._keymap, command.name, printed, self._ui.copy)
            )
        elif command.output == "proposals":
            await self._propose(command, printed)
        elif span is not None:
            await self._write_note(command, printed, span, placed)

    def _span(self, command: UserCommand, placed: AnchoredMark | None) -> Span | None:
        """Return the passage that a command gets: the chosen one, or that of the mark."""
        of_mark = placed.span if placed else None
        if command.what == "passage":
            return self._ui.pane.selection.passage or of_mark
        return of_mark if command.what == "mark" else None

    def _input(self, command: UserCommand, span: Span | None, placed: AnchoredMark | None) -> bytes:
        record, article = self._session.opened.record, self._session.article
        if span is None:
            marks = [mark.annotation for mark in self._session.marks.all]
            return user_commands.article_input(command, record, article, marks)
        mark = placed.annotation if placed else None
        return user_commands.passage_input(command, record, article, span, mark=mark)

    async def _output(self, command: UserCommand, given: bytes) -> str | None:
        """Return what a command prints, or None if it is cancelled."""
        if command.terminal:
            printed: list[str] = []
            run = partial(user_commands.run_on_terminal, command, given)
            self._ui.lend_terminal(lambda: printed.append(run()))
            return "".join(printed)
        work = asyncio.create_task(user_commands.run(command, given))
        try:
            done, _ = await asyncio.wait({work}, timeout=_UNSEEN)
            if not done:
                wait = partial(_until_done, work)
                keymap, name = self._keymap, command.name
                await self._ui.show_dialog(ProgressDialog(keymap, name, "Running …", wait))
            return await work
        except asyncio.CancelledError:
            if not work.cancelled():
                raise
            return None
        finally:
            work.cancel()

    async def _propose(self, command: UserCommand, printed: str) -> None:
        record, now = self._session.opened.record, self._now()
        work = partial(propose_printed, self._library, record, printed, by=command.name, now=now)
        told = await self._edits.run(work)
        self._ui.tell(
            f"{told} {self._key_of('library.proposals')} in the library shows what waits."
        )

    async def _write_note(
        self, command: UserCommand, printed: str, span: Span, placed: AnchoredMark | None
    ) -> None:
        """Append what was printed to the note of the mark, or make a mark with that note."""
        undo = self._key_of("reader.undo")
        known = placed and self._session.marks.find(placed.annotation.id)
        try:
            if known:
                mark = known.annotation
                note = f"{mark.note}\n\n{printed}".strip()
                await self._edits.make(annotate.change, (mark,), annotate.Changes(note=note))
            else:
                kind = self._app_context.settings.kinds[0].name
                await self._session.mark(span, Draft(kind, note=printed))
        except AnnotatorError as error:
            self._ui.copy(printed)
            advice = f"{error.hint} What it printed was copied to the clipboard.".strip()
            raise AnnotatorError(error.message, advice) from error
        self._ui.tell(f"What “{command.name}” printed is in the note. Press {undo} to undo.")

    def _hint_at(self, command: UserCommand) -> None:
        if command.what == "mark":
            step = self._key_of("view.next-mark")
            self._ui.hint(f"“{command.name}” needs a mark. Press {step} to go to one.")
        else:
            choose = self._key_of("view.sentence-mode")
            self._ui.hint(f"“{command.name}” needs a passage. Press {choose} to choose one.")


class _CommandRow(Struct, frozen=True):
    """A command: its name, what it gets and what becomes of its output, and its key."""

    HEIGHT: ClassVar = 1

    key: str  # the number of the command in the settings
    command: UserCommand
    key_width: int

    def lines(self, width: int) -> Sequence[Line]:
        command = self.command
        key = pad(_shown_key(command), self.key_width)
        becomes = _BECOMES[command.output]
        about = f"{command.what} → {becomes}" if becomes else command.what
        about = truncate(about, width // 3)
        name = pad(command.name, max(1, width - len(about) - self.key_width - 5))
        return ((Piece(f" {name} "), Piece(f"{about}  ", "quiet"), Piece(key, "key"), Piece(" ")),)


def _shown_key(command: UserCommand) -> str:
    return shown_name(textual_name(command.key)) if command.key else ""


def command_picker(keymap: Keymap, commands: Sequence[UserCommand]) -> Picker[str]:
    """Return the dialog that returns the number of a command in the settings."""
    key_width = max((len(_shown_key(command)) for command in commands), default=0)

    def rows(typed: str) -> Sequence[Row]:
        """Return the commands with the words typed."""
        words = typed.casefold().split()
        matches = [
            _CommandRow(str(number), command, key_width)
            for number, command in enumerate(commands)
            if all(word in command.name.casefold() for word in words)
        ]
        return matches or [Remark(" No such command.")]

    title, placeholder = "Pass to a command", "Type a part of its name"
    return Picker(keymap, title, placeholder, rows, does="run", leaves="close")


class OutputDialog(FieldsDialog[None]):
    """Shows what a command printed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("y", "copy", show=False)]

    def __init__(
        self, keymap: Keymap, name: str, printed: str, copy: Callable[[str], None]
    ) -> None:
        super().__init__(keymap, name, ())
        self._printed = printed
        self._copy = copy

    def parts(self) -> Sequence[Widget]:
        shown = self._printed[:MAX_SHOWN]
        more = "" if shown == self._printed else "\n…"
        return (VerticalScroll(Static(Content(f"{shown}{more}"))),)

    def hints(self) -> Hints:
        return (("y", "copy"), ("space", "page"), ("dialog.leave", "close"))

    def action_copy(self) -> None:
        """Copy the text to the clipboard."""
        self._copy(self._printed)
        tell(self, "Copied.")


async def _until_done(work: asyncio.Task[str]) -> None:
    """Wait for a command; end it if that is cancelled."""
    try:
        await asyncio.wait({work})
    except asyncio.CancelledError:
        work.cancel()
        raise
