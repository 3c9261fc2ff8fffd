"""Links by number and by click, and footnotes that open at the foot of the screen."""

from textual import events
from textual.geometry import Region
from textual.strip import Strip

from annotator.model import Article
from annotator.reading.navigation.article_links import Hint, Link, link_at, links_in
from annotator.tui.reader.article.caret import CaretView
from annotator.tui.reader.article.foot import Foot
from annotator.tui.reader.article.messages import DoingChanged, LinkFollowed

MOST = 99  # links that get a number: two digits cover two letters

_TAKE, _DROP, _BACK = "enter", "escape", "backspace"  # of every list and field


class LinkedView(CaretView):
    """An article whose links lead somewhere. A footnote opens without leaving the place."""

    def __init__(self, *, width: int) -> None:
        super().__init__(width=width)
        self._links: tuple[Link, ...] = ()  # those that are numbered now
        self._typed = ""
        self._foot: Foot | None = None
        self._foot_top = 0  # the line of the screen that an open footnote begins on

    @property
    def doing(self) -> str:
        """The mode; or that links show their numbers, or that a footnote is open."""
        if self._links:
            return "links"
        return "note" if self._foot else self.mode

    def show(self, article: Article, *, offset: int = 0) -> None:
        """Show another article, with no link numbered and no footnote open."""
        self._number(())
        self._open_note(None)
        super().show(article, offset=offset)

    def action_links(self) -> None:
        """Show the numbers of the links on the screen; a number then follows one."""
        visible = self._visible()
        links = links_in(self.article, visible)[:MOST] if len(visible) else ()
        if links:
            self._number(links)
        else:
            self.post_message(LinkFollowed(None))

    def jump_to(self, offset: int) -> None:
        """Go to a place that is somewhere else."""
        self.go_to(offset)

    def on_key(self, event: events.Key) -> None:
        """Take the number of a link, and the keys of an open footnote."""
        is_taken = self._take_number(event.key) if self._links else self._take_of_note(event.key)
        if is_taken:
            event.stop()
            event.prevent_default()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Let go of numbers and note with the place that they belong to."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._number(())
            self._open_note(None)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return visible lines, the last of them those of an open footnote."""
        strips = super().render_lines(crop)
        if self._foot is None:
            return strips
        lines = self._foot.lines(self._ready, self.size.height)
        for line_filter in self.get_line_filters():
            lines = [line.apply_filter(line_filter, self._ground) for line in lines]
        top = self._foot_top = self.size.height - len(lines)
        return [
            lines[y - top].crop(*crop.column_span) if y >= top else strip
            for y, strip in zip(crop.line_range, strips, strict=True)
        ]

    def _is_on_note(self, event: events.MouseEvent) -> bool:
        """Tell whether the mouse is on an open footnote, which covers the text below it."""
        return self._foot is not None and event.y >= self._foot_top

    def _follow(self, link: Link) -> None:
        """Open a footnote, go back from one, or let the screen open an address."""
        if link.back is not None:
            self.jump_to(link.back)
        elif link.note is not None:
            self._open_note(Foot(self.article, link.note))
        else:
            self.post_message(LinkFollowed(link.href))

    def _link_at(self, offset: int) -> Link | None:
        return link_at(self.article, offset)

    def _number(self, links: tuple[Link, ...]) -> None:
        if links == self._links:
            return
        self._links, self._typed = links, ""
        visible = self._visible()
        digits = len(str(len(links)))
        self._hints = tuple(
            Hint(
                max(link.span.start, visible.start),
                str(number).zfill(digits),
                is_before=link.back is not None,
            )
            for number, link in enumerate(links, start=1)
        )
        self._draw()
        self.post_message(DoingChanged())

    def _take_number(self, key: str) -> bool:
        """Follow the link whose number is whole; at a key of another kind let go of them all."""
        if key.isdigit() or (key == _BACK and self._typed):
            self._typed = self._typed[:-1] if key == _BACK else self._typed + key
            if len(self._typed) < len(str(len(self._links))):
                return True
        elif key != _TAKE or not self._typed:
            self._number(())
            return key == _DROP
        chosen, links = int(self._typed), self._links
        self._number(())
        if 1 <= chosen <= len(links):
            self._follow(links[chosen - 1])
        return True

    def _take_of_note(self, key: str) -> bool:
        """Close the open footnote, or go to where it stands in the text."""
        foot = self._foot
        if foot is None or key not in {_TAKE, _DROP}:
            return False
        self._open_note(None)
        if key == _TAKE:
            self.jump_to(self.article.starts[foot.first])
        return True

    def _open_note(self, foot: Foot | None) -> None:
        if foot is self._foot:
            return
        self._foot = foot
        self.refresh()
        self.post_message(DoingChanged())
