"""The form of a library, which library.json tells: that of today is known at a glance."""

from annotator.store import files
from annotator.store.access import Access

FILE_NAME = "library.json"
BACKUP = f"{FILE_NAME}.bak"
SCHEMA = 1

AS_WRITTEN = f'{{\n  "schema": {SCHEMA}\n}}\n'.encode()


def check(access: Access) -> None:
    """Bring an older library to the form of today, and refuse changes to a later one.

    A new library is given that form. What stands in the way becomes a refusal of changes.
    """
    if not _is_of_today(access):
        from annotator.store.format import migration

        migration.check(access)


def _is_of_today(access: Access) -> bool:
    try:
        return files.read(access.folder / FILE_NAME)[0] == AS_WRITTEN
    except OSError:
        return False
