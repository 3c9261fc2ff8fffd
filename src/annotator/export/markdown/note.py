"""Notes for a vault, and articles as Markdown.

A note has properties, a header, and a managed block for each mark. All text from
the page is escaped: only the user's own notes can add structure.
"""

from collections.abc import Mapping, Sequence

from annotator.codec import decode, encode
from annotator.export.exporters import Exporter, NoteSource, WrittenNote
from annotator.export.hyperlinks import host_of, safe_href
from annotator.export.markdown.block_merge import NoteBlock, mentioned_blocks
from annotator.export.markdown.escaping import escape_line
from annotator.export.markdown.front_matter import identity_of, note_tag
from annotator.export.markdown.mark_block import Surroundings, mark_body
from annotator.export.markdown.markdown_blocks import write_blocks
from annotator.export.markdown.note_merge import ExportedNote, Note, merge_note
from annotator.model import AnchoredMark, Article, ArticleRecord, Orphan
from annotator.model.labels import ACCESS, count


def compose_note(
    article: Article,
    placed: Sequence[AnchoredMark],
    record: ArticleRecord,
    *,
    notes: Mapping[str, str] | None = None,
) -> Note:
    """Return the note of an article with its marks in the given order, those not found last.

    `notes` maps the ids of marks of other articles to the names of the notes that
    hold them, for links to these marks.
    """
    words = {one.annotation.id: one.annotation.quote for one in placed}
    around = Surroundings(article, record.url, words, notes or {})
    blocks = [
        NoteBlock(one.annotation.id, mark_body(one, around), is_lost=isinstance(one.place, Orphan))
        for one in sorted(placed, key=lambda each: isinstance(each.place, Orphan))
    ]
    return Note(_properties(record, placed), _header(record), blocks)


def render_note(
    article: Article,
    placed: Sequence[AnchoredMark],
    record: ArticleRecord,
    *,
    notes: Mapping[str, str] | None = None,
) -> str:
    """Return the text of a new note; see `compose_note`."""
    return compose_note(article, placed, record, notes=notes).text


def write_note(source: NoteSource) -> WrittenNote:
    """Return the text of a note, merged with the file if there is one."""
    note = compose_note(source.article, source.placed, source.record, notes=source.notes)
    remembered = encode(note.remembered)
    if source.before is None and not source.elsewhere:
        outcomes = {each.mark_id: "new" for each in note.blocks}
        return WrittenNote(text=note.text, memory=remembered, outcomes=outcomes)
    merge = merge_note(
        note.heading if source.before is None else source.before,
        note,
        exported=_remembered(source.memory),
        deleted=source.deleted,
        elsewhere=source.elsewhere,
        prunes=source.prunes,
    )
    return WrittenNote(
        text=merge.text,
        memory=remembered,
        outcomes=merge.outcomes,
        kept=merge.kept,
        problems=merge.problems,
    )


def _remembered(memory: bytes | None) -> ExportedNote | None:
    try:
        return decode(memory, ExportedNote) if memory else None
    except ValueError:  # of another version; the merge is more cautious then
        return None


def render_article(article: Article) -> str:
    """Return an article as Markdown: its title, source and blocks."""
    title = escape_line(article.title)
    source = _source_line(article.url, article.site_name, article.byline, article.published)
    parts = [f"# {title}" if title else "", source, write_blocks(article.blocks)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _properties(
    record: ArticleRecord, placed: Sequence[AnchoredMark]
) -> dict[str, str | Sequence[str]]:
    """Return the properties, those of Obsidian's Web Clipper first and in its order."""
    kinds = dict.fromkeys(one.annotation.kind for one in placed)
    return {
        "title": record.title,
        "source": record.url,
        "author": record.byline,
        "published": record.published[:10],
        "created": f"{record.added:%Y-%m-%d}",
        "description": record.excerpt,
        "tags": [name for tag in record.tags if (name := note_tag(tag))],
        "site": record.site_name or host_of(record.url),
        "access": record.access,
        "kinds": tuple(kinds),
        "annotator_id": record.id,
    }


def _header(record: ArticleRecord) -> str:
    source = _source_line(record.url, record.site_name, record.byline, record.published)
    minutes = count(record.minutes, "minute")
    parts = (
        f"# {escape_line(record.title) or 'Untitled'}",
        " · ".join(part for part in (source, minutes) if part),
        ACCESS[record.access].note,
    )
    return "\n\n".join(part for part in parts if part)


def _source_line(url: str, site: str, byline: Sequence[str], published: str) -> str:
    name, href = escape_line(site or host_of(url)), safe_href(url)
    link = f"[{name or 'Source'}](<{href}>)" if href else name
    parts = (link, ", ".join(escape_line(author) for author in byline), escape_line(published[:10]))
    return " · ".join(part for part in parts if part)


MARKDOWN = Exporter(
    name="markdown",
    suffix=".md",
    render_article=render_article,
    render_note=render_note,
    write_note=write_note,
    identity_of=identity_of,
    parts_of=mentioned_blocks,
)
