"""The values that all parts of the program exchange: frozen msgspec structs and pure functions.

Each name is loaded on first use: creating all these classes takes longer than
listing a thousand articles.
"""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.model import query, query_parser, secrets, tags
    from annotator.model.annotation import (
        Anchored,
        AnchoredMark,
        Annotation,
        Link,
        Orphan,
        Target,
        TextPositionSelector,
        TextQuoteSelector,
        Tombstone,
    )
    from annotator.model.article import Article, Block, BlockKind, Mark, PageLabel
    from annotator.model.claim import CLAIM_FIELDS, Claim, ClaimField
    from annotator.model.document import HTML, MARKDOWN, PLAIN_TEXT, Document, Original, Page
    from annotator.model.extraction import (
        AlternateVersions,
        Completeness,
        Extraction,
        PassageDecision,
        Removal,
    )
    from annotator.model.kinds import DEFAULT_KINDS, Kind
    from annotator.model.overrides import NO_OVERRIDES, Overrides
    from annotator.model.record import ArticleRecord
    from annotator.model.span import Span
    from annotator.model.vocabulary import Access, Fit, ReadState, Relation, Status

__getattr__ = lazy(__name__, __file__)
