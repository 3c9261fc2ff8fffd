"""Marks of other articles that may make the same claim, or contradict it: suggestions only."""

from collections.abc import Iterator
from typing import cast

from msgspec import Struct

from annotator.model import Annotation, Relation
from annotator.similarity import Similarity, Wording, judge, search_terms
from annotator.store import Library, Marked, questions

LIMIT = 10  # suggestions
CANDIDATES = 120  # marks that are compared word by word; those after share little that is rare

_RELATIONS = {"same": "same-as", "contradicts": "opposes", "related": "informs"}


class Suggestion(Struct, frozen=True):
    """A mark that is similar to another, how certainly (0 to 1), and why, in words."""

    marked: Marked
    judgement: Similarity
    score: float
    reason: str
    is_open: bool = False  # only one of the two says which way something goes

    @property
    def relation(self) -> Relation:
        """The relation by which the two could be linked."""
        return cast("Relation", _RELATIONS[self.judgement])


def similar_marks(
    library: Library, annotation: Annotation, *, limit: int = LIMIT
) -> tuple[Suggestion, ...]:
    """Return marks of other articles that say the same, contradict it, or are related.

    Marks that are linked to it already are left out, also by way of a mark that is linked
    as the same. The most certain come first, and those that are only related last.
    """
    record = library.article(annotation.article_id).record()
    wording = _wording(Marked(record, annotation))
    sharing = library.ask(
        questions.shared_words.marks_sharing(search_terms(wording), annotation, limit=CANDIDATES)
    )
    suggestions = sorted(
        _judged(wording, sharing),
        key=lambda one: (one.judgement == "related", -one.score, one.marked.annotation.id),
    )
    return tuple(suggestions[:limit])


def _judged(wording: Wording, sharing: tuple[Marked, ...]) -> Iterator[Suggestion]:
    for marked in sharing:
        judgement = judge(wording, _wording(marked))
        if judgement:
            yield Suggestion(marked, *judgement)


def _wording(marked: Marked) -> Wording:
    claim = marked.annotation.claim
    said = (claim.statement, claim.speaker, claim.said_on) if claim else ("", "", "")
    return Wording(marked.annotation.quote, *said, language=marked.record.language)
