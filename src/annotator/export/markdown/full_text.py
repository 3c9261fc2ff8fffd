"""The whole text of an article in its note, with the marks in place and notes as footnotes."""

from annotator.export.exporters import NoteSource
from annotator.export.markdown.block_merge import NoteBlock
from annotator.export.markdown.block_syntax import block_name
from annotator.export.markdown.mark_text import own_markdown
from annotator.export.markdown.markdown_blocks import write_marked
from annotator.export.markdown.note_facts import ArticleFacts

INDENT = "    "  # of the further lines of a footnote


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
        f"{notes[mark.id]}: {_indented(own_markdown(mark.note))}"
        for mark in view.marks
        if mark.id in notes and notes[mark.id] in text
    ]
    body = "\n\n".join(("## Text", text, *footnotes))
    return NoteBlock(text_id(view.id), body, is_long=True)


def _indented(note: str) -> str:
    first, *lines = note.split("\n")
    return "\n".join((first, *(f"{INDENT}{line}" if line else "" for line in lines)))
