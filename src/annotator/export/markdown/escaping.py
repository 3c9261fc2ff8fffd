"""Plain text that stays plain text in CommonMark, GitHub's Markdown, Obsidian and Logseq.

A text is escaped as a whole, even where it is written in pieces between the
signs of bold and links: what is harmless in each of two pieces may not be once
they stand side by side. Only what could mean something is escaped, so that
the source of a note stays readable.
"""

import re

HARD_BREAK = "  \n"  # two spaces: the only line break that every reader knows

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
_SINGLE_LINE_END = re.compile(r"(?<!\n)\n(?!\n)")
_LINE_EDGES = re.compile(r"^[ \t]+|[ \t]+$", re.MULTILINE)  # indented code, hard line breaks


def signs(text: str) -> frozenset[int]:
    """Return where in `text` a backslash has to stand."""
    starts = (match.start() for match in _MEANINGFUL.finditer(text))
    firsts = (
        match.start(match.lastgroup) for match in _AT_LINE_START.finditer(text) if match.lastgroup
    )
    return frozenset((*starts, *firsts))


def escape(text: str) -> str:
    """Return `text` as Markdown that shows it, line by line."""
    return _LINE_EDGES.sub("", escape_piece(text, 0, signs(text)))


def escape_line(text: str) -> str:
    """Return `text` as Markdown on a single line."""
    return escape(" ".join(text.split()))


def escape_piece(piece: str, offset: int, at: frozenset[int]) -> str:
    """Return the `piece` that stands at `offset` of a text whose signs are `at`, escaped.

    What means something only where the piece begins or ends is escaped as well.
    """
    own = signs(piece)
    return "".join(
        f"\\{character}" if index in own or index + offset in at else character
        for index, character in enumerate(piece)
    )


def code_span(text: str) -> str:
    """Return `text` as code within a line."""
    text = " ".join(text.split("\n"))
    fence = "`" * (_longest_run(text) + 1)
    room = " " if text.startswith("`") or text.endswith("`") or text != text.strip() else ""
    return f"{fence}{room}{text}{room}{fence}" if text.strip() else text


def formula(text: str) -> str:
    """Return TeX between dollar signs as it is, or nothing if it would not stay what it is.

    Where dollar signs mean nothing, a tag in it would be one, and a link a link.
    """
    tex = text.strip("$")
    if _NOT_IN_A_FORMULA.search(tex) or not tex.strip():
        return ""
    return text.replace("<", r"\lt ").replace("](", "]{}(")


def code_block(code: str, language: str = "") -> str:
    """Return `code` as a fenced block that nothing in it can close."""
    fence = "`" * max(3, _longest_run(code) + 1)
    name = re.sub(r"[^A-Za-z0-9+#.-]", "", language)[:20]
    return f"{fence}{name}\n{code}\n{fence}"


def quoted(markdown: str, depth: int = 1) -> str:
    """Return `markdown` as a quotation."""
    sign = "> " * depth
    return "\n".join(f"{sign}{line}" if line else sign.rstrip() for line in markdown.split("\n"))


def with_breaks(markdown: str) -> str:
    """Return `markdown` with its lines kept apart; blank lines part paragraphs as they did."""
    return _SINGLE_LINE_END.sub(HARD_BREAK, markdown)


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)
