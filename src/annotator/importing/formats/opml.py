"""OPML: links in folders. Feeds are no articles, and commands in it are never run."""

from collections.abc import Iterator

from msgspec.structs import replace

from annotator.importing.conversion import folder_tag, split_tags
from annotator.importing.field_data import table_of
from annotator.importing.item import Found, Skipped
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.readers.markup import Tag, xml_tokens
from annotator.importing.source import SourceFile

_IS_A_FEED = "It is a feed, which `annotator feeds import` adds."
_COMMANDS = ("|", "exec:", "filter:")  # addresses that newsboat runs


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the links; feeds are skipped."""
    folders: list[str] = []
    for token in xml_tokens(source.text):
        if not isinstance(token, Tag) or token.name != "outline":
            continue
        if token.is_end:
            if folders:
                folders.pop()
            continue
        outline = JsonObject(token.attributes, token.line)
        is_folder = not outline.text("xmlurl", "htmlurl", "url", "filtercmd")
        tags = (*folder_tag(*folders), *split_tags(outline.text("category"), ",/"))
        reason = "" if is_folder else _skipped(outline)
        if reason:
            skipped = Skipped(outline.line, reason, outline.text("title", "text"))
            is_feed, address = reason == _IS_A_FEED, outline.text("xmlurl").strip()
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
