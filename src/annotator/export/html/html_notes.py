"""The notes of a page: for each mark a card with its kind, note, tags, claim and links."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.export.collection import CollectedArticle, LinkedMark
from annotator.export.filenames import block_id
from annotator.export.html.html_blocks import MarkInText, escaped, link
from annotator.export.hyperlinks import host_of, safe_href
from annotator.model import (
    CLAIM_FIELDS,
    AnchoredMark,
    Annotation,
    ArticleRecord,
    Kind,
    Link,
    tags,
)
from annotator.model.labels import BACK_RELATIONS, RELATIONS, STATUS_GLYPHS, long_date
from annotator.model.text import clean_line

MOST_WORDS = 160  # characters of the words of a mark at the other end of a link
UNKNOWN_GLYPH = "▪"

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_IN_HEAD = frozenset({"status"})  # fields of a claim that are not in its list of fields


class Legend:
    """The kinds of marks with their colours and glyphs, and the tags that have a colour."""

    def __init__(self, kinds: Sequence[Kind], tag_colours: Mapping[str, str]) -> None:
        self._kinds = {kind.name.casefold(): kind for kind in kinds}
        self._classes = {name: f"k{number}" for number, name in enumerate(self._kinds)}
        self._tag_classes = {tag: f"t{number}" for number, tag in enumerate(sorted(tag_colours))}
        self._tag_colours = tag_colours

    def glyph(self, kind: str) -> str:
        """Return the glyph of a kind, or the usual one of a kind that is not known."""
        found = self._kinds.get(kind.casefold())
        return found.glyph if found else UNKNOWN_GLYPH

    def css_class(self, kind: str) -> str:
        """Return the class of marks of a kind: `k0` for the first one."""
        return self._classes.get(kind.casefold(), "kx")

    def tag_class(self, tag: str) -> str:
        """Return the class attribute of a tag that has a colour, or nothing."""
        css_class = self._tag_classes.get(tags.key(tag))
        return f' class="{css_class}"' if css_class else ""

    def style(self) -> str:
        """Return the rules of a style sheet for the colours of kinds and tags."""
        colours = {self._classes[name]: kind.colour for name, kind in self._kinds.items()}
        colours |= {self._tag_classes[tag]: each for tag, each in self._tag_colours.items()}
        return "".join(
            f".{css_class} {{ --own: {colour}; }}\n"
            for css_class, colour in colours.items()
            if _COLOUR.fullmatch(colour)
        )


@dataclass(frozen=True, slots=True)
class NumberedMark:
    """A mark with its number on the page, its class, and its words if they have changed."""

    placed: AnchoredMark
    number: int
    css_class: str
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

    def in_text(self) -> MarkInText | None:
        """Return it as a mark on the text; None if it was not found there."""
        span = self.placed.span
        if span is None:
            return None
        claim = self.annotation.claim
        kind = self.annotation.kind or "mark"
        label = f"{kind}, {claim.status}" if claim else kind
        return MarkInText(span, self.name, self.note_id, self.number, self.css_class, label)


@dataclass(frozen=True, slots=True)
class NoteWriter:
    """Writes the notes of an article.

    `on_page` has the ids of all marks of the page, to which links can lead; `wording` are
    the attributes of words of the article: their language and direction.
    """

    article: CollectedArticle
    on_page: Container[str]
    legend: Legend
    wording: str

    def write(self, mark: NumberedMark) -> str:
        """Return the note of a mark as an item of a list."""
        annotation = mark.annotation
        parts = (
            self._head(mark),
            f'<blockquote class="quote"{self.wording}>{lines(annotation.quote)}</blockquote>',
            f'<p class="changed">The article has changed. It now reads: <q{self.wording}>'
            f"{lines(mark.now)}</q></p>"
            if mark.now
            else "",
            f'<p class="body" dir="auto">{lines(annotation.note)}</p>' if annotation.note else "",
            claim_details(annotation),
            self._tags(annotation),
            self._links(annotation),
        )
        inside = "\n".join(part for part in parts if part)
        css_class = f"note {mark.css_class}{' differs' if mark.now else ''}"
        return f'<li class="{css_class}" id="{mark.note_id}" {filter_data(mark)}>\n{inside}\n</li>'

    def _head(self, mark: NumberedMark) -> str:
        glyph = escaped(self.legend.glyph(mark.annotation.kind))
        number = (
            f'<a class="number" href="#{mark.name}" role="doc-backlink" '
            f'aria-label="{mark.number}, to the passage">{mark.number}</a>'
            if mark.placed.span is not None
            else f'<span class="number" id="{mark.name}">{mark.number}</span>'
        )
        kind = escaped(mark.annotation.kind or "mark")
        return (
            f'<p class="head">{number} <span class="kind"><span aria-hidden="true">{glyph}</span>'
            f" {kind}</span>{status(mark.annotation)}</p>"
        )

    def _tags(self, annotation: Annotation) -> str:
        items = "".join(
            f'<li dir="auto"{self.legend.tag_class(tag)}>#{escaped(tag)}</li>'
            for tag in annotation.tags
        )
        return f'<ul class="tags" aria-label="Tags">{items}</ul>' if items else ""

    def _links(self, annotation: Annotation) -> str:
        items = "".join(f"<li>{item}</li>" for item in self._ends(annotation))
        return f'<ul class="links" aria-label="Links">{items}</ul>' if items else ""

    def _ends(self, annotation: Annotation) -> Iterator[str]:
        for each in annotation.links:
            names = BACK_RELATIONS if each.is_reversed else RELATIONS
            yield _relation(names[each.relation], self._target(each), each.note)
        for back in self.article.backlinks.get(annotation.id, ()):
            other = self._reference(back.source)
            yield _relation(BACK_RELATIONS[back.relation], other, back.note)

    def _target(self, to: Link) -> str:
        if address := safe_href(to.target):
            return link(address, escaped(host_of(address) or address))
        found = self.article.linked.get(to.target)
        return self._reference(found) if found else "a mark that is not in the library"

    def _reference(self, end: LinkedMark) -> str:
        is_here = end.record.id == self.article.record.id
        source = "" if is_here else f" {cited(end.record)}"
        return f"{reference(end.annotation, self.on_page)}{source}"


def reference(annotation: Annotation, on_page: Container[str]) -> str:
    """Return the words of a mark, as a link to it if it is on the page."""
    words = escaped(clean_line(annotation.quote, limit=MOST_WORDS)) or "a mark"
    quoted = f"“<bdi>{words}</bdi>”"
    if annotation.id not in on_page:
        return quoted
    return f'<a href="#{block_id(annotation.id)}">{quoted}</a>'


def cited(record: ArticleRecord) -> str:
    """Return the title of an article as a link to its page."""
    title = escaped(record.title or record.url or "Untitled")
    return f'<cite dir="auto">{link(record.url, title)}</cite>'


def _relation(name: str, other: str, note: str) -> str:
    tail = f' <span class="why" dir="auto">{escaped(note)}</span>' if note else ""
    return f'<span class="relation">{name}</span> {other}{tail}'


def status(annotation: Annotation) -> str:
    """Return the status of a claim with its glyph, nothing for another mark."""
    claim = annotation.claim
    if claim is None:
        return ""
    glyph = STATUS_GLYPHS[claim.status]
    return (
        f' <span class="status {claim.status}"><span aria-hidden="true">{glyph}</span> '
        f"{claim.status}</span>"
    )


def claim_details(annotation: Annotation) -> str:
    """Return the fields of a claim but for its status, nothing for another mark."""
    claim = annotation.claim
    if claim is None:
        return ""
    fields = [(field, field.of(claim)) for field in CLAIM_FIELDS if field.name not in _IN_HEAD]
    items = "".join(
        f"<div><dt>{escaped(field.label)}</dt>"
        f'<dd dir="auto">{lines(long_date(value) if field.is_date else value)}</dd></div>'
        for field, value in fields
        if value
    )
    return f"<dl>{items}</dl>" if items else ""


def filter_data(mark: NumberedMark) -> str:
    """Return what the filters ask: the kind, the tags with those above them, and the status."""
    annotation = mark.annotation
    names = dict.fromkeys(
        tags.key(each) for tag in annotation.tags for each in (*tags.ancestors(tag), tag)
    )
    status_ = annotation.claim.status if annotation.claim else ""
    return (
        f'data-mark="{mark.name}" data-kind="{escaped(annotation.kind)}" '
        f'data-tags="{escaped(" ".join(names))}" data-status="{status_}"'
    )


def lines(text: str) -> str:
    """Return `text` escaped, with its line breaks."""
    return escaped(text.strip()).replace("\n", "<br>\n")
