"""Paint the article that the command line asks for, if its first screen was saved."""

import os
from collections.abc import Mapping, MutableMapping, Sequence
from hashlib import sha256

from annotator.fastpath import paths, snapshot, terminal
from annotator.fastpath.paths import with_prefix
from annotator.fastpath.snapshot import facts, path_of

_LIBRARY_OPTION, _LIBRARY_VARIABLE = "--library", "ANNOTATOR_LIBRARY"
_PLAIN_LINE = b"plain=true"  # of the settings, without its spaces
PLAIN_VARIABLE = "ANNOTATOR_PLAIN"  # as text that is only printed
DRIVER_VARIABLE = "TEXTUAL_DRIVER"  # what draws the screens, if no terminal does
TAB_DRIVER = "annotator.tui.terminal.tab_driver:TabDriver"  # that of a tab of a browser


def paint(arguments: Sequence[str], environment: Mapping[str, str]) -> None:
    """Paint the article that `annotator read` names, if it will look as it was saved."""
    folder, source = asked(arguments, environment)
    size = terminal.size(environment) if source else None
    library = paths.library_folder(folder, environment) if size else ""
    if not library or not size:
        return
    state = paths.state_of(library, environment)
    article_id = remembered_article(source, library=library, state=state)
    if article_id:
        now = facts(library, article_id, state=state, size=size, environment=environment)
        lines = snapshot.load(snapshot.path_of(state, article_id), now)
        if lines:
            terminal.paint(lines)


def asked(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[str, str]:
    """Return library and source of `annotator read SOURCE`; no source for any other command."""
    folder, words = environment.get(_LIBRARY_VARIABLE, ""), list(arguments)
    if words[:1] == [_LIBRARY_OPTION]:
        folder, words = "".join(words[1:2]), words[2:]
        words = words if folder else []
    if folder and not os.path.isdir(folder):
        return folder, ""
    command, *sources = words or [""]
    is_screen = command == "read" and len(sources) == 1 and not environment.get(PLAIN_VARIABLE)
    source = sources[0] if is_screen else ""
    return folder, "" if source.startswith("-") else source


def choose_plain(environment: MutableMapping[str, str]) -> None:
    """Set the variable for plain text where the settings say so; 0 in it wins over them.

    Only that line is looked for: to read the settings takes longer than to print a list.
    """
    chosen = environment.get(PLAIN_VARIABLE, "")
    if chosen:
        environment[PLAIN_VARIABLE] = "" if chosen == "0" else chosen
        return
    try:
        with open(paths.settings_file(environment), "rb") as file:
            lines = [line.partition(b"#")[0].replace(b" ", b"").strip() for line in file]
    except OSError:
        return
    tables = (at for at, line in enumerate(lines) if line.startswith(b"["))
    if _PLAIN_LINE in lines[: next(tables, None)]:
        environment[PLAIN_VARIABLE] = "1"


def cleans_page(arguments: Sequence[str]) -> bool:
    """Return whether a command is certain to clean a page, and not to find it in the library."""
    words = list(arguments)
    while words and words[0].startswith("-"):
        words = words[2 if words[0] == _LIBRARY_OPTION else 1 :]
    command, *sources = words or [""]
    if command not in {"add", "read", "show"} or {"-h", "--help"} & set(sources):
        return False
    outside = ("http://", "https://") if command != "read" else ()  # which looks for it first
    return any(
        source == "-" or source.lower().startswith(outside) or os.path.isfile(source)
        for source in sources
    )


def remembered_article(source: str, *, library: str, state: str) -> str:
    """Return the id of the article that `source` led to last time; empty if that is unknown."""
    name = source.strip().lower()
    if not os.path.isfile(source) and (full_id := with_prefix(library, name)):
        return full_id
    try:
        with open(path_of(state, source_file_name(source)), "rb") as file:
            known, _, article_id = file.read().decode().rpartition("\n")
    except (OSError, UnicodeDecodeError):
        return ""
    return article_id if known == _identified(source) else ""


def source_file_name(source: str) -> str:
    """Return the name of the file that remembers which article `source` led to."""
    return f"source-{sha256(os.fsencode(_located(source))).hexdigest()[:16]}"


def serialize_source(source: str, article_id: str) -> bytes:
    """Return the contents of that file."""
    return f"{_identified(source)}\n{article_id}".encode("utf-8", "replace")


def _identified(source: str) -> str:
    """Return the source, with a fingerprint if it is a file."""
    located = _located(source)
    try:
        status = os.stat(located)
    except (OSError, ValueError):
        return located
    return f"{located}\n{status.st_ino} {status.st_size} {status.st_mtime_ns}"


def _located(source: str) -> str:
    return os.path.realpath(source) if os.path.isfile(source) else source
