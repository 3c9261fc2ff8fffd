"""What the program keeps on this computer, and where; and what it sends."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from annotator.settings import Folders, Settings, expanded, suggested_export_folder
from annotator.store.access import folder_key, walk

SENT = tuple(
    """
Nothing is sent but requests for the pages that you add, read or refresh, the pictures that you \
open, and the services that you import from.
A page's pictures, scripts, other versions and following pages are not fetched unless you ask.
A request names the program and its version. Cookies are sent only if the settings name a file \
of them, and each to its own site; a token only to its service.
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


class _Kind(Struct, frozen=True):
    kind: str
    paths: tuple[Path, ...]
    holds: str
    delete: str


def look(library: Path, folders: Folders, settings: Settings) -> Privacy:
    """Return what is kept for the library in the folder `library`, and beside it."""
    kinds = (*_of_library(library), *_of_machine(library, folders))
    return Privacy(
        (*(_counted(kind) for kind in kinds if kind.paths), *_of_user(folders, settings))
    )


def _of_library(library: Path) -> Iterator[_Kind]:
    yield _Kind(
        "articles",
        (library / "articles",),
        "Every article: its text, the page as it was fetched, all versions, and your marks, notes, "
        "tags and claims.",
        "Run: annotator remove QUERY, and: annotator empty-bin",
    )
    yield _Kind(
        "bin",
        (library / "bin",),
        "Articles that you removed, with their marks. Marks that you deleted are in the files of "
        "their articles for 90 days.",
        "Run: annotator empty-bin",
    )
    yield _Kind(
        "catalog",
        (library / "catalog",),
        "Colours of tags, and saved queries.",
        "Delete the folder.",
    )


def _of_machine(library: Path, folders: Folders) -> Iterator[_Kind]:
    key = folder_key(Path(os.path.realpath(library)))
    state = folders.state / "libraries" / key
    yield _Kind(
        "reading",
        (state / "positions.json", state / "places.json", state / "pages"),
        "How far you read each article, its named places, and the page that was last on the "
        "screen.",
        "Delete them: articles then open at their beginning.",
    )
    yield _Kind(
        "undo",
        (state / "undo.json",),
        "The last changes of the command line: marks and articles as they were before and after.",
        "Delete the file: these changes can no longer be taken back.",
    )
    yield _Kind(
        "failures",
        (state / "failures.json",),
        "Addresses that could not be added, with the reason.",
        "Run: annotator add --retry --forget",
    )
    yield _Kind(
        "imports",
        (state / "imports",),
        "What was imported from each service, to tell later changes apart. No tokens.",
        "Delete the folder: the next import compares all items again.",
    )
    yield _Kind(
        "exports",
        (folders.state / "exports",),
        "What was left in each exported file, to keep what you change there.",
        "Delete the folder: exports no longer know what you changed in notes.",
    )
    yield _Kind(
        "index",
        (folders.cache / key,),
        "The texts, marks and notes of the library once more, to search them.",
        "Delete the folder: it is made again.",
    )
    yield _Kind(
        "other libraries",
        _others(folders.state / "libraries", key) + _others(folders.cache, key),
        "The same for the other libraries that you opened.",
        "Delete the folders if those libraries are gone.",
    )
    yield _Kind(
        "log",
        (folders.log_file,),
        "Crashes and warnings, without what the program held in memory; with --debug also "
        "addresses that were fetched. No passwords, cookies or tokens.",
        "Delete the file.",
    )
    yield _Kind(
        "settings",
        (folders.config, folders.state / "theme"),
        "What you set: settings, rules for sites, templates, the theme.",
        "Delete the files: the usual settings hold again.",
    )


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


def _counted(kind: _Kind) -> Kept:
    sizes = [*_sizes(kind.paths)]
    return Kept(
        kind.kind,
        tuple(map(str, kind.paths)),
        kind.holds,
        kind.delete,
        files=len(sizes),
        bytes=sum(sizes),
    )


def _sizes(paths: Sequence[Path]) -> Iterator[int]:
    for path in paths:
        try:
            sizes = [status.st_size for inner, status in walk(path) if not inner.is_dir()]
        except OSError:  # a folder that may not be read
            continue
        yield from sizes
