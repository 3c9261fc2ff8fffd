"""Readeck: bookmarks and annotations as its API gives them."""

from collections import defaultdict
from collections.abc import Iterator

from annotator.importing.conversion import favourite, has_fields, read_state
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ImportedHighlight, ImportedItem, Skipped
from annotator.importing.moments import iso_date, moment_or_remark
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.source import SourceFile

_PERCENT = 100


def sniff(source: SourceFile) -> Sureness:
    """Return whether the file has annotations with the fields of Readeck, or its bookmarks."""
    found = source.json_object
    marks = found.objects("annotations") or [found]
    bookmarks = found.objects("bookmarks") or [found]
    is_ours = has_fields(marks[0], "bookmark_id", "bookmark_url", "text") or has_fields(
        bookmarks[0], "is_archived", "is_marked", "read_progress"
    )
    return Sureness.CERTAIN if is_ours else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the bookmarks with their annotations, then annotations of other bookmarks."""
    whole = source.json_object
    bookmarks = {each.text("id"): each for each in whole.objects("bookmarks")}
    annotations: dict[str, list[JsonObject]] = defaultdict(list)
    for found in source.json_objects("annotations"):
        if isinstance(found, Skipped):
            yield found
        elif "bookmark_id" in found:
            annotations[found.text("bookmark_id")].append(found)
        elif "read_progress" in found:
            bookmarks[found.text("id")] = found
    for identity, bookmark in bookmarks.items():
        yield _from_bookmark(bookmark, annotations.pop(identity, []))
    for marks in annotations.values():
        yield _from_annotations(marks)


def _from_bookmark(found: JsonObject, marks: list[JsonObject]) -> ImportedItem:
    remarks: list[str] = []
    progress = found.number("read_progress")
    return ImportedItem(
        url=found.text("url"),
        title=found.text("title"),
        authors=found.texts("authors"),
        site_name=found.text("site_name", "site"),
        published=iso_date(found.text("published")),
        added=moment_or_remark(found.text("created"), remarks),
        modified=moment_or_remark(found.text("updated"), remarks),
        state=read_state(is_archived=found.flag("is_archived"), progress=progress),
        progress=None if progress is None else progress / _PERCENT,
        tags=(*found.texts("labels"), *favourite(is_one=found.flag("is_marked"))),
        excerpt=found.text("description"),
        language=found.text("lang"),
        highlights=tuple(_highlight(each, remarks) for each in marks),
        source_id=found.text("id"),
        line=found.line,
        remarks=tuple(remarks),
    )


def _from_annotations(marks: list[JsonObject]) -> ImportedItem:
    remarks: list[str] = []
    first = marks[0]
    return ImportedItem(
        url=first.text("bookmark_url"),
        title=first.text("bookmark_title"),
        site_name=first.text("bookmark_site_name"),
        highlights=tuple(_highlight(each, remarks) for each in marks),
        source_id=first.text("bookmark_id"),
        line=first.line,
        remarks=tuple(remarks),
    )


def _highlight(found: JsonObject, remarks: list[str]) -> ImportedHighlight:
    return ImportedHighlight(
        quote=found.text("text"),
        note=found.text("note"),
        colour=found.text("color"),
        created=moment_or_remark(found.text("created"), remarks),
        source_id=found.text("id"),
        line=found.line,
    )


READECK = Importer(name="readeck", title="Readeck (JSON of its API)", sniff=sniff, read=read)
