"""The folder of an article: its record, its marks, and its revisions."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from msgspec.structs import replace

from annotator.codec import encode
from annotator.errors import LibraryError, NotInLibrary
from annotator.model import Annotation, ArticleRecord, Extraction, Original, Page, Tombstone
from annotator.store.access import LibraryAccess, has_wrong_permissions, make_private, walk
from annotator.store.articles import revision_policy
from annotator.store.articles.article_paths import ARTICLES, BIN, FILE_NAME, shard_of
from annotator.store.articles.revision_policy import StoreResult
from annotator.store.articles.revisions import PAGE, Revisions
from annotator.store.disk import files
from annotator.store.disk.os_errors import explained, quoted
from annotator.store.format import mark_edits
from annotator.store.format.article_file import ArticleFile
from annotator.store.format.article_tables import (
    ANNOTATIONS,
    ARTICLE,
    TOMBSTONES,
    Tables,
    as_changed_row,
    as_row,
    parse_tables,
    plain_row,
    with_rows,
)
from annotator.store.format.conflict_copies import conflict_copies
from annotator.store.format.merge import merge, with_edits
from annotator.store.format.table_rows import serialize

if TYPE_CHECKING:
    from annotator.store.format.tinydb_storage import ArticleDatabase


T = TypeVar("T")


class ArticleChange(NamedTuple):
    """The changes to write to an article: its record or None, and marks by id, None to delete."""

    record: ArticleRecord | None
    marks: Mapping[str, Annotation | None]


Change = Callable[[ArticleRecord, Mapping[str, Annotation]], ArticleChange]


class ArticleCopy(NamedTuple):
    """An article from another library: its record, its marks, tombstones of others, and its texts.

    The texts have no pages.
    """

    record: ArticleRecord
    marks: Mapping[str, Annotation]
    deleted: Mapping[str, Tombstone]
    extractions: Sequence[Extraction]


class ArticleFolder:
    """The folder of an article, whether or not it exists: what is read and changed of it.

    `path` is the folder, `access` that of the library. `on_change` gets the article's id
    before each change, and `complete` when a text of it is missing, and returns whether the
    article was completed from the bin. A change is on the disk when its method returns, and
    has not happened if it raises. All threads may call all methods. For example, to read a mark
    and tag it:

        article = library.article("5d41402abc4b2a76")
        mark = article.annotations()[0]
        article.revise(mark.id, lambda mark: replace(mark, tags=("energy",)))
    """

    def __init__(
        self,
        path: Path,
        access: LibraryAccess,
        on_change: Callable[[str], None] = lambda _: None,
        *,
        complete: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self.path = path
        self.article_id = path.name.partition(".")[0]  # in the trash a number may follow
        self.revisions = Revisions(path / "revisions")
        self._access = access
        self._on_change = on_change
        self._complete = complete
        shard = access.folder / ARTICLES / shard_of(self.article_id)
        self._lock = access.lock(f"{ARTICLES}-{shard.name}", shard)
        self._file = ArticleFile(path / FILE_NAME, access=access, lock=self._lock)
        self._has_removed_leftovers = False

    @property
    def fingerprint(self) -> object:
        """A value that changes with the article's file and its conflict copies; None if missing."""
        return self._file.fingerprint

    @property
    def known(self) -> Tables | None:
        """The tables that were last read; None if they never were."""
        return self._file.known

    def tables(self) -> Tables:
        """Return the record, the marks and the tombstones; raises `NotInLibrary`."""
        contents = self._file.read()
        if contents is None:
            raise self._missing()
        return contents.value

    @property
    def is_in_bin(self) -> bool:
        """Whether the article was moved to the bin."""
        return self.path.parent.name == BIN

    @property
    def changed(self) -> datetime:
        """When the folder was changed; of an article in the bin, when it got there."""
        with explained(self.path, action="read"):
            return datetime.fromtimestamp(self.path.stat().st_mtime, UTC)

    @property
    def is_complete(self) -> bool:
        """Whether the article can be read: its file is there, and all revisions that it names."""
        contents = self._file.read()
        return contents is not None and all(
            map(self.revisions.has, contents.value.record.revisions)
        )

    def record(self) -> ArticleRecord:
        """Return the article's record; raises `NotInLibrary`."""
        return self.tables().record

    def annotations(self) -> tuple[Annotation, ...]:
        """Return the marks by position, then by id."""
        return self.tables().in_order

    def deleted_marks(self) -> dict[str, Tombstone]:
        """Return what is left of the deleted marks, by their ids."""
        return self.tables().deleted

    def extraction(self, revision: str = "") -> Extraction:
        """Return the article as extracted: the current revision, or another one."""
        return self._of_revision(self.revisions.extraction, revision)

    def page(self, revision: str = "") -> Original:
        """Return the page as fetched, or the document, of the current revision or another one."""
        return self._of_revision(self.revisions.page, revision)

    def store(self, extraction: Extraction, page: Original, *, now: datetime) -> StoreResult:
        """Store a copy of the article, as the current revision unless the policy keeps the old."""
        with self.locked():
            contents = self._file.reread()
            if contents is None:
                record = revision_policy.first_record(extraction, now=now)
                return self._write(StoreResult(record, "added"), extraction, page, None)
            before = contents.value.record
            outcome = revision_policy.compare(before, extraction)
            after = revision_policy.with_copy(before, extraction, outcome, now=now)
            is_poorer = not revision_policy.may_update_metadata(before, extraction)
            if after == before and (is_poorer or self.revisions.holds(extraction, page)):
                return StoreResult(before, outcome)
            result = StoreResult(with_edits(before, after), outcome)
            return self._write(result, extraction, page, contents.value)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep all other writers away from the article."""
        self._access.require_writable()
        self._on_change(self.article_id)
        with self._lock.held():
            yield

    def update(self, change: Callable[[ArticleRecord], ArticleRecord]) -> ArticleRecord:
        """Change the record under the lock; its id stays."""
        with self._changing() as (database, tables):
            record = _edited(tables.record, change(tables.record))
            database.article.replace(_rows(tables, ARTICLE, {record.id: record}))
        return record

    def put(self, annotations: Sequence[Annotation]) -> None:
        """Insert or replace marks, all or none, and remove their tombstones."""
        author = self._access.author
        with self._changing() as (database, tables):
            _put(database, tables, annotations, author=author)

    def revise(self, annotation_id: str, change: Callable[[Annotation], Annotation]) -> Annotation:
        """Change the current version of a mark under the lock; its id and article stay."""
        author = self._access.author
        with self._changing() as (database, tables):
            before = tables.annotations.get(annotation_id)
            if before is None:
                raise NotInLibrary(
                    f"The mark {quoted(annotation_id)} no longer exists.",
                    "Another program may have deleted it.",
                )
            after = mark_edits.with_edits(before, change(before), author=author)
            database.annotations.replace(_rows(tables, ANNOTATIONS, {after.id: after}))
        return after

    def revise_many(self, change: Change, *, now: datetime) -> None:
        """Change the record and any number of marks under the lock, in one write.

        `change` gets the current record and marks; their ids and article stay.
        """
        author = self._access.author
        with self._changing() as (database, tables):
            record, marks = change(tables.record, tables.annotations)
            put = [mark for mark in marks.values() if mark is not None]
            removed = {key for key, mark in marks.items() if mark is None}
            if record is not None:
                kept = _edited(tables.record, record)
                database.article.replace(_rows(tables, ARTICLE, {kept.id: kept}))
            if put:
                _put(database, tables, put, author=author)
            if removed:
                there = removed & tables.annotations.keys()
                _remove(database, tables, there, author=author, now=now)

    def remove(self, annotation_ids: Sequence[str], *, now: datetime) -> None:
        """Delete those of the marks that exist, leaving a tombstone for each."""
        author = self._access.author
        with self._changing() as (database, tables):
            ids = tables.annotations.keys() & set(annotation_ids)
            _remove(database, tables, ids, author=author, now=now)

    def empty_bin(self, annotation_ids: Collection[str], *, now: datetime) -> None:
        """Delete these marks from the bin, and those that have been in it for long enough."""
        with self._changing() as (database, tables):
            changed = {
                key: mark_edits.emptied(tombstone, now=now)
                for key, tombstone in tables.tombstones.items()
                if tombstone.mark is not None
                and (key in annotation_ids or mark_edits.in_bin(tombstone, now=now) is None)
            }
            database.tombstones.replace(_rows(tables, TOMBSTONES, changed))

    def absorb(self, copy: ArticleCopy) -> bool:
        """Add an article as it is in a copy, or merge both; return whether anything changed.

        The record and the marks are merged field by field.
        """
        with self.locked():
            contents = self._file.reread()
            with explained(self.path, action="written"):
                files.make_folder(self.path)
            for extraction in copy.extractions:
                if not self.revisions.has(extraction.article.revision):
                    self.revisions.write(extraction, Page(copy.record.url, ""))
            known = contents.value if contents else None
            other = Tables({copy.record.id: copy.record}, dict(copy.marks), dict(copy.deleted))
            data = serialize(merge([*([known] if known else ()), with_rows(other)]))
            if known == parse_tables(data, known):
                return False
            self._file.write(data)
        return True

    def take_file(self, data: bytes, is_known: Callable[[bytes], bool]) -> None:
        """Write the file as another machine has made it; merged, if it is not as it was known."""
        with self.locked(), explained(self.path, action="written"):
            files.make_folder(self.path)
            own = self._file.reread()
            if own and not is_known(own.data):
                data = serialize(merge([own.value, parse_tables(data)]))
            if own is None or own.data != data:
                self._file.write_over(own, data)

    def take_in(self, source: Path, *, name: str) -> None:
        """Add the revisions of another folder of this article, and merge the file there.

        `name` is that of a conflict copy, which the file gets while it is merged, and its own
        conflict copies with a number. If nothing of one can be read, it stays under that name.
        """
        with self.locked(), explained(self.path, action="written"):
            files.make_folder(self.revisions.folder)
            for path in sorted((source / self.revisions.folder.name).glob("*")):
                if not (self.revisions.folder / path.name).exists():
                    files.create(self.revisions.folder / path.name, files.read(path)[0])
            own, copy = _bytes(self.path / FILE_NAME), self.path / name
            names = [FILE_NAME, *conflict_copies(source / FILE_NAME)]
            others = [data for data in map(_bytes, map(source.joinpath, names)) if data]
            for number, other in enumerate(others):
                if other != own:
                    numbered = f"{copy.stem} {number}" if number else copy.stem
                    files.replace(copy.with_stem(numbered), other)
            if others:
                self.tables()

    def needless_copies(self) -> list[Path]:
        """Return the conflict copies of second and merged copies of the article's file."""
        return self._file.needless_copies()

    def repair(self, *, now: datetime) -> None:
        """Repair everything that can be repaired from the files that are there.

        A missing article file is made from the revisions, without marks.
        """
        with self.locked(), explained(self.path, action="written"):
            for path, status in walk(self.path):
                if has_wrong_permissions(status):
                    make_private(path, status)
            self._remove_leftovers()
            contents = self._file.reread()
            if contents:
                self._file.renew()
                self._file.remove_needless_copies()
                return
            for extraction, page in self.revisions.undamaged():
                self.store(extraction, page, now=page.fetched_at or now)
            self._remove_half_written()

    def _of_revision(self, read: Callable[[str], T], revision: str) -> T:
        wanted = revision or self.record().revision
        try:
            return read(wanted)
        except NotInLibrary:
            if not self._complete(self.article_id):
                raise
            return read(wanted)

    @contextmanager
    def _changing(self) -> Iterator[tuple["ArticleDatabase", Tables]]:
        """Hold the lock, and write all changes to the database at the end, in one write."""
        self._on_change(self.article_id)
        with self._database() as database, database.locked.transaction() as contents:
            if contents is None:
                raise self._missing()
            yield database, contents.value

    @contextmanager
    def _database(self) -> Iterator["ArticleDatabase"]:
        from annotator.store.format.tinydb_storage import ArticleDatabase  # only writing needs it

        if not self._has_removed_leftovers:
            self._remove_leftovers()
        with ArticleDatabase(self._file) as database:
            yield database

    def _remove_leftovers(self) -> None:
        self._has_removed_leftovers = True
        files.remove_leftovers(self.path)
        files.remove_leftovers(self.revisions.folder)

    def _write(
        self, result: StoreResult, extraction: Extraction, page: Original, before: Tables | None
    ) -> StoreResult:
        """Write the revision first, so that no record ever names one that does not exist."""
        with explained(self.path, action="written"):
            files.make_folder(self.path)
        try:
            self.revisions.write(extraction, page)
        except LibraryError:
            self._remove_half_written()
            raise
        with self._database() as database:
            database.article.replace(_rows(before, ARTICLE, {result.record.id: result.record}))
        return result

    def _remove_half_written(self) -> None:
        """Remove the folder of an article that was never written, such as before the disk was full.

        It is empty, or has a page of which no text was written.
        """
        there = {path for path in self.path.rglob("*") if not path.is_dir()}
        if all(path.name.endswith(PAGE) for path in there):
            for path in there:
                path.unlink()
            for folder in (self.revisions.folder, self.path):
                with suppress(OSError):
                    folder.rmdir()

    def _missing(self) -> NotInLibrary:
        self._access.require_present()
        return NotInLibrary(
            f"The library has no article {quoted(self.path.name)}.",
            "`annotator list` shows their ids.",
        )


def _bytes(path: Path) -> bytes:
    try:
        return files.read(path)[0]
    except FileNotFoundError:
        return b""


def _rows(
    before: Tables | None, table: str, values: Mapping[str, ArticleRecord | Annotation | Tombstone]
) -> dict[str, dict[str, Any]]:
    known = before.rows.get(table, {}) if before else {}
    return {key: as_changed_row(value, known.get(key)) for key, value in values.items()}


def _put(
    database: "ArticleDatabase", tables: Tables, annotations: Sequence[Annotation], *, author: str
) -> None:
    known, tombstones = tables.annotations, tables.tombstones
    rows = tables.rows.get(ANNOTATIONS, {})
    documents = {}
    for mark in annotations:
        tombstone = tombstones.get(mark.id)
        row = rows.get(mark.id)
        if row is None and tombstone and tombstone.mark:
            row = encode(plain_row(tables.rows[TOMBSTONES][mark.id])["mark"])
        # Changed after what is in the file, so that merging keeps the change.
        if mark.id in known:
            after = mark_edits.with_edits(known[mark.id], mark, author=author)
        elif tombstone:
            after = mark_edits.put_back(mark, tombstone, author=author)
        else:
            after = mark if mark.author else replace(mark, author=author)
        documents[mark.id] = as_changed_row(after, row)
    database.annotations.replace(documents)
    if again := (documents.keys() & tombstones.keys()) - known.keys():
        database.tombstones.discard(again)


def _remove(
    database: "ArticleDatabase", tables: Tables, ids: Collection[str], *, author: str, now: datetime
) -> None:
    tombstones = {}
    for mark_id in ids:
        earlier = tables.tombstones.get(mark_id)
        gone = tables.annotations[mark_id]
        row = as_row(mark_edits.tombstone_of(gone, earlier, now=now, author=author))
        mark = {"edits": []} | plain_row(tables.rows[ANNOTATIONS][mark_id])
        tombstones[mark_id] = row | {"mark": mark}
    database.annotations.discard(ids)
    database.tombstones.replace(tombstones)


def _edited(before: ArticleRecord, after: ArticleRecord) -> ArticleRecord:
    return with_edits(before, replace(after, id=before.id, edits=before.edits))
