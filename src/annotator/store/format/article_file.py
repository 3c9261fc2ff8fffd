"""An article's file: read complete even if it is damaged or has conflict copies."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.codec import decode
from annotator.store.access import LibraryAccess, WriteLock
from annotator.store.disk import files
from annotator.store.disk.os_errors import explained, quoted
from annotator.store.format.article_tables import Tables, parse_tables
from annotator.store.format.conflict_copies import ConflictCopies
from annotator.store.format.merge import merge, remark
from annotator.store.format.mirrored_file import MirroredFile, ParsedFile, Recovered
from annotator.store.format.table_rows import Rows, has_checksum, serialize, with_checksum

if TYPE_CHECKING:
    from annotator.store.format.recovery import RecoveredCopy


class ArticleFile(MirroredFile[Tables]):
    """An article's file, into which its conflict copies are merged when it is read."""

    def __init__(self, path: Path, *, access: LibraryAccess, lock: WriteLock) -> None:
        super().__init__(path, parse_tables, recover=_recover, access=access, lock=lock)
        self._article_id = path.parent.name.partition(".")[0]  # in the trash a number may follow
        self._copies = ConflictCopies(self.path)

    @property
    def fingerprint(self) -> object:
        """A value that changes with the file and its conflict copies; None without either."""
        own, copies = files.fingerprint(self.path), self._copies.names()
        return (own, copies) if own or copies else None

    def read(self) -> ParsedFile[Tables] | None:
        """Return the contents of the file and its copies; None if the file never existed."""
        names = self._copies.names()
        if not names:
            return super().read()
        if self.access.is_read_only:
            return self._merged(names)[0]
        with self.lock.held():
            return self._merge_into_file(self._copies.names())

    def renew(self, contents: ParsedFile[Tables]) -> None:
        """Add missing checksums and make both copies the same; the lock must be held."""
        data = serialize(_with_checksums(contents.value.rows))
        if data != contents.data:
            self.write(data)
        else:
            self.write_backup(data)

    def _merge_into_file(self, names: Sequence[str]) -> ParsedFile[Tables] | None:
        merged, remarks = self._merged(names)
        if merged and merged != self._last[1]:
            self.write(merged.data)
        with explained(self.path, action="moved"):
            for name, sentence in remarks.items():
                aside = self._copies.set_aside(name)
                copy, kept = quoted(self.path.with_name(name)), quoted(aside)
                notice = f"{copy} was merged into the article, and is kept as {kept}. {sentence}"
                self.access.notice(notice.rstrip())
        return merged

    def _merged(self, names: Sequence[str]) -> tuple[ParsedFile[Tables] | None, Mapping[str, str]]:
        """Return the contents of the file and its copies, and a remark on each copy."""
        self.distrust()
        own = super().read()
        copies = {name: copy for name in names if (copy := self._read_copy(name))}
        versions = [copy.tables for copy in copies.values()]
        if own:
            versions.insert(0, own.value)
        if not copies or not any(version.article for version in versions):
            return own, {}
        data = serialize(merge(versions))
        merged = parse_tables(data, versions[0])
        remarks = {name: copy.remark for name, copy in copies.items()}
        last = max(remarks)
        remarks[last] = f"{remarks[last]} {remark(versions, merged)}".strip()
        return ParsedFile(data, merged), remarks

    def _read_copy(self, name: str) -> "RecoveredCopy | None":
        """Return the contents of a copy; None, and a notice, if it is not one of this article."""
        path = self.path.with_name(name)
        try:
            with explained(path, action="read"):
                from annotator.store.format.recovery import recover_copy  # few files have copies

                return recover_copy(files.read(path)[0], self._article_id)
        except ValueError:
            self._copies.ignore(name)
            self.access.notice(
                f"{quoted(path)} is named like a copy of the article's file, but nothing of the "
                "article can be read from it. It was left unchanged."
            )
            return None


def _recover(data: bytes, backup: bytes) -> Recovered:
    from annotator.store.format.recovery import recover  # few files are damaged

    return recover(data, backup)


def _with_checksums(tables: Rows) -> Rows:
    return {
        name: {
            key: row if has_checksum(row) else with_checksum(key, decode(row, dict[str, object]))
            for key, row in rows.items()
        }
        for name, rows in tables.items()
    }
