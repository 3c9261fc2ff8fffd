"""The file with a library's schema, so that no program spoils what a newer one wrote.

Raise `library_schema.SCHEMA` when an older program would lose or misread what this one writes.
Older libraries are read as they are, so a newer format must be able to: then a backup is made,
and only the number is written. A library with a greater number is read-only. Fields that a program
does not know survive its edits all the same, for programs that forget to raise the number.

1  until November 2026: tombstones had no marks at first, records no choices, marks no edits
2  the same files, closed to programs that would leave these out
3  the same, closed to programs that would let a change be that of who changed the field before
"""

from collections.abc import Callable

from msgspec import Struct

from annotator.codec import decode, encode
from annotator.errors import DamagedFile, LibraryError, LibraryReadOnly, LibraryTooNew
from annotator.store.access import LibraryAccess
from annotator.store.disk.os_errors import quoted
from annotator.store.format import library_schema
from annotator.store.format.mirrored_file import MirroredFile, Recovered


class SchemaFile(Struct, frozen=True):
    """The contents of library.json."""

    schema: int


def check(access: LibraryAccess, name: str, schema: int, back_up: Callable[[int], None]) -> None:
    """Do what `library_schema.check` promises, for the file `name` and a program's `schema`."""
    try:
        known = _brought_up_to(schema, access, name, back_up)
    except DamagedFile as error:
        hint = f'If this program wrote it, {name} should contain {{"schema": {schema}}}.'
        access.refuse_changes(LibraryReadOnly, error.message, hint)
    except LibraryError as error:
        access.refuse_changes(type(error), error.message, error.hint)
    else:
        if known > schema:
            message = f"A newer version of annotator wrote the library {quoted(access.folder)}."
            hint = "It is read-only for now. Update annotator to change it."
            access.refuse_changes(LibraryTooNew, message, hint)


def renew(access: LibraryAccess, name: str) -> None:
    """Repair the file if necessary, and make its second copy the same."""
    _file(access, name).renew()


def parse(data: bytes, _: SchemaFile | None = None) -> SchemaFile:
    """Return the contents of the file; raises `ValueError` if it is damaged."""
    return decode(data, SchemaFile)


def _file(access: LibraryAccess, name: str) -> MirroredFile[SchemaFile]:
    lock = access.lock("library", access.folder)
    return MirroredFile(access.folder / name, parse, recover=_recover, access=access, lock=lock)


def _brought_up_to(
    schema: int, access: LibraryAccess, name: str, back_up: Callable[[int], None]
) -> int:
    """Write the program's schema if the library has none or an older one; return what it has."""
    file = _file(access, name)
    contents = file.read()
    known = contents.value.schema if contents else 0
    if known >= schema:
        return known
    if access.is_read_only:
        return known
    with file.lock.held():
        contents = file.reread()  # another program may have been first
        if contents is None or contents.value.schema < schema:
            if contents:
                back_up(contents.value.schema)
            else:
                library_schema.keep_out_of_syncthing(access.folder)
            contents = file.write(encode(SchemaFile(schema)))
        return contents.value.schema


def _recover(_: bytes, backup: bytes) -> Recovered:
    return Recovered(backup)
