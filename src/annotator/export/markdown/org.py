"""The parts of notes in Org: quotations, and links by CUSTOM_ID."""

import re

from annotator.export.markdown.mark_text import GONE
from annotator.export.markdown.note_facts import LinkFacts, MarkFacts
from annotator.export.org_text import ZERO_WIDTH, escape, escape_line, link, quotation

_HEADING = re.compile(r"^(?=\*)", re.MULTILINE)
_COMMENT = re.compile(r"#(?= annotator:)")
_NOT_IN_A_TAG = re.compile(r"[^\w@]+")


def org_tag(tag: str) -> str:
    """Return a tag with the characters that Org allows in one."""
    return _NOT_IN_A_TAG.sub("_", tag)


def own_org(note: str) -> str:
    """Return a note as the user wrote it, but so that it cannot end its block or its heading."""
    return no_comment(_HEADING.sub(" ", note.strip()))


def no_comment(text: str) -> str:
    """Return a text without what could be a comment around a block."""
    return _COMMENT.sub(f"#{ZERO_WIDTH}", text)


def org_source(mark: MarkFacts) -> str:
    """Return a link to the passage on its page, or to the page if it was not found."""
    place = "in the article" if mark.found else "the article"
    return link(mark.link, place) if mark.link else ""


def org_now_reads(mark: MarkFacts) -> str:
    """Return what the article says now instead of the words that were marked, if it does."""
    said = f"The article has changed. It now reads:\n{quotation(escape(mark.now))}"
    return said if mark.now else ""


def org_link(to: LinkFacts) -> str:
    """Return a link to a page or to the heading of a mark; its words if it is not in a note."""
    if to.address:
        return link(to.address, to.words)
    if to.is_here:
        return link(f"#{to.block}", to.words)
    if to.file:
        return link(f"file:{to.file}.org::#{to.block}", to.words)
    return escape_line(to.words) or GONE
