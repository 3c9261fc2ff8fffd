"""Anchoring: find the passage of a mark again after the text has changed.

`describe` turns a passage into selectors; `anchor` and `anchor_all` turn
selectors back into a passage, or into an orphan if no place is certain.

    describe       a passage as W3C selectors: its words, context and position
    anchor         the quick check whether nothing changed there, else a search
    normalization  one spelling for quotation marks, dashes, spaces and case
    candidates     places that may be the passage
    similarity     the evidence for a place
    scoring        the best candidate, and whether it is good enough
"""

from annotator.anchoring.anchor import anchor, anchor_all
from annotator.anchoring.describe import describe

__all__ = ["anchor", "anchor_all", "describe"]
