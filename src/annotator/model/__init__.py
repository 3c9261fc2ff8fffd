"""The values that every part of the program speaks in: frozen, pure, made by msgspec.

Each is loaded when it is first asked for: to make all these classes takes longer
than to list a thousand articles.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.model.annotation import (
        Anchored,
        Annotation,
        Claim,
        Link,
        Orphan,
        Placed,
        Target,
        TextPositionSelector,
        TextQuoteSelector,
    )
    from annotator.model.article import Article, Block, BlockKind, Mark, MarkKind
    from annotator.model.choices import NO_CHOICES, Choices
    from annotator.model.extraction import Completeness, Extraction, Offers, Removal
    from annotator.model.judgement import Judgement
    from annotator.model.kinds import DEFAULT_KINDS, Kind
    from annotator.model.page import HTML, MARKDOWN, PLAIN_TEXT, Page
    from annotator.model.record import ArticleRecord
    from annotator.model.span import Span
    from annotator.model.vocabulary import (
        Access,
        ClaimType,
        Confidence,
        Fit,
        ReadState,
        Relation,
        Status,
    )

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

_MODULES = {
    "annotation": "Anchored Annotation Claim Link Orphan Placed Target "
    "TextPositionSelector TextQuoteSelector",
    "article": "Article Block BlockKind Mark MarkKind",
    "choices": "NO_CHOICES Choices",
    "extraction": "Completeness Extraction Offers Removal",
    "judgement": "Judgement",
    "kinds": "DEFAULT_KINDS Kind",
    "page": "HTML MARKDOWN PLAIN_TEXT Page",
    "record": "ArticleRecord",
    "span": "Span",
    "vocabulary": "Access ClaimType Confidence Fit ReadState Relation Status",
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
