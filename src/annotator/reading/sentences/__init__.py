"""Sentences: where they end, and which of them are check-worthy.

Both use rules and lists of words by language; no network and no model is needed.

    splitter         the boundaries of sentences
    boundary_rules   abbreviations, and rules by which a sentence goes on after a full stop
    checkworthiness  the score of a sentence
"""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.reading.sentences import splitter

__getattr__ = lazy(__name__, __file__)
