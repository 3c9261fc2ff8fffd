"""The reading view: an article to read, to move through and to mark."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from annotator.model import Article, Removal, Span
from annotator.reading.navigation.article_links import TextLink, link_at
from annotator.reading.navigation.motions import Mode
from annotator.tui.frame.notifications import hint
from annotator.tui.keys.groups import bindings, keys_of, places_of_actions
from annotator.tui.messages import LaidOut
from annotator.tui.reader.article import messages
from annotator.tui.reader.article.code_highlighter import CodeHighlighter
from annotator.tui.reader.article.image_layer import ImageLayer, draw_over
from annotator.tui.reader.article.link_hints import FootnotePopup, LinkHints, PointerInput
from annotator.tui.reader.article.motion_actions import LetterPrompt, MotionActions
from annotator.tui.reader.article.navigator import Navigator
from annotator.tui.reader.article.painter import Opening, RowRenderer
from annotator.tui.reader.article.run_styles import style_blender
from annotator.tui.reader.article.scene import PaintedMark, Scene
from annotator.tui.reader.article.selection import Selection
from annotator.tui.reader.article.viewport import Viewport
from annotator.tui.theming import PartStyles

if TYPE_CHECKING:
    from annotator.reading.layout.visual_order import VisualOrder
    from annotator.tui.reader.images import Picture

DEFAULT_WIDTH = 72  # characters in a line: the upper end of what Bringhurst finds readable
MAX_COUNT = 9999  # before a motion; a greater one comes from a key that is stuck

_NEEDS_A_MARK = {"open_mark", "leave_mode"}  # while reading; otherwise the screen has their keys

# Those that stand for a removed passage come before those of reading.
VIEW_KEYS = keys_of("anywhere", "removed", "read", "sentence", "caret")
_PLACES = places_of_actions(VIEW_KEYS)


class ArticleView(MotionActions, PartStyles, ScrollView, can_focus=True):
    """An article with its marks.

    It is given values by `show…` and reports by messages. The work is done by its
    parts, each of which keeps a state of its own; the first three are there for the screen too:

    - `Viewport`: the layout of the article, and what of it is on the screen
    - `Selection`: the mode, the cursor, the passage and the mark at it
    - `Navigator`: motions in every mode, and jumps to headings, links, marks and matches
    - `LinkHints`, `FootnotePopup`, `PointerInput`: other input than the keys of a mode
    - `ImageLayer`, `CodeHighlighter`: pictures and the colours of code, which come later
    - `RowRenderer`: the lines of the screen, drawn from all this

    A part that changes calls `_update` here. That makes the next `Scene`, has the lines
    drawn again on which it differs from the last one, and posts messages.
    """

    ALLOW_SELECT = False  # a selection consists of the article's letters, not of cells
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(VIEW_KEYS))

    def __init__(self, *, width: int = DEFAULT_WIDTH, shows_worth: bool = False) -> None:
        super().__init__()
        self._images = ImageLayer()
        self.viewport = Viewport(self, width, self._images.sizes, self._redraw)
        self._code = CodeHighlighter(self, self.viewport, self._redraw)
        self._renderer = RowRenderer(
            self.viewport, self._code.colours, self._images.rows, partial(style_blender, self)
        )
        self.selection = Selection(self.viewport, self._update)
        self._prompt = LetterPrompt(self._update)
        self.navigator = Navigator(self.viewport, self.selection, self._update)
        self._hints = LinkHints(self.viewport, self._update, self._follow)
        self._popup = FootnotePopup(self.viewport, self._update, self.jump_to)
        self._pointer = PointerInput(self.viewport, self.selection, self._popup)
        self._shows_worth = shows_worth
        self._loss: int | None = None  # the removed passage to begin with when they are shown
        self._typed_count = 0  # before a motion
        self._sought = ("", 1)
        self._scene = Scene()
        self._reported_mode: Mode = "read"
        self._reported_overlay = ("", "")

    # what is shown

    def show(
        self,
        article: Article,
        *,
        offset: int = 0,
        removals: Sequence[Removal] = (),
        loss: int | None = None,
    ) -> None:
        """Show an article from `offset` on, with no marks yet.

        `loss` is the index of the removed passage to begin with when they are shown.
        """
        self._loss = loss
        self._hints.close()
        self._popup.close()
        self._images.clear()
        self._code.open(article)
        self._scene = Scene()
        self.selection.open(article, offset)
        self.navigator.open()
        self.viewport.open(article, offset, removals)
        self._update()

    def show_as(self, *, width: int, shows_worth: bool, order: "VisualOrder | None") -> None:
        """Show the article as other settings have it, with the same text at the top."""
        self._shows_worth = shows_worth
        self.viewport.set(width, order)

    def show_marks(
        self, marks: Iterable[PaintedMark], *, gone: Iterable[str] | None = None
    ) -> None:
        """Show marks in place of those with the ids `gone`, or else of all shown before."""
        self.selection.show_marks(marks, gone)

    def show_picture(self, article: Article, block: int, picture: "Picture") -> None:
        """Draw a picture above its caption, if its article is still shown."""
        if article is self.article and self.is_attached:
            self._images.put(block, picture)
            self.viewport.fit(again=True)
            self.viewport.reveal_block(block)

    def go_to(self, offset: int) -> None:
        """Bring a place into view, and the cursor to it if there is one."""
        self.selection.go_to(offset)

    def jump_to(self, offset: int, *, mark_id: str | None = None) -> None:
        """Go to a place, choose a mark there, and remember the present place to come back to."""
        self.navigator.jump_to(offset)
        if mark_id is not None:
            self.selection.choose(mark_id)

    def enter(self, mode: Mode) -> None:
        """Change what keys do: scroll, or move a cursor by sentences or letters."""
        self._count = 0
        self.selection.enter(mode)

    # what others ask

    @property
    def article(self) -> Article:
        """The article."""
        return self.viewport.article

    @property
    def first_offset(self) -> int:
        """The offset of the text at the top of the screen."""
        return self.viewport.first_offset

    @property
    def progress(self) -> float:
        """The share of the article that has been scrolled through, from 0 to 1."""
        return self.viewport.progress

    @property
    def mode(self) -> Mode:
        """Whether keys scroll, or move a cursor by sentences or letters."""
        return self.selection.mode

    @property
    def activity(self) -> str:
        """The mode, or what comes before it.

        That is `links` while links show their numbers, `note` with a footnote open, and what a
        letter is awaited for.
        """
        return self._overlay or self.mode

    @property
    def typed(self) -> str:
        """The digits that were typed of a count, or of the number of a link."""
        return self._hints.typed if self._hints.is_open else str(self._count or "")

    @property
    def passage(self) -> Span | None:
        """The passage that a mark would cover now; `None` while reading."""
        return self.selection.passage

    @property
    def is_cursor_low(self) -> bool:
        """Whether the passage at hand is in the lower half of the screen."""
        region = self.viewport.region(self.passage) if self.passage else None
        return region is not None and region.bottom > self.size.height // 2

    @property
    def current_mark(self) -> str | None:
        """The id of the mark that keys act on: under the cursor, or chosen and visible."""
        mark = self.selection.current_mark
        return mark.id if mark else None

    @property
    def current_href(self) -> str:
        """The address of the link gone to last, or under the caret; empty if there is none."""
        caret = self.selection.caret
        link = link_at(self.article, caret.start) if caret else self._pointed_link
        return link.href if link else ""

    @property
    def pointed_href(self) -> str:
        """The address of the link gone to last while reading; empty if there is none."""
        link = self._pointed_link if self.mode == "read" else None
        return link.href if link else ""

    @property
    def _pointed_link(self) -> TextLink | None:
        pointed = self.selection.pointed
        is_seen = pointed is not None and pointed.overlaps(self.viewport.visible)
        return link_at(self.article, pointed.start) if pointed and is_seen else None

    @property
    def opening(self) -> Opening:
        """The screen as it will be when the article is opened at its present place."""
        return self._renderer.opening(self.selection.marks)

    @property
    def cursor_screen_offset(self) -> Offset:
        """The place on the screen of what keys act on, for the terminal's own cursor.

        That is the caret, the sentence or what was jumped to, or else the first line.
        """
        removal, row = self.viewport.current_removal, self._popup.top
        if row is None and removal is not None and self.mode == "read":
            row = self.viewport.row_of_removal(removal)
        if row is not None:
            return self.content_region.offset + Offset(self.viewport.left, row)
        match = self.navigator.match if self.mode == "read" else None
        is_seen = match is not None and match.overlaps(self.viewport.visible)
        place = match.start if match and is_seen else self.selection.search_start
        return self.content_region.offset + self.viewport.cell_of(place)

    # drawing

    def _update(self) -> None:
        """Draw what looks different now, and report what has changed."""
        before, after = self._scene, self._next_scene()
        self._scene = after
        visible = self.viewport.visible
        for span in before.changed(after):
            if span.start <= visible.end and span.end >= visible.start:
                self._redraw(span)
        if before.current != after.current:
            self.post_message(messages.MarkReached(after.current))
        is_other_link = self.mode == "read" and before.selection != after.selection
        if is_other_link or (before.match, before.matches) != (after.match, after.matches):
            self.post_message(messages.SituationChanged())
        if self._reported_overlay != (self._overlay, self._hints.typed):
            self._reported_overlay = self._overlay, self._hints.typed
            self.refresh()
            self.post_message(messages.SituationChanged())
        if self._reported_mode != self.mode:
            self._reported_mode = self.mode
            self.post_message(messages.ModeChanged(self.mode))
            self.refresh_bindings()

    def _next_scene(self) -> Scene:
        selection, navigator = self.selection, self.navigator
        return Scene(
            selection.marks,
            navigator.matches,
            navigator.match,
            self.current_mark,
            sentence=selection.passage if selection.mode == "sentence" else None,
            selection=selection.emphasized,
            caret=selection.caret,
            worthiness=navigator.worthiness if self._shows_worth else None,
            hints=self._hints.hints,
        )

    @property
    def _count(self) -> int:
        return self._typed_count

    @_count.setter
    def _count(self, count: int) -> None:
        if count != self._typed_count:
            self._typed_count = count
            self.post_message(messages.SituationChanged())

    @property
    def _overlay(self) -> str:
        """The activity that comes before the mode, or nothing."""
        if self._prompt.activity:
            return self._prompt.activity
        if self._hints.is_open:
            return "links"
        return "note" if self._popup.is_open else ""

    def _redraw(self, span: Span | None) -> None:
        """Draw the lines of a passage again, or after a change of the layout all lines."""
        if span is None:
            self._renderer.reset()
            self.refresh()
            self._code.look()
        elif region := self.viewport.region(span):
            self.refresh(region)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return visible lines.

        Textual asks for lines before the program draws any. Nobody sees those, so
        that they are blank.
        """
        if not getattr(self.app, "has_started", True):
            return [Strip.blank(crop.width)] * crop.height
        lines, filters = crop.line_range, self.get_line_filters()
        if self.viewport.order is not None:  # so that letters have their order by now
            filters = [line_filter for line_filter in filters if not hasattr(line_filter, "places")]
        strips = self._renderer.strips(self._scene, lines, filters)
        if self._popup.is_open:
            strips = self._popup.draw_over(strips, lines, self._renderer.painter, filters)
        if crop.column_span != (0, self.size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        if self._images.has_hi_res:
            drawing = draw_over(self, self.viewport, self._images)
            self.run_worker(drawing, group="sharpness", exclusive=True)
        return strips

    def notify_style_update(self) -> None:
        """Draw all lines again in another theme."""
        super().notify_style_update()
        self._renderer.reset_styles()

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: FBT001  the signature is Textual's
        """Do nothing: the view looks the same, and its many styles take long to compute."""

    # scrolling

    def set_height(self, lines: int) -> None:
        """Set how many lines there are to scroll through."""
        self.virtual_size = Size(self.size.width, lines)

    def scroll_to_line(self, line: int) -> None:
        """Scroll a line to the top, or as near to it as possible."""
        self.scroll_to(y=line, animate=False, force=True)  # before there is a scrollbar, too

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Adapt to another place in the article, and report it."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) == round(new_value) or not self.viewport.after_scroll():
            return
        self.post_message(messages.PositionChanged(self.first_offset, self.progress))
        self._hints.close()
        self._popup.close()
        if self._scene.current is not None:
            self._update()  # a mark that was chosen may be out of sight
        self._code.look()

    def on_resize(self, event: events.Resize) -> None:
        """Lay the article out for the new size, with the same text at the top."""
        del event
        self.viewport.fit()
        self.post_message(LaidOut())

    def on_unmount(self) -> None:
        """Let the terminal forget the pictures."""
        self._images.clear()

    # keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let a key do only what it means in this mode."""
        places = _PLACES.get(action)
        if places is None:
            return super().check_action(action, parameters)
        if action in _NEEDS_A_MARK and self.mode == "read":
            is_counting_or_found = self._count > 0 or bool(self.navigator.matches)
            can_let_go = is_counting_or_found or self.selection.pointed is not None
            is_on_link = action == "open_mark" and self.selection.pointed is not None
            is_for_here = is_on_link or (action == "leave_mode" and can_let_go)
            return self.current_mark is not None or is_for_here
        if "removed" in places:
            return self.mode == "read" and self.viewport.shows_removals
        return "anywhere" in places or self.mode in places

    def on_key(self, event: events.Key) -> None:
        """Offer a key to what takes it before the mode does, in this order."""
        takers = (self._prompt.take_key, self._hints.take_key, self._popup.take_key)
        if any(take(event) for take in takers):
            event.stop()
            event.prevent_default()

    def action_count(self, digit: int) -> None:
        """Take a digit of the count for the next motion."""
        self._count = min(self._count * 10 + digit, MAX_COUNT)

    # modes

    def action_enter_mode(self, mode: Mode) -> None:
        """Enter a mode, or stay in it; Escape leaves it."""
        if self.mode != mode:
            self.enter(mode)

    def action_leave_mode(self) -> None:
        """Drop the count, the selection or what was found, or else leave the mode or the mark."""
        if self._count:
            self._count = 0
        elif self.navigator.matches and self.mode == "read":
            self.navigator.hide_matches()
        else:
            self.selection.leave()

    # marking

    def action_mark_or_open(self) -> None:
        """Open the mark around the sentence or the bare caret; otherwise mark the passage."""
        mark = self.selection.enclosing_mark
        if mark is not None:
            self.post_message(messages.MarkOpened(mark.id))
        else:
            self._mark("")

    def action_open_mark(self) -> None:
        """Follow the link or open the mark that was jumped to or clicked last."""
        if self.mode == "read" and (link := self._pointed_link) is not None:
            self._follow(link)
        elif (mark := self.current_mark) is not None:
            self.post_message(messages.MarkOpened(mark))

    def action_mark_kind(self, key: int) -> None:
        """Mark the passage as the kind of that digit."""
        self._mark(str(key))

    def action_mark_like_last(self) -> None:
        """Mark the passage like the last one, tags included."""
        self._mark(None)

    def _mark(self, kind_key: str | None) -> None:
        span = self.passage
        if span is not None:
            self.post_message(messages.PassageMarked(span, kind_key))
            self.selection.release()

    # links, code, pictures, removed passages

    def action_show_worth(self) -> None:
        """Show in the margin which sentences are worth a check, or hide it."""
        self._shows_worth = not self._shows_worth
        self._update()
        self.refresh()

    def action_links(self) -> None:
        """Show the numbers of links on the screen; typing a number then follows one."""
        if not self._hints.open():
            self.post_message(messages.LinkFollowed(None))

    def _follow(self, link: TextLink) -> None:
        """Open a footnote, go back from one, or let the screen open an address."""
        if link.back is not None:
            self.jump_to(link.back)
        elif link.note is not None:
            self._popup.open(link.note)
        else:
            self.post_message(messages.LinkFollowed(link.href))

    def action_slide(self, count: int) -> None:
        """Scroll wide code or a wide table sideways: the one nearest to the cursor."""
        self.viewport.scroll_sideways(self._times(count), self.selection.offset)

    def action_fold_code(self) -> None:
        """Fold long lines of code, or let them run on again."""
        self.viewport.toggle_code_folding()

    def action_picture(self) -> None:
        """Ask for the picture that is nearest to the cursor, or hide it."""
        block = self.viewport.nearest_image(self.selection.offset)
        if block is None or block not in self._images:
            self.post_message(messages.PictureRequested(block))
        else:
            self._images.remove(block)
            self.viewport.fit(again=True)

    def action_fold_removed(self) -> None:
        """Show removed passages where they stood, or hide them; the text at the top stays.

        If much of the article may be among them, go to where most of that is.
        """
        if self.viewport.toggle_removals():
            if self._loss is not None and self.viewport.shows_removals:
                self.navigator.reveal_removal(self._loss)
            self.post_message(messages.SituationChanged())
        else:
            hint(self, "Nothing was removed from this page.")

    def reveal_removal(self, index: int) -> None:
        """Show removed passages where they stood, and go to the one of that index."""
        self.navigator.reveal_removal(index)
        self.post_message(messages.SituationChanged())

    def put_removal_at_row(self, index: int, row: int) -> None:
        """Scroll so that a removed passage begins on a row of the screen, and choose it."""
        self.viewport.put_removal_at_row(index, row)
        self.post_message(messages.SituationChanged())

    def action_removed(self, count: int) -> None:
        """Go to a removed passage."""
        self.navigator.step_removal(self._times(count))
        self.post_message(messages.SituationChanged())

    # the mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin what may become a drag."""
        if self._pointer.press(event):
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select from where the button was pressed."""
        self._pointer.drag(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End a drag."""
        del event
        self._pointer.release()
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked: a removed passage, a mark, a link, or words."""
        removal = self._pointer.removal(event)
        if removal is not None:
            self.viewport.choose_removal(removal)
            self.post_message(messages.SituationChanged())
            if event.chain > 1:  # it has no words of the article to select
                return
        hit = self._pointer.click(event)
        if isinstance(hit, PaintedMark):
            self.post_message(messages.MarkOpened(hit.id))
        elif hit is not None:
            self._follow(hit)
