"""What the program keeps on this computer, and where; and what it sends."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from annotator.model.data_file import toml_beside
from annotator.model.labels import count
from annotator.settings import Folders, Settings, expanded, suggested_export_folder
from annotator.store.access import folder_key, walk
from annotator.store.machine.publish_memory import PublishMemory


class Kept(Struct, frozen=True):
    """Files of one kind: where they are, what is in them, and how to delete them.

    Files that belong to the user are not counted: `files` and `bytes` are None.
    """

    kind: str
    paths: tuple[str, ...]
    holds: str
    delete: str
    files: int | None = 0
    bytes: int | None = 0


class Privacy(Struct, frozen=True):
    """What is kept, and sentences on what is sent."""

    kept: tuple[Kept, ...]
    sent: tuple[str, ...]


def look(library: Path, folders: Folders, settings: Settings) -> Privacy:
    """Return what is kept for the library in the folder `library`, and beside it."""
    key = folder_key(Path(os.path.realpath(library)))
    states = folders.state / "libraries"
    places = {
        "library": [library],
        "own_state": [states / key],
        "own_cache": [folders.cache / key],
        "other_states": _others(states, key),
        "other_caches": _others(folders.cache, key),
        "state": [folders.state],
        "config": [folders.config],
        "log": [folders.log_file],
        "exported": [expanded(settings.export_folder or suggested_export_folder())],
        "cookies": [settings.cookies] if settings.cookies else [],
    }
    kept = []
    words = toml_beside(__package__, "privacy.toml")
    for kind in words["kept"]:
        paths = [path for template in kind.pop("paths") for path in _placed(template, places)]
        is_users = kind.pop("is_users", False)
        if paths:
            sizes = None if is_users else [*_sizes(paths)]
            count, total = (None, None) if sizes is None else (len(sizes), sum(sizes))
            kept.append(Kept(paths=tuple(map(str, paths)), files=count, bytes=total, **kind))
    published = _published(states / key, settings)
    return Privacy(tuple(kept), (*words["sent"], *published))


def _published(state: Path, settings: Settings) -> Iterator[str]:
    """Yield a sentence for each account of the settings, and each that was sent something."""
    sent: Mapping[str, int] = {}
    if (state / "publishing").is_dir():
        with PublishMemory(state) as memory:
            sent = memory.accounts()
    for account in settings.accounts:
        if not any(name.startswith(f"{account.name}\t") for name in sent):
            yield f"Nothing was sent to the account {account.name} ({account.service})."
    for name, number in sent.items():
        account_name, address, *group = name.split("\t")
        where = f"{address}{''.join(f', group {part}' for part in group)}"
        yield f"Sent to the account {account_name} ({where}): {count(number, 'thing')}."


def _placed(template: str, places: Mapping[str, Sequence[Path]]) -> Iterator[Path]:
    """Yield the paths that a template such as `{state}/theme` stands for."""
    name, _, rest = template.removeprefix("{").partition("}")
    yield from (place / rest.removeprefix("/") for place in places[name])


def _others(folder: Path, key: str) -> tuple[Path, ...]:
    """Return the folders of other libraries in one that has a folder for each."""
    try:
        return tuple(sorted(path for path in folder.iterdir() if path.name != key))
    except OSError:
        return ()


def _sizes(paths: Sequence[Path]) -> Iterator[int]:
    for path in paths:
        try:
            sizes = [status.st_size for inner, status in walk(path) if not inner.is_dir()]
        except OSError:  # a folder that may not be read
            continue
        yield from sizes
