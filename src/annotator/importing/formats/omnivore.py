"""Omnivore: its ZIP with texts and highlights, and a file of metadata on its own."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from annotator.errors import ImportFailed
from annotator.importing.conversion import has_fields, items_of, joined
from annotator.importing.field_data import table_of
from annotator.importing.item import Found, ImportedHighlight, ImportedItem, ItemText, Skipped
from annotator.importing.source import SourceFile

_METADATA = re.compile(r"(?:.*/)?metadata_\d+_to_\d+\.json")
_LABEL = r"#[^\s#]+(?: [^\s#]+){0,2}"  # of up to three words
_LABELS = re.compile(rf"{_LABEL}(?:\s+{_LABEL})*")
_LABELS_AFTER_QUOTE = re.compile(r"\s+(#[^\W\d][\w/-]*(?:\s+#[^\W\d][\w/-]*)*)\s*$")


def sniff(source: SourceFile) -> bool:
    """Return whether the file has the names or the fields of Omnivore."""
    if source.archive:
        return any(map(_METADATA.fullmatch, source.archive.names))
    return has_fields(source.json_object, "slug", "savedAt", "url")


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the articles, with the texts and highlights that are in the same archive."""
    if source.archive is None:
        yield from items_of(source.json_objects(), _ARTICLE.read)
        return
    for member in source.members(_METADATA.pattern):
        if isinstance(member, Skipped):
            yield member
            continue
        folder = member.name.rpartition("metadata_")[0]
        for record in member.json_objects():
            if isinstance(record, Skipped):
                yield replace(record, member=member.name)
                continue
            item = _ARTICLE.read(record)
            if isinstance(item, ImportedItem):
                item = _with_files(item, source, folder + record.text("slug"))
            yield replace(item, member=member.name)


_ARTICLE = table_of("omnivore.article")


def _with_files(item: ImportedItem, source: SourceFile, path: str) -> ImportedItem:
    """Add the text and the highlights that the archive has below the name of the article."""
    remarks = list(item.remarks)
    above, separator, slug = path.rpartition("/")
    folder = above + separator
    text = _read_file(source, f"{folder}content/{slug}.html", remarks)
    marks = _marks(_read_file(source, f"{folder}highlights/{slug}.md", remarks))
    names = source.archive.names if source.archive else ()
    return replace(
        item,
        text=ItemText(text) if text.strip() else None,
        medium="document" if f"{folder}content/{slug}.pdf" in names else "page",
        note=joined(*(mark.note for mark in marks if not mark.quote)),
        highlights=tuple(mark for mark in marks if mark.quote),
        remarks=tuple(remarks),
    )


def _read_file(source: SourceFile, name: str, remarks: list[str]) -> str:
    if source.archive is None or name not in source.archive.names:
        return ""
    try:
        return source.member(name).text
    except ImportFailed as error:
        remarks.append(f"{name} is left out: {error.message}")
        return ""


def _marks(text: str) -> list[ImportedHighlight]:
    """Return the quotes of a file, each with the labels and the note that follow it."""
    marks: list[ImportedHighlight] = []
    quote: list[str] = []
    notes: list[str] = []
    start = 1
    in_quote = False
    for number, line in enumerate((*text.splitlines(), "", ">"), 1):
        is_quote = line.startswith(">")
        if is_quote and not in_quote:
            if any(map(str.strip, (*quote, *notes))):
                marks.append(_mark("\n".join(quote), "\n".join(notes).strip(), start))
            quote, notes, start = [], [], number
        if is_quote:
            quote.append(line.removeprefix(">").removeprefix(" "))
        else:
            notes.append(line)
        in_quote = is_quote
    return marks


def _mark(quote: str, note: str, line: int) -> ImportedHighlight:
    tags: list[str] = []
    after = _LABELS_AFTER_QUOTE.search(quote)
    if after:
        quote = quote[: after.start()]
        tags += after[1].split()
    first, _, rest = note.partition("\n")
    if _LABELS.fullmatch(first.strip()):
        tags += re.split(r"\s+(?=#)", first.strip())
        note = rest.strip()
    names = tuple(tag.removeprefix("#") for tag in tags)
    return ImportedHighlight(quote=quote.strip(), note=note, tags=names, line=line)
