"""Marks of other articles that may make the same claim, or contradict it: suggestions only."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, cast

from msgspec import Struct

from annotator.model import Annotation, Relation
from annotator.similarity import Wording, judge, search_terms
from annotator.store import Library, Marked, questions

LIMIT = 10  # suggestions
BY_MEANING = 5  # suggestions of which only the meaning is near
CANDIDATES = 120  # marks that are compared word by word; those after share little that is rare

Suggested = Literal["same", "contradicts", "meaning", "related"]  # by meaning: nobody judged

_RELATIONS = {"same": "same-as", "contradicts": "opposes"}  # of the others: informs
_ORDER = {"same": 0, "contradicts": 0, "meaning": 1, "related": 2}


class Suggestion(Struct, frozen=True):
    """A mark that is similar to another, how certainly (0 to 1), and why, in words."""

    marked: Marked
    judgement: Suggested
    score: float
    reason: str
    is_open: bool = False  # only one of the two says which way something goes

    @property
    def relation(self) -> Relation:
        """The relation by which the two could be linked."""
        return cast("Relation", _RELATIONS.get(self.judgement, "informs"))


def similar_marks(
    library: Library,
    annotation: Annotation,
    *,
    limit: int = LIMIT,
    near: Sequence[tuple[Marked, float]] = (),
) -> tuple[Suggestion, ...]:
    """Return marks of other articles that say the same, contradict it, or are related.

    Marks that are linked to it already are left out, also by way of a mark that is linked
    as the same. The most certain come first, and those that are only related last.

    Marks that are `near` by their meaning are judged as well. Those that the rules know nothing
    of may say the same: the nearest ones are listed before those that are only related.
    """
    record = library.article(annotation.article_id).record()
    wording = _wording(Marked(record, annotation))
    sharing = library.ask(
        questions.shared_words.marks_sharing(search_terms(wording), annotation, limit=CANDIDATES)
    )
    candidates = {marked.annotation.id: marked for marked in (*sharing, *(one for one, _ in near))}
    judged = {one.marked.annotation.id: one for one in _judged(wording, candidates.values())}
    others = [
        Suggestion(marked, "meaning", round(nearness, 2), "in other words, or another language")
        for marked, nearness in near
        if marked.annotation.id not in judged
    ]
    suggestions = sorted(
        (*judged.values(), *others[:BY_MEANING]),
        key=lambda one: (_ORDER[one.judgement], -one.score, one.marked.annotation.id),
    )
    return tuple(suggestions[:limit])


def _judged(wording: Wording, sharing: Iterable[Marked]) -> Iterator[Suggestion]:
    for marked in sharing:
        judgement = judge(wording, _wording(marked))
        if judgement:
            yield Suggestion(marked, *judgement)


def _wording(marked: Marked) -> Wording:
    claim = marked.annotation.claim
    said = (claim.statement, claim.speaker, claim.said_on) if claim else ("", "", "")
    return Wording(marked.annotation.quote, *said, language=marked.record.language)
