"""An article laid out on lines of a given width.

The layout knows cells, not colours: rows are painted by the screens.

    engine             the layout of an article, exact where it is looked at
    block_layout       a block on its lines, by its kind; text from right to left
    prose_layout       paragraphs, verse and code
    table_layout       tables
    row                the parts of a line: text and decorations
    text_width         widths in terminal cells, and line breaks
    page_layout        the layout with removed passages shown in place, and windows on what is wider
"""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.reading.layout import text_width

__getattr__ = lazy(__name__, __file__)
