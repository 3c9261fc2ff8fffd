"""The values that formats return: items with their highlights, and what was skipped.

All formats return the same values, so that fetching, anchoring, storing and the report are
written once. A format fills in what its file holds and leaves the rest as it is.
"""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from annotator.model import HTML, Claim, ReadState
from annotator.model.library_file import LibraryHead, StoredArticle

Medium = Literal["page", "book", "document"]


class ItemText(Struct, frozen=True):
    """The text of an item as its file holds it: HTML, Markdown or plain text."""

    content: str
    media_type: str = HTML


class TextPosition(Struct, frozen=True):
    """Offsets of a highlight, in code points.

    `within` says of which text: `item` for that of `ItemText` without its tags, `page` for
    that of the page as the service saw it, which helps only to choose between equal quotes.
    """

    start: int
    end: int
    within: Literal["item", "page"] = "page"


class ImportedHighlight(Struct, frozen=True, kw_only=True):
    """A highlighted passage, or a note on the whole item if `quote` is empty.

    `quote` is what the service kept, with its white space and ellipses. `location` is for
    people: “page 5”, “Chapter 2, location 60–61”; `order` sorts highlights of one item by
    their place, and `place` names it in a book, as an XPointer or a CFI. `colour` is a name or
    #rrggbb, `style` how it is drawn, such as “underscore”, `kind` the name of a kind if the file
    says one, and `claim` the details of one, which are safe already. `author` is who made
    it, if the file says so.
    `source_id` is the id that the service gave it, `line` is where it is in the file, from 1.
    """

    quote: str
    note: str = ""
    prefix: str = ""
    suffix: str = ""
    position: TextPosition | None = None
    location: str = ""
    order: float | None = None
    place: str = ""
    tags: tuple[str, ...] = ()
    colour: str = ""
    style: str = ""
    kind: str = ""
    claim: Claim | None = None
    created: datetime | None = None
    modified: datetime | None = None
    author: str = ""
    source_id: str = ""
    line: int = 0


class ImportedItem(Struct, frozen=True, kw_only=True):
    """A page, book or document with what its reader did to it.

    `url` is a web address or empty; without one, `doi` says where the item is. `published` is
    ISO 8601, `progress` from 0 to 1, and `state` None if the file does not say. `note` is about
    the whole item. `remarks` are sentences for the report, such as about a date that is none.
    `member` is the name of the file inside an archive that `line` counts in. `stored` is what
    the program's own format holds of an article; then the other fields only name it.
    `article_ids` are the articles of a book that this program wrote, and `book` tells one of
    several articles from others.
    """

    url: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    site_name: str = ""
    published: str = ""
    added: datetime | None = None
    modified: datetime | None = None
    state: ReadState | None = None
    progress: float | None = None
    tags: tuple[str, ...] = ()
    note: str = ""
    excerpt: str = ""
    text: ItemText | None = None
    language: str = ""
    doi: str = ""
    medium: Medium = "page"
    highlights: tuple[ImportedHighlight, ...] = ()
    source_id: str = ""
    line: int = 0
    member: str = ""
    remarks: tuple[str, ...] = ()
    stored: StoredArticle | None = None
    article_ids: tuple[str, ...] = ()
    book: str = ""


class Skipped(Struct, frozen=True):
    """Something in the file that is not imported: where, why, and the beginning of it.

    Of a feed, `feed` is its address and `tags` are its folders, for those who want to follow it.
    """

    line: int
    reason: str
    what: str = ""
    member: str = ""
    feed: str = ""
    tags: tuple[str, ...] = ()


Found = ImportedItem | Skipped | LibraryHead
