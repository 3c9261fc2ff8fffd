"""Cleaning: from a page to its article, with a ledger of what was taken away."""

from annotator.extract.explain import explain
from annotator.extract.pipeline import EXTRACTOR, extract

__all__ = ["EXTRACTOR", "explain", "extract"]
