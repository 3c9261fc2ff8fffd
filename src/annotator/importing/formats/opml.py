"""OPML: links and feeds in folders. Commands that some readers write into it are never run."""

from collections.abc import Iterator

from annotator.importing.conversion import folder_tag, split_tags
from annotator.importing.fields import FieldTable
from annotator.importing.importers import Importer
from annotator.importing.item import Found
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.readers.markup import Tag, xml_tokens
from annotator.importing.source import SourceFile

_FEED_TAG = "feed"
_COMMANDS = ("|", "exec:", "filter:")  # addresses that newsboat runs


def sniff(source: SourceFile) -> bool:
    """Return whether the file is XML with outlines."""
    head = source.head.lower()
    return head.lstrip().startswith("<") and ("<opml" in head or "<outline" in head)


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the links; of a feed it is the page that the feed is of, if the file names it."""
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
        if not is_folder:
            yield _OUTLINE.read(outline, tags=(*folder_tag(*folders), *_tags(outline)))
        folders.append(outline.text("title", "text").strip() if is_folder else "")


def _skipped(outline: JsonObject) -> str:
    is_command = outline.text("filtercmd") or outline.text("xmlurl").strip().startswith(_COMMANDS)
    return "It is a command for a feed reader, which is never run." if is_command else ""


def _tags(outline: JsonObject) -> tuple[str, ...]:
    is_link = outline.text("type").lower() in {"link", "url"} and not outline.text("xmlurl")
    tags = split_tags(outline.text("category"), ",/")
    return tags if is_link else (*tags, _FEED_TAG)


def _feed_only(outline: JsonObject) -> str:
    return "" if outline.text("htmlurl", "url") else "The file names a feed and no page."


_OUTLINE = FieldTable(
    item={
        "url": "htmlurl url xmlurl",
        "title": "title text",
        "added": "created",
        "note": "description",
        "language": "language",
        "source_id": lambda _: "",
    },
    skip=_skipped,
    named="title text",
    remark=_feed_only,
)
OPML = Importer("opml", "OPML (links, feeds)", sniff, read)
