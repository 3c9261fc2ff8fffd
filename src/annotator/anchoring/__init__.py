"""Marks that find their place again in a text that changed, or say that they cannot.

`describe` turns a passage into selectors, `anchor` and `anchor_all` turn
selectors into passages. The search follows Hypothesis in what it looks at, and
differs in that the places before, after and between the context are tried, and
that a doubtful place is an orphan.
"""

from annotator.anchoring.anchor import anchor, anchor_all
from annotator.anchoring.describe import describe

__all__ = ["anchor", "anchor_all", "describe"]
