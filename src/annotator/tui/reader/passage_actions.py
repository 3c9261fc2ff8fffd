"""Passages put back into the article and taken out of it; the screen then shows what it is."""

from functools import partial

from annotator.tui.context import AppContext
from annotator.tui.keys.keymap import shown
from annotator.tui.notifications import hint, quoted, tell
from annotator.tui.reader.screen import ArticleScreen
from annotator.usecases.choosing import put_back, take_out


class PassageActions:
    """The story behind each key that changes what the article holds."""

    def __init__(self, screen: ArticleScreen, context: AppContext) -> None:
        self._screen = screen
        self._app_context = context

    async def do(self, what: str) -> None:
        """Do what the key means, with what is under the cursor."""
        opened, text = self._screen.opened, self._screen.pane.text
        library, article, now = self._app_context.library, opened.article, self._app_context.now()
        at, passage = text.current_removed, text.passage
        if what == "put_back" and at is not None:
            removal = opened.extraction.removals[at]
            story = partial(put_back, library, article.id, removal, now=now)
        elif what == "take_out" and passage is not None:
            block = article.block_at(passage.start)
            story = partial(take_out, library, article.id, block, now=now)
        else:
            self._hint(what, is_open=text.is_unfolded)
            return
        choice = await self._screen.marking.choose(story)
        await self._screen.reopen()
        undo = shown(self._app_context.keymap.key("reader.undo"))
        tell(self._screen, f"{choice.name}: {quoted(choice.words)}. Press {undo} to undo.")

    def _hint(self, what: str, *, is_open: bool) -> None:
        names = ("view.removed", "removed.next", "view.sentence-mode")
        fold, removed, choose = (shown(self._app_context.keymap.key(name)) for name in names)
        if what == "put_back" and not is_open:
            hint(self._screen, f"Press {fold} to fold open what was removed.")
        elif what == "put_back":
            hint(self._screen, f"Press {removed} to go to what was removed.")
        else:
            hint(self._screen, f"Press {choose} to choose a sentence; its paragraph is taken out.")
