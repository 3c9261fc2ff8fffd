"""Notes for a vault, and articles as Markdown.

A note has properties, a header, and a managed block for each mark. All text from
the page is escaped: only the user's own notes can add structure.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from msgspec.structs import replace

from annotator.export.exporters import Exporter, NoteSource, WrittenNote
from annotator.export.hyperlinks import host_of
from annotator.export.markdown.block_merge import NoteBlock, mentioned_blocks
from annotator.export.markdown.block_syntax import block_name
from annotator.export.markdown.escaping import escape_line
from annotator.export.markdown.mark_text import own_markdown
from annotator.export.markdown.markdown_blocks import (
    NOTE_INDENT,
    indented,
    write_blocks,
    write_marked,
)
from annotator.export.markdown.note_facts import ArticleFacts, article_facts
from annotator.export.markdown.note_merge import NoteParts, written, written_elsewhere
from annotator.export.markdown.presets import DEFAULT, PRESETS, Preset
from annotator.export.markdown.quotation import source_line
from annotator.model import Article

Run = Callable[[Callable[[Any, Preset], Any], Any], Any]

VERSION = "8"  # raise it when notes are written in another way


def compose_note(source: NoteSource, preset: Preset = PRESETS[DEFAULT]) -> NoteParts:
    """Return the note of an article with its marks in the given order, those not found last."""
    view = article_facts(source)
    blocks = [
        NoteBlock(mark.id, preset.mark(mark, view), is_lost=not mark.found) for mark in view.marks
    ]
    text = text_id(source.record.id)
    has_text = source.has_text or text in mentioned_blocks(source.before or "")
    if preset.highlight and has_text:
        number = sum(not block.is_lost for block in blocks)
        blocks.insert(number, text_block(source, view, sign=preset.highlight))
    return NoteParts(
        preset.properties(view), preset.header(view), blocks, preset.head, preset.syntax
    )


def write_note(source: NoteSource, preset: Preset = PRESETS[DEFAULT]) -> WrittenNote:
    """Return the text of a note, merged with the file if there is one."""
    note = written(
        compose_note(source, preset),
        before=source.before,
        memory=source.memory,
        deleted=source.deleted,
        elsewhere=source.elsewhere,
        prunes=source.prunes,
    )
    text = text_id(source.record.id)  # not a mark
    outcomes = {key: outcome for key, outcome in note.outcomes.items() if key != text}
    return replace(note, outcomes=outcomes)


def write_elsewhere(source: NoteSource, preset: Preset = PRESETS[DEFAULT]) -> WrittenNote:
    """Return the text of another file with the blocks of a note that were moved there."""
    return written_elsewhere(
        compose_note(source, preset),
        before=source.before or "",
        memory=source.memory,
        deleted=source.deleted,
        mark_ids=source.elsewhere,
        prunes=source.prunes,
    )


def note_stem(source: NoteSource, preset: Preset) -> str:
    """Return the name of a new file, as the templates of the user want it."""
    return preset.stem(article_facts(source))


def note_exporter(preset: Preset, run: Run | None = None) -> Exporter:
    """Return the exporter of notes in a preset.

    `run` calls a function with a value and the preset, where templates of users can be stopped.
    """
    call = run or (lambda function, value: function(value, preset))
    return Exporter(
        name="markdown",
        suffix=preset.suffix,
        render_article=render_article,
        write_note=partial(call, write_note),
        write_elsewhere=partial(call, write_elsewhere),
        identity_of=preset.head.identity_of,
        parts_of=partial(mentioned_blocks, syntax=preset.syntax),
        stem_of=partial(call, note_stem) if preset.own else None,
        version=f"{VERSION}.{preset.version}",
    )


def render_article(article: Article) -> str:
    """Return an article as Markdown: its title, source and blocks."""
    title = escape_line(article.title)
    site = article.site_name or host_of(article.url)
    source = source_line(article.url, site, article.byline, article.published)
    parts = [f"# {title}" if title else "", source, write_blocks(article.blocks)]
    return "\n\n".join(part for part in parts if part) + "\n"


MARKDOWN = note_exporter(PRESETS[DEFAULT])


def text_id(article_id: str) -> str:
    """Return the id of the block with the text of an article."""
    return f"text-{block_name(article_id)}"


def text_block(source: NoteSource, view: ArticleFacts, *, sign: str) -> NoteBlock:
    """Return the block with the text; `sign` is what marked passages are between."""
    spans = {placed.annotation.id: placed.span for placed in source.placed if placed.span}
    notes = {mark.id: f"[^{mark.block}]" for mark in view.marks if mark.note.strip()}
    places = {notes.get(key, "\u2060" * at): span for at, (key, span) in enumerate(spans.items())}
    text = write_marked(source.article, places, sign=sign).replace("\u2060", "")
    footnotes = [
        f"{notes[mark.id]}: {indented(own_markdown(mark.note), NOTE_INDENT).lstrip()}"
        for mark in view.marks
        if mark.id in notes and notes[mark.id] in text
    ]
    body = "\n\n".join(("## Text", text, *footnotes))
    return NoteBlock(text_id(view.id), body, is_long=True)
