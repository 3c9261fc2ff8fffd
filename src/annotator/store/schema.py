"""Which form the library has on disk, so that no program spoils what a later one wrote."""

from dataclasses import dataclass

from annotator.codec import decode, encode
from annotator.errors import DamagedFile, LibraryError, LibraryReadOnly, LibraryTooNew
from annotator.store.access import Access
from annotator.store.guarded_file import GuardedFile, Recovered
from annotator.store.wording import quoted

SCHEMA = 1
FILE_NAME = "library.json"


@dataclass(frozen=True, slots=True)
class Form:
    """What library.json says."""

    schema: int


def check(access: Access) -> None:
    """Refuse changes to a library of a later form, and write down the form of a new one."""
    try:
        form = _read_or_create(access)
    except DamagedFile as error:
        hint = f'If this program wrote it, {FILE_NAME} should hold {{"schema": {SCHEMA}}}.'
        access.refuse(LibraryReadOnly, error.message, hint)
    except LibraryError as error:
        access.refuse(type(error), error.message, error.hint)
    else:
        if form.schema > SCHEMA:
            message = f"A later version of annotator wrote the library {quoted(access.folder)}."
            access.refuse(LibraryTooNew, message, "It may be read. Update annotator to change it.")


def _read_or_create(access: Access) -> Form:
    lock = access.lock("library")
    file = GuardedFile(
        access.folder / FILE_NAME, _parse, recover=_recover, access=access, lock=lock
    )
    contents = file.read()
    if contents is None and not access.is_read_only:
        with lock.held():
            contents = file.read_anew()  # another program may have been first
            if contents is None:
                file.write(encode(Form(SCHEMA)))
    return contents.value if contents else Form(SCHEMA)


def _parse(data: bytes, _: Form | None = None) -> Form:
    return decode(data, Form)


def _recover(_: bytes, backup: bytes) -> Recovered:
    return Recovered(backup)
