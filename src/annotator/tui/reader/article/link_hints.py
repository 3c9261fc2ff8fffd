"""Follows links by their numbers or by clicks, and shows footnotes at the bottom of the screen.

The mouse also opens marks, and selects by dragging.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.strip import Strip

from annotator.model import Article
from annotator.reading.layout.row import Decoration, TextRow
from annotator.reading.navigation.article_links import (
    LinkHint,
    TextLink,
    link_at,
    links_in,
    note_blocks,
)
from annotator.reading.navigation.units import Unit
from annotator.tui.reader.article.painter import Painter
from annotator.tui.reader.article.scene import Overlay, PaintedMark
from annotator.tui.reader.article.selection import Selection
from annotator.tui.reader.article.viewport import EMPTY, Viewport

if TYPE_CHECKING:
    from textual.filter import LineFilter

MOST = 99  # links that get a number: two digits cover two letters
POPUP_SHARE = 2  # a footnote takes at most half of the screen, so that its place stays in view
RULE = 12  # cells of the line above a footnote, as in print
CONTINUED = "…"
_UNITS_OF_CLICKS: dict[int, Unit] = {2: "word", 3: "sentence", 4: "paragraph"}


class LinkHints:
    """Numbers over the links on the screen. Typing a number follows its link.

    `changed` is called when they appear or disappear, `follow` with a chosen link.
    """

    def __init__(
        self, viewport: Viewport, changed: Callable[[], None], follow: Callable[[TextLink], None]
    ) -> None:
        self.hints: tuple[LinkHint, ...] = ()
        self._viewport = viewport
        self._changed = changed
        self._follow = follow
        self._links: tuple[TextLink, ...] = ()
        self.typed = ""

    @property
    def is_open(self) -> bool:
        """Whether links show their numbers."""
        return bool(self._links)

    def open(self) -> bool:
        """Show numbers over the links on the screen; return whether there are any."""
        article, visible = self._viewport.article, self._viewport.visible
        links = links_in(article, visible)[:MOST] if len(visible) else ()
        digits = len(str(len(links)))
        self._show(
            links,
            tuple(
                LinkHint(
                    max(link.span.start, visible.start),
                    str(number).zfill(digits),
                    is_before=link.back is not None,
                )
                for number, link in enumerate(links, start=1)
            ),
        )
        return bool(links)

    def close(self) -> None:
        """Show the letters below the numbers again."""
        self._show((), ())

    def take_key(self, event: events.Key) -> bool:
        """Take a key of a number, while numbers are shown; return whether it is used up.

        Any other key closes the hints. All but Escape then do what they usually do.
        """
        if not self._links:
            return False
        if event.key == "backspace" and self.typed:
            self.typed = self.typed[:-1]
            self._changed()
            return True
        if event.key.isdigit():
            self.typed += event.key
            if len(self.typed) < len(str(len(self._links))):
                self._changed()
                return True
        elif event.key != "enter" or not self.typed:
            self.close()
            return event.key == "escape"
        number, links = int(self.typed), self._links
        self.close()
        if 1 <= number <= len(links):
            self._follow(links[number - 1])
        return True

    def _show(self, links: tuple[TextLink, ...], hints: tuple[LinkHint, ...]) -> None:
        if links != self._links:
            self._links, self.hints, self.typed = links, hints, ""
            self._changed()


class FootnotePopup:
    """A footnote over the last lines of the screen.

    `changed` is called when it opens or closes, `jump_to` with its place in the article.
    """

    def __init__(
        self, viewport: Viewport, changed: Callable[[], None], jump_to: Callable[[int], None]
    ) -> None:
        self._viewport = viewport
        self._changed = changed
        self._jump_to = jump_to
        self._block: int | None = None  # the first one of the footnote, while it is open
        self._article = EMPTY
        self._top = 0  # the line of the screen at which it begins

    @property
    def is_open(self) -> bool:
        """Whether a footnote is shown."""
        return self._block is not None

    def open(self, block: int) -> None:
        """Show the footnote that begins with a block of the article."""
        article = self._viewport.article
        note = note_blocks(article, block)
        self._article = Article("", "", "", blocks=article.blocks[note.start : note.stop])
        self._block = block
        self._changed()

    def close(self) -> None:
        """Show the text below the footnote again."""
        if self._block is not None:
            self._block = None
            self._changed()

    def take_key(self, event: events.Key) -> bool:
        """Close the open footnote with Escape, or go to it with Enter; return whether it did."""
        block = self._block
        if block is None or event.key not in {"enter", "escape"}:
            return False
        self.close()
        if event.key == "enter":
            self._jump_to(self._viewport.article.starts[block])
        return True

    @property
    def top(self) -> int | None:
        """The line of the screen at which the footnote begins, while it is open."""
        return self._top if self.is_open else None

    def covers(self, y: int) -> bool:
        """Return whether the footnote covers a line of the screen."""
        return self._block is not None and y >= self._top

    def draw_over(
        self,
        strips: Sequence[Strip],
        lines: range,
        painter: Painter,
        filters: "Sequence[LineFilter]",
    ) -> list[Strip]:
        """Return lines of the screen with those of the open footnote over them."""
        note = self._strips(painter)
        for line_filter in filters:
            note = [strip.apply_filter(line_filter, painter.background) for strip in note]
        self._top = self._viewport.size.height - len(note)
        return [
            note[y - self._top] if y >= self._top else strip
            for y, strip in zip(lines, strips, strict=True)
        ]

    def _strips(self, painter: Painter) -> list[Strip]:
        layout, painter = painter.of(self._article)
        room = max(1, self._viewport.size.height // POPUP_SHARE - 1)
        rows = [layout.row(line) for line in range(layout.height)]
        if len(rows) > room:
            sign = Decoration(CONTINUED, layout.width - len(CONTINUED), "byline")
            rows = [*rows[: room - 1], TextRow((), (sign,))]
        rule = TextRow((), (Decoration("─" * min(RULE, layout.width), 0, "separator"),))
        return [painter.strip(row, Overlay()) for row in (rule, *rows)]


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
