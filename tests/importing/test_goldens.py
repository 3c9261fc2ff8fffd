"""Items and highlights read from files of other programs, with every field.

The files are those of `benchmarks/importing`, with every kind of fault that exports have. Of
each form the first items are kept to be read, and a digest of all that is in them.
"""

import hashlib
from functools import partial
from pathlib import Path

import pytest

from annotator.codec import encode
from annotator.importing.importers import read, recognise
from annotator.importing.item import ImportedItem
from annotator.importing.source import Folder, SourceFile
from goldens import check_goldens
from import_files import FORMS, path_of

HERE = Path(__file__).parent / "goldens"
SHOWN, SHOWN_MARKS = 6, 4  # items of a file, and highlights of an item
KINDS = {form.partition("-")[0]: [] for form in FORMS}
for form in FORMS:
    KINDS[form.partition("-")[0]].append(form)


def source_of(path):
    """Return a file, or a folder as the import opens it."""
    if path.is_file():
        return SourceFile(path.name, path.read_bytes())
    inside = {
        str(file.relative_to(path)): partial(Path.read_bytes, file)
        for file in path.rglob("*")
        if file.is_file()
    }
    return SourceFile(path.name, b"", archive=Folder(inside))


def told(piece):
    """Return an item with its first highlights, or what was skipped, in lines."""
    if not isinstance(piece, ImportedItem):
        return [f"{type(piece).__name__}: {fields_of(piece)}"]
    head = fields_of(piece, without={"highlights", "text"})
    text = [f"  text: {piece.text.content[:60]!r}"] if piece.text else []
    marks = [f"  mark: {fields_of(mark)}" for mark in piece.highlights[:SHOWN_MARKS]]
    return [f"item: {head}", *text, *marks]


def fields_of(value, *, without=frozenset()):
    """Return the fields of a value that are not empty, each cut to a readable length."""
    names = [name for name in value.__struct_fields__ if name not in without]
    pairs = [(name, getattr(value, name)) for name in names]
    return "; ".join(f"{name} {str(field)[:70]!r}" for name, field in pairs if field)


def contents(form):
    matches = recognise(source_of(path_of(form)))
    pieces = [piece for match in matches for piece in read(match)]
    digest = hashlib.sha256(b"\n".join(map(encode, pieces))).hexdigest()[:16]
    names = ", ".join(dict.fromkeys(match.importer.name for match in matches))
    shown = [line for piece in pieces[:SHOWN] for line in told(piece)]
    return "\n".join([f"{names}: {len(pieces)} pieces, digest {digest}", *shown]) + "\n"


@pytest.mark.parametrize("kind", KINDS)
def test_files_of_other_programs_are_read_as_they_ever_were(kind, request):
    check_goldens(request, HERE / kind, {f"{form}.txt": contents(form) for form in KINDS[kind]})
