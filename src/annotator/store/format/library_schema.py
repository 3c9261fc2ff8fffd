"""The schema version of a library, in `library.json`; the usual case is checked quickly."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from annotator.store.access import LibraryAccess
from annotator.store.disk import files

FILE_NAME = "library.json"
BACKUP = f"{FILE_NAME}.bak"
SCHEMA = 3  # raise it if an older program would lose what this one writes; see `schema_file`

# Second copies and merged ones are of each machine: as files of two they would be in conflict.
SYNCTHING_FILE = ".stignore"
LEFT_OUT_OF_SYNCTHING = (
    "// Written by annotator: what is left out belongs to this machine alone.\n"
    "(?d)*.bak\n(?d)*.merged\n(?d)*.damaged-*\n(?d).annotator-*\n/.git\n"
)

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


def keep_out_of_syncthing(folder: Path) -> None:
    """Tell Syncthing what not to copy, unless the user has told it already."""
    with suppress(OSError):
        files.create(folder / SYNCTHING_FILE, LEFT_OUT_OF_SYNCTHING.encode())


def _is_current(access: LibraryAccess) -> bool:
    try:
        return files.read(access.folder / FILE_NAME)[0] == AS_WRITTEN
    except OSError:
        return False
