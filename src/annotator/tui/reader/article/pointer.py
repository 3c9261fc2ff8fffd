"""The mouse in an article: clicks on marks and links, and selecting by dragging."""

from textual import events

from annotator.reading.navigation.article_links import TextLink, link_at
from annotator.reading.navigation.units import Unit
from annotator.tui.reader.article.link_hints import FootnotePopup
from annotator.tui.reader.article.scene import PaintedMark
from annotator.tui.reader.article.selection import Selection
from annotator.tui.reader.article.viewport import Viewport

_UNITS_OF_CLICKS: dict[int, Unit] = {2: "word", 3: "sentence", 4: "paragraph"}


class PointerInput:
    """Turns what the mouse does into selections, and into links and marks that were hit."""

    def __init__(self, viewport: Viewport, selection: Selection, popup: FootnotePopup) -> None:
        self._viewport = viewport
        self._selection = selection
        self._popup = popup
        self._pressed: int | None = None  # the place at which a drag began
        self._has_dragged = False

    def press(self, event: events.MouseDown) -> bool:
        """Begin what may become a drag; return whether it can."""
        if event.button != 1 or self._popup.covers(event.y):
            return False
        self._pressed, self._has_dragged = self._offset(event), False
        return True

    def drag(self, event: events.MouseMove) -> None:
        """Select from where the button was pressed."""
        if self._pressed is None:
            return
        offset = self._offset(event)
        if offset != self._pressed or self._has_dragged:
            self._has_dragged = True
            self._selection.select_between(self._pressed, offset)

    def release(self) -> None:
        """End a drag."""
        self._pressed = None

    def removal(self, event: events.Click) -> int | None:
        """Return the index of the removed passage that a click hit."""
        if self._has_dragged or self._popup.covers(event.y):
            return None
        return self._viewport.removal_at(event.y)

    def click(self, event: events.Click) -> TextLink | PaintedMark | None:
        """Move the selection to a click; return the link to follow or the mark to open, if any.

        A first click on a mark chooses it, a second one opens it.
        """
        if self._has_dragged or event.button != 1 or self._popup.covers(event.y):
            return None
        selection, offset = self._selection, self._offset(event)
        is_on_text = self._viewport.is_text_at(event.x, event.y)
        mark = next(iter(selection.marks.at(offset)), None) if is_on_text else None
        if mark is not None:
            return self._click_mark(mark, offset)
        if event.chain in _UNITS_OF_CLICKS:
            selection.select_unit(_UNITS_OF_CLICKS[event.chain], offset)
        elif selection.mode == "read":
            selection.choose(None)
            return self._click_link(event, offset)
        else:
            selection.release_at(offset)
        return None

    def _click_mark(self, mark: PaintedMark, offset: int) -> PaintedMark | None:
        current = self._selection.current_mark
        if self._selection.mode != "read":
            self._selection.release_at(offset)
        self._selection.choose(mark.id)
        return mark if current and current.id == mark.id else None

    def _click_link(self, event: events.Click, offset: int) -> TextLink | None:
        """Return the link under a click; without one, close the footnote that is open."""
        is_on_letter = self._viewport.is_letter_at(offset, event.x, event.y)
        link = link_at(self._viewport.article, offset) if is_on_letter else None
        if link is None:
            self._popup.close()
        return link

    def _offset(self, event: events.MouseEvent) -> int:
        return self._viewport.layout.offset_at(self._viewport.place_at(event.x, event.y))
