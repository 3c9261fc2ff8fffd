"""From the words of the command to the page on the screen, if the page is at hand."""

import os
from collections.abc import Mapping, Sequence
from hashlib import sha256

from annotator.fastpath import paths, snapshot, terminal
from annotator.fastpath.paths import with_prefix
from annotator.fastpath.snapshot import facts, path_of

_LIBRARY_OPTION, _LIBRARY_VARIABLE = "--library", "ANNOTATOR_LIBRARY"


def paint(arguments: Sequence[str], environment: Mapping[str, str]) -> None:
    """Show the article that `annotator read` is asked for, if it will look as it did."""
    folder, source = asked(arguments, environment)
    size = terminal.size(environment) if source else None
    library = paths.library_folder(folder, environment) if size else ""
    if not library or not size:
        return
    state = paths.state_of(library, environment)
    article_id = article_of(source, library=library, state=state)
    if article_id:
        now = facts(library, article_id, state=state, size=size, environment=environment)
        lines = snapshot.read(snapshot.path_of(state, article_id), now)
        if lines:
            terminal.paint(lines)


def asked(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[str, str]:
    """Return the library and the source of `annotator read` in its plainest form, else nothing."""
    folder, words = environment.get(_LIBRARY_VARIABLE, ""), list(arguments)
    if words[:1] == [_LIBRARY_OPTION]:
        folder, words = "".join(words[1:2]), words[2:]
        words = words if folder else []
    if folder and not os.path.isdir(folder):
        return folder, ""
    command, *sources = words or [""]
    source = sources[0] if command == "read" and len(sources) == 1 else ""
    return folder, "" if source.startswith("-") else source


def article_of(source: str, *, library: str, state: str) -> str:
    """Return the id of the article that `source` means; empty if that takes more to find out."""
    name = source.strip().lower()
    if not os.path.isfile(source) and (found := with_prefix(library, name)):
        return found
    try:
        with open(path_of(state, name_of(source)), "rb") as file:
            known, _, article_id = file.read().decode().rpartition("\n")
    except (OSError, UnicodeDecodeError):
        return ""
    return article_id if known == _spelt(source) else ""


def name_of(source: str) -> str:
    """Return the name under which it is kept where `source` led."""
    return f"source-{sha256(os.fsencode(_located(source))).hexdigest()[:16]}"


def written(source: str, article_id: str) -> bytes:
    """Return what is to be kept of a source that led to an article."""
    return f"{_spelt(source)}\n{article_id}".encode("utf-8", "replace")


def _spelt(source: str) -> str:
    """Return the source, and of a file what differs once it is another one."""
    located = _located(source)
    try:
        status = os.stat(located)
    except (OSError, ValueError):
        return located
    return f"{located}\n{status.st_ino} {status.st_size} {status.st_mtime_ns}"


def _located(source: str) -> str:
    return os.path.realpath(source) if os.path.isfile(source) else source
