"""The parts of notes that are outlines of Logseq: blocks with ids, and links to them."""

import uuid

from annotator.export.markdown.escaping import escape, escape_line, link, with_breaks
from annotator.export.markdown.mark_text import GONE
from annotator.export.markdown.note_facts import LinkFacts, MarkFacts

_NAMES = uuid.uuid5(uuid.NAMESPACE_DNS, "annotator")  # of which the ids of blocks are made


def block_uuid(mark_id: str) -> str:
    """Return the id that Logseq has for the block of a mark: always the same UUID."""
    return str(uuid.uuid5(_NAMES, mark_id))


def logseq_quote(markdown: str) -> str:
    """Return Markdown as a quotation within a block."""
    return "\n".join(f"> {line}".rstrip() for line in markdown.strip("\n").split("\n"))


def logseq_now_reads(mark: MarkFacts) -> str:
    """Return what the article says now instead of the words that were marked, if it does."""
    if not mark.now:
        return ""
    quote = logseq_quote(with_breaks(escape(mark.now)))
    return f"The article has changed. It now reads:\n{quote}"


def logseq_link(to: LinkFacts) -> str:
    """Return a link to a page or to the block of a mark; its words if it is not in a note."""
    if to.address or not (to.is_here or to.file):
        return link(escape_line(to.words), to.address) or GONE
    return f"(({block_uuid(to.id)}))"


def logseq_named_link(to: LinkFacts) -> str:
    """Return a link as `logseq_link` does, but with its words."""
    is_block = to.file and not to.address
    return f"[{escape_line(to.words)}](({block_uuid(to.id)}))" if is_block else logseq_link(to)


def bullet(text: str, indent: str = "") -> str:
    """Return a text of some lines as one block of an outline."""
    first, *lines = text.split("\n")
    return "\n".join((f"{indent}- {first}", *(f"{indent}  {line}".rstrip() for line in lines)))
