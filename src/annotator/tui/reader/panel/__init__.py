"""The side panel of the reader: its place, its lists, and the rows in them."""

from typing import TYPE_CHECKING

from annotator.lazy import lazy_modules

if TYPE_CHECKING:
    from annotator.tui.reader.panel import change_rows

__all__ = ["change_rows"]

__getattr__ = lazy_modules(__name__, __all__)
