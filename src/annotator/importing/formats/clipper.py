"""Obsidian Web Clipper: the JSON of its highlights."""

from collections.abc import Iterator

from annotator.importing.conversion import has_fields, items_of, joined, words_of
from annotator.importing.field_data import table_of
from annotator.importing.fields import Fields, highlight_of
from annotator.importing.item import Found
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.source import SourceFile


def sniff(source: SourceFile) -> bool:
    """Return whether the file is a list of pages with highlights that have a `text`."""
    whole = source.json_object
    if not source.is_json_list or not has_fields(whole, "url"):
        return False
    marks = whole.objects("highlights") or [JsonObject()]
    has_text = "text" in marks[0] and not {"quote", "id"} & marks[0].keys()
    return has_text or has_fields(next(iter(whole.objects("data")), whole), "xpath", "content")


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the pages with their highlights."""
    yield from items_of(source.json_objects(), _from_page)


def _from_page(record: JsonObject) -> Found:
    """Return a page; the pieces that a highlight was cut into between paragraphs are joined."""
    groups: dict[str, list[JsonObject]] = {}
    for number, piece in enumerate(record.objects("data")):
        groups.setdefault(piece.text("groupId") or f"#{number}", []).append(piece)
    if not groups:
        return _PAGE.read(record)
    remarks: list[str] = []
    marks = tuple(
        highlight_of(
            group[0],
            _PIECE,
            remarks,
            quote="\n\n".join(words_of(piece.text("content")) for piece in group),
            suffix=group[-1].text("textQuote.suffix"),
            note=joined(*(note for piece in group for note in _notes(piece))),
        )
        for group in groups.values()
    )
    return _PAGE.read(record, highlights=marks, remarks=tuple(remarks))


def _notes(record: JsonObject) -> tuple[str, ...]:
    return record.texts("notes", inner="text")


def _when(piece: JsonObject) -> str:
    identity = piece.text("id")  # milliseconds
    return identity if identity.isdecimal() else ""


def _words(mark: JsonObject) -> str:
    text = mark.text("text")
    return words_of(text) if "<" in text else text


_PAGE = table_of("clipper.page", mark={"quote": _words, "note": lambda mark: joined(*_notes(mark))})
_PIECE: Fields = {"prefix": "textQuote.prefix", "created": _when, "source_id": "groupId id"}
