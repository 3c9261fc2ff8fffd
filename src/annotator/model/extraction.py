"""The result of extracting a page: the article, what was removed, and whether it is complete."""

from msgspec import Struct

from annotator.model.article import Article, BlockKind
from annotator.model.overrides import NO_OVERRIDES, Overrides
from annotator.model.vocabulary import Access


class Removal(Struct, frozen=True):
    """An entry of the residue ledger.

    `step` is the module that removed the text, `rule` the pattern that matched,
    `reason` a sentence for the reader, `before` the index of the block in the
    article that it came before (the number of blocks, at the end), and
    `passages` the names by which overrides refer to it.
    """

    step: str
    rule: str
    reason: str
    text: str
    before: int = 0
    passages: tuple[str, ...] = ()


class Completeness(Struct, frozen=True):
    """Whether the page held the complete article, with the evidence for it."""

    access: Access = "full"
    evidence: tuple[str, ...] = ()


class AlternateVersions(Struct, frozen=True):
    """Addresses of other versions of the article, empty where the page names none.

    `following` is the next part of the article, `parts` the least number of
    further parts.
    """

    following: str = ""
    parts: int = 0
    amp: str = ""
    print_version: str = ""


NO_ALTERNATES = AlternateVersions()

EXTRACTOR = "8"  # version of the rules; articles of an older version can be extracted again


class Extraction(Struct, frozen=True, weakref=True):
    """An extracted page.

    `extractor` is the version of the rules, `choices` are the user's overrides.
    """

    article: Article
    removals: tuple[Removal, ...] = ()
    completeness: Completeness = Completeness()
    extractor: str = ""
    choices: Overrides = NO_OVERRIDES
    offers: AlternateVersions = NO_ALTERNATES


class PassageDecision(Struct, frozen=True):
    """The decision whether a passage of a page belongs to the article, and the rule behind it.

    `score` is the probability of belonging, from 0 to 1, or `None` where the
    learned scorer was not used. `step`, `rule` and `reason` are as in `Removal`;
    for a passage that is kept, they say which rule kept it.
    """

    is_kept: bool
    step: str
    rule: str
    reason: str
    score: float | None
    kind: BlockKind
    text: str
