"""Whether everything of an article is on disk as it should be. Nothing here changes anything."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from msgspec import Struct

from annotator.errors import LibraryError
from annotator.model import ArticleRecord
from annotator.store import files
from annotator.store.access import everything, is_amiss
from annotator.store.articles.article_paths import FILE_NAME
from annotator.store.articles.revisions import PAGE, VERSION, Revisions
from annotator.store.format.article_tables import Tables, parse_tables
from annotator.store.format.table_rows import count_sealed
from annotator.store.repair.merge import MERGED, conflict_copies

Problem = Literal[
    "damaged",  # a file that cannot be read as what it is, or was altered
    "missing",  # a file that another one names
    "second-copy",  # one that is not what the file is
    "conflict-copy",  # one that is not merged yet
    "unsealed",  # rows that would not tell if they were altered
    "leftover",  # what a program that died left behind
    "permissions",  # others may read it, or its owner may not
    "misplaced",  # something that does not belong where it is
    "index",  # lists and searches that do not tell what the files hold
]


class Finding(Struct, frozen=True):
    """Something that is wrong. `path` is within the library; `sentence` says it to a person."""

    problem: Problem
    path: str
    sentence: str

    @property
    def key(self) -> tuple[str, str]:
        """What stays the same from one examination to the next while it is not mended."""
        return self.problem, self.path


class Examination(Struct, frozen=True):
    """What was found in a place. `kept_aside` are files that were mended or merged, and kept.

    There is a record if the article's file can be read as it is.
    """

    findings: tuple[Finding, ...] = ()
    kept_aside: tuple[str, ...] = ()
    record: ArticleRecord | None = None
    marks: int = 0
    versions: int = 0


ASIDE = ".damaged-"  # in the name of a damaged file that was mended, and kept


class ArticleExamination:
    """The examination of one article's folder; `root` is the library's."""

    def __init__(self, folder: Path, root: Path) -> None:
        self._folder = folder
        self._root = root
        self._file = folder / FILE_NAME
        self._revisions = Revisions(folder / "revisions")
        self._all = tuple(everything(folder))

    def result(self) -> Examination:
        """Return what is wrong, and what there is."""
        tables, damage = self._tables()
        findings = [*damage, *self._copies(), *self._files()]
        if tables:
            findings += [*self._second_copy(), *self._rows(tables), *self._versions(tables)]
        return Examination(
            tuple(findings),
            tuple(self._aside()),
            tables.record if tables else None,
            len(tables.annotations) if tables else 0,
            len(tables.record.revisions) if tables else 0,
        )

    def _tables(self) -> tuple[Tables | None, list[Finding]]:
        try:
            return parse_tables(files.read(self._file)[0]), []
        except FileNotFoundError:
            return None, [self._finding("missing", self._file, "The article's file is gone.")]
        except OSError as error:
            return None, [self._finding("damaged", self._file, f"It cannot be read: {error}.")]
        except ValueError as error:
            return None, [self._finding("damaged", self._file, f"It is damaged. {error}")]

    def _second_copy(self) -> Iterator[Finding]:
        backup = self._file.with_name(f"{FILE_NAME}.bak")
        try:
            is_same = files.read(backup)[0] == files.read(self._file)[0]
        except OSError:
            is_same = False
        if not is_same:
            yield self._finding("second-copy", backup, "It is not what the article's file is.")

    def _copies(self) -> Iterator[Finding]:
        for name in conflict_copies(self._file):
            sentence = "A copy that a synchronising program left is not merged."
            yield self._finding("conflict-copy", self._file.with_name(name), sentence)

    def _rows(self, tables: Tables) -> Iterator[Finding]:
        if tables.record.id != self._folder.name.partition(".")[0]:
            sentence = f"It is the file of the article {tables.record.id}."
            yield self._finding("misplaced", self._file, sentence)
        unsealed = sum(map(len, tables.rows.values())) - count_sealed(files.read(self._file)[0])
        if unsealed > 0:
            sentence = f"{unsealed} of its rows have no digest."
            yield self._finding("unsealed", self._file, sentence)

    def _versions(self, tables: Tables) -> Iterator[Finding]:
        for revision in tables.record.revisions:
            for suffix, attempt in (
                (VERSION, self._revisions.extraction),
                (PAGE, self._revisions.html),
            ):
                path = self._revisions.folder / f"{revision}{suffix}"
                try:
                    attempt(revision)
                except LibraryError as error:
                    problem: Problem = "damaged" if os.path.lexists(path) else "missing"
                    yield self._finding(problem, path, error.message)

    def _files(self) -> Iterator[Finding]:
        oldest = time.time() - files.FORGOTTEN_AFTER
        for path, status in self._all:
            if files.is_temporary(path.name) and status.st_mtime < oldest:
                yield self._finding("leftover", path, "A program that died left it half written.")
            if is_amiss(status):
                sentence = f"Its permissions are {status.st_mode & 0o7777:o}; it is private."
                yield self._finding("permissions", path, sentence)

    def _aside(self) -> list[str]:
        return [
            self._name(path)
            for path, _ in self._all
            if ASIDE in path.name or path.name.endswith(MERGED)
        ]

    def _finding(self, problem: Problem, path: Path, sentence: str) -> Finding:
        return Finding(problem, self._name(path), sentence)

    def _name(self, path: Path) -> str:
        return str(path.relative_to(self._root))
