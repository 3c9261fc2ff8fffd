"""What cleaning a page gives: the article, what was taken away, and how whole it is."""

from dataclasses import dataclass
from typing import Literal

from annotator.model.article import Article

Access = Literal["full", "partial", "paywalled", "consent_wall", "error_page"]


@dataclass(frozen=True, slots=True)
class Removal:
    """An entry of the residue ledger.

    `step` is the module that took the text, `rule` the shape that it matched,
    `reason` a sentence for the reader, `before` the index of the article's
    block that it stood before (the number of blocks, at the end).
    """

    step: str
    rule: str
    reason: str
    text: str
    before: int = 0


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of the article the page held, with what says so."""

    access: Access = "full"
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """A cleaned page; `extractor` is the version of the rules that cleaned it."""

    article: Article
    removals: tuple[Removal, ...] = ()
    completeness: Completeness = Completeness()
    extractor: str = ""
