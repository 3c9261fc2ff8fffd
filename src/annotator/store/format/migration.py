"""Bringing a library to the form of today, so that no program spoils what a later one wrote.

To change the form: raise `schema.SCHEMA`, and give `Plan` the step that leads there. A
step is taken with the library locked and after a backup, and may be taken again if
the program dies meanwhile.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct, field

from annotator.codec import decode, encode
from annotator.errors import DamagedFile, LibraryError, LibraryReadOnly, LibraryTooNew
from annotator.store import files
from annotator.store.access import Access
from annotator.store.format.library_schema import BACKUP, FILE_NAME, SCHEMA
from annotator.store.format.mirrored_file import Contents, GuardedFile, Recovered
from annotator.store.os_errors import in_words, quoted
from annotator.store.repair.checks import Problem

Step = Callable[[Path], None]


class Form(Struct, frozen=True):
    """What library.json says."""

    schema: int


class Plan(Struct, frozen=True):
    """The form that this program writes; `steps` make a library of a form one of the next."""

    schema: int = SCHEMA
    steps: Mapping[int, Step] = field(default_factory=dict)


_OF_TODAY = Plan()


def check(access: Access, plan: Plan = _OF_TODAY) -> None:
    """Do as `schema.check` says, with the form of the plan."""
    try:
        form = _brought_up(access, plan)
    except DamagedFile as error:
        hint = f'If this program wrote it, {FILE_NAME} should hold {{"schema": {plan.schema}}}.'
        access.refuse(LibraryReadOnly, error.message, hint)
    except LibraryError as error:
        access.refuse(type(error), error.message, error.hint)
    else:
        if form.schema > plan.schema:
            message = f"A later version of annotator wrote the library {quoted(access.folder)}."
            access.refuse(LibraryTooNew, message, "It may be read. Update annotator to change it.")


def examine(folder: Path) -> Iterator[tuple[Problem, str, str]]:
    """Yield what is wrong with library.json and its second copy: the kind, the name, a sentence."""
    try:
        data = files.read(folder / FILE_NAME)[0]
        _parse(data)
    except FileNotFoundError:
        yield "missing", FILE_NAME, "The file that tells the library's form is gone."
        return
    except (OSError, ValueError) as error:
        yield "damaged", FILE_NAME, f"It is damaged. {error}"
        return
    with suppress(OSError):
        if files.read(folder / BACKUP)[0] == data:
            return
    yield "second-copy", BACKUP, f"It is not what {FILE_NAME} is."


def renew(access: Access) -> None:
    """Mend library.json if it must be, and make its second copy the same."""
    file = _file(access)
    with file.lock.held():
        contents = file.read_anew()
        if contents:
            file.write_backup(contents.data)


def _file(access: Access) -> GuardedFile[Form]:
    path, lock = access.folder / FILE_NAME, access.lock("library")
    return GuardedFile(path, _parse, recover=_recover, access=access, lock=lock)


def _brought_up(access: Access, plan: Plan) -> Form:
    file = _file(access)
    form = _form(file.read())
    if access.is_read_only or (form and form.schema >= plan.schema):
        return form or Form(plan.schema)
    with file.lock.held():
        form = _form(file.read_anew())  # another program may have been first
        if form is None:
            form = Form(plan.schema)
            file.write(encode(form))
        return _migrated(access, file, form, plan) if form.schema < plan.schema else form


def _migrated(access: Access, file: GuardedFile[Form], form: Form, plan: Plan) -> Form:
    """Take the steps from the form that the library has, after a backup; the lock is held."""
    missing = [number for number in range(form.schema, plan.schema) if number not in plan.steps]
    if missing:
        message = f"The library {quoted(access.folder)} is of a form that is not known any more."
        raise LibraryReadOnly(message, "Open it with an earlier version of annotator first.")
    backup = _backup(access, form)
    for number in range(form.schema, plan.schema):
        with in_words(access.folder, deed="written"):
            plan.steps[number](access.folder)
        form = Form(number + 1)
        file.write(encode(form))
    access.notice(f"The library was brought to a new form. As it was, it is in {quoted(backup)}.")
    return form


def _backup(access: Access, form: Form) -> Path:
    from annotator.store.backup import archive

    moment, chance = time.strftime("%Y%m%dT%H%M%S"), os.urandom(2).hex()
    folder = access.state / "backups"
    with in_words(folder, deed="written"):
        files.make_folder(folder)
    target = folder / f"schema-{form.schema}-{moment}-{chance}.tar.zst"
    archive.write(access.folder, target)
    return target


def _form(contents: Contents[Form] | None) -> Form | None:
    return contents.value if contents else None


def _parse(data: bytes, _: Form | None = None) -> Form:
    return decode(data, Form)


def _recover(_: bytes, backup: bytes) -> Recovered:
    return Recovered(backup)
