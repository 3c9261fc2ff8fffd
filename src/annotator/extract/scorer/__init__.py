"""The choice of content that was learned from pages, on top of what the rules choose."""

from annotator.extract.scorer.scores import score
from annotator.extract.scorer.verdicts import judge_likelihood

__all__ = ["judge_likelihood", "score"]
