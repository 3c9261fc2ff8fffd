"""OPML: links and feeds in folders. Commands that some readers write into it are never run."""

from collections.abc import Iterator, Mapping

from annotator.importing.conversion import folder_tag, split_tags
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ImportedItem, Skipped
from annotator.importing.moments import moment_or_remark
from annotator.importing.readers.markup import Tag, xml_tokens
from annotator.importing.source import SourceFile

_FEED_TAG = "feed"
_COMMANDS = ("|", "exec:", "filter:")  # addresses that newsboat runs


def sniff(source: SourceFile) -> Sureness:
    """Return whether the file is XML with outlines."""
    head = source.head
    if not head.lstrip().startswith("<"):
        return Sureness.NO
    is_ours = "<opml" in head.lower() or "<outline" in head.lower()
    return Sureness.CERTAIN if is_ours else Sureness.NO


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
        item = _outline(token.attributes, token.line, folders)
        folders.append("" if item else _title(token.attributes))
        if item:
            yield item


def _outline(values: Mapping[str, str], line: int, folders: list[str]) -> Found | None:
    """Return what an outline is: an item, something that is skipped, or None for a folder."""
    feed = values.get("xmlurl", "").strip()
    is_link = values.get("type", "").lower() in {"link", "url"}
    page = values.get("htmlurl", "").strip() or values.get("url", "").strip()
    title = _title(values)
    if feed.startswith(_COMMANDS) or values.get("filtercmd"):
        return Skipped(line, "It is a command for a feed reader, which is never run.", title)
    if not feed and not page:
        return None
    remarks: list[str] = []
    tags = (*folder_tag(*folders), *split_tags(values.get("category", "").replace("/", ",")))
    is_feed = bool(feed) or not is_link
    if feed and not page:
        remarks.append("The file names a feed and no page.")
    return ImportedItem(
        url=page or feed,
        title=title,
        added=moment_or_remark(values.get("created"), remarks),
        tags=(*tags, _FEED_TAG) if is_feed else tags,
        note=values.get("description", ""),
        language=values.get("language", ""),
        line=line,
        remarks=tuple(remarks),
    )


def _title(values: Mapping[str, str]) -> str:
    return values.get("title", "").strip() or values.get("text", "").strip()


OPML = Importer(name="opml", title="OPML (links, feeds)", sniff=sniff, read=read)
