"""What cleaning a page gives: the article, what was taken away, and how whole it is."""

from msgspec import Struct

from annotator.model.article import Article
from annotator.model.choices import NO_CHOICES, Choices
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


class Offers(Struct, frozen=True):
    """Where else there is text of the article; an address is empty where the page names none.

    `following` is the next of its parts, `parts` how many more there are at least.
    """

    following: str = ""
    parts: int = 0
    amp: str = ""
    print_version: str = ""


NO_OFFERS = Offers()


class Extraction(Struct, frozen=True, weakref=True):
    """A cleaned page; `extractor` is the version of the rules that cleaned it.

    `choices` are those of the reader that it was cleaned by.
    """

    article: Article
    removals: tuple[Removal, ...] = ()
    completeness: Completeness = Completeness()
    extractor: str = ""
    choices: Choices = NO_CHOICES
    offers: Offers = NO_OFFERS
