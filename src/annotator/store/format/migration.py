"""Upgrading a library to the current schema, so that no program spoils what a newer one wrote.

To change the schema, raise `library_schema.SCHEMA` and add to `Plan.steps` the step that
leads there. Steps are taken with the library locked and after a backup. A step must be
repeatable, since the program may die before the new version is written.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from annotator.codec import decode, encode
from annotator.errors import DamagedFile, LibraryError, LibraryReadOnly, LibraryTooNew
from annotator.store import backup, files
from annotator.store.access import LibraryAccess
from annotator.store.format.library_schema import BACKUP, FILE_NAME, SCHEMA
from annotator.store.format.mirrored_file import Contents, MirroredFile, Recovered
from annotator.store.os_errors import explained, quoted

if TYPE_CHECKING:
    from annotator.store.repair.checks import Problem

Step = Callable[[Path], None]


class SchemaFile(Struct, frozen=True):
    """The contents of library.json."""

    schema: int


class Plan(Struct, frozen=True):
    """The schema that this program writes; step N upgrades the library's folder from N to N + 1."""

    schema: int = SCHEMA
    steps: Mapping[int, Step] = field(default_factory=dict)


_CURRENT = Plan()


def check(access: LibraryAccess, plan: Plan = _CURRENT) -> None:
    """Do what `library_schema.check` promises, for the schema of the plan."""
    try:
        found = _upgraded(access, plan)
    except DamagedFile as error:
        hint = f'If this program wrote it, {FILE_NAME} should contain {{"schema": {plan.schema}}}.'
        access.refuse_changes(LibraryReadOnly, error.message, hint)
    except LibraryError as error:
        access.refuse_changes(type(error), error.message, error.hint)
    else:
        if found.schema > plan.schema:
            message = f"A newer version of annotator wrote the library {quoted(access.folder)}."
            hint = "It is read-only for now. Update annotator to change it."
            access.refuse_changes(LibraryTooNew, message, hint)


def find_problems(folder: Path) -> Iterator[tuple["Problem", str, str]]:
    """Yield the problems of library.json and its second copy: kind, file name, sentence."""
    try:
        data = files.read(folder / FILE_NAME)[0]
        _parse(data)
    except FileNotFoundError:
        yield "missing", FILE_NAME, "The file with the library's schema version is missing."
        return
    except (OSError, ValueError) as error:
        yield "damaged", FILE_NAME, f"It is damaged. {error}"
        return
    with suppress(OSError):
        if files.read(folder / BACKUP)[0] == data:
            return
    yield "second-copy", BACKUP, f"It differs from {FILE_NAME}."


def renew(access: LibraryAccess) -> None:
    """Repair library.json if necessary, and make its second copy the same."""
    file = _file(access)
    with file.lock.held():
        contents = file.reread()
        if contents:
            file.write_backup(contents.data)


def _file(access: LibraryAccess) -> MirroredFile[SchemaFile]:
    path, lock = access.folder / FILE_NAME, access.lock("library")
    return MirroredFile(path, _parse, recover=_recover, access=access, lock=lock)


def _upgraded(access: LibraryAccess, plan: Plan) -> SchemaFile:
    file = _file(access)
    found = _value(file.read())
    if access.is_read_only or (found and found.schema >= plan.schema):
        return found or SchemaFile(plan.schema)
    with file.lock.held():
        found = _value(file.reread())  # another program may have been first
        if found is None:
            found = SchemaFile(plan.schema)
            file.write(encode(found))
        return _migrated(access, file, found, plan) if found.schema < plan.schema else found


def _migrated(
    access: LibraryAccess, file: MirroredFile[SchemaFile], found: SchemaFile, plan: Plan
) -> SchemaFile:
    """Take all steps from the schema that was found, after a backup; the lock is held."""
    missing = [number for number in range(found.schema, plan.schema) if number not in plan.steps]
    if missing:
        message = f"The library {quoted(access.folder)} has a schema that is no longer supported."
        raise LibraryReadOnly(message, "Open it with an earlier version of annotator first.")
    archive = _back_up(access, found)
    for number in range(found.schema, plan.schema):
        with explained(access.folder, action="written"):
            plan.steps[number](access.folder)
        found = SchemaFile(number + 1)
        file.write(encode(found))
    access.notice(f"The library was upgraded. A backup of it from before is {quoted(archive)}.")
    return found


def _back_up(access: LibraryAccess, found: SchemaFile) -> Path:
    moment, random = time.strftime("%Y%m%dT%H%M%S"), os.urandom(2).hex()
    folder = access.state / "backups"
    with explained(folder, action="written"):
        files.make_folder(folder)
    target = folder / f"schema-{found.schema}-{moment}-{random}.tar.zst"
    backup.write(access.folder, target)
    return target


def _value(contents: Contents[SchemaFile] | None) -> SchemaFile | None:
    return contents.value if contents else None


def _parse(data: bytes, _: SchemaFile | None = None) -> SchemaFile:
    return decode(data, SchemaFile)


def _recover(_: bytes, backup: bytes) -> Recovered:
    return Recovered(backup)
