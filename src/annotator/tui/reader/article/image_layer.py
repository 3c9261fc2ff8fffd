"""Pictures in the text: placeholders with a caption, drawn when a person asks for them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len

from annotator.model import Article
from annotator.reading.layout.engine import Layout
from annotator.reading.layout.inline_removals import Lines
from annotator.tui.reader.article.messages import PictureAsked
from annotator.tui.reader.article.slides import SlidingPage

if TYPE_CHECKING:
    from annotator.tui.images.picture import Picture

SHARE = 0.7  # of the screen's height, so that the caption and some text stay beside it


class PicturePage(SlidingPage):
    """An article whose pictures can be drawn, each on demand."""

    def action_picture(self) -> None:
        """Ask for the picture nearest to the middle of the screen or to the cursor, or hide it."""
        image = self._image_here()
        if image is None or image not in self._pictures:
            self.post_message(PictureAsked(image))
            return
        self._pictures.pop(image).forget()
        self._set_type(anew=True)

    def show_picture(self, article: Article, block: int, picture: "Picture") -> None:
        """Draw a picture of `article` above its caption, if that is still shown."""
        if article is self.article and self.is_attached:
            self._forget(block)
            self._pictures[block] = picture
            self._set_type(anew=True)
            self._reveal_picture(block)

    def on_unmount(self) -> None:
        """Let the terminal forget the pictures."""
        self._forget(*self._pictures)

    def _open(self, article: Article, offset: int) -> None:
        self._forget(*self._pictures)
        super()._open(article, offset)

    def _forget(self, *blocks: int) -> None:
        for block in blocks:
            if block in self._pictures:
                self._pictures.pop(block).forget()

    def _lay(self, width: int) -> Lines:
        most = max(1, round(self.size.height * SHARE))
        sizes = {block: picture.size(width, most) for block, picture in self._pictures.items()}
        layout = Layout(
            self.article,
            width,
            measure=cell_len,
            folds_code=self._folds_code,
            pictures=sizes,
        )
        self._drawn = {
            block: picture.rows(_columns_of(layout, block), sizes[block][1])
            for block, picture in self._pictures.items()
        }
        return layout

    def _reveal_picture(self, block: int) -> None:
        """Scroll as little as shows a picture and its caption."""
        laid = self._layout.block(block)
        top = self._layout.place(self.article.starts[block]).line - laid.place(0)[0]
        bottom, height = top + laid.height, self.size.height
        line = min(max(self.scroll_offset.y, bottom - height), top)
        if line != self.scroll_offset.y:
            self._scroll(self._settled(max(0, line)))

    def _image_here(self) -> int | None:
        """Return the block of the image that is meant, of those on the screen."""
        images = list(self._image_lines())
        middle = self._line_in_mind()
        return min(images, key=lambda found: abs(found[0] - middle))[1] if images else None

    def _image_lines(self) -> Iterator[tuple[int, int]]:
        for y in range(self.size.height):
            row = self._layout.row(self.scroll_offset.y + y)
            if row.block >= 0 and self.article.blocks[row.block].kind == "image":
                yield y, row.block


def _columns_of(layout: Layout, block: int) -> int:
    """Return how wide a picture came to stand: in a list it has less room than was asked."""
    signs = layout.block(block).row(0).decorations
    return next(len(sign.text) for sign in signs if sign.role == "picture")
