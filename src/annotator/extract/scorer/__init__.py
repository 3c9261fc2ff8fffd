"""The choice of content that was learned from pages, on top of what the rules choose."""

from annotator.extract.scorer.scores import doubt, score
from annotator.extract.scorer.verdicts import judge_by, silence_alternatives

__all__ = ["doubt", "judge_by", "score", "silence_alternatives"]
