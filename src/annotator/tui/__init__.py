"""The screens, the only part of the program that uses Textual.

The command line opens them, and checks settings for them, by the names here.
Every module of the screens imports this one, so it loads them when they are
used.
"""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.tui.app import AnnotatorApp
    from annotator.tui.frame.context import settings_problems
    from annotator.tui.tour import TourApp

__getattr__ = lazy(__name__, __file__)
