"""Differences between two versions of a text.

Differences in quotation marks, dashes and spaces do not count.

    words       the wordings of a passage, word by word, changed numbers first
    paragraphs  the paragraphs of an article: added, removed, reworded, moved
"""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.diffing import words

__getattr__ = lazy(__name__, __file__)
