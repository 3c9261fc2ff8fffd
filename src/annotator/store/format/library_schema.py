"""The schema version of a library, in `library.json`; the usual case is checked quickly."""

from annotator.store import files
from annotator.store.access import LibraryAccess

FILE_NAME = "library.json"
BACKUP = f"{FILE_NAME}.bak"
SCHEMA = 1

AS_WRITTEN = f'{{\n  "schema": {SCHEMA}\n}}\n'.encode()


def check(access: LibraryAccess) -> None:
    """Upgrade a library with an older schema, and refuse changes to one with a newer schema.

    A new library gets the current schema. A problem becomes a refusal of changes.
    """
    if not _is_current(access):
        from annotator.store.format import migration  # rarely needed, and slow to load

        migration.check(access)
    access.expect(FILE_NAME, BACKUP)


def _is_current(access: LibraryAccess) -> bool:
    try:
        return files.read(access.folder / FILE_NAME)[0] == AS_WRITTEN
    except OSError:
        return False
