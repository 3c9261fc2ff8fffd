"""Notes as outlines of Logseq: properties of the page and of blocks, everything in bullets."""

import uuid
from collections.abc import Iterator

from annotator.export.markdown.escaping import escape, escape_line, with_breaks
from annotator.export.markdown.mark_text import GONE, own_markdown, source_link
from annotator.export.markdown.note_views import ArticleView, LinkView, MarkView
from annotator.model.labels import count

_NAMES = uuid.uuid5(uuid.NAMESPACE_DNS, "annotator")  # of which the ids of blocks are made


def logseq_header(article: ArticleView) -> str:
    """Return the source of an article, and whether it is complete."""
    source = article.source_line
    parts = (source, count(article.minutes, "minute"))
    lines = (" · ".join(part for part in parts if part), article.completeness)
    return "\n".join(f"- {line}" for line in lines if line)


def logseq_mark(mark: MarkView) -> str:
    """Return a mark as a block with properties, and with the note below it."""
    kind = escape_line(mark.kind)
    tags = " ".join(f"#{tag}" for tag in mark.tags)
    first = " · ".join(part for part in (f"**{kind}**" if kind else "", source_link(mark)) if part)
    title = " ".join(part for part in (first, tags) if part) or "**mark**"
    block = [title, *_properties(mark), logseq_quote(mark.markdown)]
    bullets = [bullet("\n".join(block))]
    if mark.now:
        bullets.append(bullet(logseq_now_reads(mark), "\t"))
    if mark.note.strip():
        bullets.append(bullet(own_markdown(mark.note), "\t"))
    return "\n".join(bullets)


def block_uuid(mark_id: str) -> str:
    """Return the id that Logseq has for the block of a mark: always the same UUID."""
    return str(uuid.uuid5(_NAMES, mark_id))


def logseq_quote(markdown: str) -> str:
    """Return Markdown as a quotation within a block."""
    return "\n".join(f"> {line}".rstrip() for line in markdown.strip("\n").split("\n"))


def logseq_now_reads(mark: MarkView) -> str:
    """Return what the article says now instead of the words that were marked, if it does."""
    if not mark.now:
        return ""
    quote = logseq_quote(with_breaks(escape(mark.now)))
    return f"The article has changed. It now reads:\n{quote}"


def _properties(mark: MarkView) -> Iterator[str]:
    yield f"id:: {block_uuid(mark.id)}"
    for field in mark.fields:
        yield f"{field.key}:: {escape_line(field.value)}"
    links: dict[str, list[str]] = {}
    for link in (*mark.links, *mark.backlinks):
        note = f" ({escape_line(link.note)})" if link.note else ""
        links.setdefault(link.relation, []).append(f"{logseq_link(link)}{note}")
    for relation, targets in links.items():  # a block has each property once
        yield f"{relation}:: {', '.join(targets)}"


def logseq_link(link: LinkView) -> str:
    """Return a link to a page or to the block of a mark; its words if it is not in a note."""
    if link.address:
        return f"[{escape_line(link.words)}](<{link.address}>)"
    if not (link.is_here or link.file):
        return escape_line(link.words) or GONE
    return f"(({block_uuid(link.id)}))"


def bullet(text: str, indent: str = "") -> str:
    """Return a text of some lines as one block of an outline."""
    first, *lines = text.split("\n")
    return "\n".join((f"{indent}- {first}", *(f"{indent}  {line}".rstrip() for line in lines)))
