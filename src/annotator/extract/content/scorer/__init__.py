"""The choice of content that was learned from pages, on top of what the rules choose."""

from annotator.extract.content.scorer.decisions import judge_by, silence_alternatives
from annotator.extract.content.scorer.features import doubt, score

__all__ = ["doubt", "judge_by", "score", "silence_alternatives"]
