"""Verse: poems whose lines are elements, or lines of preformatted text."""

import re
from itertools import islice

from annotator.extract.blocks.inline_text import Inline, InlineRun, OpenMark, open_mark
from annotator.extract.blocks.visibility import hidden_rule
from annotator.extract.dom.elements import BLOCK_TAGS, SKIPPED_TAGS, Element, tag_of, traverse
from annotator.model.data_file import wordings

MAX_ELEMENTS = 400  # in a poem; an element with more is part of the page's layout
LONGEST_LINE = 120  # characters; text with longer lines is prose, whatever its class
LEAST_LINES = 2
MOST_INDENT = 40  # blanks before a line

_HINT = re.compile("po[eE]|vers|stan|lyri|Poe|Vers|Stan|Lyri")
OF_VERSE = ("poe", "po-e", "vers", "stan", "lyri")  # one of these is in every name of a poem
_NAMES = re.compile(wordings(__package__, "wordings.toml")["verse-names"], re.IGNORECASE)
_NOT_A_LINE = frozenset(
    {"table", "ul", "ol", "img", "figure", "blockquote", "iframe", "h1", "h2", "h3"}
)


def read_verse(element: Element, base: str) -> tuple[Inline, ...]:
    """Return the stanzas of a poem with their line breaks; empty if the element is not a poem."""
    if not may_be_of_verse(element.get("class", "")):
        return ()
    below = list(islice(element.iterdescendants(), MAX_ELEMENTS))
    if len(below) == MAX_ELEMENTS or any(tag_of(child) in _NOT_A_LINE for child in below):
        return ()
    reader = _StanzaReader(base, is_typed=tag_of(element) == "pre")
    traverse(element, reader)
    reader.end()
    lines = [line for stanza in reader.stanzas for line in stanza.text.split("\n")]
    is_verse = len(lines) >= LEAST_LINES and max(map(len, lines)) <= LONGEST_LINE
    return tuple(reader.stanzas) if is_verse else ()


def may_be_of_verse(classes: str) -> bool:
    """Return whether a class names poems."""
    return _HINT.search(classes) is not None and _NAMES.search(classes[:500]) is not None


class _StanzaReader:
    """Collects stanzas; the end of an element with lines, or two line breaks, ends a stanza."""

    def __init__(self, base: str, *, is_typed: bool) -> None:
        self.stanzas: list[Inline] = []
        self._base = base
        self._is_typed = is_typed
        self._run = InlineRun()
        self._marks: list[OpenMark | None] = []

    def enter(self, element: Element) -> bool:
        tag = tag_of(element)
        if tag == "br":
            self._break()
            return False
        if not tag or tag in SKIPPED_TAGS or hidden_rule(element):
            return False
        self._bound(element)
        self._marks.append(open_mark(self._run, element, tag, self._base))
        return True

    def leave(self, element: Element) -> None:
        mark = self._marks.pop()
        if mark:
            self._run.close(mark)
        self._bound(element)

    def text(self, text: str | None) -> None:
        lines = (text or "").split("\n") if self._is_typed else [text or ""]
        for number, line in enumerate(lines):
            if number:
                self._break()
            begins = self._run.is_empty or self._run.ends_with_break
            self._run.add(self._indented(line) if begins else line)

    def end(self) -> None:
        """End a stanza."""
        stanza = self._run.finish()
        if stanza.text:
            self.stanzas.append(stanza)

    def _bound(self, element: Element) -> None:
        if tag_of(element) not in BLOCK_TAGS:
            return
        if element.find(".//br") is not None:
            self.end()
        elif not self._run.is_empty and not self._run.ends_with_break:
            self._run.attach("\n")

    def _break(self) -> None:
        if self._run.ends_with_break:
            self.end()
        elif not self._run.is_empty:
            self._run.attach("\n")

    def _indented(self, line: str) -> str:
        """Add the blanks that a browser shows before a line, and return the line without them."""
        shown = line if self._is_typed else line.lstrip(" \t\n")
        bare = shown.lstrip(" \xa0")
        if bare != shown and bare and not self._run.is_empty:
            self._run.attach(" " * min(len(shown) - len(bare), MOST_INDENT))
        return bare
