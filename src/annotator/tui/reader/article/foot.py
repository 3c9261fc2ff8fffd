"""A footnote at the foot of the screen, where a printed page has it."""

from textual.strip import Strip

from annotator.model import Article
from annotator.reading.layout.row import Decoration, Row
from annotator.reading.navigation.article_links import note_blocks
from annotator.tui.reader.article.painter import Overlay, Painter

MOST = 2  # of the screen, a half: what one reads must stay in sight
LINE = 12  # cells of the line above, as long as printers make it
GOES_ON = "…"


class Foot:
    """One footnote of an article, set at the width of its text."""

    def __init__(self, article: Article, first: int) -> None:
        self.first = first
        note = note_blocks(article, first)
        self._article = Article("", "", "", blocks=article.blocks[note.start : note.stop])

    def lines(self, painter: Painter, height: int) -> list[Strip]:
        """Return the lines that it takes of a screen of `height`."""
        layout, painter = painter.of(self._article)
        room = max(1, height // MOST - 1)
        rows = [layout.row(line) for line in range(layout.height)]
        if len(rows) > room:
            sign = Decoration(GOES_ON, layout.width - len(GOES_ON), "byline")
            rows = [*rows[: room - 1], Row((), (sign,))]
        line = Row((), (Decoration("─" * min(LINE, layout.width), 0, "separator"),))
        return [painter.strip(row, Overlay()) for row in (line, *rows)]
