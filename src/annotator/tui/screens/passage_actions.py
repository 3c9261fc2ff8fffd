"""Passages put back into the article and taken out of it; the screen then shows what it is."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from textual.screen import Screen

from annotator.model import Article
from annotator.tui.desk import Desk
from annotator.tui.keymap import shown
from annotator.tui.screens.mark_actions import MarkActions, quoted
from annotator.tui.screens.marking import Marking
from annotator.tui.toasts import hint, tell
from annotator.tui.widgets.reading_pane import ReadingPane
from annotator.usecases.opening import OpenArticle, open_article


class PassageActions:
    """The story behind each key that changes what the article holds.

    `turn` hears of the article whenever it is another version.
    """

    def __init__(
        self,
        screen: Screen[Any],
        desk: Desk,
        marks: MarkActions,
        marking: Marking,
        *,
        opened: OpenArticle,
        turn: Callable[[OpenArticle], None],
    ) -> None:
        self._screen = screen
        self._desk = desk
        self._marks = marks
        self._marking = marking
        self._opened = opened
        self._turn = turn

    async def do(self, what: str) -> None:
        """Do what the key means, with what is under the cursor."""
        from annotator.usecases.choosing import put_back, take_out

        pane = self._screen.query_one(ReadingPane)
        library, article, now = self._desk.library, self._opened.article, self._desk.now()
        at, passage = pane.text.current_removed, pane.text.passage
        if what == "put_back" and at is not None:
            removal = self._opened.extraction.removals[at]
            story = partial(put_back, library, article.id, removal, now=now)
        elif what == "take_out" and passage is not None:
            block = article.block_at(passage.start)
            story = partial(take_out, library, article.id, block, now=now)
        else:
            self._hint(what)
            return
        choice = await self._marking.choose(story)
        await self._follow()
        undo = shown(self._desk.keymap.key("reader.undo"))
        tell(self._screen, f"{choice.name}: {quoted(choice.words)}. Press {undo} to undo.")

    async def step(self, step: str) -> None:
        """Undo or redo, whatever it was."""
        await (self._marks.undo() if step == "undo" else self._marks.redo())
        await self._follow()

    async def _follow(self) -> None:
        """Show the current version of the article, at the same place, if it is another one."""
        library, article = self._desk.library, self._opened.article
        record = await asyncio.to_thread(library.record, article.id)
        if record.revision != article.revision:
            self._show(await asyncio.to_thread(open_article, library, article.id))

    def _show(self, turned: OpenArticle) -> None:
        pane = next(iter(self._screen.query(ReadingPane)), None)
        if pane is None:  # the reader has left meanwhile
            return
        known, self._opened = self._opened.article, turned
        mode, passage = pane.text.mode, pane.text.passage
        offset = moved(pane.text.first_offset, known, turned.article)
        self._turn(turned)
        pane.show(turned, offset=offset)
        self._marks.turn_to(turned)
        self._marking.begin(turned.placed, turned.article)
        if passage is not None:
            pane.text.action_toggle_mode(mode)
            pane.text.go_to(moved(passage.start, known, turned.article))

    def _hint(self, what: str) -> None:
        names = ("read.next-removed", "view.sentence-mode")
        removed, choose = (shown(self._desk.keymap.key(name)) for name in names)
        if what == "put_back":
            hint(self._screen, f"Press {removed} to go to what was removed.")
        else:
            hint(self._screen, f"Press {choose} to choose a sentence; its paragraph is taken out.")


def moved(offset: int, before: Article, after: Article) -> int:
    """Return where a place is in a version of the article that has one passage more or less."""
    if before.text[:offset] == after.text[:offset]:
        return offset
    return max(0, offset + len(after.text) - len(before.text))
