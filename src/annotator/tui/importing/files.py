"""The files of a folder, while the path of one is typed."""

from collections.abc import Sequence
from pathlib import Path

from annotator.errors import InvalidInput
from annotator.model.text import clean_line
from annotator.settings import expanded
from annotator.tui.lists.rows import ChoiceRow

MANY = 500  # names; a folder with more is narrowed by typing

_HERE = "."  # the key of the row for all files of the folder


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


def files_at(typed: str) -> Sequence[ChoiceRow]:
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
        ChoiceRow(
            f"{folder}{name}{'/' * is_folder}",
            clean_line(name) + "/" * is_folder,
            role="quiet" * is_folder,
        )
        for is_folder, _, name in names[:MANY]
    ]
    has_files = any(not row.role for row in rows)
    if folder and not start and has_files and len(rows) > 1:
        rows.append(ChoiceRow(f"{folder}{_HERE}", "All files of this folder", role="quiet"))
    return rows


def completion(typed: str) -> str:
    """Return the path that what is typed is the beginning of, if there is only one."""
    rows = files_at(typed) if typed.strip() else ()
    return rows[0].key if len(rows) == 1 else ""
