"""The tour: on a sample article the reader presses each key of the main job once.

A line above every screen says what to press and why, and moves on when that was done.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from annotator.model import Annotation
from annotator.tui.app import AnnotatorApp
from annotator.tui.claims.screen import ClaimsScreen
from annotator.tui.dialogs.export import ExportDialog
from annotator.tui.keys.keymap import Keymap, shown
from annotator.tui.reader.article.view import ArticleView
from annotator.tui.reader.screen import ReaderScreen

_PAUSE = 0.2  # seconds between two looks at what was done


class TourState:
    """What the reader has done so far, and what is on the screen."""

    def __init__(self, app: AnnotatorApp) -> None:
        self.screen: Screen[Any] = app.screen
        self._history = app.context.edits.history

    @property
    def text(self) -> ArticleView | None:
        """The text of the article, if nothing is over it."""
        texts = self.screen.query(ArticleView) if self.shows(ReaderScreen) else ()
        return next(iter(texts), None)

    @property
    def marks(self) -> tuple[Annotation, ...]:
        """The marks as each edit left them."""
        return tuple(mark for step in self._history.done for mark in getattr(step, "after", ()))

    @property
    def has_undone(self) -> bool:
        """Whether something was undone, and nothing done since."""
        return self._history.next_redo is not None

    def shows(self, kind: type[Screen[Any]]) -> bool:
        """Whether a screen of this kind is in front."""
        return isinstance(self.screen, kind)


class TourStep(NamedTuple):
    """What to do, with the ids of its keys in braces, and whether it was done."""

    words: str
    is_done: Callable[[TourState], object]


STEPS = (
    TourStep(
        "{read.page-down} reads on, {read.page-up} goes back. Read on for a page."
        " {reader.back} ends the tour at any time.",
        lambda now: now.text and now.text.scroll_offset.y,
    ),
    TourStep(
        "{view.sentence-mode} takes you from sentence to sentence: marks are made there.",
        lambda now: now.text and now.text.mode == "sentence",
    ),
    TourStep(
        "{sentence.down} and {sentence.up} choose a sentence that can be checked."
        " {sentence.mark} keeps it as a claim.",
        lambda now: now.marks,
    ),
    TourStep(
        "{mark.tags} gives the claim a tag, to find it by its topic. Type a word, then Enter.",
        lambda now: any(mark.tags for mark in now.marks),
    ),
    TourStep(
        "{reader.claims} lists the marks of all your articles.",
        lambda now: now.shows(ClaimsScreen),
    ),
    TourStep(
        "{claims.status} judges the claim: was it right? Choose with ↓, then Enter.",
        lambda now: any(mark.status not in (None, "open") for mark in now.marks),
    ),
    TourStep("{claims.back} goes back to the text.", lambda now: now.shows(ReaderScreen)),
    TourStep(
        "{reader.export} writes articles and marks as notes, for Obsidian and others."
        " Look at what it would write.",
        lambda now: now.shows(ExportDialog),
    ),
    TourStep("{dialog.leave} leaves this without writing.", lambda now: now.shows(ReaderScreen)),
    TourStep(
        "{reader.undo} takes back the last change, whatever it was.",
        lambda now: now.has_undone,
    ),
    TourStep(
        "That is all you need. {program.help} shows the other keys, {program.palette} finds"
        " everything by its name. {reader.back} ends the tour; nothing of it is kept.",
        lambda _: False,
    ),
)


class TourLine(Static):
    """The line above a screen that says what to do."""


class TourApp(AnnotatorApp):
    """Shows a library that is there for the tour alone, with one article open."""

    def on_mount(self) -> None:
        """Begin with the first step."""
        self._steps = iter(enumerate(STEPS, start=1))
        self._number, self._step = next(self._steps)
        self.set_interval(_PAUSE, self._look)

    def _look(self) -> None:
        """Go on to the next step if this one was done, and show it above whatever is open."""
        if self._step.is_done(TourState(self)):
            self._number, self._step = next(self._steps)
        words = Content.assemble(
            (f"Tour, {self._number} of {len(STEPS)}  ", "$quiet"),
            *_styled(self._step.words, self.context.keymap),
        )
        for line in self.screen.query(TourLine):
            line.update(words)
            return
        if self.screen.is_mounted:
            self.screen.mount(TourLine(words))


def _styled(words: str, keymap: Keymap) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a sentence, with the keys as they are set in place of their ids."""
    for at, piece in enumerate(re.split(r"\{(.+?)\}", words)):
        yield (shown(keymap.key(piece)), "bold $primary") if at % 2 else (piece, "")
