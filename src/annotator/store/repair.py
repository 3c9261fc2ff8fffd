"""Checks of folders, which never change anything, and merging of the copies of whole folders.

Sync programs make copies of folders with the same name. If two machines add one article while
they are offline, or start a library each, some programs keep both folders:

    articles/8f/8f1378ebef7fe231 2                               iCloud
    articles/8f (1)/8f1378ebef7fe231, articles (1)/8f/…          Google Drive
    catalog 2                                                    iCloud

An article in such a copy is merged with the one in its place. The copy is kept as `….merged`.
One that is still being downloaded is left alone.
"""

import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

from msgspec import Struct

from annotator.errors import LibraryError
from annotator.model import ArticleRecord
from annotator.store.access import LibraryAccess, has_wrong_permissions, is_open_to_others, walk
from annotator.store.articles.article_folder import ArticleFolder
from annotator.store.articles.article_paths import (
    ARTICLES,
    FILE_NAME,
    ArticlePaths,
    FolderCopy,
    find_copies,
    leaves_out_pages,
    names_in,
    original_name,
)
from annotator.store.articles.revisions import EXTRACTION, PAGE, Revisions
from annotator.store.catalog import CATALOG_FOLDER, Catalog, parse_entries, section_files
from annotator.store.disk import files
from annotator.store.disk.os_errors import explained, quoted
from annotator.store.format import library_schema, schema_file
from annotator.store.format.article_tables import parse_tables
from annotator.store.format.conflict_copies import MERGED, conflict_copies, set_aside
from annotator.store.format.table_rows import count_checksums

SET_ASIDE = ".damaged-"  # in the names of damaged files that were repaired

ProblemKind = Literal[
    "damaged",  # a file that cannot be read, or was altered
    "missing",  # a file that another file names
    "second-copy",  # a second copy that differs from the file
    "conflict-copy",  # a conflict copy that is not merged yet
    "unsealed",  # rows without a checksum
    "leftover",  # a temporary file of a program that died
    "permissions",  # a file that is open to others, or closed to its owner
    "misplaced",  # a file or folder that does not belong where it is
    "index",  # lists and searches that differ from the files
]

_OTHER_VERSION = (
    "annotations (from a copy of the folder).json"  # named and merged like a conflict copy
)


class LibraryProblem(Struct, frozen=True):
    """A problem. `path` is relative to the library; `sentence` explains it to the user."""

    problem: ProblemKind
    path: str
    sentence: str

    @property
    def key(self) -> tuple[str, str]:
        """The part that stays the same from one check to the next, until it is repaired."""
        return self.problem, self.path


class CheckReport(Struct, frozen=True):
    """The findings of a check. `kept_aside` are files that were repaired or merged.

    There is a record if the article's file can be read as it is.
    """

    findings: tuple[LibraryProblem, ...] = ()
    kept_aside: tuple[str, ...] = ()
    record: ArticleRecord | None = None
    marks: int = 0
    versions: int = 0


def wrong_permissions(path: str, status: os.stat_result) -> LibraryProblem:
    """Return the finding for a file or folder with wrong permissions."""
    needed = "it must be private" if is_open_to_others(status) else "you must be able to read it"
    sentence = f"Its permissions are {stat.S_IMODE(status.st_mode):o}, but {needed}."
    return LibraryProblem("permissions", path, sentence)


def library_problems(root: Path) -> Iterator[LibraryProblem]:
    """Yield the problems of the files in the library's folder `root` that are of no article."""
    path = root / library_schema.FILE_NAME
    if path.exists():
        yield from _problems_of_mirrored(path, schema_file.parse, root)
    else:
        sentence = "The file with the library's schema version is missing."
        yield LibraryProblem("missing", path.name, sentence)
    for path in section_files(root / CATALOG_FOLDER):
        yield from _problems_of_mirrored(path, parse_entries, root)
        yield from _conflict_copies(path, root)


def _problems_of_mirrored(
    path: Path, parse: Callable[[bytes], object], root: Path
) -> Iterator[LibraryProblem]:
    try:
        parse(files.read(path)[0])
    except (OSError, ValueError) as error:
        yield _problem("damaged", path, root, f"It is damaged. {error}")
    else:
        yield from _second_copy(path, root, name=path.name)


def _second_copy(path: Path, root: Path, *, name: str) -> Iterator[LibraryProblem]:
    backup = path.with_name(f"{path.name}.bak")
    try:
        is_same = files.read(backup)[0] == files.read(path)[0]
    except OSError:
        is_same = False
    if not is_same:
        yield _problem("second-copy", backup, root, f"It differs from {name}.")


def _conflict_copies(path: Path, root: Path) -> Iterator[LibraryProblem]:
    for name in conflict_copies(path):
        sentence = "This conflict copy of a sync program is not merged yet."
        yield _problem("conflict-copy", path.with_name(name), root, sentence)


def needless_copy(path: Path, root: Path) -> LibraryProblem:
    """Return the finding for a conflict copy of a second or merged copy."""
    sentence = "A sync program copied a second copy. It is removed once its file has all of it."
    return _problem("leftover", path, root, sentence)


def check_article(article: ArticleFolder, root: Path) -> CheckReport:
    """Check the folder of an article of the library in `root`."""
    file, contents = article.path / FILE_NAME, tuple(walk(article.path))
    tables, data = None, b""
    findings: list[LibraryProblem] = []
    try:
        data = files.read(file)[0]
        tables = parse_tables(data)
    except FileNotFoundError:
        findings.append(_problem("missing", file, root, "The article's file is missing."))
    except OSError as error:
        findings.append(_problem("damaged", file, root, f"It cannot be read: {error}."))
    except ValueError as error:
        findings.append(_problem("damaged", file, root, f"It is damaged. {error}"))
    findings += _conflict_copies(file, root)
    findings += [needless_copy(path, root) for path in article.needless_copies()] if tables else []
    oldest = time.time() - files.ABANDONED_AFTER
    for path, status in contents:
        if files.is_temporary(path.name) and status.st_mtime < oldest:
            sentence = "A program that died while writing left this temporary file."
            findings.append(_problem("leftover", path, root, sentence))
        if has_wrong_permissions(status):
            findings.append(wrong_permissions(str(path.relative_to(root)), status))
    if tables:
        findings += _second_copy(file, root, name="the article's file")
        if tables.record.id != article.article_id:
            sentence = f"It is the file of the article {tables.record.id}."
            findings.append(_problem("misplaced", file, root, sentence))
        without_checksum = sum(map(len, tables.rows.values())) - count_checksums(data)
        if without_checksum > 0:
            sentence = f"{without_checksum} of its rows have no checksum."
            findings.append(_problem("unsealed", file, root, sentence))
        findings += _problems_of_revisions(article.revisions, tables.record, root)
    return CheckReport(
        tuple(findings),
        tuple(
            str(path.relative_to(root))
            for path, _ in contents
            if SET_ASIDE in path.name or path.name.endswith(MERGED)
        ),
        tables.record if tables else None,
        len(tables.annotations) if tables else 0,
        len(tables.record.revisions) if tables else 0,
    )


def _problems_of_revisions(
    revisions: Revisions, record: ArticleRecord, root: Path
) -> Iterator[LibraryProblem]:
    for revision in record.revisions:
        for suffix, attempt in ((EXTRACTION, revisions.extraction), (PAGE, revisions.content)):
            path = revisions.folder / f"{revision}{suffix}"
            try:
                attempt(revision)
            except LibraryError as error:
                if suffix == PAGE and not os.path.lexists(path) and leaves_out_pages(root):
                    continue
                kind: ProblemKind = "damaged" if os.path.lexists(path) else "missing"
                yield _problem(kind, path, root, error.message)


def _problem(kind: ProblemKind, path: Path, root: Path, sentence: str) -> LibraryProblem:
    return LibraryProblem(kind, str(path.relative_to(root)), sentence)


def merge_copies(access: LibraryAccess) -> None:
    """Merge all copies of folders that are whole, and say so in notices."""
    for copy in list(find_copies(access.folder)):
        with suppress(LibraryError):
            if _is_whole(copy):
                _merge(access, copy)
    for name in names_in(access.folder):
        path = access.folder / name
        if name != CATALOG_FOLDER == original_name(name) and not name.endswith(MERGED):
            with suppress(LibraryError), explained(path, action="moved"):
                if Catalog(access).merge(path):
                    kept = set_aside(path)
                    access.notice(
                        f"{quoted(path)}, a copy of the folder of saved queries and colours, "
                        f"was merged into it, and is kept as {quoted(kept.name)}."
                    )


def _is_whole(copy: FolderCopy) -> bool:
    """Whether a copy has an undamaged file of the article and all the texts that it names."""
    try:
        record = parse_tables(files.read(copy.path / FILE_NAME)[0]).record
    except (OSError, ValueError):
        return False
    texts = [
        copy.path / "revisions" / f"{revision}{suffix}"
        for revision in record.revisions
        for suffix in (EXTRACTION, PAGE)
    ]
    return record.id == copy.article_id and all(text.is_file() for text in texts)


def _merge(access: LibraryAccess, copy: FolderCopy) -> None:
    article = ArticleFolder(ArticlePaths(access.folder / ARTICLES).path(copy.article_id), access)
    with article.locked(), explained(copy.path, action="moved"):
        article.take_in(copy.path, name=_OTHER_VERSION)
        kept = set_aside(copy.path)
    access.notice(
        f"{quoted(copy.path)}, a copy of the folder of {quoted(article.record().title)}, "
        f"was merged into it, and is kept as {quoted(kept.name)}."
    )
