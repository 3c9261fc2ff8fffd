"""The contents of a note as values: what every preset writes, and what templates can use.

The descriptions are the documentation of the variables of templates. Texts are plain, as
they are in the library: whoever writes them into a note escapes them.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated

from msgspec import Meta, Struct

from annotator.anchoring import describe_in
from annotator.export.collection import LinkedEnd, LinkedMark, linked_ends
from annotator.export.exporters import NoteSource
from annotator.export.filenames import block_id, file_stem, shortened
from annotator.export.hyperlinks import deep_link, host_of, safe_href
from annotator.export.markdown.escaping import escape, with_breaks
from annotator.export.markdown.front_matter import note_tag
from annotator.export.markdown.markdown_blocks import write_passage
from annotator.export.markdown.quotation import source_line
from annotator.model import CLAIM_FIELDS, Anchored, AnchoredMark, Annotation, Article, Claim, Orphan
from annotator.model.claim import filled_fields
from annotator.model.labels import ACCESS, page_words

SHORT_QUOTE = 60  # characters of the words of a mark that another mark links to

CALLOUTS: Mapping[str, str] = {  # of Obsidian, by the kind of a mark
    "claim": "info",
    "evidence": "example",
    "question": "question",
    "definition": "abstract",
    "highlight": "quote",
}
STATUS_CALLOUTS: Mapping[str, str] = {  # of a claim that was looked into, whatever its kind
    "checking": "todo",
    "supported": "success",
    "disputed": "warning",
    "refuted": "failure",
    "unverifiable": "question",
}
OTHER_CALLOUT = "note"


class FieldFacts(Struct, frozen=True):
    """A field of a claim."""

    key: Annotated[str, Meta(description="its name in notes, such as `said-on`")]
    label: Annotated[str, Meta(description="its name on the screen, such as `Date`")]
    value: Annotated[str, Meta(description="its value")]


class LinkFacts(Struct, frozen=True):
    """A link of a mark, or of another mark to it."""

    relation: Annotated[str, Meta(description="`supports`, or `supported-by` seen from there")]
    words: Annotated[str, Meta(description="the words of the other mark, or the site of a page")]
    address: Annotated[str, Meta(description="the address of a page; empty for a mark")] = ""
    id: Annotated[str, Meta(description="the id of the other mark; empty for a page")] = ""
    block: Annotated[str, Meta(description="its block id, `a-…`")] = ""
    file: Annotated[str, Meta(description="the note that holds it, if that is another one")] = ""
    is_here: Annotated[bool, Meta(description="whether it is in this note")] = False
    note: Annotated[str, Meta(description="your note on the link")] = ""


class MarkFacts(Struct, frozen=True):
    """A mark."""

    id: Annotated[str, Meta(description="its id")]
    block: Annotated[str, Meta(description="its block id, `a-…`")]
    quote: Annotated[str, Meta(description="the words that you marked, with their line breaks")]
    markdown: Annotated[str, Meta(description="the same as Markdown; formulas stay formulas")]
    kind: Annotated[str, Meta(description="`claim`, `evidence`, … or a kind of your own")]
    status: Annotated[str, Meta(description="the status of the claim; empty if it is not one")]
    callout: Annotated[str, Meta(description="a callout of Obsidian for its kind and status")]
    note: Annotated[str, Meta(description="your note, in Markdown, as you wrote it")]
    tags: Annotated[Sequence[str], Meta(description="its tags, without `#`")]
    link: Annotated[str, Meta(description="the address that opens the page at the passage")]
    found: Annotated[bool, Meta(description="whether the passage was found in the article")]
    page: Annotated[str, Meta(description="the printed page, as `p. 14`, if there are pages")]
    chapter: Annotated[str, Meta(description="the chapter, if the text is divided into several")]
    now: Annotated[str, Meta(description="what the article says there now, if that changed")]
    fields: Annotated[
        Sequence[FieldFacts],
        Meta(
            description="the fields of the claim, who made the mark if several people do, and what "
            "program proposed it"
        ),
    ]
    links: Annotated[Sequence[LinkFacts], Meta(description="its links to marks and pages")]
    backlinks: Annotated[Sequence[LinkFacts], Meta(description="the links of other marks to it")]
    claim: Annotated[
        Mapping[str, str], Meta(description="the fields by name: `claim.speaker`, `claim.said_on`")
    ]
    created: Annotated[str, Meta(description="the day on which you made it")]
    modified: Annotated[str, Meta(description="the day on which you changed it last")]
    author: Annotated[str, Meta(description="who made it, if several people make marks")]


class ArticleFacts(Struct, frozen=True):
    """An article."""

    id: Annotated[str, Meta(description="its `annotator_id`")]
    title: Annotated[str, Meta(description="its title")]
    alias: Annotated[str, Meta(description="its title, if a file cannot be called so")]
    url: Annotated[str, Meta(description="its address")]
    doi: Annotated[str, Meta(description="its DOI, such as `10.1000/182`, if it has one")]
    source_line: Annotated[str, Meta(description="site, authors and date, as Markdown")]
    site: Annotated[str, Meta(description="the name of its site, or its host")]
    authors: Annotated[Sequence[str], Meta(description="the names of its authors")]
    published: Annotated[str, Meta(description="the day of publication, if it is known")]
    created: Annotated[str, Meta(description="the day on which you added it")]
    description: Annotated[str, Meta(description="the summary that the page gave")]
    language: Annotated[str, Meta(description="its language, such as `en`")]
    minutes: Annotated[int, Meta(description="how long it takes to read")]
    tags: Annotated[Sequence[str], Meta(description="its tags, without `#`")]
    access: Annotated[str, Meta(description="`full`, `partial`, `paywalled`, …")]
    completeness: Annotated[str, Meta(description="a sentence, if the article is incomplete")]
    state: Annotated[str, Meta(description="`unread`, `reading`, `read` or `archived`")]
    kinds: Annotated[Sequence[str], Meta(description="the kinds of its marks")]
    marks: Annotated[Sequence[MarkFacts], Meta(description="its marks, in the order of the text")]


class DigestEntry(Struct, frozen=True):
    """A mark of a digest as a template gets it."""

    mark: MarkFacts
    article: ArticleFacts
    place: Annotated[str, Meta(description="a link to the mark, as Markdown (in a digest)")]
    backing: Annotated[str, Meta(description="how much is behind each side (in a digest)")]
    evidence: Annotated[str, Meta(description="the tree of evidence, as a list (in a digest)")]


def article_facts(source: NoteSource) -> ArticleFacts:
    """Return what a note says of an article and its marks, those not found last."""
    record = source.record
    ordered = sorted(source.placed, key=lambda placed: isinstance(placed.place, Orphan))
    own = {mark.id: LinkedMark(record, mark) for mark in (of.annotation for of in source.placed)}
    linked = {**own, **source.linked}
    chapters = _chapters(source.article)
    return ArticleFacts(
        id=record.id,
        title=record.title,
        alias=record.title if file_stem(record.title) != record.title else "",
        url=record.url,
        doi=record.known_doi,
        source_line=source_line(
            record.url, record.site_name or host_of(record.url), record.byline, record.published
        ),
        site=record.site_name or host_of(record.url),
        authors=record.byline,
        published=record.published[:10],
        created=f"{record.added.astimezone():%Y-%m-%d}",
        description=record.excerpt,
        language=record.language,
        minutes=record.minutes,
        tags=_tags(record.tags),
        access=record.access,
        completeness=ACCESS[record.access].note,
        state=record.state,
        kinds=tuple(dict.fromkeys(placed.annotation.kind for placed in source.placed)),
        marks=tuple(_mark_facts(placed, source, linked, chapters) for placed in ordered),
    )


def _mark_facts(
    placed: AnchoredMark,
    source: NoteSource,
    linked: Mapping[str, LinkedMark],
    chapters: Sequence[tuple[int, str]],
) -> MarkFacts:
    mark, text = placed.annotation, source.article.text
    place = placed.place if isinstance(placed.place, Anchored) else None
    here = describe_in(source.article, place.span) if place else None
    above = [name for start, name in chapters if place and start <= place.span.start]
    url = source.record.url
    claim = mark.claim or (Claim() if mark.status else None)  # as the screens show it
    links = [_link_facts(end, source) for end in linked_ends(mark, linked)]
    return MarkFacts(
        id=mark.id,
        block=block_id(mark.id),
        quote=mark.quote,
        markdown=write_passage(source.article, place.span)
        if place and place.fit != "changed"
        else with_breaks(escape(mark.quote)),
        kind=mark.kind,
        status=mark.status or "",
        callout=callout_of(mark),
        note=mark.note,
        tags=_tags(mark.tags),
        link=deep_link(url, here) if here else safe_href(url),
        found=place is not None,
        page=page_words((here or mark.target).pages),
        chapter=above[-1] if above else "",
        now=place.span.of(text) if place and place.fit == "changed" else "",
        fields=[
            *(
                FieldFacts(field.key, field.label, value)
                for field, value in filled_fields(claim, has_status=mark.status is not None)
            ),
            *([FieldFacts("by", "Marked by", mark.author)] if mark.author else ()),
            *([FieldFacts("proposed", "Proposed by", mark.proposed)] if mark.proposed else ()),
        ],
        links=links[: len(mark.links)],
        backlinks=links[len(mark.links) :],
        claim={field.name: field.of(claim or Claim()) for field in CLAIM_FIELDS},
        created=f"{mark.created.astimezone():%Y-%m-%d}",
        modified=f"{mark.modified.astimezone():%Y-%m-%d}",
        author=mark.author,
    )


def _chapters(article: Article) -> Sequence[tuple[int, str]]:
    """Return where the headings of the first level begin, and their words, if there are several."""
    blocks = zip(article.starts, article.blocks, strict=True)
    headings = [(start, block.text) for start, block in blocks if block.level == 1]
    return headings if len(headings) > 1 else ()


def callout_of(mark: Annotation) -> str:
    """Return the type of callout that Obsidian has for the status of a claim, or for a kind."""
    status = (mark.status or "") if mark.claim else ""
    return STATUS_CALLOUTS.get(status) or CALLOUTS.get(mark.kind, OTHER_CALLOUT)


def _link_facts(linked: LinkedEnd, source: NoteSource) -> LinkFacts:
    """Return what a note says of a link."""
    if address := safe_href(linked.target):
        words = host_of(address) or address
        return LinkFacts(linked.name, words, address=address, note=linked.note)
    end = linked.end
    return LinkFacts(
        linked.name,
        shortened(end.annotation.quote, SHORT_QUOTE) if end else "",
        id=linked.target,
        block=block_id(linked.target),
        file=source.notes.get(linked.target, ""),
        is_here=end is not None
        and end.record.id == source.record.id
        and linked.target not in source.notes,
        note=linked.note,
    )


def _tags(tags: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for tag in tags if (name := note_tag(tag)))
