"""The formats that articles are exported in: the one list of them, and the place for plug-ins.

A format is an `Exporter`. Those of the program are listed in `formats.json`. Another
package adds its own with an entry point:

    [project.entry-points."annotator.exporters"]
    opml = "annotator_opml:OPML"

`annotator export`, `annotator show` and the folder of exported files know
formats only through this module.

A format can hold an article by itself, an article with its marks as a note in a folder
of notes, or a collection: many articles with their marks in one file (see `collection`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pkgutil import get_data
from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import Struct

from annotator.codec import decode
from annotator.errors import InvalidInput
from annotator.model import AnchoredMark, Article, ArticleRecord
from annotator.registry import Registry

if TYPE_CHECKING:
    from annotator.export.collection import Collection, Depth, LinkedMark, Unit

ENTRY_POINTS: Final = "annotator.exporters"

Content = Literal["article", "note", "collection", "book"]


class BuiltIn(Struct, frozen=True):
    """A format of the program: its exporter, as `module:name`, for whom, and what it can hold.

    In place of an exporter there may be its function that writes a collection, with the other
    `traits` of the exporter. `about` tells users what is in a file of many articles.
    """

    exporter: str
    traits: Mapping[str, Any] = {}
    about: str = ""
    holds: frozenset[Content] = frozenset({"collection"})


BUILT_IN: Final[Mapping[str, BuiltIn]] = decode(
    get_data(__package__ or "", "formats.json") or b"{}", dict[str, BuiltIn]
)


class NoteSource(Struct, frozen=True, kw_only=True):
    """All that a note is made of: an article with its marks in the order of its text.

    `deleted` has the dates on which marks of the article were deleted, by their ids,
    `notes` the names of the notes that hold other marks, `elsewhere` the
    paths of other files to which the user moved marks of this note. `linked` are the marks of
    other articles at the other ends of links, by their ids. `before` is the text of the file
    as it is now, and `memory` what was to be remembered of it, or None. With `prunes` the
    blocks of deleted marks are removed, and with `has_text` the note holds the text of the
    article.
    """

    article: Article
    placed: Sequence[AnchoredMark]
    record: ArticleRecord
    deleted: Mapping[str, str] = {}
    notes: Mapping[str, str] = {}
    elsewhere: Mapping[str, str] = {}
    linked: "Mapping[str, LinkedMark]" = {}
    before: str | None = None
    memory: bytes | None = None
    prunes: bool = False
    has_text: bool = False


class WrittenNote(Struct, frozen=True, kw_only=True):
    """The text of a note, and what the next export must know of it, as the format wants it.

    `outcomes` say what happened to each mark, `kept` names the properties that the user
    changed, `problems` are sentences about what was left as it is. `away` has the files to which
    the user moved marks, by the ids of these.
    """

    text: str
    memory: bytes = b""
    outcomes: Mapping[str, str] = {}
    kept: Sequence[str] = ()
    problems: Sequence[str] = ()
    away: Mapping[str, str] = {}


class Exporter(Struct, frozen=True, kw_only=True):
    """A format: what it is called, and functions that turn values into its text.

    `suffix` ends the names of its files. `render_article` writes an article by
    itself, `render_note` an article with its marks; a format may lack either. A
    note must hold the id of its article, so that an exported file is recognised
    wherever it was moved: `identity_of` returns that id from the beginning of a
    file's text, or an empty string.

    `write_note` is for a format that can bring a file up to date which the user has
    edited. `render_note` is not used then. `parts_of` returns the ids of the marks that are
    in a text, so that one which the user moved to another file is not written twice;
    `write_elsewhere` brings those of `elsewhere` up to date in such a file, if they are `away`.
    `stem_of` returns the name of a new file, without it the title is used. Files are brought
    up to date when `version` changes.

    `write_collection` turns a collection into pieces of text. `unit` says whether a query
    chooses articles, with all of their marks, or the marks that match; `reads` how much
    the format needs of each article. A format that `follows_evidence` also gets the marks
    that support and oppose the chosen ones, or say the same, over any number of links. The
    same collection must give the same text. `write_book` turns one into the bytes of a book, for
    one article or many.
    """

    name: str
    suffix: str
    render_article: Callable[[Article], str] | None = None
    render_note: Callable[[Article, Sequence[AnchoredMark], ArticleRecord], str] | None = None
    write_note: Callable[[NoteSource], WrittenNote] | None = None
    write_elsewhere: Callable[[NoteSource], WrittenNote] | None = None
    identity_of: Callable[[str], str] = lambda _head: ""
    parts_of: Callable[[str], Iterable[str]] = lambda _text: ()
    stem_of: Callable[[NoteSource], str] | None = None
    version: str = ""
    write_collection: "Callable[[Collection], Iterable[str]] | None" = None
    write_book: "Callable[[Collection], bytes] | None" = None
    unit: "Unit" = "marks"
    reads: "Depth" = "marks"
    follows_evidence: bool = False

    def can_hold(self, content: Content) -> bool:
        """Return whether the format can hold articles, notes, collections, or is a book."""
        functions: Mapping[Content, object] = {
            "article": self.render_article,
            "note": self.write_note or self.render_note,
            "collection": self.write_collection,
            "book": self.write_book,
        }
        return functions[content] is not None


_EXPORTERS: Final = Registry[Exporter | Callable[["Collection"], Iterable[str]]](
    {name: built_in.exporter for name, built_in in BUILT_IN.items()},
    kind=Exporter,
    group=ENTRY_POINTS,
)


def exporter(name: str) -> Exporter:
    """Return the exporter of a format.

    Raises `InvalidInput` for an unknown one, and for one of a package that is broken.
    """
    try:
        part = _EXPORTERS.load(name)
    except KeyError:
        known = ", ".join(_EXPORTERS.names())
        raise InvalidInput(f"Unknown format: {name}.", f"Choose one of: {known}.") from None
    if isinstance(part, Exporter):
        return part
    return Exporter(name=name, write_collection=part, **BUILT_IN[name].traits)


def built_in_formats(content: Content) -> tuple[str, ...]:
    """Return the names of the program's own formats that can hold `content`."""
    return tuple(name for name, built_in in BUILT_IN.items() if content in built_in.holds)


def about_format(name: str) -> str:
    """Return in a sentence what a file of many articles holds in a format."""
    return BUILT_IN[name].about if name in BUILT_IN else "A format of another package."


def possible_formats(content: Content) -> tuple[str, ...]:
    """Return the names of formats that can hold `content`, those of plug-ins last.

    No plug-in is loaded, so that all of them are listed, whatever they can hold.
    """
    return (*built_in_formats(content), *_EXPORTERS.names_of_plugins())


def formats(content: Content) -> tuple[str, ...]:
    """Return the names of formats that can hold `content`, those of plug-ins last.

    This loads every plug-in; one that cannot be loaded is left out.
    """
    able = []
    for name in _EXPORTERS.names_of_plugins():
        with suppress(InvalidInput):
            able += [name] if exporter(name).can_hold(content) else []
    return (*built_in_formats(content), *able)
