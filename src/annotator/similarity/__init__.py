"""Judging whether two claims say the same, or contradict each other: by words, offline."""

from annotator.similarity.judgement import Judgement, Similarity, judge
from annotator.similarity.reading import Wording, is_wish, quantities_of
from annotator.similarity.search_terms import search_terms

__all__ = [
    "Judgement",
    "Similarity",
    "Wording",
    "is_wish",
    "judge",
    "quantities_of",
    "search_terms",
]
