"""wallabag: JSON of versions 1 and 2 with texts and annotations, and its table."""

import re
from collections.abc import Iterator

from annotator.importing.conversion import favourite, has_fields, items_of, read_state, split_tags
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ImportedHighlight, ImportedItem, ItemText
from annotator.importing.moments import iso_date, moment_or_remark
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.readers.table import Row
from annotator.importing.source import SourceFile

_PAGE = ("text/html", "application/xhtml+xml", "")  # types whose content is HTML
_DAY_FIRST = re.compile(r"^(\d\d)/(\d\d)/(\d{4})")
_UNTITLED = frozenset({"no title found", "untitled"})


def sniff(source: SourceFile) -> Sureness:
    """Return whether the file has the columns or the fields of wallabag."""
    found = source.json_object
    is_ours = (
        source.has_columns("title", "url", "content", "tags", "mime type")
        or has_fields(found, "url", "is_archived", "is_starred")
        or has_fields(found, "url", "is_read", "is_fav")
    )
    return Sureness.CERTAIN if is_ours else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the entries of a file with their texts and annotations."""
    if source.columns:
        yield from items_of(source.rows(), _from_row)
    else:
        yield from items_of(source.json_objects(), _from_entry)


def _from_row(row: Row) -> Found:
    remarks: list[str] = []
    content = row.text("content")
    return ImportedItem(
        url=row.text("url"),
        title=_title(row.text("title")),
        added=moment_or_remark(_DAY_FIRST.sub(r"\3-\2-\1", row.text("creation date")), remarks),
        tags=split_tags(row.text("tags")),
        text=_text(content, row.text("mime type")),
        language=row.text("language"),
        line=row.line,
        remarks=tuple(remarks),
    )


def _from_entry(found: JsonObject) -> Found:
    remarks: list[str] = []
    return ImportedItem(
        url=found.text("given_url") or found.text("url", "origin_url"),
        title=_title(found.text("title")),
        authors=found.texts("published_by"),
        site_name=found.text("domain_name"),
        published=iso_date(found.text("published_at")),
        added=moment_or_remark(found.text("created_at"), remarks),
        modified=moment_or_remark(found.text("updated_at"), remarks),
        state=read_state(is_archived=found.flag("is_archived", "is_read")),
        tags=(
            *_tags(found),
            *favourite(is_one=found.flag("is_starred", "is_fav")),
        ),
        text=_text(found.text("content"), found.text("mimetype")),
        language=found.text("language"),
        highlights=tuple(map(_from_annotation, found.objects("annotations"))),
        source_id=found.text("id"),
        line=found.line,
        remarks=tuple(remarks),
    )


def _tags(found: JsonObject) -> tuple[str, ...]:
    """Return the tags: a list in version 2, text with commas in version 1."""
    tags = found.get("tags")
    return split_tags(tags) if isinstance(tags, str) else found.texts("tags", inner="label")


def _from_annotation(found: JsonObject) -> ImportedHighlight:
    return ImportedHighlight(
        quote=found.text("quote"),
        note=found.text("text"),
        created=moment_or_remark(found.text("created_at"), []),
        modified=moment_or_remark(found.text("updated_at"), []),
        source_id=found.text("id"),
        line=found.line,
    )


def _text(content: str, media_type: str) -> ItemText | None:
    kind = media_type.partition(";")[0].strip().lower()
    return ItemText(content) if content.strip() and kind in _PAGE else None


def _title(title: str) -> str:
    return "" if title.strip().lower() in _UNTITLED else title


WALLABAG = Importer(
    name="wallabag",
    title="wallabag (JSON, CSV)",
    sniff=sniff,
    read=read,
    hint="All entries, Export",
)
