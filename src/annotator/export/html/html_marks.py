"""The marks of a page as its templates need them: with looks, filters, and evidence of claims."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from annotator.export.collection import CollectedArticle, LinkedMark
from annotator.export.filenames import block_id
from annotator.export.html.html_blocks import MarkInText
from annotator.model import AnchoredMark, Annotation, ArticleRecord, Kind, Relation, Status, tags
from annotator.model.connected import EVIDENCE, edges_of
from annotator.model.labels import relation_words
from annotator.model.vocabulary import SAME

DEEPEST = 8  # levels of evidence for evidence
STATUSES: Final[tuple[Status, ...]] = (
    "disputed", "refuted", "checking", "open", "supported", "unverifiable",
)  # fmt: skip

UNKNOWN_GLYPH = "▪"

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


class Legend:
    """The kinds of marks with their colours and glyphs, and the tags that have a colour."""

    def __init__(self, kinds: Sequence[Kind], tag_colours: Mapping[str, str]) -> None:
        self._kinds = {kind.name.casefold(): kind for kind in kinds}
        self._classes = {name: f"k{number}" for number, name in enumerate(self._kinds)}
        self._tag_classes = {tag: f"t{number}" for number, tag in enumerate(sorted(tag_colours))}
        self._tag_colours = tag_colours

    def glyph(self, kind: str) -> str:
        """Return the glyph of a kind, or the usual one of a kind that is not known."""
        known = self._kinds.get(kind.casefold())
        return known.glyph if known else UNKNOWN_GLYPH

    def css_class(self, kind: str) -> str:
        """Return the class of marks of a kind: `k0` for the first one."""
        return self._classes.get(kind.casefold(), "kx")

    def tag_class(self, tag: str) -> str:
        """Return the class of a tag that has a colour, or an empty string."""
        return self._tag_classes.get(tags.key(tag), "")

    def style(self) -> str:
        """Return the rules of a style sheet for the colours of kinds and tags."""
        colours = {self._classes[name]: kind.colour for name, kind in self._kinds.items()}
        colours |= {self._tag_classes[tag]: colour for tag, colour in self._tag_colours.items()}
        return "".join(
            f".{css_class} {{ --own: {colour}; }}\n"
            for css_class, colour in colours.items()
            if _COLOUR.fullmatch(colour)
        )


@dataclass(frozen=True, slots=True)
class NumberedMark:
    """A mark with its number on the page, its looks, and its words if they have changed."""

    placed: AnchoredMark
    number: int
    legend: Legend
    now: str = ""

    @property
    def annotation(self) -> Annotation:
        """The mark itself."""
        return self.placed.annotation

    @property
    def name(self) -> str:
        """The id of its place on the page, to which links lead."""
        return block_id(self.annotation.id)

    @property
    def note_id(self) -> str:
        """The id of its note."""
        return f"n{self.name[1:]}"

    @property
    def is_found(self) -> bool:
        """Whether its passage is in the text."""
        return self.placed.span is not None

    @property
    def css_class(self) -> str:
        """The class of its kind."""
        return self.legend.css_class(self.annotation.kind)

    @property
    def glyph(self) -> str:
        """The glyph of its kind."""
        return self.legend.glyph(self.annotation.kind)

    @property
    def tags(self) -> Sequence[tuple[str, str]]:
        """Its tags, each with its class if it has a colour."""
        return [(tag, self.legend.tag_class(tag)) for tag in self.annotation.tags]

    @property
    def whole_tags(self) -> Sequence[str]:
        """Its tags with those above them."""
        return [name for tag in self.annotation.tags for name in (*tags.ancestors(tag), tag)]

    @property
    def tag_keys(self) -> Sequence[str]:
        """The keys of its tags with those above them, each once."""
        return list(dict.fromkeys(map(tags.key, self.whole_tags)))

    def in_text(self) -> MarkInText | None:
        """Return it as a mark on the text; None if it was not found there."""
        span = self.placed.span
        if span is None:
            return None
        status = self.annotation.status if self.annotation.claim else None
        kind = self.annotation.kind or "mark"
        label = f"{kind}, {status}" if status else kind
        return MarkInText(span, self.name, self.note_id, self.number, self.css_class, label)


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
        if annotation.claim and annotation.status:
            statuses[annotation.status] += 1
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


def _evidence_of(
    articles: Iterable[tuple[CollectedArticle, Sequence[NumberedMark]]],
) -> Mapping[str, Sequence[PageEvidence]]:
    """Return what supports, opposes or says the same as marks, as far as their articles tell."""
    linked, own = dict[str, LinkedMark](), dict[str, LinkedMark]()
    for article, numbered in articles:
        linked |= article.linked
        for mark in numbered:
            own[mark.annotation.id] = LinkedMark(article.record, mark.annotation)
    marks = linked | own
    evidence = defaultdict[str, dict[tuple[str, Relation], PageEvidence]](dict)
    for end in marks.values():
        for edge in edges_of(end.annotation):
            key = edge.source, edge.relation
            if source := marks.get(edge.source):  # else it is a page
                piece = PageEvidence(edge.relation, source, edge.note)
                evidence[edge.target].setdefault(key, piece)
            if edge.relation == SAME and (other := marks.get(edge.target)):
                key = edge.target, SAME
                evidence[edge.source].setdefault(key, PageEvidence(SAME, other, edge.note))
    return {
        target: sorted(pieces.values(), key=lambda piece: EVIDENCE.index(piece.relation))
        for target, pieces in evidence.items()
    }


def _tree(
    evidence: Mapping[str, Sequence[PageEvidence]], target: str, above: Sequence[str] = ()
) -> Sequence[PageEvidence]:
    """Return what supports and opposes a mark, each with its own evidence, without circles."""
    around = (*above, target)
    return [
        piece._replace(below=_tree(evidence, piece.source.annotation.id, around))
        for piece in evidence.get(target, ())
        if len(around) <= DEEPEST and piece.source.annotation.id not in around
    ]


def claims_of(
    articles: Sequence[tuple[CollectedArticle, Sequence[NumberedMark]]],
    shown: Container[str] | None = None,
) -> Sequence[ClaimGroup]:
    """Return the claims of some articles, or those `shown`, by their status, with evidence."""
    evidence = _evidence_of(articles)
    claims = [
        PageClaim(mark, article.record, _tree(evidence, mark.annotation.id))
        for article, marks in articles
        for mark in marks
        if mark.annotation.status and (shown is None or mark.annotation.id in shown)
    ]
    groups = (
        ClaimGroup(status, [claim for claim in claims if claim.mark.annotation.status == status])
        for status in STATUSES
    )
    return [group for group in groups if group.claims]
