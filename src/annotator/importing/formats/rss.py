"""RSS and Atom: the entries of a file, such as the bookmarks that Diigo writes so; and OPML.

Of OPML the links in folders are read. Feeds are no articles, and commands in it are never run.
"""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from annotator.importing.conversion import folder_tag, split_tags, words_of
from annotator.importing.field_data import table_of
from annotator.importing.importers import Sureness
from annotator.importing.item import Found, ImportedHighlight, Skipped
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.readers.limits import MAX_CELL
from annotator.importing.readers.markup import Tag, xml_tokens
from annotator.importing.source import SourceFile

_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\b[^>]*?>\s*<(?:channel|title|id|\w+:?link)\b")
_ENTRIES = frozenset({"item", "entry"})
_LABEL = re.compile(r"Highlights(?: and Sticky Notes)?:", re.IGNORECASE)
_LISTED = re.compile(r"<li\b[^<>]*>((?:(?!</?li\b).)*)", re.DOTALL | re.IGNORECASE)


def sniff(source: SourceFile) -> Sureness:
    """Return whether the file is XML that begins as feeds do."""
    is_feed = _FEED.search(source.head[:4_000]) is not None
    return Sureness.LIKELY if is_feed and source.head.lstrip().startswith("<") else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the entries."""
    entry: JsonObject | None = None
    tags: list[object] = []
    words = ""
    for token in xml_tokens(source.text):
        if not isinstance(token, Tag):
            words += token.text if len(words) < MAX_CELL else ""
            continue
        if token.name in _ENTRIES and not token.is_end:
            entry, tags = JsonObject(line=token.line), []
        elif entry is not None and token.name in _ENTRIES:
            yield _ENTRY.read(JsonObject({**entry, "tags": tags}, entry.line))
            entry = None
        elif entry is not None and token.name == "category":
            tags += filter(None, [token.attributes.get("term", ""), words.strip()])
        elif entry is not None:
            address = token.attributes.get("href", "") if token.name == "link" else ""
            if value := address or words.strip() * token.is_end:
                entry.setdefault(token.name, value)
        words = ""


def _description(entry: JsonObject) -> list[str]:
    """Return the words of a description, and then the list of highlights in it, if any."""
    return _LABEL.split(entry.text("description", "summary"), maxsplit=1)


def _highlights(entry: JsonObject) -> tuple[ImportedHighlight, ...]:
    _, *listed = _description(entry)
    quotes = [words_of(words) for words in _LISTED.findall("".join(listed))]
    return tuple(
        ImportedHighlight(quote=words, order=float(number), line=entry.line)
        for number, words in enumerate(quotes)
        if words
    )


_ENTRY = table_of(
    "rss.entry",
    item={"excerpt": lambda entry: words_of(_description(entry)[0]), "highlights": _highlights},
)


_IS_A_FEED = "It is a feed, which `annotator feeds import` adds."
_LOGIN = re.compile(r"(?<=//)[^/?#@]*@")  # a password is not kept
_COMMANDS = ("|", "exec:", "filter:")  # addresses that newsboat runs


def read_opml(source: SourceFile) -> Iterator[Found]:
    """Yield the links; feeds are skipped."""
    folders: list[str] = []
    for token in xml_tokens(source.text):
        if not isinstance(token, Tag) or token.name != "outline":
            continue
        if token.is_end:
            del folders[-1:]
            continue
        outline = JsonObject(token.attributes, token.line)
        is_folder = not outline.text("xmlurl", "htmlurl", "url", "filtercmd")
        tags = (*folder_tag(*folders), *split_tags(outline.text("category"), ",/"))
        reason = "" if is_folder else _skipped(outline)
        if reason:
            skipped = Skipped(outline.line, reason, outline.text("title", "text"))
            is_feed, address = reason == _IS_A_FEED, _LOGIN.sub("", outline.text("xmlurl").strip())
            yield replace(skipped, feed=address, tags=tags) if is_feed else skipped
        elif not is_folder:
            yield _OUTLINE.read(outline, tags=tags)
        folders.append(outline.text("title", "text").strip() if is_folder else "")


def _skipped(outline: JsonObject) -> str:
    feed = outline.text("xmlurl").strip()
    if outline.text("filtercmd") or feed.startswith(_COMMANDS):
        return "It is a command for a feed reader, which is never run."
    is_feed = feed or outline.text("type").lower() in {"rss", "atom", "feed"}
    return _IS_A_FEED if is_feed else ""


_OUTLINE = table_of("opml.outline")
