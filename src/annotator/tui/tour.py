"""The tour: on a sample article the reader presses each key of the main job once.

A line above every screen says what to press and why, and moves on when that was done.
"""

import re
from collections.abc import Callable, Iterator

from textual.content import Content
from textual.widgets import Static

from annotator.model import Annotation
from annotator.tui.app import AnnotatorApp
from annotator.tui.claims.screen import ClaimsScreen
from annotator.tui.dialogs.export import ExportDialog
from annotator.tui.keys.keymap import Keymap
from annotator.tui.reader.article.view import ArticleView
from annotator.tui.reader.screen import ReaderScreen

_PAUSE = 0.2  # seconds between two looks at what was done


def _text(app: AnnotatorApp) -> ArticleView | None:
    """Return the text of the article, if nothing is over it."""
    texts = app.screen.query(ArticleView) if isinstance(app.screen, ReaderScreen) else ()
    return next(iter(texts), None)


def _marks(app: AnnotatorApp) -> Iterator[Annotation]:
    """Yield the marks as each edit left them."""
    for step in app.context.edits.history.done:
        yield from getattr(step, "after", ())


# What to do, with the ids of its keys in braces, and whether it was done.
STEPS: tuple[tuple[str, Callable[[AnnotatorApp], object]], ...] = (
    (
        "{read.page-down} reads on. {reader.back} ends the tour at any time.",
        lambda app: (text := _text(app)) and text.scroll_offset.y,
    ),
    (
        "{view.sentence-mode} takes you from sentence to sentence: marks are made there.",
        lambda app: (text := _text(app)) and text.mode == "sentence",
    ),
    (
        "{sentence.down} and {sentence.up} choose a sentence. {sentence.mark} marks it as a claim.",
        lambda app: any(_marks(app)),
    ),
    (
        "{mark.tags} gives the claim a tag, to find it by its topic. Type a word, then Enter.",
        lambda app: any(mark.tags for mark in _marks(app)),
    ),
    (
        "{reader.claims} lists the marks of all your articles.",
        lambda app: isinstance(app.screen, ClaimsScreen),
    ),
    (
        "{claims.status} judges the claim: was it right? Choose with ↓, then Enter.",
        lambda app: any(mark.status not in (None, "open") for mark in _marks(app)),
    ),
    ("{claims.back} goes back to the text.", _text),
    (
        "{reader.export} writes marks as notes, for Obsidian and others. Look at what it asks.",
        lambda app: isinstance(app.screen, ExportDialog),
    ),
    ("{dialog.leave} leaves this without writing.", _text),
    (
        "{reader.undo} takes back the last change, whatever it was.",
        lambda app: app.context.edits.history.next_redo is not None,
    ),
    (
        "That’s all. {program.help} shows all keys. {reader.back} ends the tour; nothing is kept.",
        lambda _: False,
    ),
)


class TourLine(Static):
    """The line above a screen that says what to do."""


class TourApp(AnnotatorApp):
    """Shows a library that is there for the tour alone, with one article open."""

    def on_mount(self) -> None:
        self._steps = iter(enumerate(STEPS, start=1))
        self._number, (self._words, self._is_done) = next(self._steps)
        self.set_interval(_PAUSE, self._look)

    def _look(self) -> None:
        """Go on to the next step if this one was done, and show it above whatever is open."""
        if self._is_done(self):
            self._number, (self._words, self._is_done) = next(self._steps)
        words = Content.assemble(
            (f"Tour, {self._number} of {len(STEPS)}  ", "$quiet"),
            *_styled(self._words, self.context.keymap),
        )
        for line in self.screen.query(TourLine):
            line.update(words)
            return
        if self.screen.is_mounted:
            self.screen.mount(TourLine(words))


def _styled(words: str, keymap: Keymap) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a sentence, with the keys as they are set in place of their ids."""
    for at, piece in enumerate(re.split(r"\{(.+?)\}", words)):
        yield (keymap.shown(piece), "bold $primary") if at % 2 else (piece, "")
