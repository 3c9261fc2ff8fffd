"""Which form the library has on disk, so that no program spoils what a later one wrote."""

from dataclasses import dataclass

from annotator.codec import decode, encode
from annotator.errors import DamagedFile, LibraryError, LibraryReadOnly, LibraryTooNew
from annotator.store import files
from annotator.store.access import Access
from annotator.store.guarded_file import GuardedFile
from annotator.store.wording import in_words, quoted

SCHEMA = 1
FILE_NAME = "library.json"


@dataclass(frozen=True, slots=True)
class Header:
    """What library.json says."""

    schema: int


def check(access: Access) -> None:
    """Refuse changes to a library of a later form, and write down the form of a new one."""
    try:
        header = _read_or_create(access)
    except DamagedFile as error:
        hint = f'If this program wrote it, {FILE_NAME} should hold {{"schema": {SCHEMA}}}.'
        access.refuse(LibraryReadOnly, error.message, hint)
    except LibraryError as error:
        access.refuse(type(error), error.message, error.hint)
    else:
        if header.schema > SCHEMA:
            message = f"A later version of annotator wrote the library {quoted(access.folder)}."
            access.refuse(LibraryTooNew, message, "It may be read. Update annotator to change it.")


def _read_or_create(access: Access) -> Header:
    path = access.folder / FILE_NAME
    file = GuardedFile(path, _parse, access=access, lock=access.lock("library"))
    contents = file.read()
    if contents is not None:
        return contents.value
    header = Header(SCHEMA)
    if not access.is_read_only:
        with in_words(path, deed="written"):
            files.replace(path.with_name(f"{FILE_NAME}.bak"), encode(header))
            files.replace(path, encode(header))
    return header


def _parse(data: bytes) -> Header:
    return decode(data, Header)
