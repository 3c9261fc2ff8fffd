"""The blocks of an article as Markdown, with the quotations and lists around them."""

import re
import string
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from msgspec.structs import replace

from annotator.export.block_content import Run, cells_of, runs
from annotator.export.hyperlinks import safe_href
from annotator.export.markdown.escaping import (
    HARD_BREAK,
    code_block,
    code_span,
    escape,
    escape_line,
    escape_piece,
    formula,
    link,
    quoted,
    special_offsets,
    with_breaks,
)
from annotator.model import Article, Block, BlockKind, Mark, Span
from annotator.model.article import TICKED, UNTICKED

if TYPE_CHECKING:
    from annotator.model.article import MarkKind

HIGHEST_HEADING = 2  # the first level is for the title
NOTE_INDENT = 4  # of further paragraphs of a footnote
MOST_ORDINAL = 999_999_999  # nine digits, CommonMark's longest number

_NOT_IN_A_LABEL = re.compile(r"[^0-9A-Za-z-]+")

_AROUND: Mapping[str, tuple[str, str]] = {
    "strong": ("**", "**"),
    "emphasis": ("*", "*"),  # `_` outside words, since that can be inside bold
    "strike": ("~~", "~~"),
    "superscript": ("<sup>", "</sup>"),  # Markdown has no syntax for it; all renderers know these
    "subscript": ("<sub>", "</sub>"),
    "==": ("==", "=="),  # passages that the user marked, in Obsidian and elsewhere
    "<mark>": ("<mark>", "</mark>"),
}
_KEPT_IN_QUOTES = frozenset({"formula", "code"})
_USERS = frozenset({"==", "<mark>"})
_DELIMITERS = ("*", "_", "~", "`", "=")
_BAR = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_BLANK_LINES = re.compile(r"(\n{2,})")
_LINE_EDGES = re.compile(r"^[ \t]+|[ \t]+$", re.MULTILINE)
_ASCII_PUNCTUATION = frozenset(string.punctuation)


def write_blocks(blocks: Sequence[Block]) -> str:
    """Return `blocks` as Markdown, with blank lines between them except between list items."""
    footnotes = _footnote_names(blocks)
    lists = _Lists()
    pieces: list[str] = []
    before: Block | None = None
    for block in blocks:
        written = _WRITERS.get(block.kind, _text)(block, footnotes)
        if not written:
            continue
        if before and before.kind == block.kind == "footnote" and not block.label:
            written = indented(written, NOTE_INDENT)  # another paragraph of the footnote
        if before is not None:
            pieces.append(_gap(before, block))
        pieces.append(lists.place(block, written))
        before = block
    return "".join(pieces)


def write_marked(article: Article, marks: Mapping[str, Span], *, sign: str) -> str:
    """Return the text of an article with passages between two signs: `==` or `<mark>`.

    `marks` are the passages by what is written after each, such as a footnote.
    """
    blocks = []
    for index, block in enumerate(article.blocks):
        whole = article.span_of(index)
        inner = [
            Mark(cast("MarkKind", sign), Span(start - whole.start, end - whole.start), after)
            for after, span in marks.items()
            if (start := max(span.start, whole.start)) < (end := min(span.end, whole.end))
        ]
        blocks.append(replace(block, marks=(*block.marks, *inner)) if inner else block)
    return write_blocks(blocks)


def write_passage(article: Article, span: Span) -> str:
    """Return a passage as it is quoted: plain words, but formulas and code as such.

    A picture of which the caption is in the passage is a link to it.
    """
    first, last = article.block_at(span.start), article.block_at(max(span.start, span.end - 1))
    touched = article.blocks[first : last + 1]
    is_plain = not any(
        block.kind == "image" or any(mark.kind in _KEPT_IN_QUOTES for mark in block.marks)
        for block in touched
    )
    if is_plain:
        return with_breaks(escape(span.of(article.text)))
    paragraphs = []
    for index, block in enumerate(touched, first):
        whole = article.span_of(index)
        start, end = max(span.start, whole.start), min(span.end, whole.end)
        inner = Span(start - whole.start, max(start, end) - whole.start)
        kept = [mark for mark in block.marks if mark.kind in _KEPT_IN_QUOTES]
        written = with_breaks(Writer(block.text, kept).write(inner))
        source = safe_href(block.source) if block.kind == "image" else ""
        picture = f"!{link(escape_line(block.alternative or block.text), source)}" if source else ""
        paragraphs.append("\n\n".join(part for part in (picture, written) if part))
    return "\n\n".join(part for part in paragraphs if part)


class _Lists:
    """The open levels of a nested list, which give the indent of the next block."""

    def __init__(self) -> None:
        self._levels: list[tuple[int, int | None, str]] = []  # width, number, and sign after it

    def place(self, block: Block, written: str) -> str:
        """Return `written` as an item, as part of one, or on its own."""
        if block.kind == "list_item":
            placed = self._item(block, written)
        else:
            del self._levels[block.depth :]
            placed = indented(written, self._width)
        is_inside_quote = block.quote_depth and block.kind != "quote"
        return quoted(placed, block.quote_depth) if is_inside_quote else placed

    def _item(self, block: Block, written: str) -> str:
        depth = max(1, block.depth)
        delimiter = self._delimiter(depth, block.ordinal)
        del self._levels[depth - 1 :]
        marker = "- "
        if block.ordinal is not None:
            marker = f"{min(max(0, block.ordinal), MOST_ORDINAL)}{delimiter} "
        indent = " " * self._width
        self._levels.append((len(marker), block.ordinal, delimiter))
        if block.label in {TICKED, UNTICKED}:
            written = f"{block.label} {written}"
        return f"{indent}{marker}{indented(written, self._width).lstrip()}"

    def _delimiter(self, depth: int, ordinal: int | None) -> str:
        """Return the sign after a number: a different one where another list begins."""
        if ordinal is None or len(self._levels) < depth:
            return "."
        _, last, delimiter = self._levels[depth - 1]
        if last is None or ordinal > last:
            return delimiter
        return ")" if delimiter == "." else "."

    @property
    def _width(self) -> int:
        return sum(width for width, _, _ in self._levels)


def _gap(before: Block, block: Block) -> str:
    around = min(before.quote_depth, block.quote_depth)
    if before.kind == block.kind == "list_item" and before.quote_depth == block.quote_depth:
        return "\n"
    return f"\n{'> ' * around}".rstrip() + "\n" if around else "\n\n"


def _text(block: Block, footnotes: Mapping[str, str]) -> str:
    return with_breaks(Writer(block.text, block.marks, footnotes=footnotes).write())


def _heading(block: Block, footnotes: Mapping[str, str]) -> str:
    text = Writer(block.text, block.marks, footnotes=footnotes).write()
    level = min(6, max(HIGHEST_HEADING, block.level))
    return f"{'#' * level} {' '.join(text.split())}"


def _footnote(block: Block, footnotes: Mapping[str, str]) -> str:
    text, name = _text(block, footnotes), footnotes.get(block.label)
    return f"[^{name}]: {indented(text, NOTE_INDENT).lstrip()}" if name else text


def indented(text: str, width: int) -> str:
    """Return a text with its lines moved to the right."""
    room = " " * width
    return "\n".join(f"{room}{line}" if line else line for line in text.split("\n"))


def _image(block: Block, footnotes: Mapping[str, str]) -> str:
    source = safe_href(block.source)
    alternative = block.alternative or block.text
    lines = [f"!{link(escape_line(alternative), source)}"] if source else []
    if block.text and (block.text != block.alternative or not source):
        lines.append(_text(block, footnotes))
    if block.credit and block.credit not in block.text:
        lines.append(escape_line(block.credit))
    return HARD_BREAK.join(lines)


def _embed(block: Block, footnotes: Mapping[str, str]) -> str:
    text = _text(block, footnotes)
    name, source = escape_line(block.label), safe_href(block.source)
    shown = link(name or "Embedded", source) if source else name
    return "\n>\n".join(quoted(part) for part in (text, shown) if part)


def _table(block: Block, footnotes: Mapping[str, str]) -> str:
    writer = Writer(block.text, block.marks, footnotes=footnotes)
    rows = [[writer.write(cell) for cell in row] for row in cells_of(block.text)]
    columns = max(len(row) for row in rows)
    if not block.header_rows:
        rows.insert(0, [])  # tables must have a header in Markdown; an empty one does not show
    lines = [_row(row, columns) for row in rows]
    lines.insert(1, _row(["---"] * columns, columns))
    return "\n".join(lines)


def _row(cells: Sequence[str], columns: int) -> str:
    padded = [*cells, *[""] * (columns - len(cells))]
    # Bars are escaped, even in code, since they would end the cell.
    written = (_BAR.sub(r"\1\\|", cell) for cell in padded)
    return f"| {' | '.join(written)} |"


def _footnote_names(blocks: Sequence[Block]) -> dict[str, str]:
    """Return a name of letters and digits for each label of a footnote in `blocks`."""
    names: dict[str, str] = {}
    for block in blocks:
        if block.kind == "footnote" and block.label and block.label not in names:
            plain = _NOT_IN_A_LABEL.sub("-", block.label).strip("-")
            is_free = plain and plain not in names.values()
            names[block.label] = plain if is_free else f"note-{len(names) + 1}"
    return names


_WRITERS: Mapping[BlockKind, Callable[[Block, Mapping[str, str]], str]] = {
    "heading": _heading,
    "quote": lambda block, notes: quoted(_text(block, notes), max(1, block.quote_depth)),
    "code": lambda block, _: code_block(block.text, block.language),
    "table": _table,
    "image": _image,
    "rule": lambda _block, _notes: "---",
    "footnote": _footnote,
    "embed": _embed,
}


class Writer:
    """Writes spans of the text of one block; `footnotes` maps known labels to their names."""

    def __init__(
        self, text: str, marks: Sequence[Mark], *, footnotes: Mapping[str, str] | None = None
    ) -> None:
        self._text = text
        self._marks = marks
        self._footnotes = footnotes or {}
        self._special = special_offsets(text)

    def write(self, span: Span | None = None) -> str:
        """Return `span` of the text, or all of it, as Markdown with the same lines."""
        span = Span(0, len(self._text)) if span is None else span  # that of an empty cell is empty
        return _LINE_EDGES.sub("", self._written(runs(self._marks, span)))

    def _written(self, stretches: Sequence[Run]) -> str:
        written = ""
        for stretch in stretches:
            piece = self._run(stretch)
            if _would_run_together(written, piece):
                piece = self._written(stretch.inside)
                is_apart = piece and not _would_run_together(written, piece)
                piece = piece if is_apart else self._plain(stretch.span)
            if piece.startswith("[") and written.endswith("!"):  # would make it an image
                written = f"{written[:-1]}\\!"
            written += piece
        return written

    def _run(self, run: Run) -> str:
        if run.mark is None:
            return self._plain(run.span)
        if run.mark.kind == "code":
            return code_span(run.span.of(self._text))
        if run.mark.kind == "formula":
            return formula(run.span.of(self._text)) or self._plain(run.span)
        if run.mark.kind == "footnote_reference":
            name = self._footnotes.get(run.mark.href)
            return f"[^{name}]" if name else f"<sup>{self._plain(run.span)}</sup>"
        inner = run.span.trimmed(self._text)
        if not len(inner):
            return self._plain(run.span)
        before, after = Span(run.span.start, inner.start), Span(inner.end, run.span.end)
        written = self._marked(run.mark, inner, self._written(run.inside).strip())
        return f"{self._plain(before)}{written}{self._plain(after)}"

    def _marked(self, mark: Mark, inner: Span, written: str) -> str:
        if mark.kind == "link":  # none goes over a blank line
            pieces, address = _BLANK_LINES.split(written), safe_href(mark.href)
            pieces[::2] = (link(piece, address) for piece in pieces[::2])
            return "".join(pieces)
        opening, closing = _AROUND[mark.kind]
        if mark.kind == "emphasis" and all(map(_is_open, self._neighbours(inner))):
            opening = closing = "_"
        if opening == closing and not self._can_be_set_off(inner, written, opening[0]):
            return written
        after = mark.href if mark.kind in _USERS else ""
        return f"{opening}{written}{closing}{after}"

    def _plain(self, span: Span) -> str:
        return escape_piece(span.of(self._text), span.start, self._special)

    def _can_be_set_off(self, inner: Span, written: str, sign: str) -> bool:
        """Return whether a delimiter on each side of `inner` would be parsed as one.

        CommonMark requires white space or punctuation outside wherever there is
        punctuation inside, and nested delimiters must differ.
        """
        before, after = self._neighbours(inner)
        return (
            "\n\n" not in written
            and sign not in (written[0], written[-1])
            and (_is_open(before) or not _is_punctuation(written[0]))
            and (_is_open(after) or not _is_punctuation(written[-1]))
        )

    def _neighbours(self, inner: Span) -> tuple[str, str]:
        return self._text[max(0, inner.start - 1) : inner.start], self._text[inner.end :][:1]


def _would_run_together(written: str, piece: str) -> bool:
    """Return whether delimiters that end one piece and begin the next would be parsed as one."""
    sign = piece[:1]
    return sign in _DELIMITERS and written.endswith(sign) and not written.endswith(f"\\{sign}")


def _is_open(character: str) -> bool:
    return not character or character.isspace() or _is_punctuation(character)


def _is_punctuation(character: str) -> bool:
    return character in _ASCII_PUNCTUATION or not (
        character.isascii() or character.isalnum() or character.isspace()
    )
