"""The order in which letters that run in two directions are drawn (UAX 9), and their forms.

For terminals that draw letters one after the other, as they come in the text. These do not join
the letters of Arabic either, so that each letter gets the form of its place in the word.
"""

import unicodedata
from functools import cache, lru_cache
from importlib import import_module
from itertools import pairwise
from re import findall
from typing import NamedTuple

from annotator.reading.layout.block_layout import is_right_to_left
from annotator.reading.layout.engine import Cell, Layout
from annotator.reading.layout.page_layout import PageLayout
from annotator.reading.layout.row import Fragment
from annotator.reading.layout.text_width import graphemes, is_narrow

_FORMS = (*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEFD))  # letters of Arabic and Persian
_STRETCHERS = "\u0640\u200d"  # join on both sides: kashida, and the joiner
_JOINERS = dict.fromkeys(map(ord, "\u200c\u200d"))  # are not drawn


class Glyph(NamedTuple):
    """A grapheme of a line: its place in the text, its column, and what is drawn for it."""

    start: int
    end: int
    column: int
    shown: str


@lru_cache(maxsize=1024)
def visual_order(text: str, *, is_rtl: bool) -> tuple[tuple[int, int, str], ...]:
    """Return the graphemes of a line from left to right: start, end, and what is drawn."""
    mirrored = import_module("bidi.mirror").MIRRORED  # by name, since it is of an extra
    facts = str(
        import_module("bidi").get_display(text, base_dir="R" if is_rtl else "L", debug=True)
    )
    levels = findall(r"\d+", facts.partition("\n    levels: [")[2].partition("\n    ],")[0])
    letters, at = _shaped(text), 0
    pieces: list[tuple[int, tuple[int, int, str]]] = []
    for start, end in graphemes(text):
        level, shown = int(levels[at]), "".join(letters[start:end])
        if level % 2:
            shown = "".join(mirrored.get(sign, sign) for sign in shown).translate(_JOINERS)
        pieces.append((level, (start, end, shown)))
        at += len(text[start:end].encode())  # levels are given for bytes
    for level in range(max((level for level, _ in pieces), default=0), 0, -1):  # rule L2
        ends = [-1, *(i for i, piece in enumerate(pieces) if piece[0] < level), len(pieces)]
        for before, after in pairwise(ends):
            pieces[before + 1 : after] = reversed(pieces[before + 1 : after])
    return tuple(piece for _, piece in pieces)


class VisualOrder:
    """Places of letters as they are drawn. Places in the text stay as they are."""

    def glyphs(self, layout: PageLayout, block: int, fragment: Fragment) -> tuple[Glyph, ...]:
        """Return the graphemes of a fragment from left to right; nothing if it is as usual."""
        text, base = layout.text_of(block), layout.article.starts[block]
        start = fragment.start - base
        words = text.shown[start : fragment.end - base]
        is_rtl = is_right_to_left(layout.article.blocks[block].text)
        if is_narrow(words) and not is_rtl:
            return ()
        glyphs, column = [], fragment.column
        for first, last, shown in visual_order(words, is_rtl=is_rtl):
            glyphs.append(Glyph(fragment.start + first, fragment.start + last, column, shown))
            column += text.cells(start + first, start + last)
        return tuple(glyphs)

    def words(self, text: str) -> str:
        """Return a text that is not of the article as it is drawn."""
        if is_narrow(text):
            return text
        return "".join(piece[2] for piece in visual_order(text, is_rtl=is_right_to_left(text)))

    def place(self, layout: Layout, offset: int, cell: Cell) -> Cell:
        """Return the cell at which the letter is drawn that would be at `cell`."""
        row = layout.row(cell.line)
        for fragment in row.fragments:
            for glyph in self.glyphs(layout, row.block, fragment):
                if glyph.start <= offset < glyph.end:
                    return Cell(cell.line, glyph.column)
            if offset == fragment.end and is_right_to_left(layout.article.blocks[row.block].text):
                return Cell(cell.line, fragment.column - 1)
        return cell

    def offset_at(self, layout: Layout, cell: Cell) -> int | None:
        """Return the place of the letter that is drawn at a cell, or of the nearest one."""
        row = layout.row(cell.line)
        glyphs = [g for part in row.fragments for g in self.glyphs(layout, row.block, part)]
        before = [glyph for glyph in sorted(glyphs, key=_column) if glyph.column <= cell.column]
        nearest = before[-1:] or glyphs[:1]
        return nearest[0].start if nearest else None


def _column(glyph: Glyph) -> int:
    return glyph.column


def _shaped(text: str) -> list[str]:
    """Return the letters of a line, those that join others in the form of their place."""
    letters, forms = list(text), _forms()
    places = [i for i, letter in enumerate(text) if unicodedata.category(letter) != "Mn"]
    known = [forms.get(text[i], {}) for i in places]
    on = [
        "initial" in form or text[i] in _STRETCHERS for i, form in zip(places, known, strict=True)
    ]
    back = [
        "final" in form or text[i] in _STRETCHERS for i, form in zip(places, known, strict=True)
    ]
    for k, place in enumerate(places):
        from_before = back[k] and k > 0 and on[k - 1]
        to_next = on[k] and k + 1 < len(places) and back[k + 1]
        name = ("isolated", "initial", "final", "medial")[to_next + 2 * from_before]
        letters[place] = known[k].get(name, text[place])
    return letters


@cache
def _forms() -> dict[str, dict[str, str]]:
    """Return the forms of each letter by their names in Unicode."""
    forms: dict[str, dict[str, str]] = {}
    for code in _FORMS:
        name, _, letter = unicodedata.decomposition(chr(code)).partition(" ")
        if letter and " " not in letter:
            forms.setdefault(chr(int(letter, 16)), {})[name.strip("<>")] = chr(code)
    return forms
