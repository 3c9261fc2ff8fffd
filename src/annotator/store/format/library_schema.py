"""The schema version of a library, in `library.json`; the usual case is checked quickly."""

from collections.abc import Callable

from annotator.store.access import LibraryAccess
from annotator.store.disk import files

FILE_NAME = "library.json"
BACKUP = f"{FILE_NAME}.bak"
SCHEMA = 3  # raise it if an older program would lose what this one writes; see `schema_file`

AS_WRITTEN = f'{{\n  "schema": {SCHEMA}\n}}\n'.encode()


def check(access: LibraryAccess, back_up: Callable[[int], None]) -> None:
    """Give a new or older library the current schema, and refuse changes to a newer one.

    `back_up` is called with the schema of an older library before it is raised. A problem becomes
    a refusal of changes.
    """
    if not _is_current(access):
        from annotator.store.format import schema_file  # rarely needed, and slow to load

        schema_file.check(access, FILE_NAME, SCHEMA, back_up)
    access.expect(FILE_NAME, BACKUP)


def _is_current(access: LibraryAccess) -> bool:
    try:
        return files.read(access.folder / FILE_NAME)[0] == AS_WRITTEN
    except OSError:
        return False
