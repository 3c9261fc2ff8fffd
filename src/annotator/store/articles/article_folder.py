"""One article on disk: its record, its marks, and its versions."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from annotator.codec import to_plain
from annotator.errors import NotInLibrary
from annotator.model import Annotation, ArticleRecord, Extraction, Page
from annotator.store import access, files
from annotator.store.access import Access, WriteLock
from annotator.store.articles import revision_policy
from annotator.store.articles.article_paths import FILE_NAME
from annotator.store.articles.revision_policy import Kept
from annotator.store.articles.revisions import Revisions
from annotator.store.format.article_file import ArticleFile
from annotator.store.format.article_tables import Tables, Tombstone
from annotator.store.os_errors import in_words, quoted

if TYPE_CHECKING:
    from annotator.store.format.tinydb_storage import ArticleDatabase


class ArticleFolder:
    """The folder of an article. It may not be there yet, or no longer."""

    def __init__(self, path: Path, *, access: Access, lock: WriteLock) -> None:
        self.path = path
        self.revisions = Revisions(path / "revisions")
        self._access = access
        self._lock = lock
        self._file = ArticleFile(path / FILE_NAME, access=access, lock=lock)
        self._is_swept = False

    @property
    def identity(self) -> str:
        """The article's id; in the bin a number may follow it."""
        return self.path.name.partition(".")[0]

    @property
    def signature(self) -> object:
        """What changes whenever the article's file does, or a copy of it appears beside it."""
        return self._file.stamp

    @property
    def known(self) -> Tables | None:
        """What was last read of the article; nothing if it never was."""
        return self._file.known

    def tables(self) -> Tables:
        """Return everything that is kept of the article but its versions."""
        contents = self._file.read()
        if contents is None:
            raise self._missing()
        return contents.value

    def record(self) -> ArticleRecord:
        """Return the article's record."""
        return self.tables().record

    def keep(self, extraction: Extraction, page: Page, *, now: datetime) -> Kept:
        """Keep a copy of the article, and make it the current one unless it is worse."""
        with self.held():
            contents = self._file.read_anew()
            if contents is None:
                record = revision_policy.first_record(extraction, now=now)
                return self._kept(Kept(record, "added"), extraction, page)
            before = contents.value.record
            outcome = revision_policy.compare(before, extraction)
            after = revision_policy.with_copy(before, extraction, outcome, now=now)
            if after == before and self._has_no_use_for(extraction, page, before):
                return Kept(before, outcome)
            return self._kept(Kept(after, outcome), extraction, page)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep every other writer away from the article."""
        self._access.require_writable()
        with self._lock.held():
            yield

    def update(self, change: Callable[[ArticleRecord], ArticleRecord]) -> ArticleRecord:
        """Change the record under the lock; its id stays."""
        with self._changing() as (database, tables):
            record = replace(change(tables.record), id=tables.record.id)
            database.article.replace({record.id: to_plain(record)})
        return record

    def put(self, annotations: Sequence[Annotation]) -> None:
        """Insert or replace marks, all of them or none, and clear their tombstones."""
        with self._changing() as (database, tables):
            graves = tables.tombstones
            documents = {
                each.id: to_plain(_after(each, graves.get(each.id))) for each in annotations
            }
            database.annotations.replace(documents)
            if documents.keys() & graves.keys():
                database.tombstones.discard(documents)

    def revise(self, annotation_id: str, change: Callable[[Annotation], Annotation]) -> Annotation:
        """Change a mark as it is now, under the lock; its id and article stay."""
        with self._changing() as (database, tables):
            before = tables.annotations.get(annotation_id)
            if before is None:
                raise NotInLibrary(
                    f"The mark {quoted(annotation_id)} is not there any more.",
                    "Another program may have removed it.",
                )
            after = replace(change(before), id=before.id, article_id=before.article_id)
            database.annotations.replace({after.id: to_plain(after)})
        return after

    def remove(self, annotation_ids: Sequence[str], *, now: datetime) -> None:
        """Remove those marks that are there, leaving a tombstone for each."""
        with self._changing() as (database, tables):
            gone = tables.annotations.keys() & set(annotation_ids)
            tombstone = to_plain(Tombstone(now))
            database.annotations.discard(gone)
            database.tombstones.replace(dict.fromkeys(gone, tombstone))

    def mend(self, *, now: datetime) -> None:
        """Put right what can be put right with what is there.

        A file that is gone altogether is made anew from the latest version, without marks.
        """
        with self.held(), in_words(self.path, deed="written"):
            access.make_private(self.path)
            self._sweep()
            contents = self._file.read_anew()
            if contents:
                self._file.renew(contents)
                return
            for extraction, page in self.revisions.sound():
                self.keep(extraction, page, now=page.fetched_at or now)

    @contextmanager
    def _changing(self) -> Iterator[tuple["ArticleDatabase", Tables]]:
        """Hold the lock; what the database is told meanwhile is written at the end, at once."""
        with self._database() as database, database.locked.transaction() as contents:
            if contents is None:
                raise self._missing()
            yield database, contents.value

    @contextmanager
    def _database(self) -> Iterator["ArticleDatabase"]:
        from annotator.store.format.tinydb_storage import ArticleDatabase

        if not self._is_swept:
            self._sweep()
        with ArticleDatabase(self._file) as database:
            yield database

    def _sweep(self) -> None:
        self._is_swept = True
        files.sweep(self.path)
        files.sweep(self.revisions.folder)

    def _has_no_use_for(self, extraction: Extraction, page: Page, record: ArticleRecord) -> bool:
        is_poorer = not revision_policy.is_refreshing(record, extraction)
        return is_poorer or self.revisions.holds(extraction, page)

    def _kept(self, kept: Kept, extraction: Extraction, page: Page) -> Kept:
        """Write the version first, so that no record ever names one that is not there."""
        with in_words(self.path, deed="written"):
            files.make_folder(self.path)
        self.revisions.keep(extraction, page)
        with self._database() as database:
            database.article.replace({kept.record.id: to_plain(kept.record)})
        return kept

    def _missing(self) -> NotInLibrary:
        return NotInLibrary(
            f"The library holds no article {quoted(self.path.name)}.",
            "List the articles to see their ids.",
        )


def _after(annotation: Annotation, grave: Tombstone | None) -> Annotation:
    """Return a mark as changed no earlier than it was removed, so that merging leaves it."""
    if grave is None or annotation.modified >= grave.removed:
        return annotation
    return annotation.at(grave.removed)
