"""The language of Org: text in which nothing is markup, links and quotations.

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
    | \# (?=[ ]annotator:)          # the comments around a block of a note
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_BRACKETS = re.compile(r"[\[\]]+")
_IN_ADDRESS = str.maketrans({"[": "%5B", "]": "%5D"})
FORMULA = re.compile(r"(?<![\w$])(\$(?=\S)(?=[^$\n]*[\\^_{=])[^$\n]*(?<=\S)\$(?!\w))")
_TAGS_AT_END = re.compile(r"(?:^|\s):[\w@#%:]+:$")
_CLOSING_DOLLAR = re.compile(r"(?<=\S)\$(?!\w)")  # of a formula; a price has none


def escape(text: str) -> str:
    """Return text in which Org finds no markup, line by line; formulas of TeX stay formulas."""
    pieces = FORMULA.split(text.strip())
    pieces[::2] = (
        _CLOSING_DOLLAR.sub(r"\\dollar{}", _OPENING.sub(rf"\g<0>{ZERO_WIDTH}", piece))
        for piece in pieces[::2]
    )
    return _AT_LINE_START.sub(ZERO_WIDTH, "".join(pieces))


def escape_line(text: str) -> str:
    """Return text on one line in which Org finds no markup, and no tags at its end."""
    line = escape(" ".join(text.split()))
    return f"{line}{ZERO_WIDTH}" if _TAGS_AT_END.search(line) else line


def link(address: str, words: str) -> str:
    """Return a link with words, which have no brackets then."""
    shown = escape_line(_BRACKETS.sub(" ", words)) or "the mark"
    return f"[[{address.translate(_IN_ADDRESS)}][{shown}]]"


def quotation(org: str) -> str:
    """Return text of Org in a block of quotation."""
    return f"#+begin_quote\n{org}\n#+end_quote"
