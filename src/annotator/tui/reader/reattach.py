"""Moving a mark to another passage."""

from annotator.model import Annotation, Orphan, Span
from annotator.tui.context import AppContext
from annotator.tui.frame.opening import MarkTarget
from annotator.tui.lists.text_fit import truncate
from annotator.tui.notifications import short_quote
from annotator.tui.reader.session import ReadingSession
from annotator.tui.reader.ui import ReaderUI, SessionActions
from annotator.usecases.marks import annotate

_QUOTE_WIDTH = 24  # cells of the mark's quote in the status bar


class MarkReattacher(SessionActions):
    """Moves a mark: its new passage is chosen like that of a new mark."""

    def __init__(self, session: ReadingSession, ui: ReaderUI, context: AppContext) -> None:
        super().__init__(session, ui, context)
        self._mark: Annotation | None = None

    @property
    def has_mark(self) -> bool:
        """Whether a mark is being moved."""
        return self._mark is not None

    def adjust(self, mark: Annotation, span: Span) -> None:
        """Start to move a mark, with its passage selected, so that the ends can be moved."""
        self._start(mark)
        self._ui.pane.text.selection.select(span)

    def go_to_mark(self, mark_id: str) -> None:
        """Go to a mark, or to where it may have been; if the article has no such mark, nowhere."""
        opened = self._session.opened
        placed = next((mark for mark in opened.placed if mark.annotation.id == mark_id), None)
        if placed is not None:
            guess = placed.place.best_guess if isinstance(placed.place, Orphan) else placed.span
            position = placed.annotation.target.position.start
            offset = guess.start if guess else min(position, len(opened.article.text))
            self.go_to(MarkTarget(placed.annotation, offset))

    def go_to(self, target: MarkTarget) -> None:
        """Go to a mark, and start to move it if that is what the target is for."""
        if target.is_moving:
            self._start(target.mark)
            text = self._ui.pane.text
            text.go_to(target.offset)
            if text.mode != "sentence":
                text.enter("sentence")
            return
        placed = self._session.marks.find(target.mark.id)
        if placed is not None and placed.span is not None:
            self._ui.jump_to_mark(target.mark.id, placed.span.start)
        else:
            self._ui.go_to(target.offset)
            self._ui.hint("The words of this mark are not in the text any more.")

    async def put(self, span: Span) -> None:
        """Move the mark to a passage."""
        mark, article = self._mark, self._session.article
        if mark is None:
            return
        self._stop()
        await self._edits.make(annotate.move, mark, article, span)
        undo = self._key_of("reader.undo")
        words = short_quote(span.of(article.text))
        self._ui.tell(f"Mark moved to {words}. Press {undo} to undo.")

    def cancel(self) -> None:
        """Leave the mark where it is."""
        if self._mark is not None:
            self._stop()
            self._ui.tell("The mark stays as it was.")

    def _start(self, mark: Annotation) -> None:
        self._mark = mark
        words = " ".join(mark.quote.split())
        self._ui.pane.show_moving(f"“{truncate(words, _QUOTE_WIDTH)}”")

    def _stop(self) -> None:
        self._mark = None
        self._ui.pane.show_moving("")
        if self._ui.pane.text.mode != "read":
            self._ui.pane.text.enter("read")
