"""What cleaning a page gives: the article, what was taken away, and how whole it is."""

from msgspec import Struct

from annotator.model.article import Article, BlockKind
from annotator.model.overrides import NO_OVERRIDES, Overrides
from annotator.model.vocabulary import Access


class Removal(Struct, frozen=True):
    """An entry of the residue ledger.

    `step` is the module that took the text, `rule` the shape that it matched,
    `reason` a sentence for the reader, `before` the index of the article's
    block that it stood before (the number of blocks, at the end), `passages`
    the names by which a reader's choices know what was taken.
    """

    step: str
    rule: str
    reason: str
    text: str
    before: int = 0
    passages: tuple[str, ...] = ()


class Completeness(Struct, frozen=True):
    """How much of the article the page held, with what says so."""

    access: Access = "full"
    evidence: tuple[str, ...] = ()


class AlternateVersions(Struct, frozen=True):
    """Where else there is text of the article; an address is empty where the page names none.

    `following` is the next of its parts, `parts` how many more there are at least.
    """

    following: str = ""
    parts: int = 0
    amp: str = ""
    print_version: str = ""


NO_ALTERNATES = AlternateVersions()


class Extraction(Struct, frozen=True, weakref=True):
    """A cleaned page; `extractor` is the version of the rules that cleaned it.

    `choices` are those of the reader that it was cleaned by.
    """

    article: Article
    removals: tuple[Removal, ...] = ()
    completeness: Completeness = Completeness()
    extractor: str = ""
    choices: Overrides = NO_OVERRIDES
    offers: AlternateVersions = NO_ALTERNATES


class PassageDecision(Struct, frozen=True):
    """A passage of a page: whether it is of the article, and the rule that said so.

    `score` is how likely the learned scorer takes it to be of the article, from
    0 to 1; nothing where it was not asked. `step`, `rule` and `reason` are those
    of a removal; of what is kept, they tell who kept it.
    """

    is_kept: bool
    step: str
    rule: str
    reason: str
    score: float | None
    kind: BlockKind
    text: str
