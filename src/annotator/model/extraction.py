"""The result of extracting a page: the article, what was removed, and whether it is complete."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from annotator.model.article import Article, BlockKind
from annotator.model.overrides import NO_OVERRIDES, Overrides
from annotator.model.vocabulary import Access

OUTSIDE = "outside"  # the step that judges each passage of a page alone


class Removal(Struct, frozen=True):
    """An entry of the residue ledger.

    `step` is the module that removed the text, `rule` the pattern that matched,
    `reason` a sentence for the reader, `before` the index of the block in the
    article that it came before (the number of blocks, at the end), and
    `passages` the names by which overrides refer to it. It may belong to the
    article if it `may_be_text`.
    """

    step: str
    rule: str
    reason: str
    text: str
    before: int = 0
    passages: tuple[str, ...] = ()
    may_be_text: bool = False


def boxes(removals: Sequence[Removal]) -> Iterator[range]:
    """Yield the indices of the removals that one rule took from one place, as of a box."""
    start = 0
    for _, together in groupby(removals, key=_box):
        end = start + len(list(together))
        yield range(start, end)
        start = end


def box_around(removals: Sequence[Removal], index: int) -> range:
    """Return the indices of the removals in the same box as that one."""
    return next(box for box in boxes(removals) if index in box)


def _box(removal: Removal) -> tuple[int, str, str]:
    # What the scorer judges has no box, and one of several reasons.
    return removal.before, removal.step, "" if removal.step == OUTSIDE else removal.rule


NEEDS_BROWSER = "This page needs JavaScript: open it in a browser, save it there, and add the file."


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

EXTRACTOR = "23"  # version of the rules; articles of an older version can be extracted again


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

    @property
    def largest_loss(self) -> int | None:
        """The index of the removal with which the largest box begins that may be text.

        None if the article is not called partial.
        """
        if self.completeness.access != "partial":
            return None
        texts = [
            [index for index in box if self.removals[index].may_be_text]
            for box in boxes(self.removals)
        ]
        largest = max(texts, key=self._size, default=[])
        return largest[0] if largest else None

    def _size(self, indices: Sequence[int]) -> int:
        return sum(len(self.removals[index].text) for index in indices)


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
