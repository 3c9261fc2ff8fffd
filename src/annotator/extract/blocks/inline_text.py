"""Inline text: collected piece by piece, with white space folded and marks at their places."""

from typing import NamedTuple

from msgspec import Struct

from annotator.extract.blocks.math import MAY_BE_FORMULA, formula_of
from annotator.extract.blocks.spacing import CERTAIN_AFTER_A_WORD
from annotator.extract.blocks.visibility import hidden_rule
from annotator.extract.dom.elements import (
    BLOCK_TAGS,
    MARK_OF_TAG,
    SKIPPED_TAGS,
    Element,
    attribute,
    tag_of,
    traverse,
)
from annotator.extract.dom.link_targets import absolute
from annotator.extract.dom.mojibake import fix_mojibake
from annotator.model.article import BETWEEN_CELLS, Block, Mark, MarkKind
from annotator.model.span import Span
from annotator.model.text import clean_text, is_clean, is_plain

_CLOSING = {"q": "”", "rt": "）"}
_QUOTES = " \"'“”„«»‘’¿¡("
_OPENING = frozenset('„“«"‚‘»›')
_STARTS = ("\n", BETWEEN_CELLS)
_EDGES = " \n"  # not the tabs: a table may begin with an empty cell
MAX_MARKS = 20_000  # of a block; a page with more is an attack on whatever draws it


class OpenMark(Struct, eq=False):
    """A mark that has started and not ended."""

    kind: MarkKind
    href: str
    start: int


class Inline(NamedTuple):
    """Finished text; `linked` is the number of its characters within links."""

    text: str
    marks: tuple[Mark, ...] = ()
    linked: int = 0


class Leaf(NamedTuple):
    """A finished block, and the number of its characters within links."""

    block: Block
    linked: int = 0


class InlineRun:
    """Text that is being collected; `length` is the number of characters so far."""

    def __init__(self) -> None:
        self.length = 0
        self._parts: list[str] = []
        self._is_gap = self._is_joining = False
        self._capital = ""
        self._linked = self._open_links = 0
        self._open: list[OpenMark] = []
        self._marked_quotes: list[bool] = []  # for each open `q`, whether the text has its marks
        self._marks: list[Mark] = []

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing but white space so far."""
        return not self.length

    @property
    def last(self) -> str:
        """The last character so far; empty if white space follows it."""
        return self._parts[-1][-1:] if self._parts and not self._is_gap else ""

    @property
    def ends_with_break(self) -> bool:
        """Whether the last piece is a line break."""
        return bool(self._parts) and self._parts[-1] == "\n"

    @property
    def _is_at_start(self) -> bool:
        """Whether a text, a line or a cell has just started."""
        return not self._parts or self._parts[-1].endswith(_STARTS)

    def add(self, text: str | None) -> None:
        """Add text as it is in the page."""
        if not text or (not self.length and text.isspace()):
            return
        if (not text.isascii() or "&" in text) and not self._is_source:
            text = fix_mojibake(text)
        if self._capital:
            text = self._after_capital(text)
        words = text.split()
        self._is_gap |= text[0].isspace() and not self._is_joining and not self._is_at_start
        if not words:
            return
        clean = " ".join(words)
        if not (clean.isascii() and clean.isprintable()):
            clean = clean_text(clean).strip()
        if clean:
            self._append(f" {clean}" if self._is_gap else clean)
            self._is_gap, self._is_joining = text[-1].isspace(), False

    def gap(self) -> None:
        """Put a space before the next text, unless a line or a cell has just started."""
        self._is_gap = not self._is_at_start

    def join(self) -> None:
        """Add the next text without a space, whatever white space is before it."""
        self._is_gap, self._is_joining = False, True

    def end_capital(self) -> None:
        """End a drop cap, which is part of the word that follows."""
        self._capital = self._parts[-1].strip(_QUOTES) if self._parts else ""
        if len(self._capital) == 1 and self._capital not in CERTAIN_AFTER_A_WORD:
            self.join()

    def attach(self, text: str) -> None:
        """Add a text without a space before it: a closing mark, a line break, a cell's tab."""
        self._is_gap = self._is_joining = False
        self._append(text)

    def refer(self, label: str) -> None:
        """Mark the label of a note, which is added unless the text ends with it."""
        if not (self._parts and self._parts[-1].endswith(label)):
            self.attach(label)
        self._keep(OpenMark("footnote_reference", label, self.length - len(label)))

    def begin(self, tag: str) -> None:
        """Add what a browser shows before an element: a quotation mark, a bracket for ruby text."""
        if tag not in _CLOSING:
            return
        if tag == "q":
            # Some write both, „<q>the gate</q>“.
            self._marked_quotes.append(self.last in _OPENING)
            self.add("" if self.last in _OPENING else "“")
        else:
            self.attach("（")
        self.join()

    def end(self, tag: str) -> None:
        """Add what a browser shows after an element."""
        is_marked = tag == "q" and bool(self._marked_quotes) and self._marked_quotes.pop()
        if tag in _CLOSING and not is_marked:
            self.attach(_CLOSING[tag])

    def open(self, kind: MarkKind, href: str = "") -> OpenMark:
        """Start a mark that lasts until it is closed."""
        mark = OpenMark(kind, href, self.length + self._is_gap)
        self._open_links += kind == "link"
        self._open.append(mark)
        return mark

    def close(self, mark: OpenMark) -> None:
        """End a mark."""
        if mark in self._open:
            self._open.remove(mark)
            self._open_links -= mark.kind == "link"
            self._keep(mark)

    def finish(self) -> Inline:
        """Return the text so far, and start the next one with the marks that are still open."""
        for mark in self._open:
            self._keep(mark)
            mark.start = 0
        inline = _trimmed("".join(self._parts), self._marks, self._linked)
        self._parts, self._marks = [], []
        self.length = self._linked = 0
        self._is_gap = self._is_joining = False
        self._capital = ""
        return inline

    @property
    def _is_source(self) -> bool:
        """Whether the next text is code or a formula, which is left as it is."""
        return bool(self._open) and any(mark.kind in {"code", "formula"} for mark in self._open)

    def _after_capital(self, text: str) -> str:
        """Return the text after a drop cap, without that letter if it is repeated."""
        rest = text.lstrip()
        if not rest:
            return text
        capital, self._capital = self._capital, ""
        again = rest.removeprefix(capital) if capital[:1].isupper() else rest
        is_word = len(capital) > 1 or capital in CERTAIN_AFTER_A_WORD
        if again == rest or not (again[:1].islower() or (is_word and again[:1].isspace())):
            return text
        self._is_gap = False
        return again

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self.length += len(text)
        if self._open_links:
            self._linked += len(text)

    def _keep(self, mark: OpenMark) -> None:
        names_something = mark.kind != "link" or mark.href
        if mark.start < self.length and names_something and len(self._marks) < MAX_MARKS:
            self._marks.append(Mark(mark.kind, Span(mark.start, self.length), mark.href))


def open_mark(run: InlineRun, element: Element, tag: str, base: str) -> OpenMark | None:
    """Start the mark that corresponds to an inline element, if there is one."""
    if tag == "a":
        # An anchor that was not closed, whose name or address is gone, holds the links below it.
        is_open = (
            element.get("href") is None and next(element.iterdescendants("a"), None) is not None
        )
        return None if is_open else run.open("link", absolute(attribute(element, "href"), base))
    kind = MARK_OF_TAG.get(tag)
    return run.open(kind) if kind else None


def add_formula(run: InlineRun, element: Element) -> bool:
    """Add the source of a formula; return whether the element is one, or the picture of one."""
    formula = formula_of(element)
    if formula:
        mark = run.open("formula")
        run.add(formula)
        run.close(mark)
        if len(element) and (element[-1].tail or "")[-1:].isspace():
            run.gap()
    return formula is not None


def read_inline(element: Element, base: str) -> Inline:
    """Return all text in an element as one run, with spaces between its blocks."""
    run = InlineRun()
    add_inline(run, element, base)
    return run.finish()


def add_inline(run: InlineRun, element: Element, base: str) -> None:
    """Add all text in an element to a run."""
    traverse(element, _InlineReader(run, base))


class _InlineReader:
    """Adds all text of an element to a run, with its marks."""

    def __init__(self, run: InlineRun, base: str) -> None:
        self.run = run
        self.base = base
        self._marks: list[OpenMark | None] = []

    def enter(self, element: Element) -> bool:
        tag = tag_of(element)
        if tag in BLOCK_TAGS or tag == "br":
            self.run.gap()
        if tag in MAY_BE_FORMULA and add_formula(self.run, element):
            return False
        if not tag or tag in SKIPPED_TAGS or hidden_rule(element):
            return False
        self.run.begin(tag)
        self._marks.append(open_mark(self.run, element, tag, self.base))
        return True

    def leave(self, element: Element) -> None:
        mark = self._marks.pop()
        if mark:
            self.run.close(mark)
        self.run.end(tag_of(element))
        if tag_of(element) in BLOCK_TAGS:
            self.run.gap()

    def text(self, text: str | None) -> None:
        self.run.add(text)


def _trimmed(text: str, marks: list[Mark], linked: int) -> Inline:
    if not (text.isascii() or is_plain(text) or all(map(is_clean, text.split(BETWEEN_CELLS)))):
        cells = text.split(BETWEEN_CELLS)
        return Inline(BETWEEN_CELLS.join(map(clean_text, cells)).strip(_EDGES), (), linked)
    body = text.strip(_EDGES)
    if not marks:
        return Inline(body, (), min(linked, len(body)))
    lead = len(text) - len(text.lstrip(_EDGES))
    kept = [kept for mark in marks if (kept := _mark_within(mark, text, lead, len(body)))]
    if len(kept) > 1:
        kept.sort(key=lambda mark: (mark.span.start, -mark.span.end))
    return Inline(body, tuple(kept), min(linked, len(body)))


def _mark_within(mark: Mark, text: str, lead: int, length: int) -> Mark | None:
    """Return a mark within the trimmed text, without white space at its ends; None if empty."""
    start, end = mark.span.start, mark.span.end
    if not lead and end <= length and not (text[start].isspace() or text[end - 1].isspace()):
        return mark
    span = mark.span.trimmed(text)
    start = max(0, span.start - lead)
    end = min(length, span.end - lead)
    return Mark(mark.kind, Span(start, end), mark.href) if start < end else None
