"""Escaping of plain text for CommonMark, GitHub's Markdown, Obsidian and Logseq.

A text is escaped as a whole, even where it is written in pieces between the
delimiters of bold and links: two harmless pieces may not be harmless side by side.
Only characters that could mean something are escaped, so that the source of a
note stays readable.
"""

import re

HARD_BREAK = "  \n"  # two spaces: the only line break that every renderer knows

_MEANINGFUL = re.compile(
    r"""
      \\(?=[!-/:-@\[-`{-~\s]|$)          # an escape, or a line break at the end
    | [`*\[\]~|$]                        # code, emphasis, links, strike, tables, mathematics
    | (?<![^\W_])_ | _(?![^\W_])         # emphasis, but not inside a word
    | <(?=[A-Za-z/!?]|\Z)                # a tag, a comment, an address in brackets
    | &(?=\#?\w+;|\Z)                    # an entity
    | (?<!\S)\^                          # the id of a block
    | (?<!\w)\#                          # a heading, a tag
    | =(?==) | (?<==)= | %(?=%) | (?<=%)%    # highlights, comments
    | (?<=:):                            # the field of a query, a property
    | \{(?=[{%]) | (?<=\{)\{ | \((?=\()  # macros and block references
    """,
    re.VERBOSE | re.MULTILINE,
)
_AT_LINE_START = re.compile(
    r"^[ \t]*(?:(?P<sign>[>=:]|\+(?=\s|$)|-(?=[\s-]|$))|\d{1,9}(?P<item>[.)])(?=\s|$))",
    re.MULTILINE,
)
_NOT_IN_A_FORMULA = re.compile(r"(?<!\\)\$|[`\n]")
_NEEDS_BRACKETS = re.compile(r"[\s()<>]")
_SINGLE_LINE_END = re.compile(r"(?<!\n)\n(?!\n)")
_LINE_EDGES = re.compile(r"^[ \t]+|[ \t]+$", re.MULTILINE)  # indented code, hard line breaks


def special_offsets(text: str) -> frozenset[int]:
    """Return the offsets in `text` of characters that need a backslash."""
    starts = (match.start() for match in _MEANINGFUL.finditer(text))
    firsts = (
        match.start(match.lastgroup) for match in _AT_LINE_START.finditer(text) if match.lastgroup
    )
    return frozenset((*starts, *firsts))


def escape(text: str) -> str:
    """Return `text` as Markdown that shows it, line by line."""
    return _LINE_EDGES.sub("", escape_piece(text))


def escape_line(text: str) -> str:
    """Return `text` as Markdown on a single line."""
    return escape(" ".join(text.split()))


def escape_piece(piece: str, offset: int = 0, special: frozenset[int] = frozenset()) -> str:
    """Return the `piece` at `offset` of a text escaped; `special` are offsets in that text.

    Characters that mean something only at the beginning or end of the piece are
    escaped as well.
    """
    own = special_offsets(piece)
    if not own and not special:
        return piece
    return "".join(
        f"\\{character}" if index in own or index + offset in special else character
        for index, character in enumerate(piece)
    )


def code_span(text: str) -> str:
    """Return `text` as inline code."""
    text = " ".join(text.split("\n"))
    fence = "`" * (_longest_run(text) + 1)
    room = " " if text.startswith("`") or text.endswith("`") or text != text.strip() else ""
    return f"{fence}{room}{text}{room}{fence}" if text.strip() else text


def formula(text: str) -> str:
    """Return TeX between dollar signs for Markdown, or an empty string if it cannot be written.

    Renderers without formulas must not find a tag or a link in it.
    """
    tex = text.strip("$")
    if _NOT_IN_A_FORMULA.search(tex) or not tex.strip():
        return ""
    return text.replace("<", r"\lt ").replace("](", "]{}(")


def code_block(code: str, language: str = "") -> str:
    """Return `code` as a fenced block, with a fence that is longer than any in it."""
    fence = "`" * max(3, _longest_run(code) + 1)
    name = re.sub(r"[^A-Za-z0-9+#.-]", "", language)[:20]
    return f"{fence}{name}\n{code}\n{fence}"


def quoted(markdown: str, depth: int = 1) -> str:
    """Return `markdown` as a quotation."""
    sign = "> " * depth
    return "\n".join(f"{sign}{line}" if line else sign.rstrip() for line in markdown.split("\n"))


def link(words: str, address: str) -> str:
    """Return Markdown as a link to an address; without one, as it is.

    Brackets are around an address only where it needs them: formatters take others away.
    """
    if not address:
        return words
    place = f"<{address}>" if _NEEDS_BRACKETS.search(address) else address
    return f"[{words}]({place})"


def with_breaks(markdown: str) -> str:
    """Return `markdown` with hard line breaks; blank lines still separate paragraphs."""
    return _SINGLE_LINE_END.sub(HARD_BREAK, markdown)


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)
