"""Finding an earlier export by the id in its front matter, wherever it was moved to."""

import os
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from annotator.store import files

SUFFIX = ".md"
DEPTH = 4  # folders deep that a moved file is looked for
MANY = 50_000  # entries looked through for it; a folder with more is no notebook
HEAD = 16_384  # bytes in which front matter must end

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_IDENTITY = re.compile(r"^annotator_id:[ \t]*(['\"]?)(\S+?)\1[ \t]*\r?$", re.MULTILINE)


class Notebook:
    """The Markdown files of a folder and those below it, gone through once, when first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, identity: str) -> Path | None:
        """Return the file with that id in its front matter, if it is still there."""
        path = self._paths.get(identity)
        return path if path and identity_in(path) == identity else None

    @cached_property
    def _paths(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for path in _markdown_files(self._folder):
            found.setdefault(identity_in(path), path)
        found.pop("", None)
        return found


def identity_in(path: Path) -> str:
    """Return the id in a file's front matter; nothing if it has none, or is no plain file."""
    try:
        head = files.read(path, at_most=HEAD)[0].decode("utf-8", "replace")
    except OSError:
        return ""
    front_matter = _FRONT_MATTER.match(head)
    line = _IDENTITY.search(front_matter[1]) if front_matter else None
    return line[2] if line else ""


def _markdown_files(folder: Path) -> Iterator[Path]:
    left = MANY
    for path, folders, names in os.walk(folder):  # follows no symbolic link
        here = Path(path)
        is_deepest = len(here.relative_to(folder).parts) >= DEPTH
        folders[:] = [] if is_deepest else sorted(name for name in folders if name[0] != ".")
        left -= len(names)
        if left < 0:
            return
        yield from (here / name for name in sorted(names) if _is_markdown(name))


def _is_markdown(name: str) -> bool:
    return name.lower().endswith(SUFFIX) and not name.startswith(".")
