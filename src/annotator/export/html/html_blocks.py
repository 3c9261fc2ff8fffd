"""The blocks of an article as HTML."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from annotator.export.block_content import Run, cells_of, runs
from annotator.export.hyperlinks import safe_href
from annotator.model import Block, BlockKind, Span

HIGHEST_HEADING = 2  # the first level is for the title

_TAGS = {
    "strong": "strong",
    "emphasis": "em",
    "strike": "s",
    "superscript": "sup",
    "subscript": "sub",
    "code": "code",
    "formula": "code",
}

_QUOTE = "blockquote"
_SIGN = re.compile(r"\[[x ]\]|[A-Za-z]+\.")  # labels that are safe in a style attribute


def write_blocks(blocks: Sequence[Block]) -> str:
    """Return `blocks` as HTML, with elements for lists and quotations around them."""
    labels = dict.fromkeys(block.label for block in blocks if block.kind == "footnote")
    notes = {label: f"note-{number}" for number, label in enumerate(labels, start=1) if label}
    containers = _Containers()
    lines: list[str] = []
    for block in blocks:
        lines += containers.enter(block)
        lines.append(_Writer(block, notes).write())
    return "\n".join((*lines, *containers.close(0)))


class _Writer:
    """Writes one block; `notes` maps labels of footnotes to the ids of their elements."""

    def __init__(self, block: Block, notes: Mapping[str, str]) -> None:
        self._block = block
        self._notes = notes

    def write(self) -> str:
        writers: Mapping[BlockKind, Callable[[], str]] = {
            "heading": self._heading,
            "list_item": self._text,
            "code": self._code,
            "table": self._table,
            "image": self._figure,
            "embed": self._figure,
            "rule": lambda: "<hr>",
            "footnote": self._footnote,
        }
        return writers.get(self._block.kind, self._paragraph)()

    def _paragraph(self) -> str:
        return f"<p>{self._text()}</p>"

    def _heading(self) -> str:
        level = min(6, max(HIGHEST_HEADING, self._block.level))
        return f"<h{level}>{self._text()}</h{level}>"

    def _code(self) -> str:
        return f"<pre><code>{escaped(self._block.text)}</code></pre>"

    def _footnote(self) -> str:
        name = self._notes.get(self._block.label)
        place = f' id="{name}"' if name else ""
        label = f"<sup>{escaped(self._block.label)}</sup> " if name else ""
        return f'<p class="note"{place}>{label}{self._text()}</p>'

    def _figure(self) -> str:
        """Return an image or embed as a link to it, with its caption and credit."""
        block = self._block
        name = block.alternative or block.label or "Image"
        caption = "" if block.text == block.alternative else self._text()
        if block.credit and block.credit not in block.text:
            caption = " ".join(part for part in (caption, escaped(block.credit)) if part)
        shown = link(block.source, escaped(name)) if safe_href(block.source) else escaped(name)
        tail = f"<figcaption>{caption}</figcaption>" if caption else ""
        return f"<figure>{shown}{tail}</figure>"

    def _table(self) -> str:
        rows = [
            self._row(row, "th" if number < self._block.header_rows else "td")
            for number, row in enumerate(cells_of(self._block.text))
        ]
        return "\n".join(("<table>", *rows, "</table>"))

    def _row(self, cells: Sequence[Span], tag: str) -> str:
        return f"<tr>{''.join(f'<{tag}>{self._text(cell)}</{tag}>' for cell in cells)}</tr>"

    def _text(self, span: Span | None = None) -> str:
        span = Span(0, len(self._block.text)) if span is None else span  # a cell may be empty
        return "".join(self._runs(runs(self._block.marks, span))).replace("\n", "<br>\n")

    def _runs(self, stretches: Sequence[Run]) -> Iterator[str]:
        for run in stretches:
            plain = escaped(run.span.of(self._block.text))
            inside = "".join(self._runs(run.inside)) or plain
            yield plain if run.mark is None else self._marked(run, inside)

    def _marked(self, run: Run, inside: str) -> str:
        mark = run.mark
        if mark is None or mark.kind == "link":
            return link(mark.href if mark else "", inside)
        if mark.kind == "footnote_reference":
            name = self._notes.get(mark.href)
            return f'<sup><a href="#{name}">{inside}</a></sup>' if name else f"<sup>{inside}</sup>"
        tag = _TAGS[mark.kind]
        return f"<{tag}>{inside}</{tag}>"


@dataclass(slots=True)
class _Containers:
    """The open elements: quotations, and for each level of a list its tag and `li`."""

    tags: list[str] = field(default_factory=list)

    def enter(self, block: Block) -> Iterator[str]:
        """Yield the tags that close and open before `block` is written."""
        wanted = self._wanted(block)
        shared = 0
        while shared < min(len(wanted), len(self.tags)) and self.tags[shared] == wanted[shared]:
            shared += 1
        if block.kind == "list_item" and shared == len(wanted):
            shared -= 1  # another item of the list that is open
        yield from self.close(shared)
        for number, tag in enumerate(wanted[shared:], start=shared + 1):
            is_item = number == len(wanted) and block.kind == "list_item" and tag == "li"
            yield _item(block) if is_item else f"<{tag}>"
            self.tags.append(tag)

    def close(self, depth: int) -> Iterator[str]:
        """Yield the tags that close all but the outermost `depth` elements."""
        while len(self.tags) > depth:
            yield f"</{self.tags.pop()}>"

    def _wanted(self, block: Block) -> list[str]:
        quotes = [_QUOTE] * max(block.quote_depth, int(block.kind == "quote"))
        if block.kind == "quote" and block.depth and self.tags[:1] != [_QUOTE]:
            return [*self._lists(block, self.tags), *quotes]
        is_open = self.tags[: len(quotes)] == quotes
        return [*quotes, *self._lists(block, self.tags[len(quotes) :] if is_open else [])]

    def _lists(self, block: Block, tags: Sequence[str]) -> list[str]:
        """Return the tags of the lists around `block`, from the outermost one."""
        levels = [tag for tag in tags if tag in {"ul", "ol"}]
        if block.kind != "list_item":
            levels = levels[: block.depth]
        else:
            outer = levels[: max(0, block.depth - 1)]
            outer += ["ul"] * (max(1, block.depth) - 1 - len(outer))
            levels = [*outer, "ul" if block.ordinal is None else "ol"]
        return [tag for level in levels for tag in (level, "li")]


def _item(block: Block) -> str:
    value = "" if block.ordinal is None else f' value="{block.ordinal}"'
    sign = escape(f"'{block.label} '") if _SIGN.fullmatch(block.label) else ""
    style = f' style="list-style-type: {sign}"' if sign else ""
    return f"<li{value}{style}>"


def escaped(text: str) -> str:
    """Return `text` escaped for an element, or for an attribute in double quotes."""
    return escape(text, quote=True)


def link(address: str, written: str) -> str:
    """Return the HTML `written` as a link if `address` is safe, else as it is."""
    href = safe_href(address)
    if not href:
        return written
    return f'<a href="{escaped(href)}" rel="noopener noreferrer nofollow">{written}</a>'
