"""What is wider than the page: keys slide its window, and fold code if one likes that better."""

from collections.abc import Iterator

from annotator.model import Span
from annotator.reading.layout.horizontal_scroll import reach, shift_to
from annotator.tui.reader.article.colours import ColouredPage

CONTEXT = 2  # lines that stay visible around what one moves to
JUMP_SHARE = 4  # a far jump puts its goal a quarter down, with what leads up to it above
STEP = 8  # cells: a word or a level or two of code


class SlidingPage(ColouredPage):
    """An article whose code and wide tables slide while the rest stays."""

    def action_slide(self, count: int) -> None:
        """Slide the code or table nearest to the middle of the screen, or to the cursor."""
        block = self._wide_block()
        if block is not None:
            step = STEP * self._times(count)
            self._slide(block, max(0, min(self._shifts[block] + step, reach(self._layout, block))))

    def action_fold_code(self) -> None:
        """Fold long lines of code, or let them run on again."""
        self._folds_code = not self._folds_code
        self._set_type(anew=True)

    def _reveal(self, span: Span) -> None:
        """Bring a passage into view, out of what is hidden at the side as well."""
        self._settled(self._layout.lines_of(span).start)
        self._reveal_lines(self._layout.lines_of(span))
        if self.article.blocks:
            block = self.article.block_at(span.start)
            if reach(self._layout, block):
                self._slide(block, shift_to(self._layout, span, self._shifts[block]))

    def _reveal_lines(self, lines: range) -> None:
        """Scroll as little as shows some lines with a little around them; far, to a calm place."""
        top, height = self.scroll_offset.y, self.size.height
        context = min(CONTEXT, max(0, height - 1) // 2)
        first, last = lines.start - context, lines.stop + context - height
        if not top - height < lines.start < top + 2 * height:
            self._scroll(self._settled(max(0, lines.start - height // JUMP_SHARE)))
        elif first < top:
            self._scroll(self._settled(max(0, first)))
        elif last > top:
            self._scroll(self._settled(min(first, last)))

    def _slide(self, block: int, shift: int) -> None:
        if shift != self._shifts[block]:
            self._shifts[block] = shift
            self._redraw(self.article.span_of(block))

    def _wide_block(self) -> int | None:
        """Return the block that keys slide."""
        middle = self._line_in_mind()
        wide = list(self._wide_lines())
        return min(wide, key=lambda found: abs(found[0] - middle))[1] if wide else None

    def _wide_lines(self) -> Iterator[tuple[int, int]]:
        """Give the lines of the screen that show a part of something wider, and its block."""
        for y in range(self.size.height):
            row = self._layout.row(self.scroll_offset.y + y)
            if row.window and reach(self._layout, row.block):
                yield y, row.block

    def _line_in_mind(self) -> int:
        """Return the line of the screen that keys mean: the cursor's, or the middle one."""
        offset = self._standing
        if offset is None:
            return self.size.height // 2
        return self._layout.place(offset).line - self.scroll_offset.y

    @property
    def _standing(self) -> int | None:
        """Return where a cursor stands, if there is one."""
        return None

    def _times(self, count: int) -> int:
        """Return `count` as often as was asked for."""
        return count
