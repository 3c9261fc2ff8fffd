"""Files that came into a folder since the last time: pages that a browser or clipper saved."""

import asyncio
import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from annotator.errors import InvalidInput, LibraryError
from annotator.model.saved_page import HEAD_OF_CLIPPING, address_of_clipping
from annotator.model.text import clean_line
from annotator.store import Library
from annotator.store.disk import files
from annotator.usecases.articles.sources import Source

_SETTLING = files.SETTLED_AFTER / 1e9 + 0.1  # seconds
_KINDS = {".html", ".htm", ".xhtml", ".mhtml", ".mht", ".webarchive", ".pdf", ".epub", ".eml"}
_CLIPPINGS = {".md", ".markdown"}  # other notes are no articles
MOST_SEEN = 20_000  # files; beyond that some are offered again


class NewFiles(Struct, frozen=True):
    """The files that are new in a folder, the oldest first, and those still being written."""

    sources: tuple[Source, ...] = ()
    unfinished: tuple[Path, ...] = ()


def new_files(library: Library, folder: Path) -> NewFiles:
    """Return what is new in a folder: by what is in it, neither added before, nor refused."""
    known = library.seen_files.all()
    looked_at = frozenset(known.values())
    new: dict[str, tuple[int, Source]] = {}
    unfinished = []
    for path in _candidates(folder):
        status = files.fingerprint(path)
        fingerprint = files.settled(status) if status else ""
        if fingerprint not in looked_at and not _may_be_article(path):
            continue
        if not status or not status[1] or not fingerprint or Path(f"{path}.part").exists():
            unfinished.append(path)
        elif fingerprint not in looked_at and (key := _hash(path, fingerprint)) not in known:
            new.setdefault(key, (status[2], Source(str(path), seen_as=(key, fingerprint))))
    sources = [source for _, source in sorted(new.values(), key=lambda pair: pair[0])]
    return NewFiles(tuple(sources), tuple(unfinished))


def note_seen(library: Library, source: Source) -> None:
    """Remember that a file of a folder is no longer new; nothing for any other source."""
    if source.seen_as:
        new = dict([source.seen_as])
        with suppress(LibraryError):  # it is offered once more
            library.seen_files.change(lambda known: dict([*known.items()][-MOST_SEEN:]) | new)


async def finished_files(
    library: Library, folder: Path, *, waiting: Callable[[], object] | None = None
) -> NewFiles:
    """Return what is new in a folder, a moment later if something is being written there.

    `waiting` is called before that moment.
    """
    new = await asyncio.to_thread(new_files, library, folder)
    if new.unfinished:
        if waiting:
            waiting()
        await asyncio.sleep(_SETTLING)
        new = await asyncio.to_thread(new_files, library, folder)
    return new


def _candidates(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            paths = [Path(entry.path) for entry in entries if entry.is_file()]
    except OSError as error:
        raise InvalidInput(
            f"{clean_line(str(folder))} is no folder that can be read.", "Check the path."
        ) from error
    kinds = _KINDS | _CLIPPINGS
    return [path for path in paths if path.name[0] != "." and path.suffix.lower() in kinds]


def _may_be_article(path: Path) -> bool:
    if path.suffix.lower() not in _CLIPPINGS:
        return True
    try:
        head = files.read(path, at_most=HEAD_OF_CLIPPING)[0]
    except OSError:
        return False
    return bool(address_of_clipping(head.decode("utf-8", "replace")))


@lru_cache(maxsize=10_000)
def _hash(path: Path, _fingerprint: str) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:32]
    except OSError:  # adding it says why it cannot be read
        return hashlib.sha256(os.fsencode(path)).hexdigest()[:32]
