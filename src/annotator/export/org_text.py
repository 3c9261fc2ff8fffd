"""Text in Org, in which nothing is markup.

Org's own way to say so is a zero-width space, where it would otherwise see a heading, a link,
a block or code.
"""

import re

ZERO_WIDTH = "\u200b"
_AT_LINE_START = re.compile(
    r"""
    ^(?=[ \t]*
      (?: [*#|:]                    # headings, comments, keywords, blocks, tables, drawers
        | [-+](?:[\s+-]|$)          # items, rules, tables of another kind
        | \w{1,9}[.)](?:\s|$)       # numbered items
        | %%                        # Lisp that the agenda would run
        | (?:CLOCK|CLOSED|DEADLINE|SCHEDULED):
      ))
    """,
    re.VERBOSE | re.MULTILINE,
)
_OPENING = re.compile(
    r"""
      (?<![^\W_]) (?<![:,.;!?)\]}]) (?<!:/) [*/_=~+] (?=\S)  # bold, italic, code
    | \[ (?=[\[\d/%]|fn:|cite)      # links, dates, footnotes, citations, counters
    | < (?=\S)                      # dates, targets, links
    | \\ (?=[A-Za-z(\[\\_])         # entities, formulas, line breaks
    | \{ (?=\{) | @ (?=@)           # macros, raw text of another format
    | \b(?:src|call) (?=_\w)        # code
    | \b(?:attachment|docview|elisp|file(?:\+\w+)?|help|id|info|shell) (?=:\S)  # links
    | \bLocal (?=[ ]Variables:)     # settings of Emacs
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_CLOSING_DOLLAR = re.compile(r"(?<=\S)\$(?!\w)")  # of a formula; a price has none


def escape(text: str) -> str:
    """Return text in which Org finds no markup, line by line."""
    opened = _OPENING.sub(rf"\g<0>{ZERO_WIDTH}", text.strip())
    in_lines = _AT_LINE_START.sub(ZERO_WIDTH, opened)
    return _CLOSING_DOLLAR.sub(r"\\dollar{}", in_lines)
