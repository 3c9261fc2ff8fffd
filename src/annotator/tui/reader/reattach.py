"""A mark in hand: taken from where it was, until it is put on another passage or left there."""

from functools import partial

from msgspec import Struct

from annotator.model import Annotation, Span
from annotator.tui.context import AppContext
from annotator.tui.keys.keymap import shown
from annotator.tui.lists.text_fit import fit
from annotator.tui.notifications import tell
from annotator.tui.reader.screen import ArticleScreen
from annotator.usecases import annotate

_WORDS = 24  # cells of its words in the bottom line
_QUOTE = 40  # and in a toast


class MarkTarget(Struct, frozen=True):
    """What one comes to an article for: a mark, where it is or may be, and to put it elsewhere."""

    mark: Annotation
    offset: int
    is_in_hand: bool = False


class MarkReattacher:
    """What a person does who puts a mark elsewhere: a passage is chosen as for a new mark."""

    def __init__(self, screen: ArticleScreen, context: AppContext) -> None:
        self._screen = screen
        self._app_context = context
        self._mark: Annotation | None = None

    @property
    def has_mark(self) -> bool:
        """Whether there is a mark in hand."""
        return self._mark is not None

    def adjust(self, mark: Annotation, span: Span) -> None:
        """Take a mark in hand with its passage selected, so that the ends of it can be moved."""
        self._hold(mark)
        self._screen.pane.text.show_selection(span)

    def take(self, mark: Annotation, offset: int) -> None:
        """Take a mark in hand, and begin to look for its passage at `offset`."""
        self._hold(mark)
        pane = self._screen.pane
        pane.text.go_to(offset)
        if pane.text.mode != "sentence":
            pane.text.action_toggle_mode("sentence")

    async def put(self, span: Span) -> None:
        """Put the mark in hand on a passage."""
        mark, article = self._mark, self._screen.opened.article
        if mark is None:
            return
        self._let_go()
        now = self._app_context.now()
        story = partial(annotate.move, self._app_context.library, mark, article, span, now=now)
        await self._screen.marking.change(story)
        undo = shown(self._app_context.keymap.key("reader.undo"))
        words = fit(_in_a_line(span.of(article.text)), _QUOTE)
        tell(self._screen, f"The mark is on “{words}” now. Press {undo} to undo.")

    def leave(self) -> None:
        """Leave the mark where it was."""
        if self._mark is not None:
            self._let_go()
            tell(self._screen, "The mark stays as it was.")

    def _hold(self, mark: Annotation) -> None:
        self._mark = mark
        pane = self._screen.pane
        pane.in_hand = f"“{fit(_in_a_line(mark.quote), _WORDS)}”"
        pane.text.focus()

    def _let_go(self) -> None:
        self._mark = None
        pane = self._screen.pane
        pane.in_hand = ""
        if pane.text.mode != "read":
            pane.text.action_toggle_mode(pane.text.mode)


def _in_a_line(words: str) -> str:
    return " ".join(words.split())
