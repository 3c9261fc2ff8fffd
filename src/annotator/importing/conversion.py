"""What many formats do alike: make items of rows, split tags, join notes."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from annotator.importing.item import Found, Medium, Skipped
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.readers.markup import Tag, html_tokens
from annotator.importing.readers.table import TableRow
from annotator.model.vocabulary import ReadState

FAVOURITE = "favourite"  # the tag of what a service calls favourite, starred or liked
LEFT_OUT = "Its file “{}” is not read: `annotator add` takes it."
BOOKMARK = "It is a bookmark, which marks no words."

BOOKS = frozenset(  # types of the programs, without hyphens and in lower case
    {"book", "chap", "chapter", "booksection", "edbook", "ebook", "echap", "inbook", "collection"}
)

_ADDRESS = re.compile(r"https?://[^\s<>\"'`]+", re.IGNORECASE)
_AND = re.compile(r"\s*[;\n]\s*|,?\s+(?:and|&)\s+")
_LIST = re.compile(r"\s*\[\s*(?:[\"'].*[\"']\s*)?\]\s*", re.DOTALL)
_IN_LIST = re.compile(r"'((?:[^'\\]|\\.)*+)'|\"((?:[^\"\\]|\\.)*+)\"")
_AFTER = ".,;:!?"
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_MAX_NESTING = 20  # of folders; real ones are a few deep
_BREAKS = frozenset({"br", "p", "div", "li", "blockquote", "h1", "h2", "h3", "h4", "tr"})

_Piece = TypeVar("_Piece")


def items_of(
    pieces: Iterable[_Piece | Skipped], make: Callable[[_Piece], Found]
) -> Iterator[Found]:
    """Yield what `make` makes of each row or object, and what a reader skipped as it is."""
    for piece in pieces:
        yield piece if isinstance(piece, Skipped) else make(piece)


def split_tags(text: str, separators: str = ",") -> tuple[str, ...]:
    """Return the tags in a cell, which any of `separators` divides, or of a list in JSON."""
    if _LIST.fullmatch(text):
        return listed(text)
    tags = re.split(f"[{re.escape(separators)}]", text)
    return tuple(tag.strip() for tag in tags if tag.strip())


def listed(cell: str) -> tuple[str, ...]:
    """Return the texts in a list as JSON or Python writes it; it is never evaluated."""
    try:
        tags = json.loads(cell)
    except (ValueError, RecursionError):
        return tuple(first or second for first, second in _IN_LIST.findall(cell))
    return tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else ()


def authors_in(text: str) -> tuple[str, ...]:
    """Return the names in a text; a comma is between two if all of them have several words."""
    names = [name.strip() for name in _AND.split(text) if name.strip()]
    if len(names) == 1:
        parts = [part.strip() for part in text.split(",")]
        names = parts if all(" " in part for part in parts) else names
    return tuple(names)


def natural_name(name: str) -> str:
    """Return `Family, Given` and `Family, Jr., Given` as they are said, others as they are."""
    parts = [part.strip() for part in name.split(",")]
    family, *suffix, given = parts if len(parts) > 1 else (name.strip(), "")
    if len(suffix) > 1:
        return name.strip()
    return ", ".join([f"{given} {family}".strip(), *suffix])


def medium_of(kind: str, record: JsonObject | TableRow, *places: str) -> Medium:
    """Return what a reference is: a book by its type, else a page if it has an address."""
    if kind.lower().replace("-", "").replace(" ", "") in BOOKS:
        return "book"
    return "page" if record.text(*places) else "document"


def web_address(text: str) -> str:
    """Return the web address that a text begins with, without what ends the sentence."""
    match = _ADDRESS.match(text.strip())
    address = match[0].rstrip(_AFTER) if match else ""
    while address.endswith(tuple(_BRACKETS)):
        closing = address[-1]
        if address.count(closing) <= address.count(_BRACKETS[closing]):
            break
        address = address[:-1].rstrip(_AFTER)
    return address


def folder_tag(*names: str) -> tuple[str, ...]:
    """Return the tag of a folder by the names of the folders that it is in; none without any."""
    path = "/".join(name.strip().replace("/", "-") for name in names if name.strip())
    return (path,) if path else ()


def words_of(html: str) -> str:
    """Return the text of a piece of HTML, its paragraphs and line breaks on lines of their own."""
    words: list[str] = []
    for token in html_tokens(html):
        if not isinstance(token, Tag):
            words.append(token.text)
        elif token.name in _BREAKS and (token.is_end or token.name == "br"):
            words.append("\n")
    return "".join(words).strip()


def links_by_heading(html: str) -> Iterator[JsonObject]:
    """Yield the links of a flat page: attributes, `url`, its words as `title`, and `heading`."""
    heading, words = "", ""
    link: Tag | None = None
    for token in html_tokens(html):
        if not isinstance(token, Tag):
            words += token.text
        elif token.name in {"h1", "a"} and not token.is_end:
            link, words = (token if token.name == "a" else None), ""
        elif token.name == "h1":
            heading = words.strip()
        elif token.name == "a" and link is not None:
            own = {"url": link.attributes.get("href", ""), "title": words, "heading": heading}
            yield JsonObject({**link.attributes, **own}, link.line)
            link = None


def nested_tag(
    folder: JsonObject | None, folders: Mapping[str, JsonObject], *, name: str, parent: str
) -> tuple[str, ...]:
    """Return the tag of a folder in folders: their fields `name`, and `parent`, the outer's id.

    A damaged file may have a circle, so the depth is bounded.
    """
    names: list[str] = []
    while folder is not None and len(names) < _MAX_NESTING:
        names.insert(0, folder.text(name))
        folder = folders.get(folder.text(parent))
    return folder_tag(*names)


def by_parent(
    pieces: Iterable[JsonObject | Skipped], parent: Callable[[JsonObject], str]
) -> tuple[list[JsonObject], dict[str, list[JsonObject]], list[Skipped]]:
    """Return the objects without a parent, the others by the ids of theirs, and what is skipped."""
    alone: list[JsonObject] = []
    children: dict[str, list[JsonObject]] = defaultdict(list)
    skipped: list[Skipped] = []
    for piece in pieces:
        if isinstance(piece, Skipped):
            skipped.append(piece)
        elif identity := parent(piece):
            children[identity].append(piece)
        else:
            alone.append(piece)
    return alone, children, skipped


def joined(*notes: str) -> str:
    """Return the notes that are not empty, as paragraphs of one."""
    return "\n\n".join(note.strip() for note in notes if note.strip())


def read_state(*, is_archived: bool, progress: float | None = None) -> ReadState:
    """Return the state of an item that a service keeps, archives, or knows to be begun."""
    if is_archived:
        return "archived"
    return "reading" if progress else "unread"


def has_fields(record: JsonObject, *names: str) -> bool:
    """Return whether an object has all of these fields, whatever is in them."""
    return set(names) <= record.keys()
