"""The beginning of a page of several articles: contents, and claims with their evidence."""

from collections.abc import Sequence
from typing import NamedTuple

from annotator.export.collection import CollectedArticle, LinkedMark
from annotator.export.filenames import block_id
from annotator.export.html.html_blocks import escaped
from annotator.export.html.html_notes import (
    Legend,
    NumberedMark,
    cited,
    claim_details,
    reference,
    status,
)
from annotator.model import Annotation, Relation, Status
from annotator.model.labels import BACK_RELATIONS, count

DEEPEST = 8  # levels of evidence for evidence

STATUSES: tuple[Status, ...] = (
    "disputed", "refuted", "checking", "open", "supported", "unverifiable",
)  # fmt: skip
_EVIDENCE: tuple[Relation, ...] = ("supports", "opposes", "same-as")


class PageArticle(NamedTuple):
    """An article of a page: the id of its section, its marks, and what is written of it.

    `wording` are the attributes of its words. The article has no text any more.
    """

    section: str
    title: str
    collected: CollectedArticle
    marks: Sequence[NumberedMark]
    header: str
    text: str
    wording: str


class _Evidence(NamedTuple):
    """A relation of a mark to a claim, and the user's note on it."""

    relation: Relation
    source: LinkedMark
    note: str


class EvidenceTree:
    """The evidence for and against the marks of a page, as far as its articles tell."""

    def __init__(self, articles: Sequence[PageArticle]) -> None:
        self._marks: dict[str, LinkedMark] = {}
        self._on_page: set[str] = set()
        self._found: dict[str, dict[tuple[str, Relation], _Evidence]] = {}
        for each in articles:
            record = each.collected.record
            for mark in each.marks:
                self._on_page.add(mark.annotation.id)
                self._marks[mark.annotation.id] = LinkedMark(record, mark.annotation)
        for each in articles:
            self._marks = {**each.collected.linked, **self._marks}
        for end in tuple(self._marks.values()):
            self._add_links(end)
        for each in articles:
            for target, backlinks in each.collected.backlinks.items():
                for back in backlinks:
                    self._add(target, _Evidence(back.relation, back.source, back.note))

    def _add_links(self, end: LinkedMark) -> None:
        for link in end.annotation.links:
            self._add(link.target, _Evidence(link.relation, end, link.note))
            other = self._marks.get(link.target)
            if link.relation == "same-as" and other:
                self._add(end.annotation.id, _Evidence("same-as", other, link.note))

    def _add(self, target: str, evidence: _Evidence) -> None:
        if evidence.relation in _EVIDENCE:
            key = evidence.source.annotation.id, evidence.relation
            self._found.setdefault(target, {}).setdefault(key, evidence)

    def write(self, target: str, above: Sequence[str] = ()) -> str:
        """Return lists of what supports and opposes a mark, each with its own evidence."""
        around = (*above, target)
        found = [
            each
            for each in self._found.get(target, {}).values()
            if each.source.annotation.id not in around
        ]
        if not found or len(around) > DEEPEST:
            return ""
        found.sort(key=lambda each: _EVIDENCE.index(each.relation))
        items = "\n".join(self._item(each, around) for each in found)
        return f'<ul class="evidence">\n{items}\n</ul>'

    def _item(self, evidence: _Evidence, around: Sequence[str]) -> str:
        source = evidence.source
        why = f' <span class="why" dir="auto">{escaped(evidence.note)}</span>'
        return (
            f'<li class="{evidence.relation}"><span class="relation">'
            f"{BACK_RELATIONS[evidence.relation]}</span> "
            f"{reference(source.annotation, self._on_page)} {cited(source.record)}"
            f"{status(source.annotation)}{why if evidence.note else ''}"
            f"{self.write(source.annotation.id, around)}</li>"
        )


def write_contents(articles: Sequence[PageArticle]) -> str:
    """Return a list of the articles with links to them."""
    items = "\n".join(
        f'<li data-section="{each.section}"><a href="#{each.section}"{each.wording}>'
        f'{escaped(each.title)}</a> <span class="soft">{count(len(each.marks), "mark")}</span></li>'
        for each in articles
    )
    return (
        '<nav class="contents" aria-labelledby="contents">\n<h2 id="contents">Contents</h2>\n'
        f"<ol>\n{items}\n</ol>\n</nav>"
    )


def write_claims(articles: Sequence[PageArticle], legend: Legend) -> str:
    """Return the claims by status, each with what supports and opposes it, if there are any."""
    tree = EvidenceTree(articles)
    parts = [part for each in STATUSES if (part := _claims_of(each, articles, tree, legend))]
    if not parts:
        return ""
    inside = "\n".join(parts)
    return (
        '<section class="claims" aria-labelledby="claims">\n<h2 id="claims">Claims</h2>\n'
        f"{inside}\n</section>"
    )


def _claims_of(
    wanted: Status, articles: Sequence[PageArticle], tree: EvidenceTree, legend: Legend
) -> str:
    items = "\n".join(
        _claim(mark, each, tree, legend)
        for each in articles
        for mark in each.marks
        if _status_of(mark.annotation) == wanted
    )
    if not items:
        return ""
    return (
        f'<div class="group">\n<h3>{wanted.capitalize()}</h3>\n<ol class="plain">\n'
        f"{items}\n</ol>\n</div>"
    )


def _claim(mark: NumberedMark, of: PageArticle, tree: EvidenceTree, legend: Legend) -> str:
    annotation = mark.annotation
    glyph = escaped(legend.glyph(annotation.kind))
    own = f"{reference(annotation, {annotation.id})} {cited(of.collected.record)}"
    return (
        f'<li class="claim {mark.css_class}" data-claim="{block_id(annotation.id)}">'
        f'<p><span class="kind" aria-hidden="true">{glyph}</span> {own}</p>'
        f"{claim_details(annotation)}{tree.write(annotation.id)}</li>"
    )


def _status_of(annotation: Annotation) -> Status | None:
    """Return the status of a claim, None for a mark that makes none."""
    if annotation.claim:
        return annotation.claim.status
    return "open" if annotation.kind == "claim" else None
