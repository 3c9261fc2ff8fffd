"""The blocks of an article as HTML."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from annotator.export.addresses import safe_href
from annotator.export.cells import cells_of
from annotator.export.html_containers import Containers
from annotator.export.html_text import escaped, link
from annotator.export.inline import Run, runs
from annotator.model import Block, BlockKind, Span

HIGHEST_HEADING = 2  # the first level is the title's

_TAGS = {
    "strong": "strong",
    "emphasis": "em",
    "strike": "s",
    "superscript": "sup",
    "subscript": "sub",
    "code": "code",
    "formula": "code",
}


def write_blocks(blocks: Sequence[Block]) -> str:
    """Return `blocks` as HTML, lists and quotations around what belongs to them."""
    labels = dict.fromkeys(block.label for block in blocks if block.kind == "footnote")
    notes = {label: f"note-{number}" for number, label in enumerate(labels, start=1) if label}
    containers = Containers()
    lines: list[str] = []
    for block in blocks:
        lines += containers.enter(block)
        lines.append(_Writer(block, notes).write())
    return "\n".join((*lines, *containers.close(0)))


class _Writer:
    """Writes blocks; `notes` are the ids of the footnotes by their labels."""

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
        """Return an image or an embed as a link to it, with what is said of it."""
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
