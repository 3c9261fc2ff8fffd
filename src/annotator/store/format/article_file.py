"""The file of an article: read whole, whatever became of it and however many copies there are."""

from collections.abc import Sequence
from pathlib import Path

from annotator.codec import decode
from annotator.store import files
from annotator.store.access import Access, WriteLock
from annotator.store.format.article_tables import Tables, parse_tables
from annotator.store.format.mirrored_file import Contents, GuardedFile, Recovered
from annotator.store.format.table_rows import Rows, assemble, is_sealed, sealed
from annotator.store.os_errors import in_words, quoted
from annotator.store.repair.merge import Copies, merge


class ArticleFile(GuardedFile[Tables]):
    """An article's file, into which its conflict copies are merged when it is read."""

    def __init__(self, path: Path, *, access: Access, lock: WriteLock) -> None:
        super().__init__(path, parse_tables, recover=_recover, access=access, lock=lock)
        self._identity = path.parent.name.partition(".")[0]  # in the bin a number may follow
        self._copies = Copies(self.path)

    @property
    def stamp(self) -> object:
        """What changes whenever the file does, or a copy of it appears; nothing without either."""
        own, copies = self.signature, self._copies.names()
        return (own, copies) if own or copies else None

    def read(self) -> Contents[Tables] | None:
        """Return what the file and its copies hold; nothing if there never was one."""
        names = self._copies.names()
        if not names:
            return super().read()
        if self.access.is_read_only:
            return self._merged(names)
        with self.lock.held():
            return self._made_one(self._copies.names())

    def renew(self, contents: Contents[Tables]) -> None:
        """Seal every row and make both copies the same; the lock must be held."""
        data = assemble(_sealed(contents.value.rows))
        if data != contents.data:
            self.write(data)
        else:
            self.write_backup(data)

    def _made_one(self, names: Sequence[str]) -> Contents[Tables] | None:
        """Merge the copies into the file, and put aside those that were merged."""
        merged = self._merged(names)
        if merged and merged != self._last:
            self.write(merged.data)
        with in_words(self.path, deed="moved"):
            for name in self._copies.names():
                aside = self._copies.put_aside(name)
                copy, kept = quoted(self.path.with_name(name)), quoted(aside)
                self.access.notice(f"{copy} was merged into the article, and is kept as {kept}.")
        return merged

    def _merged(self, names: Sequence[str]) -> Contents[Tables] | None:
        self._signature = None
        own = super().read()
        copies = [copy for name in names if (copy := self._copy(name))]
        if not copies:
            return own
        versions = [own.value, *copies] if own else copies
        data = assemble(merge(versions))
        return Contents(data, parse_tables(data, versions[0]))

    def _copy(self, name: str) -> Tables | None:
        """Return what a copy holds; nothing if it is none of this article."""
        path = self.path.with_name(name)
        try:
            with in_words(path, deed="read"):
                tables = parse_tables(_recover(files.read(path)[0], b"").data)
            if self._identity in tables.article:
                return tables
        except ValueError:
            pass  # said below, as of one that is another article's
        self._copies.leave(name)
        self.access.notice(
            f"{quoted(path)} is called as a copy of the article's file is, and is none. "
            "It was left as it is."
        )
        return None


def _recover(data: bytes, backup: bytes) -> Recovered:
    from annotator.store.repair.recovery import recover

    return recover(data, backup)


def _sealed(tables: Rows) -> Rows:
    return {
        name: {
            key: row if is_sealed(row) else sealed(key, decode(row, dict[str, object]))
            for key, row in rows.items()
        }
        for name, rows in tables.items()
    }
