"""What the program keeps on this computer, and where; and what it sends."""

import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from pkgutil import get_data

from msgspec import Struct

from annotator.settings import Folders, Settings, expanded, suggested_export_folder
from annotator.store.access import folder_key, walk

SENT = tuple(
    """
Nothing is sent but requests for the pages that you add, read or refresh, the feeds that you \
follow, the pictures that you open, and the services that you import from.
A page's pictures, scripts, other versions and following pages are not fetched unless you ask.
A request names the program and its version. Cookies are sent only if the settings name a file \
of them, and each to its own site; a token only to its service.
While `annotator serve` runs, programs on this computer that hold the token can give it pages; \
it listens at 127.0.0.1 alone, and nothing in the library can be read through it.
There is no telemetry, no check for updates, and no report of crashes.
""".strip().splitlines()
)


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
    sent: tuple[str, ...] = SENT


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
    }
    kept = []
    for kind in tomllib.loads((get_data(__package__, "privacy.toml") or b"").decode())["kept"]:
        paths = [path for template in kind.pop("paths") for path in _placed(template, places)]
        if paths:
            sizes = [*_sizes(paths)]
            count, total = len(sizes), sum(sizes)
            kept.append(Kept(paths=tuple(map(str, paths)), files=count, bytes=total, **kind))
    return Privacy((*kept, *_of_user(folders, settings)))


def _placed(template: str, places: Mapping[str, Sequence[Path]]) -> Iterator[Path]:
    """Yield the paths that a template such as `{state}/theme` stands for."""
    name, _, rest = template.removeprefix("{").partition("}")
    yield from (place / rest.removeprefix("/") for place in places[name])


def _of_user(folders: Folders, settings: Settings) -> Iterator[Kept]:
    """Yield the files that the settings name: they are the user's own."""
    yield Kept(
        "exported notes",
        (str(expanded(settings.export_folder or suggested_export_folder())),),
        "Articles with your marks, if you exported them there.",
        "Delete them as any other file.",
        files=None,
        bytes=None,
    )
    if settings.cookies is not None:
        yield Kept(
            "cookies",
            (str(settings.cookies),),
            "Cookies of your browser, which are read for each request and kept nowhere else.",
            f"Delete the file, and its line in {folders.settings_file}.",
            files=None,
            bytes=None,
        )


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
