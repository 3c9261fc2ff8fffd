"""Passing a passage, a mark or the article to a command of the user's own."""

import asyncio
from functools import partial

from annotator.errors import AnnotatorError
from annotator.model import AnchoredMark, Span
from annotator.settings.settings import UserCommand
from annotator.tui.dialogs.dialog import ProgressDialog
from annotator.tui.reader.command_dialogs import OutputDialog, command_picker
from annotator.tui.reader.ui import SessionActions
from annotator.usecases.exporting import user_commands
from annotator.usecases.marks import annotate
from annotator.usecases.marks.annotate import Draft

_UNSEEN = 0.3  # seconds that a command may take without a dialog that offers to cancel it
_NONE_YET = "You have no commands yet. Add one to the settings: annotator config edit"


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


async def _until_done(work: asyncio.Task[str]) -> None:
    """Wait for a command; end it if that is cancelled."""
    try:
        await asyncio.wait({work})
    except asyncio.CancelledError:
        work.cancel()
        raise
