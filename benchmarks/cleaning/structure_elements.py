"""The structure of a piece of HTML: each heading, item, quotation and so on, by its text.

Texts are compared by their letters and digits alone, since tools differ in
spaces and punctuation.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from lxml import html

Kind = Literal[
    "headings", "list items", "quotes", "tables", "code", "links", "captions", "footnotes"
]
KINDS: tuple[Kind, ...] = (
    "headings",
    "list items",
    "quotes",
    "tables",
    "code",
    "links",
    "captions",
    "footnotes",
)

_NOT_COMPARED = re.compile(r"[\W_]+")
_BLOCK = "ancestor::*[self::p or self::li or self::td or self::dd or self::blockquote][1]"
_REFERENCE = re.compile(r"[\[({]?\s?(?:\d{1,3}|[*†‡§]|[a-z]|[ivxl]{1,6})\s?[\])}]?", re.IGNORECASE)
_BACK = re.compile(r"ref(?!erence)|back|anchor", re.IGNORECASE)
_LINES = re.compile(r"<br|\n\s*\S", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of structure: its folded text, and the target of a link."""

    text: str
    target: str = ""
    around: str = ""  # the folded text of the paragraph around it
    is_broken: bool = False  # code of several lines


@dataclass(slots=True)
class Structure:
    """The pieces of a document, by their kind."""

    pieces: dict[Kind, list[Piece]] = field(default_factory=lambda: {kind: [] for kind in KINDS})

    def add(self, kind: Kind, text: str, target: str = "", around: str = "") -> None:
        """Add a piece, unless it has no text."""
        if folded := fold(text):
            is_broken = "\n" in text.strip()
            self.pieces[kind].append(Piece(folded, target, fold(around), is_broken))


def fold(text: str) -> str:
    """Return the letters and digits of a text, in lower case."""
    return _NOT_COMPARED.sub("", text).casefold()


def structure_of(root: html.HtmlElement) -> Structure:
    """Return the structure of a tree of HTML."""
    found = Structure()
    for furniture in root.xpath("//*[contains(@class, 'mw-editsection')] | //noscript"):
        furniture.drop_tree()
    _add_blocks(root, found)
    _add_captions(root, found)
    _add_links(root, found)
    return found


def _add_blocks(root: html.HtmlElement, found: Structure) -> None:
    for level in range(1, 7):
        for element in root.iter(f"h{level}"):
            found.add("headings", _text(element))
    for element in root.iter("li"):
        found.add("list items", "".join(_own_text(element)))
    for element in root.iter("blockquote"):
        found.add("quotes", _text(element))
    for element in root.iter("table"):
        if rows := _rows(element):
            found.add("tables", f"{rows[0]}\n{rows[-1]}")
    for element in root.iter("pre"):
        source = html.tostring(element, encoding="unicode", with_tail=False)
        line_end = "\n." if _LINES.search(source.strip()) else ""
        found.add("code", f"{_text(element).strip()}{line_end}")


def _add_captions(root: html.HtmlElement, found: Structure) -> None:
    for element in root.iter("figure"):
        caption = element.find(".//figcaption")
        if caption is not None and next(element.iter("img"), None) is not None:
            found.add("captions", _text(caption))


def _add_links(root: html.HtmlElement, found: Structure) -> None:
    by_id = {element.get("id"): element for element in root.xpath("//*[@id]")}
    by_id |= {element.get("name"): element for element in root.xpath("//a[@name]")}
    for link in root.iter("a"):
        href = link.get("href") or ""
        block = next(iter(link.xpath(_BLOCK)), None)
        around = _text(block) if block is not None else ""
        note = by_id.get(href.rpartition("#")[2]) if "#" in href else None
        label = _text(link).strip()
        if note is None and href and not href.startswith(("#", "javascript:")):
            found.add("links", label, target=place_of(href), around=around)
        elif note is not None and _REFERENCE.fullmatch(label) and not _BACK.search(href):
            said = _text(note) if _text(note).strip() else _text(note.getparent())
            found.add("footnotes", said, target=fold(label), around=around)


def place_of(href: str) -> str:
    """Return the part that a relative and an absolute address have in common."""
    return fold(href.partition("#")[0].rstrip("/").rpartition("/")[2])[-60:]


def _text(element: html.HtmlElement) -> str:
    return "".join(map(str, element.itertext()))


def _own_text(element: html.HtmlElement) -> Iterator[str]:
    """Yield the text of an item without that of the lists within it."""
    yield element.text or ""
    for child in element:
        if child.tag not in {"ul", "ol", "script", "style"} and isinstance(child.tag, str):
            yield from _own_text(child)
        yield child.tail or ""


def _rows(table: html.HtmlElement) -> list[str]:
    """Return the texts of the rows of a data table, empty for a layout table."""
    if next(table.iterdescendants("table", "p", "h2", "h3", "ul"), None) is not None:
        return []
    rows = [row for row in table.iter("tr") if sum(bool(fold(_text(cell))) for cell in row) > 1]
    return [_text(row) for row in rows] if len(rows) > 1 else []
