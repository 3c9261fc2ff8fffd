"""A digest: one note of marks from many articles, in groups, with the evidence for each.

It is merged like any other note. Each heading, each mark and the list of sources is a
managed block, so that what the user writes between them stays. The name of a block
holds a hash of the digest and of its group: a mark that changes its group leaves one block
and gets another, and no block is taken for that of the mark in the note of its article.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from annotator.export import org_text
from annotator.export.exporters import NoteSource, WrittenNote
from annotator.export.filenames import block_id, shortened
from annotator.export.hyperlinks import deep_link, safe_href
from annotator.export.markdown.block_merge import NoteBlock, mentioned_blocks
from annotator.export.markdown.block_syntax import DELETED
from annotator.export.markdown.escaping import escape_line, link
from annotator.export.markdown.logseq import logseq_line, logseq_named_link
from annotator.export.markdown.mark_text import plain_link, wiki_link
from annotator.export.markdown.note_facts import DigestEntry, LinkFacts, article_facts
from annotator.export.markdown.note_merge import NoteParts, written
from annotator.export.markdown.org import org_link
from annotator.export.markdown.presets import DEFAULT, PRESETS, Preset
from annotator.model import AnchoredMark, Annotation, Article, ArticleRecord, Orphan
from annotator.model.labels import count
from annotator.model.text import clean_line

_DIGITS = 12  # of a hash in the name of a block
_SHORT_QUOTE = 60  # characters of the words of a mark that supports or opposes another
_SIDES = {"supports": "supported by", "opposes": "opposed by"}
_LEFT = "Not in this digest any more, {}."


class DigestStyle(Struct, frozen=True, kw_only=True):
    """What the lines of a digest look like for one program.

    `line` makes a plain text a line, `link` a link to a mark or a page, and `note` one to the
    note with a name. `title`, `about` and `group` are lines with `{}` in them, `emphasis` is
    around the side of evidence, `indent` before each level of it, and `gap` below the heading
    of the sources.
    """

    line: Callable[[str], str]
    link: Callable[[LinkFacts], str]
    note: Callable[[str], str]
    title: str
    about: str
    group: str
    emphasis: str
    indent: str = "  "
    item: str = ""
    gap: str = "\n"


_OBSIDIAN = DigestStyle(
    line=escape_line,
    link=wiki_link,
    note=lambda name: f"[[{name}]]",
    title="",  # Obsidian shows the name of the file above
    about="{}",
    group="## {}",
    emphasis="**",
)

STYLES: Final[Mapping[str, DigestStyle]] = {
    "obsidian": _OBSIDIAN,
    "plain": replace(
        _OBSIDIAN, title="# {}", link=plain_link, note=lambda name: link("its marks", f"{name}.md")
    ),
    "logseq": replace(
        _OBSIDIAN,
        line=logseq_line,
        link=logseq_named_link,
        title="",
        about="- {}",
        group="- ## {}",
        indent="\t",
        item="\t",
        gap="",
    ),
    "org": DigestStyle(
        line=org_text.escape_line,
        link=org_link,
        note=lambda name: org_text.link(f"file:{name}.org", "its marks"),
        title="* {}",
        about="{}",
        group="** {}",
        emphasis="*",
    ),
}


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


class DigestSource(Struct, frozen=True, kw_only=True):
    """All that a digest is made of.

    `notes` has the names of the notes of articles, by their ids. `before` is the text of the
    file as it is now, `memory` what was to be remembered of it, `today` a date.
    """

    identity: str
    title: str
    query: str
    groups: Sequence[DigestGroup]
    notes: Mapping[str, str]
    today: str
    before: str | None = None
    memory: bytes | None = None


def short_hash(text: str) -> str:
    """Return a hash that can be a part of the name of a block."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_DIGITS]


def write_digest(source: DigestSource, preset: Preset = PRESETS[DEFAULT]) -> WrittenNote:
    """Return the text of a digest, merged with the file if there is one."""
    prefix, style = f"d{short_hash(source.identity)}", STYLES[preset.name]
    syntax = preset.syntax
    syntax = replace(syntax, deleted=syntax.deleted.replace(DELETED, _LEFT))
    note = NoteParts(
        {"title": source.title, "query": source.query, "annotator_id": source.identity},
        style.title.format(style.line(source.title)),
        list(_blocks(source, preset, prefix)),
        preset.head,
        syntax,
    )
    mentioned = mentioned_blocks(source.before or "", syntax)
    current = {block.mark_id for block in note.blocks}
    left = (name for name in mentioned if name.startswith(f"{prefix}-") and name not in current)
    return written(
        note,
        before=source.before,
        memory=source.memory,
        deleted=dict.fromkeys(left, source.today),
        prunes=True,
    )


def _blocks(source: DigestSource, preset: Preset, prefix: str) -> Iterator[NoteBlock]:
    style = STYLES[preset.name]
    marks = [mark for group in source.groups for mark in group.marks]
    records = {mark.record.id: mark.record for mark in marks}
    different = {mark.mark.id for mark in marks}
    said = f"{count(len(different), 'mark')} of {count(len(records), 'article')}"
    query = f" for “{style.line(source.query)}”" if source.query else ""
    yield NoteBlock(f"{prefix}-about", style.about.format(f"{said}{query}."))
    for group in source.groups:
        name = f"{prefix}-{short_hash(group.key)}"
        yield NoteBlock(name, style.group.format(style.line(group.label)))
        for mark in group.marks:
            body = preset.digest_mark(_entry(mark, source, style))
            yield NoteBlock(f"{name}-{mark.mark.id}", body)
    if records:
        sources = (_source(record, source, style) for record in records.values())
        heading = f"{style.group.format('Sources')}{style.gap}"
        yield NoteBlock(f"{prefix}-sources", "\n".join((heading, *sources)))


def _entry(of: DigestMark, source: DigestSource, style: DigestStyle) -> DigestEntry:
    record, mark = of.record, of.mark
    article = Article(record.id, record.url, record.title)  # without its text, which takes long
    placed = [AnchoredMark(mark, Orphan())]
    view = article_facts(
        NoteSource(article=article, placed=placed, record=record, notes=source.notes)
    )
    link = deep_link(record.url, mark.target)
    return DigestEntry(
        replace(view.marks[0], link=link, found=True),
        view,
        _place(mark, record, source, style),
        of.backing,
        "\n".join(_evidence(of.evidence, source, style)),
    )


def _evidence(
    evidence: Iterable[Evidence], source: DigestSource, style: DigestStyle
) -> Iterator[str]:
    for item in evidence:
        indent = f"{style.item}{style.indent * (item.level - 1)}"
        side = f"{style.emphasis}{_SIDES.get(item.side, item.side)}{style.emphasis}"
        parts = [f"{indent}- {side}"]
        if item.mark:
            parts.append(f"“{style.line(shortened(item.mark.quote, _SHORT_QUOTE))}”")
        if item.mark and item.record:
            parts.append(f"— {_place(item.mark, item.record, source, style)}")
        elif address := safe_href(item.address):
            title = (item.record and item.record.title) or address
            parts.append(style.link(LinkFacts("", title, address)))
        said = ", ".join(style.line(text) for text in (item.note, item.remark) if text)
        yield " ".join(parts) + (f" ({said})" if said else "")


def _place(
    mark: Annotation, record: ArticleRecord, source: DigestSource, style: DigestStyle
) -> str:
    """Return a link to a mark: to the note of its article, or else to the page."""
    name = source.notes.get(record.id, "")
    return style.link(
        LinkFacts(
            "",
            clean_line(record.title) or "Untitled",
            address="" if name else deep_link(record.url, mark.target),
            id=mark.id,
            block=block_id(mark.id),
            file=name,
        )
    )


def _source(record: ArticleRecord, source: DigestSource, style: DigestStyle) -> str:
    name = source.notes.get(record.id)
    title = record.title or record.url or "Untitled"
    parts = (
        style.link(LinkFacts("", title, safe_href(record.url))),
        ", ".join(map(style.line, record.byline)),
        style.line(record.site_name),
        style.line(record.published[:10]),
        style.note(name) if name else "",
    )
    return f"{style.item}- {' · '.join(part for part in parts if part)}"
