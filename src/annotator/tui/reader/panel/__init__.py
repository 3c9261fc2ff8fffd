"""The side panel of the reader: its place, its lists, and the rows in them."""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.tui.reader.panel import side_panel

__getattr__ = lazy(__name__, __file__)
