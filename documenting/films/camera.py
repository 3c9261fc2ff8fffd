"""Takes a film: presses keys in running programs, and keeps what their terminals show."""

import os
import subprocess
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic, time

from rich.segment import Segment
from rich.style import Style

from annotator.model import Annotation
from annotator.settings import Settings
from annotator.store import Library
from annotator.tui.app import AnnotatorApp
from annotator.tui.frame.notifications import forget, forget_done
from annotator.tui.keys.keymap import Keymap, shown_name
from documenting.films.drawing import Frame, Row, Window, rows_of
from documenting.stage import MINUTES, moment

PATIENCE = 60  # seconds until the program must show something
_LOOK = 0.03  # seconds between two looks that must be the same
_TOAST = 1.0  # seconds: a key removes a message that has been read
_LEAD = 0.5  # seconds that a caption is seen before the screen changes
_LETTER = 0.08
_LONG = 14  # letters that are not shown as keys
_PLAIN = Style(color="#d8d3c8", bgcolor="#16171a")
_PROMPT = Style(color="#8fc48f", bgcolor="#16171a", bold=True)


class Camera:
    """Keeps the frames of one film."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.terminals: list[Terminal] = []
        self.lit: Terminal | None = None  # the one that keys go to, of several

    def shoot(
        self,
        keys: Sequence[str],
        words: str,
        seconds: float,
        *,
        actions: Sequence[str] = (),
        is_pressed: bool = False,
    ) -> None:
        """Keep what all terminals show now."""
        windows = tuple(
            Window(terminal.title, terminal.rows, self.lit in (None, terminal))
            for terminal in self.terminals
        )
        self.frames.append(Frame(windows, tuple(keys), words, seconds, tuple(actions), is_pressed))

    def at(self, words: str) -> int:
        """Return the number of the last frame with these words."""
        return max(number for number, frame in enumerate(self.frames) if frame.words == words)

    def say(self, words: str, seconds: float) -> None:
        """Show a caption without a key, with all terminals lit."""
        self.lit = None
        self.shoot((), words, seconds)


class Terminal:
    """A terminal with the program, or a shell, in a film."""

    def __init__(self, camera: Camera, title: str, size: tuple[int, int]) -> None:
        self.title = title
        self.rows: tuple[Row, ...] = ()
        self._camera, self._size = camera, size
        self._keymap = Keymap()
        camera.terminals.append(self)

    @asynccontextmanager
    async def running(
        self, library: Library, home: Path, settings: Settings, mark: Annotation | None = None
    ) -> AsyncIterator[None]:
        """Run the program in this terminal, at a mark if one is given."""
        app = AnnotatorApp(
            library,
            settings,
            article_id=mark.article_id if mark else None,
            mark_id=mark.id if mark else None,
            state=home / "state",
            now=now,
        )
        app.animation_level = "none"
        async with app.run_test(size=self._size, notifications=True) as pilot:
            self._app, self._pilot = app, pilot
            while not app.has_started:
                await pilot.pause()
            await self.settle()
            yield

    async def press(
        self,
        *ids: str,
        words: str,
        sees: str | tuple[str, ...] = (),
        unsees: str = "",
        times: int = 1,
        unseen: str = "",
        seconds: float = 1.4,
    ) -> None:
        """Press the keys of actions, show what they do, and wait until words are there, or gone.

        One that is pressed several `times` is shown so. Of an action on several keys, one can be
        named, as in `sentence.mark-kind=2`. A key without an action is named as Textual does. The
        key of an `unseen` action puts the cursor where it would be by chance.
        """
        names = [*map(self._key_of, ids)]
        keys = [*map(shown_name, names)]
        if times > 1:
            words = f"×{times} {words}"
        self._light()
        actions = [key_id.partition("=")[0] for key_id in ids if "." in key_id]
        self._camera.shoot(keys, words, _LEAD, actions=actions, is_pressed=True)
        for name in names * times:
            await self._strike(name)
            await self.settle()
        await self.settle(sees, unsees)
        if unseen:
            await self._strike(self._key_of(unseen))
            await self.settle()
        self._camera.shoot(keys, words, seconds, actions=actions)

    async def type(
        self, text: str, *, words: str, sees: str | tuple[str, ...] = (), seconds: float = 0.8
    ) -> None:
        """Type a text, a letter after another."""
        keys = [text] if len(text) <= _LONG else []
        for end, letter in enumerate(text, start=1):
            await self._strike(_KEYS.get(letter, letter))
            if end % 3 == 0 and end < len(text):
                await self.settle()
                self._camera.shoot(keys, words, _LETTER * 3)
        await self.settle(sees)
        self._camera.shoot(keys, words, seconds)

    async def settle(self, sees: str | tuple[str, ...] = (), unsees: str = "") -> None:
        """Wait until words are on the screen, others are gone, and nothing changes any more."""
        awaited = (sees,) if isinstance(sees, str) else sees
        end, before = monotonic() + PATIENCE, None
        while True:
            await self._pilot.pause(_LOOK)
            rows = self._look()
            text = "\n".join("".join(piece for piece, _ in row) for row in rows)
            if (
                rows == before
                and all(words in text for words in awaited)
                and not (unsees and unsees in text)
            ):
                self.rows = rows
                return
            before = rows
            if monotonic() > end:
                raise AssertionError(f"never on the screen: {sees!r} without {unsees!r}\n{text}")

    def shell(self, line: str, folder: Path, *, words: str, seconds: float) -> None:
        """Run a line of the shell, and show what it prints."""
        columns, height = self._size
        printed = subprocess.run(  # noqa: S602 - a line of the shell is what is shown
            line, shell=True, cwd=folder, capture_output=True, text=True, check=True
        ).stdout
        lines = [
            text[at : at + columns]
            for text in printed.splitlines()
            for at in range(0, max(1, len(text)), columns)
        ]
        command = [Segment("$ ", _PROMPT), Segment(line, _PLAIN)]
        below = [[Segment(text, _PLAIN)] for text in lines] + [[Segment("$ ", _PROMPT)]]
        blank = [[Segment(" " * columns, _PLAIN)]] * height
        self.rows = rows_of([command, *blank][:height])
        self._camera.say(words, 0.8)
        self.rows = rows_of([command, *below, *blank[len(lines) + 2 :]][-height:])
        self._camera.say(words, seconds)

    async def _strike(self, name: str) -> None:
        # As the key does by itself, if a message has been there for a moment.
        self._app.call_later(forget_done, self._app, before=time() + _TOAST)
        os.environ[MINUTES] = str(int(os.environ[MINUTES]) + 1)
        await self._pilot.press(name)

    async def rest(self) -> None:
        """Let the time pass in which messages are read."""
        self._app.call_later(forget, self._app)
        await self.settle()

    def _key_of(self, key_id: str) -> str:
        key_id, _, name = key_id.partition("=")
        if "." not in key_id:
            return key_id
        names = self._keymap.key(key_id).keys
        return names[names.index(name)] if name else names[0]

    def _light(self) -> None:
        self._camera.lit = self if len(self._camera.terminals) > 1 else None

    def _look(self) -> tuple[Row, ...]:
        compositor = self._app.screen._compositor  # noqa: SLF001 - as its own pictures are taken
        return rows_of(map(self._without_home, compositor.render_strips()))

    @staticmethod
    def _without_home(line: Iterable[Segment]) -> Iterator[Segment]:
        """Yield a line in which the home folder, of a name by chance, has its short name."""
        home = str(Path.home())
        for text, style, *_ in line:
            yield Segment(text.replace(home, "~").ljust(len(text)), style)


_KEYS = {" ": "space", "?": "question_mark"}  # other letters have their own names


def now() -> datetime:
    """Return the time in the film."""
    return moment()
