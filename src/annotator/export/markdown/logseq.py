"""The parts of notes that are outlines of Logseq: blocks with ids, and links to them."""

import re
import uuid

from annotator.export.markdown.escaping import escape_line, link
from annotator.export.markdown.mark_text import GONE, own_markdown
from annotator.export.markdown.note_facts import LinkFacts
from annotator.export.org_text import ZERO_WIDTH

_MEANT = re.compile(
    r"""
      (?P<kept> (?P<sign_of_code>`+)(?!`).+?(?<!`)(?P=sign_of_code)(?!`)
      | (?<!\\)\$[^$\n]+\$ | !\[(?:\\.|[^\]\\])*\]\([^()\s]*\) )
    | (?P<letter>\\(?=[A-Za-z])) | \\(?P<escaped>.)
    | (?P<sign>\^(?=[\^{]) | _(?=\{) | \#(?=\S) | <(?=\d) | @(?=@))
    """,
    re.VERBOSE,
)
_BRACKETS = str.maketrans("[]", "  ")  # Logseq knows no escape for them in a link
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_ITEM = re.compile(r"^([ \t]*)[-+] (?=\S)")
_HEADING = re.compile(r"^#{1,6} +(.*?\S) *#*$")
_NAMES = uuid.uuid5(uuid.NAMESPACE_DNS, "annotator")  # of which the ids of blocks are made


def block_uuid(mark_id: str) -> str:
    """Return the id that Logseq has for the block of a mark: always the same UUID."""
    return str(uuid.uuid5(_NAMES, mark_id))


def for_logseq(markdown: str) -> str:
    r"""Return escaped Markdown as Logseq reads it.

    To Logseq `\[…\]` is a formula, `\alpha` a letter, `x^{2}` a number above the line, a date
    in brackets a date of the agenda. Code, formulas and pictures stay as they are.
    """
    return _MEANT.sub(_as_logseq_reads, markdown)


def _as_logseq_reads(match: re.Match[str]) -> str:
    escaped, after = match["escaped"], match.string[match.end() :].lstrip("\\")[:1]
    if escaped in {"[", "]"}:  # of a page, a footnote, or a link
        is_meant = after in ({"[", "^"} if escaped == "[" else {"("})
        return f"{escaped}{ZERO_WIDTH}" if is_meant else escaped
    if match["letter"] or match["sign"]:
        return f"\\{match[0]}"
    return match[0]


def own_logseq(note: str) -> str:
    """Return a note of the user's own in which no line begins another block of the outline."""
    fence, lines = "", []
    for line in own_markdown(note).split("\n"):
        is_open = bool(fence)
        if mark := _FENCE.match(line):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        is_code = is_open or bool(fence)
        lines.append(line if is_code else _HEADING.sub(r"**\1**", _ITEM.sub(r"\1* ", line)))
    return "\n".join(lines)


def logseq_line(text: str) -> str:
    """Return a text as Logseq shows it, on one line."""
    return for_logseq(escape_line(text))


def logseq_quote(markdown: str) -> str:
    """Return Markdown as a quotation within a block."""
    lines = for_logseq(markdown.strip("\n")).split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines)


def logseq_link(to: LinkFacts) -> str:
    """Return a link to a page or to the block of a mark; its words if it is not in a note."""
    if to.address or not (to.is_here or to.file):
        return link(logseq_line(to.words.translate(_BRACKETS)), to.address) or GONE
    return f"(({block_uuid(to.id)}))"


def logseq_named_link(to: LinkFacts) -> str:
    """Return a link as `logseq_link` does, but with its words."""
    is_block = to.file and not to.address
    return (
        f"[{logseq_line(to.words.translate(_BRACKETS))}](({block_uuid(to.id)}))"
        if is_block
        else logseq_link(to)
    )


def bullet(text: str, indent: str = "") -> str:
    """Return a text of some lines as one block of an outline."""
    first, *lines = text.split("\n")
    return "\n".join((f"{indent}- {first}", *(f"{indent}  {line}".rstrip() for line in lines)))
