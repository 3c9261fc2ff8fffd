"""Highlights as KOReader and Readest make them in a book, by their rules, from its XHTML alone.

KOReader (crengine): an XPointer counts elements of one name and text nodes, but for white space
that begins a block; white space within a text node is one space; blocks and `<br>` put a line
break between words. Readest (foliate-js): a CFI counts elements by even and the text between
them by odd numbers; words are those of the DOM, with a line break before a `<p>` and for `<br>`.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
INLINE = frozenset({"a", "mark", "em", "strong", "s", "sup", "sub", "code", "span", "q"})
COLOURS = ("yellow", "red", "green", "gray")


@dataclass(frozen=True, slots=True)
class TextNode:
    """A text of the DOM: the element that it is in, its place among its nodes, its characters."""

    parent: etree._Element
    before: etree._Element | None  # the element that it follows
    text: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of a book: its number in the spine, the ids around it, and its text nodes."""

    number: int
    item: str
    title: str
    root: etree._Element
    nodes: Sequence[TextNode]


@dataclass(frozen=True, slots=True)
class Book:
    """A book as an e-reader opens it."""

    name: str
    identifiers: Sequence[str]
    title: str
    chapters: Sequence[Chapter]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a chapter: a text node and an offset in it for each end."""

    chapter: Chapter
    first: int
    start: int
    last: int
    end: int

    @property
    def pieces(self) -> Iterator[tuple[TextNode, str]]:
        """The text nodes that it is on, with what it has of each."""
        for number in range(self.first, self.last + 1):
            node = self.chapter.nodes[number]
            end = self.end if number == self.last else len(node.text)
            yield node, node.text[self.start if number == self.first else 0 : end]


def open_book(name: str, data: bytes) -> Book:
    """Return a book; only the text of its articles can be marked, not titles and notes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        package = etree.fromstring(archive.read("book.opf"))
        files = {item.get("id"): item.get("href", "") for item in package.iter(f"{OPF}item")}
        chapters = []
        for number, item in enumerate(package.iter(f"{OPF}itemref"), start=1):
            root = etree.fromstring(archive.read(files[item.get("idref", "")]))
            section = next(el for el in root.iter(f"{XHTML}section") if el.get("class") == "text")
            title = root.findtext(f".//{XHTML}title", "")
            nodes = [node for node in nodes_of(section) if node.text.strip()]
            chapters.append(Chapter(number, item.get("id", ""), title, root, nodes))
    ids = [element.text or "" for element in package.iter(f"{DC}identifier")]
    return Book(name, ids, package.findtext(f".//{DC}title", ""), chapters)


def nodes_of(element: etree._Element) -> Iterator[TextNode]:
    """Yield the text nodes in an element in their order, empty ones left out."""
    if element.text:
        yield TextNode(element, None, element.text)
    for child in element:
        yield from nodes_of(child)
        if child.tail:
            yield TextNode(element, child, child.tail)


def name_of(element: etree._Element) -> str:
    """Return the name of an element."""
    return etree.QName(element).localname


# KOReader


def xpointer(chapter: Chapter, node: TextNode, offset: int, *, is_new: bool) -> str:
    """Return an XPointer; older versions leave out numbers where there is one of a kind."""
    texts = [text for text in texts_of(node.parent) if not is_dropped(text)]
    at = next(n for n, text in enumerate(texts, start=1) if text.before is node.before)
    path = f"/text(){index(at, len(texts), is_new=is_new)}.{collapsed_length(node, offset)}"
    element = node.parent
    while (parent := element.getparent()) is not None:  # the root is no part of it
        same = [child for child in parent if child.tag == element.tag]
        number = index(same.index(element) + 1, len(same), is_new=is_new)
        path = f"/{name_of(element)}{number}{path}"
        element = parent
    return f"/body{index(1, 1, is_new=is_new)}/DocFragment[{chapter.number}]{path}"


def texts_of(element: etree._Element) -> Iterator[TextNode]:
    """Yield the text nodes that are children of an element."""
    if element.text:
        yield TextNode(element, None, element.text)
    for child in element:
        if child.tail:
            yield TextNode(element, child, child.tail)


def is_dropped(node: TextNode) -> bool:
    """Return whether crengine drops a text: white space that begins a block."""
    is_first = node.before is None and name_of(node.parent) not in INLINE
    return is_first and not node.text.strip() and name_of(node.parent) != "pre"


def index(number: int, of: int, *, is_new: bool) -> str:
    """Return the number of a node as part of a path."""
    return f"[{number}]" if is_new or of > 1 else ""


def is_preformatted(node: TextNode) -> bool:
    """Return whether a text keeps its white space."""
    return any(name_of(above) == "pre" for above in [node.parent, *node.parent.iterancestors()])


def collapsed(node: TextNode, text: str) -> str:
    """Return a text as crengine keeps it."""
    return text if is_preformatted(node) else re.sub(r"[ \t\r\n]+", " ", text)


def collapsed_length(node: TextNode, offset: int) -> int:
    """Return where an offset is in the text that crengine keeps."""
    return len(collapsed(node, node.text[:offset]))


def koreader_words(passage: Passage) -> str:
    """Return the words of a passage as KOReader saves them."""
    text, before = "", None
    for node, piece in passage.pieces:
        if text and before is not None and is_new_block(before, node):
            text += "\n"
        text, before = text + collapsed(node, piece), node
    text = re.sub(r"\s*\n\s*", "\n", text.replace("\xad", "").strip())
    return re.sub(r"[ \t]{2,}", " ", text)


def is_new_block(one: TextNode, other: TextNode) -> bool:
    """Return whether a block begins or ends, or a line breaks, between two texts."""
    if other.before is not None and name_of(other.before) == "br":
        return True
    return block_of(one) is not block_of(other)


def block_of(node: TextNode) -> etree._Element:
    """Return the block that a text is in."""
    element = node.parent
    around = [element, *element.iterancestors()]
    return next(block for block in around if name_of(block) not in INLINE)


def sidecar(book: Book, marks: Sequence[tuple[Passage, str]], *, is_new: bool) -> str:
    """Return `metadata.epub.lua` of a book with some highlights and their notes."""
    entries = []
    for number, (passage, note) in enumerate(marks, start=1):
        nodes = passage.chapter.nodes
        start = xpointer(passage.chapter, nodes[passage.first], passage.start, is_new=is_new)
        end = xpointer(passage.chapter, nodes[passage.last], passage.end, is_new=is_new)
        fields = {
            "chapter": passage.chapter.title,
            "color": COLOURS[number % len(COLOURS)],
            "datetime": f"2026-05-01 {number // 60 % 24:02}:{number % 60:02}:09",
            "drawer": ("lighten", "underscore")[number % 2],
            **({"note": note} if note else {}),
            "page": start,
            "pos0": start,
            "pos1": end,
            "text": koreader_words(passage),
        }
        lines = "".join(f'            ["{key}"] = {lua(fields[key])},\n' for key in sorted(fields))
        entries.append(
            f'        [{number}] = {{\n{lines}            ["pageno"] = {number},\n        }},\n'
        )
    return (
        f"-- /storage/books/{book.name}.sdr/metadata.epub.lua\nreturn {{\n"
        f'    ["annotations"] = {{\n{"".join(entries)}    }},\n'
        f'    ["doc_path"] = {lua(f"/storage/books/{book.name}.epub")},\n'
        '    ["doc_props"] = {\n'
        f'        ["identifiers"] = {lua(chr(10).join(book.identifiers))},\n'
        f'        ["title"] = {lua(book.title)},\n    }},\n'
        '    ["partial_md5_checksum"] = "0123456789abcdef0123456789abcdef",\n'
        '    ["percent_finished"] = 0.4,\n    ["summary"] = { ["status"] = "reading" },\n}\n'
    )


def lua(text: str) -> str:
    """Return a text as `%q` of Lua writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "\\r")
    return '"' + escaped.replace("\n", "\\\n") + '"'


# Readest


def cfi_path(node: TextNode, offset: int) -> list[str]:
    """Return the steps of a CFI in a file to an offset in a text."""
    siblings = list(node.parent)
    at = 1 if node.before is None else siblings.index(node.before) * 2 + 3
    steps = [f"/{at}:{offset}"]
    element = node.parent
    while (parent := element.getparent()) is not None:
        name = f"[{element.get('id')}]" if element.get("id") else ""
        steps.insert(0, f"/{list(parent).index(element) * 2 + 2}{name}")
        element = parent
    return steps


def cfi(passage: Passage) -> str:
    """Return the range of a passage as a CFI."""
    chapter = passage.chapter
    start = cfi_path(chapter.nodes[passage.first], passage.start)
    end = cfi_path(chapter.nodes[passage.last], passage.end)
    shared = 0
    while shared < min(len(start), len(end)) - 1 and start[shared] == end[shared]:
        shared += 1
    parts = "".join(start[:shared]), "".join(start[shared:]), "".join(end[shared:])
    return f"epubcfi(/6/{chapter.number * 2}[{chapter.item}]!{','.join(parts)})"


def readest_words(passage: Passage) -> str:
    """Return the words of a passage as Readest saves them."""
    text, before = "", None
    for node, piece in passage.pieces:
        block, is_p = block_of(node), name_of(block_of(node)) == "p"
        is_other = before is not None and block is not block_of(before) and is_p
        is_line = node.before is not None and name_of(node.before) == "br"
        if text and (is_other or is_line) and not text.endswith("\n"):
            text += "\n"
        text, before = text + piece, node
    return text.strip()


def readest_export(book: Book, marks: Sequence[tuple[Passage, str]]) -> str:
    """Return the JSON of the annotations of a book."""
    entries = [
        {
            "id": f"r{note}".replace(" ", ""),
            "type": "annotation",
            "cfi": cfi(passage),
            "note": note,
            "createdAt": 1772248076656 + number * 1000,
            "updatedAt": 1772248076656 + number * 1000,
            "text": readest_words(passage),
            "style": ("highlight", "underline")[number % 2],
            "color": COLOURS[number % 3],
        }
        for number, (passage, note) in enumerate(marks, start=1)
    ]
    return json.dumps(
        {
            "$format": "readest-annotations",
            "version": 1,
            "exportedAt": 1785665567362,
            "book": {"title": book.title, "author": "", "hash": "4a0c", "format": "EPUB"},
            "annotations": entries,
        },
        ensure_ascii=False,
    )
