"""What the mouse does in an article: wheel, click on a mark, drag to select."""

from textual import events

from annotator.reading.layout.engine import Place
from annotator.reading.navigation.cursor import Cursor
from annotator.reading.navigation.units import Unit
from annotator.tui.reader.article.link_hints import LinkedView
from annotator.tui.reader.article.messages import MarkOpened

_UNITS_OF_CLICKS: dict[int, Unit] = {2: "word", 3: "sentence", 4: "paragraph"}


class MouseView(LinkedView):
    """An article that the mouse points at."""

    def __init__(self, *, width: int) -> None:
        super().__init__(width=width)
        self._pressed: int | None = None  # the offset that a drag began at
        self._has_dragged = False

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where a drag may begin."""
        if event.button == 1 and not self._is_on_note(event):
            self._pressed = self._offset_under(event)
            self._has_dragged = False
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select from where the button went down."""
        if self._pressed is None:
            return
        offset = self._offset_under(event)
        if offset == self._pressed and not self._has_dragged:
            return
        self._has_dragged = True
        if self.mode != "caret":
            self._enter("caret")
        self._move(Cursor("caret", offset).selecting("character", self._pressed))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End a drag."""
        del event
        self._pressed = None
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Choose the mark under a click, open it at the second; select words by clicking twice."""
        if self._has_dragged or event.button != 1 or self._is_on_note(event):
            return
        offset = self._offset_under(event)
        marks = self._highlights.at(offset) if self._is_on_text(event) else ()
        if marks:
            self._click_mark(marks[0].id, offset)
        elif event.chain in _UNITS_OF_CLICKS:
            self._enter("caret")
            self._move(Cursor("caret", offset).selecting(_UNITS_OF_CLICKS[event.chain]))
        elif self.mode == "read":
            self._choose(None)
            self._click_link(event, offset)
        else:
            self._move(self._cursor.released().at(offset))

    def _click_mark(self, identity: str, offset: int) -> None:
        if identity == self.current_mark:
            self.post_message(MarkOpened(identity))
        if self.mode != "read":
            self._move(self._cursor.released().at(offset))
        self._choose(identity)

    def _click_link(self, event: events.Click, offset: int) -> None:
        """Follow the link under a click, or close the footnote that one left open."""
        link = self._link_at(offset) if self._is_on_letter(event, offset) else None
        if link is not None:
            self._follow(link)
        else:
            self._open_note(None)

    def _is_on_letter(self, event: events.Click, offset: int) -> bool:
        """Tell whether a click hit a letter, or the label of a footnote before its first one."""
        place, under = self._layout.place(offset), self._place_under(event)
        if place.line != under.line:
            return False
        first, last = self._layout.grapheme(offset)
        width = self._layout.text_of(self.article.block_at(offset)).cells(
            *(each - self.article.starts[self.article.block_at(offset)] for each in (first, last))
        )
        return place.column <= under.column < place.column + width or under.column < place.column

    def _offset_under(self, event: events.MouseEvent) -> int:
        return self._layout.offset_at(self._place_under(event))

    def _is_on_text(self, event: events.MouseEvent) -> bool:
        place = self._place_under(event)
        return bool(self._layout.row(place.line).fragments) and place.column >= -self._margin

    def _place_under(self, event: events.MouseEvent) -> Place:
        line = self.scroll_offset.y + event.y
        row = self._layout.row(line)
        shift = self._shifts[row.block] if row.window else 0
        return Place(line, event.x - self._left + shift)
