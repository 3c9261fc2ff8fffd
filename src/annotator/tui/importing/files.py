"""The files of a folder, while the path of one is typed."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from msgspec import Struct

from annotator.errors import InvalidInput
from annotator.model.text import clean_line
from annotator.settings import expanded
from annotator.tui.lists.rows import Line, Piece
from annotator.tui.lists.text_fit import truncate

MANY = 500  # names; a folder with more is narrowed by typing

_HERE = "."  # the key of the row for all files of the folder


class FileRow(Struct, frozen=True):
    """A file or a folder; its key is what the path becomes when it is chosen."""

    HEIGHT: ClassVar = 1

    key: str
    name: str
    is_folder: bool = False

    def lines(self, width: int) -> Sequence[Line]:
        """Return the name, that of a folder with a slash."""
        name = truncate(clean_line(self.name), max(1, width - 2))
        return ((Piece(f" {name} ", "quiet" if self.is_folder else ""),),)


def first_folder() -> str:
    """Return the folder to begin in: that of downloads if there is one."""
    return "~/Downloads/" if expanded(Path("~/Downloads")).is_dir() else "~/"


def typed_path(typed: str) -> str:
    """Return the path without the one in front of it that was in the field before.

    A path that begins with `/` or `~/` behind a folder takes its place.
    """
    home = typed.rfind("/~/") + 1
    root = typed.rfind("//") + 1
    return typed[max(home, root) :]


def files_at(typed: str) -> Sequence[FileRow]:
    """Return the files and folders whose path begins with what is typed, folders last.

    Hidden ones are left out until a dot is typed.
    """
    head, slash, start = typed.rpartition("/")
    folder = head + slash
    try:
        entries = list(expanded(Path(folder or ".")).iterdir())
        names = sorted(
            (entry.is_dir(), entry.name.casefold(), entry.name)
            for entry in entries
            if entry.name.casefold().startswith(start.casefold())
            and (start.startswith(".") or not entry.name.startswith("."))
        )
    except (OSError, ValueError, InvalidInput):
        return ()
    rows = [
        FileRow(
            f"{folder}{name}/" if is_folder else f"{folder}{name}",
            name + "/" * is_folder,
            is_folder,
        )
        for is_folder, _, name in names[:MANY]
    ]
    has_files = any(not row.is_folder for row in rows)
    if folder and not start and has_files and len(rows) > 1:
        rows.append(FileRow(f"{folder}{_HERE}", "All files of this folder", is_folder=True))
    return rows


def completion(typed: str) -> str:
    """Return the path that what is typed is the beginning of, if there is only one."""
    rows = files_at(typed) if typed.strip() else ()
    return rows[0].key if len(rows) == 1 else ""
