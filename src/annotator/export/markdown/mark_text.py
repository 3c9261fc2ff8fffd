"""The parts of a mark in a note of Markdown: its links, and what the user wrote.

What is made of them is in the templates.
"""

import re
from collections.abc import Sequence

from annotator.export.markdown.escaping import escape_line, link
from annotator.export.markdown.note_facts import LinkFacts, MarkFacts

_HTML = re.compile(
    r"""
      (?P<kept>
        \\.
      | (?<!`) (?P<sign>`+) (?!`) (?:(?!\n[ \t]*\n).)+? (?<!`) (?P=sign) (?!`)  # code
      | <(?:https?://|mailto:)[^\s<>]*>
      )
    | <(?=[A-Za-z/!?])
    """,
    re.VERBOSE | re.DOTALL,
)
_COMMENT = re.compile(r"(?<!\\)(?=<!-- annotator:)")
_BLOCK_ID = re.compile(r"(?<!\S)\^(?=a-)")
_MEANT_IN_A_LINK = re.compile(
    r"""
      [\[\]|`*_~\#^\\]            # a link, emphasis, a tag, a block
    | \$(?!\d) | (?<=\S)\$         # mathematics, but not a price
    | =(?==) | (?<==)=             # a highlight
    | %(?=%) | (?<=%)%             # a comment
    | <(?=[A-Za-z/!?])             # HTML
    """,
    re.VERBOSE,
)
_LIST_ITEM = re.compile(r"^ {0,3}- ", re.MULTILINE)
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")

GONE = "a mark that is gone"  # the other end of a link, if it was deleted


def source_link(mark: MarkFacts) -> str:
    """Return a Markdown link to the passage on its page, or to the page if it was not found.

    The printed page stands behind it, or alone where there is no address.
    """
    words = "in the article" if mark.found else "the article"
    address = link(words, mark.link) if mark.link else ""
    return ", ".join(filter(None, (address, *map(escape_line, (mark.chapter, mark.page)))))


def own_markdown(note: str) -> str:
    """Return a note, the user's own Markdown, so that it cannot end its block.

    HTML is escaped, but for addresses in angle brackets and code; code that is left open
    is closed.
    """
    written: list[str] = []
    words: list[str] = []
    fence = ""
    for line in note.strip().split("\n"):
        if fence:
            written.append(_COMMENT.sub(r"\\", line))
            is_end = line.lstrip(" ").startswith(fence) and not line.strip(f" \t{fence[0]}")
            fence = "" if is_end else fence
        elif opening := _FENCE.match(line):
            written += [*_without_html(words), _COMMENT.sub(r"\\", line)]
            fence = opening[1]
            words.clear()
        else:
            words.append(line)
    return "\n".join([*written, *_without_html(words), *([fence] if fence else [])])


def _without_html(lines: Sequence[str]) -> Sequence[str]:
    """Return lines without HTML, if there are any."""
    text = _HTML.sub(_escaped, "\n".join(lines))
    return [_BLOCK_ID.sub(r"\\^", text)] if lines else []


def _escaped(match: re.Match[str]) -> str:
    return _COMMENT.sub(r"\\", match[0]) if match["kept"] else f"\\{match[0]}"


def list_sign(note: str) -> str:
    """Return the sign of the items of a list that stays a list of its own below a note.

    In Markdown, two lists with a blank line between them are one, unless their signs differ.
    """
    return "*" if _LIST_ITEM.search(note) else "-"


def link_words(words: str) -> str:
    """Return the text of a link within a vault, where a backslash does not escape."""
    return " ".join(_MEANT_IN_A_LINK.sub(" ", words).split())


def wiki_link(to: LinkFacts) -> str:
    """Return a link to a page, or one within a vault to the block of a mark.

    A mark without a note is its words.
    """
    if to.address or not (to.is_here or to.file):
        return link(escape_line(to.words), to.address) or GONE
    words = link_words(to.words) or "the mark"
    return f"[[{'' if to.is_here else to.file}#^{to.block}|{words}]]"


def plain_link(to: LinkFacts) -> str:
    """Return a Markdown link to a page, or to a mark in its file; its words if it has none."""
    words = escape_line(to.words)
    if to.is_here:
        return f"[{words or 'the mark'}](#{to.block})"
    if to.file and not to.address:
        return link(words or "the mark", f"{to.file}.md#{to.block}")
    return link(words, to.address) or GONE
