"""The parts of notes in Org: quotations, and links by CUSTOM_ID."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from annotator.export.markdown.mark_text import GONE
from annotator.export.markdown.note_facts import LinkFacts, MarkFacts
from annotator.export.org_text import ZERO_WIDTH, escape, escape_line, link

if TYPE_CHECKING:
    from markdown_it.token import Token

_MEANT_AT_START = re.compile(r"^(?=\*+ |#\+)", re.MULTILINE)
_AROUND = {"blockquote_open": "#+begin_quote", "blockquote_close": "#+end_quote", "hr": "-----"}
_ENDS = frozenset(
    {"paragraph_close", "heading_close", "fence", "code_block", "blockquote_close"}
    | {"bullet_list_close", "ordered_list_close"}
)
_SIGNS = {
    "strong_open": "*", "strong_close": "*", "em_open": "/", "em_close": "/",
    "s_open": "+", "s_close": "+", "link_close": "]]",
}  # fmt: skip
_MEANT_IN_CODE = re.compile(r"^(?=\*|,*#\+)", re.MULTILINE)
_COMMENT = re.compile(r"#(?= annotator:)")
_NOT_IN_A_TAG = re.compile(r"[^\w@]+")


def org_tag(tag: str) -> str:
    """Return a tag with the characters that Org allows in one."""
    return _NOT_IN_A_TAG.sub("_", tag)


def own_org(note: str) -> str:
    """Return a note, which is Markdown, as Org; it cannot end its block or its heading."""
    from markdown_it import MarkdownIt  # notes of other languages do without it

    tokens = MarkdownIt("commonmark").enable("strikethrough").parse(note.strip())
    return no_comment("\n".join(_Blocks().lines(tokens)).strip("\n"))


class _Blocks:
    """Writes the blocks of Markdown as Org: what is open around a line gives its indent."""

    def __init__(self) -> None:
        self._indents: list[int] = []
        self._numbers: list[int | None] = []
        self._item = ""  # the sign of an item whose first line is to come

    def lines(self, tokens: Sequence["Token"]) -> Iterator[str]:
        """Yield the lines, with an empty one between blocks."""
        for at, token in enumerate(tokens):
            kind = token.type
            self._enter(token)
            if kind in _AROUND:
                yield from self._indented(_AROUND[kind])
            elif kind == "inline":
                text = _MEANT_AT_START.sub(ZERO_WIDTH, "".join(map(_inline, token.children or ())))
                is_heading = tokens[at - 1].type == "heading_open"
                yield from self._indented(f"*{text}*" if is_heading else text)
            elif kind in {"fence", "code_block"}:
                code = _MEANT_IN_CODE.sub(",", token.content.rstrip("\n"))
                begin = " ".join(("#+begin_src", *token.info.split()[:1]))
                yield from self._indented(f"{begin}\n{code}\n#+end_src")
            elif kind == "html_block":
                yield from self._indented(escape(token.content))
            after = tokens[at + 1].type if at + 1 < len(tokens) else ""
            if kind in _ENDS and not self._indents and after != "blockquote_close":
                yield ""

    def _enter(self, token: "Token") -> None:
        """Note a list or an item that begins or ends."""
        match token.type:
            case "bullet_list_open":
                self._numbers.append(None)
            case "ordered_list_open":
                self._numbers.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self._numbers.pop()
            case "list_item_open":
                number = self._numbers[-1]
                self._item = "- " if number is None else f"{number}. "
                self._numbers[-1] = None if number is None else number + 1
                self._indents.append(len(self._item))
            case "list_item_close":
                self._indents.pop()

    def _indented(self, text: str) -> Iterator[str]:
        outer = " " * (sum(self._indents) - len(self._item))
        for line in text.split("\n"):
            yield f"{outer}{self._item}{line}".rstrip()
            outer, self._item = " " * sum(self._indents), ""


def _inline(token: "Token") -> str:
    """Return a piece of a line of Markdown as Org."""
    match token.type:
        case "link_open":
            return f"[[{token.attrs.get('href', '')}]["
        case "image":
            return f"[[{token.attrs.get('src', '')}]]"
        case "code_inline":
            return f"={token.content}=" if "~" in token.content else f"~{token.content}~"
        case "softbreak":
            return "\n"
        case "hardbreak":
            return "\\\\\n"
        case kind:
            return _SIGNS.get(kind, token.content)


def no_comment(text: str) -> str:
    """Return a text without what could be a comment around a block."""
    return _COMMENT.sub(f"#{ZERO_WIDTH}", text)


def org_source(mark: MarkFacts) -> str:
    """Return a link to the passage on its page, or to the page if it was not found."""
    place = "in the article" if mark.found else "the article"
    address = link(mark.link, place) if mark.link else ""
    return ", ".join(filter(None, (address, *map(escape_line, (mark.chapter, mark.page)))))


def org_link(to: LinkFacts) -> str:
    """Return a link to a page or to the heading of a mark; its words if it is not in a note."""
    if to.address:
        return link(to.address, to.words)
    if to.is_here:
        return link(f"#{to.block}", to.words)
    if to.file:
        return link(f"file:{to.file}.org::#{to.block}", to.words)
    return escape_line(to.words) or GONE
