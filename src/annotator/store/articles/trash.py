"""The trash: deleted articles with their marks and revisions, until they are restored.

An article that is deleted, added again and deleted again has a copy for each time, so that undo
can take back the last one. Restoring it brings the marks and texts of all copies.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from annotator.store.articles.article_paths import FILE_NAME, is_id, names_in
from annotator.store.disk import files
from annotator.store.results import Marked

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from annotator.store.articles.article_folder import ArticleFolder

_COPY = "annotations (from the bin{}).json"  # named like a conflict copy, and merged like one
_BEFORE_NUMBER = "."  # an article that is deleted a second time is in the trash as `<id>.2`


class Trash:
    """The folder of deleted articles."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, folder: Path) -> None:
        """Move an article's folder into the trash."""
        files.make_folder(self._folder)
        number = max(self._numbers(folder.name), default=0) + 1
        target = self._path(folder.name, number)
        _move(folder, target)
        os.utime(target)  # the time of the folder tells when the article was deleted

    def put_back(self, folder: Path) -> bool:
        """Move the last deleted copy of an article to `folder`; return whether there was one."""
        number = max(self._numbers(folder.name), default=0)
        if number:
            files.make_folder(folder.parent)
            _move(self._path(folder.name, number), folder)
        return number > 0

    def restore(self, article: ArticleFolder) -> bool:
        """Bring back all copies of an article, merged with each other and with what is there.

        What is there may be an article that was added again, or what a sync program left if one
        machine deleted an article and another changed it: its file without its texts. A copy of
        which nothing can be read stays. Returns whether there were copies.
        """
        numbers = sorted(self._numbers(article.article_id), reverse=True)
        rest = numbers
        if numbers and not article.path.exists():
            self.put_back(article.path)
            rest = numbers[1:]
        for number in rest:
            source = self._path(article.article_id, number)
            name = _COPY.format("" if number == 1 else f" {number}")
            article.take_in(source, name=name)
            if not (article.path / name).exists():
                self._discard(source)
        return bool(numbers)

    def has_all_of(self, article: ArticleFolder) -> bool:
        """Whether the last deleted copy of an article has the same file as the library."""
        number = max(self._numbers(article.article_id), default=0)
        paths = self._path(article.article_id, number) / FILE_NAME, article.path / FILE_NAME
        try:
            own, other = (files.read(path)[0] for path in paths)
        except OSError:
            return False
        return own == other

    def delete(self, article_id: str) -> bool:
        """Delete all copies of an article for good; return whether there were any."""
        paths = [self._path(article_id, number) for number in self._numbers(article_id)]
        for path in paths:
            self._discard(path)
        return bool(paths)

    def ids(self) -> tuple[str, ...]:
        """Return the ids of the articles in the trash."""
        names = {name.partition(_BEFORE_NUMBER)[0] for name in names_in(self._folder)}
        return tuple(sorted(filter(is_id, names)))

    def marks(self, ids: Collection[str]) -> tuple[Marked, ...]:
        """Return those of the marks with these ids that are on an article in the trash.

        Files that cannot be read are skipped: `restore` and `doctor` say what is wrong.
        """
        from annotator.store.format.article_tables import parse_tables  # lists do without it

        wanted = [(mark_id, f'"{mark_id}"'.encode()) for mark_id in ids]
        marks: dict[str, Marked] = {}
        for name in names_in(self._folder) if wanted else ():
            try:
                data, _ = files.read(self._folder / name / FILE_NAME)
                named = [mark_id for mark_id, bytes_ in wanted if bytes_ in data]
                tables = parse_tables(data) if named else None
            except (OSError, ValueError):
                continue
            if tables:
                kept = tables.annotations.keys() & set(named)
                marks |= {
                    mark_id: Marked(tables.record, tables.annotations[mark_id]) for mark_id in kept
                }
        return tuple(marks.values())

    def _discard(self, path: Path) -> None:
        # Half an article must not stay in the trash if the program dies while it is moved.
        doomed = files.temporary_name(self._folder.parent)
        _move(path, doomed)
        shutil.rmtree(doomed)

    def _numbers(self, article_id: str) -> list[int]:
        """Return the numbers of an article's copies; the first copy has none in its name."""
        numbers = []
        for name in names_in(self._folder):
            identity, _, number = name.partition(_BEFORE_NUMBER)
            if identity == article_id and (not number or number.isdecimal()):
                numbers.append(int(number or 1))
        return numbers

    def _path(self, article_id: str, number: int) -> Path:
        suffix = "" if number == 1 else f"{_BEFORE_NUMBER}{number}"
        return self._folder / f"{article_id}{suffix}"


def _move(source: Path, target: Path) -> None:
    source.rename(target)
    files.sync_folder(target.parent)
    files.sync_folder(source.parent)
