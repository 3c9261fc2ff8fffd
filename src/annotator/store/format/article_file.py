"""An article's file: read complete even if it is damaged or has conflict copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.codec import decode
from annotator.store.format.article_tables import Tables, parse_tables
from annotator.store.format.merge import merge, remark
from annotator.store.format.mirrored_file import ParsedFile, Recovered, SyncedFile
from annotator.store.format.table_rows import has_checksum, serialize, with_checksum

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from annotator.store.access import LibraryAccess, WriteLock
    from annotator.store.format.recovery import RecoveredCopy


class ArticleFile(SyncedFile[Tables, "RecoveredCopy"]):
    """An article's file, into which its conflict copies are merged when it is read."""

    merged_notice = "{path} was merged into the article, and is kept as {kept}. {remark}"
    unread_notice = (
        "{path} is named like a copy of the article's file, but nothing of the article can be read "
        "from it."
    )

    def __init__(self, path: Path, *, access: LibraryAccess, lock: WriteLock) -> None:
        super().__init__(path, parse_tables, recover=_recover, access=access, lock=lock)
        self._article_id = path.parent.name.partition(".")[0]  # in the trash a number may follow

    def _renewed(self, contents: ParsedFile[Tables]) -> bytes:
        """Return the file with the checksums that it lacks."""
        return serialize(
            {
                name: {
                    key: row
                    if has_checksum(row)
                    else with_checksum(key, decode(row, dict[str, object]))
                    for key, row in rows.items()
                }
                for name, rows in contents.value.rows.items()
            }
        )

    def _parse_copy(self, data: bytes) -> RecoveredCopy:
        from annotator.store.format.recovery import recover_copy  # few files have copies

        return recover_copy(data, self._article_id)

    def _merge(
        self, own: Tables | None, copies: Mapping[str, RecoveredCopy]
    ) -> tuple[ParsedFile[Tables], Mapping[str, str]] | None:
        versions = [*([own] if own else ()), *(copy.tables for copy in copies.values())]
        if not any(version.article for version in versions):
            return None
        data = serialize(merge(versions))
        merged = parse_tables(data, versions[0])
        remarks = {name: copy.remark for name, copy in copies.items()}
        last = max(remarks)
        remarks[last] = f"{remarks[last]} {remark(versions, merged)}".strip()
        return ParsedFile(data, merged), remarks


def _recover(data: bytes, backup: bytes) -> Recovered:
    from annotator.store.format.recovery import recover  # few files are damaged

    return recover(data, backup)
