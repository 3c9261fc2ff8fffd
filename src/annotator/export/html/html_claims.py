"""The claims of a page of several articles with their evidence, and the filters of its marks."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from annotator.export.collection import CollectedArticle, LinkedMark
from annotator.export.html.html_notes import NumberedMark
from annotator.model import Annotation, ArticleRecord, Relation, Status, tags
from annotator.model.connected import EVIDENCE, edges_of
from annotator.model.labels import relation_words
from annotator.model.vocabulary import SAME

DEEPEST = 8  # levels of evidence for evidence
STATUSES: Final[tuple[Status, ...]] = (
    "disputed", "refuted", "checking", "open", "supported", "unverifiable",
)  # fmt: skip


class Choice(NamedTuple):
    """A filter: its name, its label, and each option with its words and the number of marks."""

    name: str
    label: str
    options: Sequence[tuple[str, str, int]]


def choices_of(marks: Sequence[NumberedMark]) -> Sequence[Choice]:
    """Return the filters for some marks."""
    kinds, names, statuses = Counter[str](), Counter[str](), Counter[str]()
    spelled: dict[str, str] = {}
    for mark in marks:
        annotation = mark.annotation
        kinds[annotation.kind] += 1
        if annotation.claim:
            statuses[annotation.claim.status] += 1
        for key, tag in {tags.key(tag): tag for tag in mark.whole_tags}.items():
            names[key] += 1
            spelled.setdefault(key, tag)
    by_status: Mapping[str, int] = {
        status: statuses[status] for status in STATUSES if statuses[status]
    }
    return (
        _choice("kind", "Kind", dict(sorted(kinds.items())), {}),
        _choice("tag", "Tag", dict(sorted(names.items())), spelled),
        _choice("status", "Status", by_status, {}),
    )


def _choice(name: str, label: str, counts: Mapping[str, int], shown: Mapping[str, str]) -> Choice:
    options = [(value, shown.get(value, value), number) for value, number in counts.items()]
    return Choice(name, label, options)


class PageEvidence(NamedTuple):
    """A mark that supports, opposes or says the same as what is above it, and what is below."""

    relation: Relation
    source: LinkedMark
    note: str
    below: Sequence["PageEvidence"] = ()

    @property
    def words(self) -> str:
        """The relation, as it is seen from what is above it."""
        return relation_words(self.relation, is_back=True)


class PageClaim(NamedTuple):
    """A claim, the record of its article, and the evidence for and against it."""

    mark: NumberedMark
    record: ArticleRecord
    evidence: Sequence[PageEvidence]


class ClaimGroup(NamedTuple):
    """The claims with one status."""

    status: Status
    claims: Sequence[PageClaim]


class EvidenceTree:
    """The evidence for and against the marks of a page, as far as its articles tell."""

    def __init__(self, articles: Iterable[tuple[CollectedArticle, Sequence[NumberedMark]]]) -> None:
        self._marks: dict[str, LinkedMark] = {}
        self._evidence: dict[str, dict[tuple[str, Relation], PageEvidence]] = {}
        collected = []
        for article, marks in articles:
            collected.append(article)
            for mark in marks:
                self._marks[mark.annotation.id] = LinkedMark(article.record, mark.annotation)
        for article in collected:
            self._marks = {**article.linked, **self._marks}
        for end in tuple(self._marks.values()):
            self._add_links(end)
        for article in collected:
            for target, backlinks in article.backlinks.items():
                for back in backlinks:
                    self._add(target, PageEvidence(back.relation, back.source, back.note))

    def _add_links(self, end: LinkedMark) -> None:
        for edge in edges_of(end.annotation):
            if source := self._marks.get(edge.source):  # else it is a page
                self._add(edge.target, PageEvidence(edge.relation, source, edge.note))
            if edge.relation == SAME and (other := self._marks.get(edge.target)):
                self._add(edge.source, PageEvidence(SAME, other, edge.note))

    def _add(self, target: str, evidence: PageEvidence) -> None:
        if evidence.relation in EVIDENCE:
            key = evidence.source.annotation.id, evidence.relation
            self._evidence.setdefault(target, {}).setdefault(key, evidence)

    def below(self, target: str, above: Sequence[str] = ()) -> Sequence[PageEvidence]:
        """Return what supports and opposes a mark, each with its own evidence."""
        around = (*above, target)
        if len(around) > DEEPEST:
            return ()
        evidence = [
            item
            for item in self._evidence.get(target, {}).values()
            if item.source.annotation.id not in around
        ]
        evidence.sort(key=lambda item: EVIDENCE.index(item.relation))
        return [
            item._replace(below=self.below(item.source.annotation.id, around)) for item in evidence
        ]


def claims_of(
    articles: Sequence[tuple[CollectedArticle, Sequence[NumberedMark]]],
) -> Sequence[ClaimGroup]:
    """Return the claims of some articles by their status, each with its evidence."""
    tree = EvidenceTree(articles)
    claims = [
        PageClaim(mark, article.record, tree.below(mark.annotation.id))
        for article, marks in articles
        for mark in marks
        if _status_of(mark.annotation)
    ]
    groups = (
        ClaimGroup(
            status, [claim for claim in claims if _status_of(claim.mark.annotation) == status]
        )
        for status in STATUSES
    )
    return [group for group in groups if group.claims]


def _status_of(annotation: Annotation) -> Status | None:
    """Return the status of a claim, None for a mark that makes none."""
    if annotation.claim:
        return annotation.claim.status
    return "open" if annotation.kind == "claim" else None
