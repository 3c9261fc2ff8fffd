"""Values about the library itself, which belong to no article: tag colours, saved queries.

They are in sections, each of which is a file in the folder `catalog` of the library:

    {
      "energy": {"modified": "2026-03-14T09:26:53Z", "value": "#4c9ed9"},
      "food": {"modified": "2026-03-15T10:00:00Z", "value": null}
    }

A value that was removed stays as null, so that merging an older copy does not bring it back. If
two machines set a value of the same name apart, the later one stays; in a section that
`keeps_both`, the other one gets a number: `open (2)`. For this its entries note which they
replaced.

To add a section, declare it with the type of its values; a value of another type is not returned,
and stays in the file. No name of a section may begin with that of another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import suppress
from itertools import chain, count
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import UNSET, Raw, Struct, UnsetType
from msgspec.structs import replace

from annotator.codec import decode, encode
from annotator.model.daily_round import Reviewed
from annotator.model.feed import Feed, InboxRow
from annotator.model.moment import Moment  # noqa: TC001  msgspec needs it to decode entries
from annotator.store.disk import files
from annotator.store.disk.os_errors import explained
from annotator.store.format.conflict_copies import sides
from annotator.store.format.field_edits import later
from annotator.store.format.mirrored_file import ParsedFile, Recovered, SyncedFile
from annotator.store.format.visible_text import has_hidden, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from annotator.store.access import LibraryAccess

V = TypeVar("V")

CATALOG_FOLDER = "catalog"

_NOTHING = Raw(b"null")
_MOST_REPLACED = 20
_NAME = re.compile(r"[a-z_]+\.json")  # which no copy of such a file has


class Section(Struct, Generic[V], frozen=True):
    """A section by its name, with the type of its values."""

    name: str
    kind: type[V]
    keeps_both: bool = False


TAG_COLOURS = Section("tag_colours", str)  # by the tag's key; #rrggbb
SAVED_QUERIES = Section("saved_queries", str, keeps_both=True)  # by name
REVIEWS = Section("reviews", Reviewed)  # the last daily review, by the mark's id
FEEDS = Section("feeds", Feed)  # by an id made of the address that was added
INBOX = Section("inbox", InboxRow)  # entries of feeds, by ids made of the feed's and their keys
PROPOSALS = "proposals"  # the section of marks that programs propose; the value loads its type


class CatalogEntry(Struct, frozen=True):
    """A value as JSON, and when it was set or removed.

    `replaced` are the times of the last values that it replaced, in a section that keeps both.
    `of_newer` are fields that only a newer program knows.
    """

    modified: Moment
    value: Raw = _NOTHING
    replaced: tuple[Moment, ...] | UnsetType = UNSET
    of_newer: dict[str, Raw] | UnsetType = UNSET


Entries = dict[str, CatalogEntry]


class Catalog:
    """The sections of one library. All threads may call its methods.

    For example, to give a tag a colour, and to remove that of another one:

        catalog.put(TAG_COLOURS, {"energy": "#4c9ed9", "food": None}, now=now)
        catalog.values(TAG_COLOURS)  # {"energy": "#4c9ed9"}
    """

    def __init__(self, access: LibraryAccess) -> None:
        self._access = access
        self._files: dict[str, SectionFile] = {}

    def values(self, section: Section[V]) -> dict[str, V]:
        """Return the values of a section by their keys. Takes one stat if nothing changed."""
        return dict(_decoded(self._file(section.name).entries(), section.kind))

    def has(self, section: Section[V]) -> bool:
        """Return whether a section was ever used; nothing is read."""
        return bool(self._file(section.name).fingerprint)

    def removed(self, section: Section[V]) -> frozenset[str]:
        """Return the keys of a section whose values were removed."""
        entries = self._file(section.name).entries()
        return frozenset(key for key, entry in entries.items() if entry.value == _NOTHING)

    def forget_removed(self, section: Section[V], *, before: datetime) -> None:
        """Leave out what was removed before a moment, so that a file does not grow for ever."""
        self._file(section.name).forget_removed(before)

    def put(self, section: Section[V], values: Mapping[str, V | None], *, now: datetime) -> None:
        """Set values of a section in one write, and remove those that are None."""
        replaced = () if section.keeps_both else UNSET
        file = self._file(section.name)
        hidden = [key for key in file.entries() if not key.isprintable()]  # in a damaged file
        stored = {visible(key): key for key in hidden}
        added = {
            stored.get(key, key): CatalogEntry(now, Raw(encode(value)), replaced)
            for key, value in values.items()
        }
        file.add(added, wins=True)

    def merge(self, folder: Path) -> bool:
        """Merge the sections in another catalog's folder into this one, the latest values winning.

        Files that are damaged are left out. Returns whether there are files, and none is damaged.
        """
        is_read = []
        for path in section_files(folder):
            is_read.append(False)
            with suppress(OSError, ValueError):
                self._file(path.stem).add(parse_entries(files.read(path)[0]), wins=False)
                is_read[-1] = True
        return bool(is_read) and all(is_read)

    def take(self, name: str, data: bytes, is_known: Callable[[bytes], bool]) -> None:
        """Write a section as another machine has made it; merged, if it is not as it was known."""
        file = self._file(name)
        self._access.require_writable()
        with file.lock.held(), explained(file.path, action="written"):
            files.make_folder(file.path.parent)
            own = file.reread()
            if not is_known(own.data if own else b""):
                data = join_sections([*([own.data] if own else ()), data])
            if own is None or own.data != data:
                file.write_over(own, data)

    def tidy(self) -> None:
        """Merge conflict copies, and remove temporary files of dead programs."""
        files.remove_leftovers(self._access.folder / CATALOG_FOLDER)
        for path in section_files(self._access.folder / CATALOG_FOLDER):
            self._file(path.stem).entries()

    def renew(self) -> None:
        """Repair the files, and make each second copy the same as its file."""
        self.tidy()
        for path in section_files(self._access.folder / CATALOG_FOLDER):
            self._file(path.stem).renew()
            self._file(path.stem).remove_needless_copies()

    def needless_copies(self) -> list[Path]:
        """Return the conflict copies of second and merged copies of sections."""
        paths = section_files(self._access.folder / CATALOG_FOLDER)
        return [copy for path in paths for copy in self._file(path.stem).needless_copies()]

    def _file(self, name: str) -> SectionFile:
        path = self._access.folder / CATALOG_FOLDER / f"{name}.json"
        return self._files.setdefault(name, SectionFile(path, self._access))


class SectionFile(SyncedFile[Entries, Entries]):
    """The file of a section, into which its conflict copies are merged when it is read."""

    def __init__(self, path: Path, access: LibraryAccess) -> None:
        lock = access.lock(CATALOG_FOLDER, path.parent)
        super().__init__(path, parse_entries, recover=_recover, access=access, lock=lock)

    def entries(self) -> Entries:
        """Return the entries of the file and its copies, removed ones included."""
        contents = self.read()
        return contents.value if contents else {}

    def add(self, entries: Entries, *, wins: bool) -> None:
        """Merge entries into the file, under the lock; with `wins`, they count as the latest."""
        self.access.require_writable()
        with self.lock.held(), explained(self.path, action="written"):
            files.make_folder(self.path.parent)
            before = self.reread()
            known = before.value if before else {}
            added = {  # `wins` over those known, whatever this machine's clock says
                key: _replacing(known[key], entry) if wins and key in known else entry
                for key, entry in entries.items()
            }
            after = _encoded(merged([known, added]))
            if before is None or after != before.data:
                self.write_over(before, after)

    def forget_removed(self, before: datetime) -> None:
        """Leave out entries without a value that are older than a moment."""
        self.access.require_writable()
        with self.lock.held(), explained(self.path, action="written"):
            contents = self.reread()
            known = contents.value if contents else {}
            kept = {
                key: entry
                for key, entry in known.items()
                if entry.value != _NOTHING or entry.modified >= before
            }
            if len(kept) < len(known):
                self.write_over(contents, _encoded(kept))

    def _parse_copy(self, data: bytes) -> Entries:
        return _parse_versions(data)

    def _merge(
        self, own: Entries | None, copies: Mapping[str, Entries]
    ) -> tuple[ParsedFile[Entries], Mapping[str, str]]:
        entries = merged([own or {}, *copies.values()])
        return ParsedFile(_encoded(entries), entries), dict.fromkeys(copies, "")


def merged(versions: Iterable[Entries]) -> Entries:
    """Return the latest entry of each key; of two with the same time the greater bytes win.

    Values that none of the other versions replaced get numbered keys, in a section that keeps
    both.
    """
    entries_of: defaultdict[str, list[CatalogEntry]] = defaultdict(list)
    for key, entry in chain.from_iterable(entries.items() for entries in versions):
        entries_of[key].append(entry)
    latest: Entries = {}
    others: list[tuple[str, CatalogEntry]] = []
    for key, entries_of_key in sorted(entries_of.items()):
        latest[key], apart = _last_and_apart(entries_of_key)
        others += [(key, entry) for entry in apart]
    for key, entry in others:
        _add_numbered(latest, key, entry)
    return latest


def join_sections(versions: Sequence[bytes]) -> bytes:
    """Return one file of a section of several; raises `ValueError` if one is damaged."""
    return _encoded(merged(map(parse_entries, versions)))


def section_files(folder: Path) -> list[Path]:
    """Return the files of sections in a catalog's folder, without copies of them."""
    with suppress(OSError):
        return sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))
    return []


def _decoded(entries: Entries, kind: type[V]) -> Iterator[tuple[str, V]]:
    for key, entry in entries.items():
        if entry.value != _NOTHING:
            with suppress(ValueError):
                value = decode(bytes(entry.value), kind)
                yield (
                    key if key.isprintable() else visible(key),
                    visible(value) if has_hidden(entry.value) else value,
                )


def _replacing(old: CatalogEntry, new: CatalogEntry) -> CatalogEntry:
    modified = later(new.modified, old.modified)
    new = replace(new, of_newer=old.of_newer)
    if new.replaced is UNSET:
        return replace(new, modified=modified)
    before = () if old.replaced is UNSET else old.replaced
    return replace(new, modified=modified, replaced=(*before, old.modified)[-_MOST_REPLACED:])


def _last_and_apart(entries: Sequence[CatalogEntry]) -> tuple[CatalogEntry, Sequence[CatalogEntry]]:
    """Return the last entry of a key, and the values that were set without knowing of it."""
    in_order = sorted(entries, key=lambda entry: (entry.modified, bytes(entry.value)))
    replaced = [entry.replaced for entry in entries if entry.replaced is not UNSET]
    known = set(chain.from_iterable(replaced))
    if len(replaced) < len(entries):  # the section does not keep both
        return in_order[-1], ()
    heads = [entry for entry in in_order if entry.modified not in known]
    valued = [entry for entry in heads if entry.value != _NOTHING] or heads[-1:] or in_order[-1:]
    last = valued[-1]
    apart = [entry for entry in valued if entry.value != last.value]
    known |= {entry.modified for entry in heads if entry.modified != last.modified}
    return replace(last, replaced=tuple(sorted(known))[-_MOST_REPLACED:]), apart


def _add_numbered(entries: Entries, key: str, entry: CatalogEntry) -> None:
    """Add an entry under its key with the first number that is free or has the same value."""
    for number in count(2):
        name = f"{key} ({number})"
        if name not in entries or entries[name].value == entry.value:
            entries.setdefault(name, replace(entry, replaced=()))
            return


def parse_entries(data: bytes, _: Entries | None = None) -> Entries:
    """Return the entries of a section's file; raises `ValueError` if it is damaged."""
    entries = decode(data, Entries)
    known = CatalogEntry.__struct_fields__
    for key, fields in decode(data, dict[str, dict[str, Raw]]).items():
        others = {name: value for name, value in fields.items() if name not in known}
        if others:
            entries[key] = replace(entries[key], of_newer=others)
    return entries


def _encoded(entries: Entries) -> bytes:
    """Return the file of a section."""
    plain = {}
    for key, entry in entries.items():
        fields = {name: getattr(entry, name) for name in CatalogEntry.__struct_fields__}
        others = fields.pop("of_newer") or {}
        known = {name: value for name, value in fields.items() if value is not UNSET}
        plain[key] = known | dict(others)
    return encode(plain)


def _parse_versions(data: bytes) -> Entries:
    """Return the entries in `data`, those of both versions if git could not merge them."""
    return merged(map(parse_entries, sides(data)))


def _recover(damaged: bytes, backup: bytes) -> Recovered:
    versions = []
    for data in (damaged, backup):
        with suppress(ValueError):
            versions.append(_parse_versions(data))
    if not versions:
        return Recovered(_encoded({}), "What was in it is lost.")
    return Recovered(_encoded(merged(versions)))
