"""Read a file through recognition, as `annotator import` does."""

from annotator.importing.importers import read, recognise
from annotator.importing.item import ImportedItem, Skipped
from annotator.importing.source import SourceFile


def read_file(data, *, name="", expected=""):
    """Return the items and what was skipped; the format must be the one that is expected."""
    raw = data.encode() if isinstance(data, str) else data
    matches = recognise(SourceFile(name, raw))
    if expected:
        assert {match.importer.name for match in matches} == {expected}
    found = [each for match in matches for each in read(match)]
    items = [each for each in found if isinstance(each, ImportedItem)]
    return items, [each for each in found if isinstance(each, Skipped)]


def marks_of(item):
    """Return quote and note of each highlight."""
    return [(each.quote, each.note) for each in item.highlights]
