"""Reading an article aloud: each sentence goes to a program that speaks, and the cursor follows."""

import asyncio
import shlex
import shutil
from contextlib import suppress
from pathlib import PurePath

from textual.worker import Worker, WorkerError

from annotator.errors import CommandFailed
from annotator.model import Span
from annotator.reading.sentences.spoken import language_at, spoken
from annotator.settings.settings import MAX_TIMEOUT, UserCommand
from annotator.tui.frame.workers import run_action
from annotator.tui.reader.ui import SessionActions
from annotator.usecases.exporting import user_commands

_SPEAKERS = ("spd-say -w -e -l {lang}", "espeak-ng --stdin -v {lang}", "say -f -")
_LOOK = 0.05  # seconds between two looks at whether the cursor was moved
_USUAL = "en"  # where the language is unknown


class ReadAloud(SessionActions):
    """Speaks from the sentence under the cursor on, until it is stopped or the text ends.

    It goes on from where the cursor is moved to. A dialog, another screen, or leaving sentence
    mode stops it.
    """

    _reading: Worker[None] | None = None

    def toggle(self) -> None:
        """Begin to read, or stop at once."""
        if self._reading is not None and not self._reading.is_finished:
            self._reading.cancel()
        else:
            self._reading = run_action(self._ui.screen, self._read_on)

    async def stop(self) -> None:
        """Stop, and wait until nothing speaks any longer."""
        if self._reading is not None:
            self._reading.cancel()
            with suppress(WorkerError):
                await self._reading.wait()

    async def _read_on(self) -> None:
        view = self._ui.pane.text
        speaker = _speaker(self._app_context.settings.speech_command)
        if view.mode != "sentence":
            view.enter("sentence")
        self._ui.hint(f"Reading aloud. {self._key_of('reader.aloud') or 'The palette'} stops.")
        while (passage := self._passage) is not None:
            article, start = view.article, passage.start
            words = spoken(article, passage)
            if words and not await self._say(speaker, words, language_at(article, start)):
                continue  # from where the cursor is now
            following = view.selection.units.step(start, "sentence", 1)
            if following == start:
                return
            view.selection.move_to(following)

    @property
    def _passage(self) -> Span | None:
        """The sentence to read, while nothing else is on the screen."""
        view = self._ui.pane.text
        return view.passage if view.mode == "sentence" and self._ui.screen.is_active else None

    async def _say(self, speaker: str, words: str, language: str) -> bool:
        """Speak a sentence; return whether the cursor is still on it when it is over."""
        passage, article = self._passage, self._ui.pane.text.article
        argv = [word.replace("{lang}", language or _USUAL) for word in shlex.split(speaker)]
        command = UserCommand(
            name="Read aloud", command=(*argv,), output="nothing", timeout=MAX_TIMEOUT
        )
        saying = asyncio.create_task(user_commands.run(command, f"{words}\n".encode()))
        try:
            while not saying.done():
                await asyncio.wait({saying}, timeout=_LOOK)
                if self._passage != passage or self._ui.pane.text.article is not article:
                    return False
            await saying
        finally:
            if not saying.done():
                saying.cancel()
                with suppress(asyncio.CancelledError):
                    await saying  # which ends the program
                await _hush(argv[0])
        return True


async def _hush(program: str) -> None:
    """Stop what speaks for a program that has ended: speech-dispatcher goes on by itself."""
    if PurePath(program).name == "spd-say":
        stop = UserCommand(name="Stop", command=(program, "-S"), output="nothing", timeout=1)
        with suppress(CommandFailed):
            await user_commands.run(stop, b"")


def _speaker(chosen: str) -> str:
    """Return the command of the settings, or the first program that is there."""
    try:
        if chosen and shlex.split(chosen):
            return chosen
    except ValueError as error:
        raise CommandFailed(
            f"speech_command has a mistake: {error}.", "Fix it: annotator config edit"
        ) from error
    ready = (words for words in _SPEAKERS if shutil.which(words.partition(" ")[0]))
    if (first := next(ready, None)) is None:
        raise CommandFailed(
            "There is no program that speaks.",
            "Install speech-dispatcher or espeak-ng, or name one: speech_command in the settings.",
        )
    return first
