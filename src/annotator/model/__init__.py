"""The values that every part of the program speaks in: frozen, pure, made by msgspec."""

from annotator.model.annotation import (
    Anchored,
    Annotation,
    Claim,
    ClaimType,
    Confidence,
    Fit,
    Link,
    Orphan,
    Placed,
    Relation,
    Status,
    Target,
    TextPositionSelector,
    TextQuoteSelector,
)
from annotator.model.article import Article, Block, BlockKind, Mark, MarkKind
from annotator.model.choices import NO_CHOICES, Choices
from annotator.model.extraction import Access, Completeness, Extraction, Offers, Removal
from annotator.model.judgement import Judgement
from annotator.model.kinds import DEFAULT_KINDS, Kind
from annotator.model.page import HTML, MARKDOWN, PLAIN_TEXT, Page
from annotator.model.record import ArticleRecord, ReadState
from annotator.model.span import Span

__all__ = [
    "DEFAULT_KINDS",
    "HTML",
    "MARKDOWN",
    "NO_CHOICES",
    "PLAIN_TEXT",
    "Access",
    "Anchored",
    "Annotation",
    "Article",
    "ArticleRecord",
    "Block",
    "BlockKind",
    "Choices",
    "Claim",
    "ClaimType",
    "Completeness",
    "Confidence",
    "Extraction",
    "Fit",
    "Judgement",
    "Kind",
    "Link",
    "Mark",
    "MarkKind",
    "Offers",
    "Orphan",
    "Page",
    "Placed",
    "ReadState",
    "Relation",
    "Removal",
    "Span",
    "Status",
    "Target",
    "TextPositionSelector",
    "TextQuoteSelector",
]
