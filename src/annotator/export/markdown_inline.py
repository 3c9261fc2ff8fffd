"""The marks within a line as Markdown: bold, links, code, footnotes."""

import re
import string
from collections.abc import Mapping, Sequence

from annotator.export.addresses import safe_href
from annotator.export.escaping import code_span, escape_piece, formula, signs
from annotator.export.inline import Run, runs
from annotator.model import Mark, Span

_AROUND = {
    "strong": ("**", "**"),
    "emphasis": ("*", "*"),  # `_` where it is not inside a word, which stands well within bold
    "strike": ("~~", "~~"),
    "superscript": ("<sup>", "</sup>"),  # Markdown has no sign for it; every reader knows these
    "subscript": ("<sub>", "</sub>"),
}
_SIGNS = ("*", "_", "~", "`")
_LINE_EDGES = re.compile(r"^[ \t]+|[ \t]+$", re.MULTILINE)
_ASCII_PUNCTUATION = frozenset(string.punctuation)


class Writer:
    """Writes pieces of one block's text; `footnotes` are the labels that exist, and their names."""

    def __init__(
        self, text: str, marks: Sequence[Mark], *, footnotes: Mapping[str, str] | None = None
    ) -> None:
        self._text = text
        self._marks = marks
        self._footnotes = footnotes or {}
        self._signs = signs(text)

    def write(self, span: Span | None = None) -> str:
        """Return `span` of the text, or all of it, as Markdown; its lines stay lines."""
        span = Span(0, len(self._text)) if span is None else span  # an empty cell is an empty span
        return _LINE_EDGES.sub("", self._written(runs(self._marks, span)))

    def _written(self, stretches: Sequence[Run]) -> str:
        written = ""
        for stretch in stretches:
            piece = self._run(stretch)
            if _would_run_together(written, piece):
                piece = self._written(stretch.inside) or self._plain(stretch.span)
            if piece.startswith("[") and written.endswith("!"):  # which would make it an image
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
            return self._reference(run)
        inner = run.span.trimmed(self._text)
        if not len(inner):
            return self._plain(run.span)
        before, after = Span(run.span.start, inner.start), Span(inner.end, run.span.end)
        written = self._marked(run.mark, inner, self._written(run.inside).strip())
        return f"{self._plain(before)}{written}{self._plain(after)}"

    def _marked(self, mark: Mark, inner: Span, written: str) -> str:
        if mark.kind == "link":
            href = safe_href(mark.href)
            return f"[{written}](<{href}>)" if href else written
        opening, closing = _AROUND[mark.kind]
        if mark.kind == "emphasis" and not self._is_inside_word(inner):
            opening = closing = "_"
        if opening == closing and not self._can_be_set_off(inner, written, opening[0]):
            return written
        return f"{opening}{written}{closing}"

    def _reference(self, run: Run) -> str:
        name = self._footnotes.get(run.mark.href if run.mark else "")
        return f"[^{name}]" if name else f"<sup>{self._plain(run.span)}</sup>"

    def _plain(self, span: Span) -> str:
        return escape_piece(span.of(self._text), span.start, self._signs)

    def _can_be_set_off(self, inner: Span, written: str, sign: str) -> bool:
        """Tell whether a `sign` on each side of `inner` would be read as such.

        CommonMark wants white space or punctuation outside wherever there is
        punctuation inside; and signs within signs are told apart only if they
        differ.
        """
        before, after = self._neighbours(inner)
        return (
            "\n\n" not in written
            and sign not in (written[0], written[-1])
            and (_is_open(before) or not _is_punctuation(written[0]))
            and (_is_open(after) or not _is_punctuation(written[-1]))
        )

    def _is_inside_word(self, inner: Span) -> bool:
        return not all(map(_is_open, self._neighbours(inner)))

    def _neighbours(self, inner: Span) -> tuple[str, str]:
        return self._text[max(0, inner.start - 1) : inner.start], self._text[inner.end :][:1]


def _would_run_together(written: str, piece: str) -> bool:
    """Tell whether signs that end one piece and begin the next would be read as one."""
    sign = piece[:1]
    return sign in _SIGNS and written.endswith(sign) and not written.endswith(f"\\{sign}")


def _is_open(character: str) -> bool:
    return not character or character.isspace() or _is_punctuation(character)


def _is_punctuation(character: str) -> bool:
    return character in _ASCII_PUNCTUATION or not (
        character.isascii() or character.isalnum() or character.isspace()
    )
