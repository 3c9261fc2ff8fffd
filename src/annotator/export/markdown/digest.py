"""A digest: one note of marks from many articles, in groups, with the evidence for each.

It is merged like any other note. Each heading, each mark and the list of sources is a
managed block, so that what the user writes between them stays. The name of a block
holds a hash of the digest and of its group: a mark that changes its group leaves one block
and gets another, and no block is taken for that of the mark in the note of its article.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from annotator.codec import decode, encode
from annotator.export.exporters import NoteSource, WrittenNote
from annotator.export.filenames import block_id
from annotator.export.hyperlinks import deep_link, safe_href
from annotator.export.markdown.block_merge import NoteBlock, mentioned_blocks, merge_blocks
from annotator.export.markdown.block_syntax import MARKDOWN
from annotator.export.markdown.escaping import escape, escape_line, quoted, with_breaks
from annotator.export.markdown.front_matter import FRONT_MATTER, front_matter, note_tag
from annotator.export.markdown.mark_block import link_words, own_markdown
from annotator.export.markdown.note_views import ArticleView, MarkView, article_view
from annotator.export.markdown.property_merge import merge_properties
from annotator.model import (
    CLAIM_FIELDS,
    AnchoredMark,
    Annotation,
    Article,
    ArticleRecord,
    Orphan,
)
from annotator.model.labels import count
from annotator.model.text import clean_line

_DIGITS = 12  # of a hash in the name of a block
_SYNTAX = replace(MARKDOWN, deleted="*Not in this digest any more, {}.*")
_SHORT_QUOTE = 60  # characters of the words of a mark that supports or opposes another
_SIDES = {"supports": "supported by", "opposes": "opposed by"}


class Evidence(Struct, frozen=True):
    """A mark or page that supports or opposes what is one level above it.

    `remark` says why nothing is below. A page has a record or only its address.
    """

    level: int
    side: str
    mark: Annotation | None = None
    record: ArticleRecord | None = None
    address: str = ""
    note: str = ""
    remark: str = ""


class DigestMark(Struct, frozen=True):
    """A mark with its evidence, and how much is behind each side in a sentence."""

    mark: Annotation
    record: ArticleRecord
    evidence: Sequence[Evidence] = ()
    backing: str = ""


class DigestGroup(Struct, frozen=True):
    """Marks under a heading; the key is the same for all spellings of the label."""

    key: str
    label: str
    marks: Sequence[DigestMark]


class DigestEntry(Struct, frozen=True):
    """A mark of a digest as a template gets it."""

    mark: MarkView
    article: ArticleView
    place: Annotated[str, Meta(description="a link to the mark, as Markdown (in a digest)")]
    backing: Annotated[str, Meta(description="how much is behind each side (in a digest)")]
    evidence: Annotated[str, Meta(description="the tree of evidence, as a list (in a digest)")]


class DigestSource(Struct, frozen=True, kw_only=True):
    """All that a digest is made of.

    `notes` has the names of the notes of articles, by their ids. `before` is the text of the
    file as it is now, `memory` what was to be remembered of it, `today` a date. `template`
    writes a mark if the user has one for that. A plain digest has no links between notes.
    """

    identity: str
    title: str
    query: str
    groups: Sequence[DigestGroup]
    notes: Mapping[str, str]
    today: str
    template: "Callable[[DigestEntry], str] | None" = None
    is_plain: bool = False
    before: str | None = None
    memory: bytes | None = None


class _Remembered(Struct, frozen=True):
    properties: Mapping[str, str]
    bodies: Mapping[str, str]


def short_hash(text: str) -> str:
    """Return a hash that can be a part of the name of a block."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_DIGITS]


def write_digest(source: DigestSource) -> WrittenNote:
    """Return the text of a digest, merged with the file if there is one."""
    prefix = f"d{short_hash(source.identity)}"
    blocks = list(_blocks(source, prefix))
    properties = {
        "title": source.title,
        "query": source.query,
        "annotator_id": source.identity,
    }
    memory = encode(_Remembered(properties, {each.mark_id: each.body for each in blocks}))
    if source.before is None:
        heading = f"# {escape_line(source.title)}\n"
        merge = merge_blocks(heading, blocks)
        text = f"{front_matter(properties)}\n{merge.text}"
        return WrittenNote(text=text, memory=memory, outcomes=merge.outcomes)
    known = _remembered(source.memory)
    head = merge_properties(source.before, properties, exported=known.properties if known else None)
    match = FRONT_MATTER.match(head.text)
    start = match.end() if match else 0
    current = {each.mark_id for each in blocks}
    own = (each for each in mentioned_blocks(head.text) if each.startswith(f"{prefix}-"))
    merge = merge_blocks(
        head.text[start:],
        blocks,
        exported=known.bodies if known else None,
        deleted={each: source.today for each in own if each not in current},
        elsewhere=dict.fromkeys(mentioned_blocks(head.text[:start]), "the properties"),
        prunes=True,
        syntax=_SYNTAX,
    )
    return WrittenNote(
        text=f"{head.text[:start]}{merge.text}",
        memory=memory,
        outcomes=merge.outcomes,
        kept=head.kept,
        problems=(head.problem, *merge.problems) if head.problem else merge.problems,
    )


def _remembered(memory: bytes | None) -> _Remembered | None:
    try:
        return decode(memory, _Remembered) if memory else None
    except ValueError:  # of another version; the merge is more cautious then
        return None


def _blocks(source: DigestSource, prefix: str) -> Iterator[NoteBlock]:
    marks = [each for group in source.groups for each in group.marks]
    records = {each.record.id: each.record for each in marks}
    different = {each.mark.id for each in marks}
    said = f"{count(len(different), 'mark')} of {count(len(records), 'article')}"
    query = f" for “{escape_line(source.query)}”" if source.query else ""
    yield NoteBlock(f"{prefix}-about", f"{said}{query}.")
    for group in source.groups:
        name = f"{prefix}-{short_hash(group.key)}"
        yield NoteBlock(name, f"## {escape_line(group.label)}")
        for each in group.marks:
            body = source.template(_entry(each, source)) if source.template else _mark(each, source)
            yield NoteBlock(f"{name}-{each.mark.id}", body)
    if records:
        sources = (_source(record, source) for record in records.values())
        yield NoteBlock(f"{prefix}-sources", "\n".join(("## Sources", "", *sources)))


def _entry(each: DigestMark, source: DigestSource) -> DigestEntry:
    record, mark = each.record, each.mark
    article = Article(record.id, record.url, record.title)  # without its text, which takes long
    placed = [AnchoredMark(mark, Orphan())]
    view = article_view(
        NoteSource(article=article, placed=placed, record=record, notes=source.notes)
    )
    link = deep_link(record.url, mark.target.quote)
    return DigestEntry(
        replace(view.marks[0], link=link, found=True),
        view,
        _place(mark, record, source),
        each.backing,
        "\n".join(_evidence(each.evidence, source)),
    )


def _mark(each: DigestMark, source: DigestSource) -> str:
    mark = each.mark
    tags = [f"#{name}" for tag in mark.tags if (name := note_tag(tag))]
    kind = f"**{escape_line(mark.kind)}**" if mark.kind else ""
    parts = (kind, _place(mark, each.record, source), " ".join(tags))
    claim = mark.claim
    fields = (
        f"- **{field.label}:** {escape_line(value)}"
        if source.is_plain
        else f"- {field.key}:: {escape_line(value)}"
        for field in CLAIM_FIELDS
        if claim and (value := field.of(claim))
    )
    body = (
        quoted(with_breaks(escape(mark.quote))),
        " · ".join(part for part in parts if part),
        own_markdown(mark.note),
        "\n".join(fields),
        each.backing,
        "\n".join(_evidence(each.evidence, source)),
    )
    return "\n\n".join(part for part in body if part)


def _evidence(evidence: Iterable[Evidence], source: DigestSource) -> Iterator[str]:
    for each in evidence:
        indent = "  " * (each.level - 1)
        parts = [f"{indent}- **{_SIDES.get(each.side, each.side)}**"]
        if each.mark:
            parts.append(f"“{escape_line(clean_line(each.mark.quote, limit=_SHORT_QUOTE))}”")
        if each.mark and each.record:
            parts.append(f"— {_place(each.mark, each.record, source)}")
        elif address := safe_href(each.address):
            parts.append(_linked((each.record and each.record.title) or address, address))
        said = ", ".join(escape_line(each) for each in (each.note, each.remark) if each)
        yield " ".join(parts) + (f" ({said})" if said else "")


def _place(mark: Annotation, record: ArticleRecord, source: DigestSource) -> str:
    """Return a link to a mark: to the note of its article, or else to the page."""
    title = clean_line(record.title) or "Untitled"
    name = source.notes.get(record.id)
    if name and source.is_plain:
        return _linked(title, f"{name}.md#{block_id(mark.id)}")
    if name:
        return f"[[{name}#^{block_id(mark.id)}|{link_words(title) or 'the mark'}]]"
    return _linked(title, deep_link(record.url, mark.target.quote))


def _source(record: ArticleRecord, source: DigestSource) -> str:
    title = record.title or record.url or "Untitled"
    name = source.notes.get(record.id)
    note = f"[its marks](<{name}.md>)" if source.is_plain else f"[[{name}]]"
    parts = (
        _linked(title, safe_href(record.url)),
        ", ".join(escape_line(author) for author in record.byline),
        escape_line(record.site_name),
        escape_line(record.published[:10]),
        note if name else "",
    )
    return f"- {' · '.join(part for part in parts if part)}"


def _linked(title: str, address: str) -> str:
    return f"[{escape_line(title)}](<{address}>)" if address else escape_line(title)
