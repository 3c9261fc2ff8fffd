"""The upkeep of a library: what is wrong with it on disk, and putting it right."""

import os
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from annotator.errors import LibraryError
from annotator.model import ArticleRecord
from annotator.store import archive, files, migration, rights, schema
from annotator.store.absorbing import Absorbed, absorb
from annotator.store.access import Access
from annotator.store.article_folder import ArticleFolder
from annotator.store.copies import conflict_copies
from annotator.store.examining import ArticleExamination
from annotator.store.findings import Examination, Finding
from annotator.store.index.database import IndexUnavailable
from annotator.store.index.index import Index
from annotator.store.shelf import FILE_NAME, Shelf, is_id, names_in, row_of
from annotator.store.spoilt import SpoiltVersions

TIDY_SECONDS = 2.0  # ten thousand articles take a tenth of that
_FOLDERS = ("articles", "bin")
_FILES = (schema.FILE_NAME, schema.BACKUP)


class Place(Struct, frozen=True):
    """The folder of an article in the library, or in its bin; `path` is within the library."""

    article_id: str
    path: str


class Upkeep:
    """What looks after a library. Examining never changes anything; mending says what remains."""

    def __init__(self, access: Access, index: Index | None = None) -> None:
        self._access = access
        self._index = index
        self._folder = access.folder
        self._shelf = Shelf(access.folder / "articles")

    def places(self) -> tuple[Place, ...]:
        """Return where there are articles, those in the bin last."""
        kept = [Place(each, self._name(self._shelf.path(each))) for each in self._shelf.ids()]
        thrown = names_in(self._folder / "bin")
        identities = ((name.partition(".")[0], name) for name in thrown)
        return (*kept, *(Place(each, f"bin/{name}") for each, name in identities if is_id(each)))

    def record(self, place: Place) -> ArticleRecord:
        """Return an article's record, also of one in the bin."""
        return self._article(place).record()

    def examine(self, place: Place) -> Examination:
        """Return what is wrong with an article, and what there is of it."""
        return ArticleExamination(self._folder / place.path, self._folder).result()

    def examine_rest(self) -> Examination:
        """Return what is wrong with the library beside its articles."""
        findings = (*self._form(), *self._folders(), *_strangers(self._folder))
        return Examination(tuple(findings))

    def mend(self, place: Place, *, now: datetime) -> None:
        """Put right what can be put right with what is there; the rest is found again."""
        with suppress(LibraryError):
            self._article(place).mend(now=now)

    def mend_rest(self) -> None:
        """Put right the library beside its articles."""
        self._access.require_writable()
        for path, status in _own_folders(self._folder):
            if rights.is_amiss(status):
                path.chmod(files.PRIVATE_FOLDER if path.is_dir() else files.PRIVATE_FILE)
        files.sweep(self._folder)
        migration.renew(self._access)

    def tidy(self, *, at_most: float = TIDY_SECONDS) -> int:
        """Merge conflict copies and sweep away half-written files, for so many seconds at most.

        Returns how many articles it looked at. It begins at another one each
        time, so that several short runs come to all of them.
        """
        if self._access.is_read_only:
            return 0
        end, ids = time.monotonic() + at_most, tuple(self._shelf.ids())
        start = int.from_bytes(os.urandom(4), "big") % max(1, len(ids))
        for seen, article_id in enumerate((*ids[start:], *ids[:start])):
            if time.monotonic() > end:
                return seen
            path = self._shelf.path(article_id)
            files.sweep(path)
            if conflict_copies(path / FILE_NAME):
                with suppress(LibraryError):
                    self._article(Place(article_id, self._name(path))).tables()
        return len(ids)

    def make_index_anew(self) -> None:
        """Throw the index away, if there is one, and make it of the files."""
        if self._index:
            with suppress(IndexUnavailable, OSError):
                self._index.throw_away()
                self._index.bring_up_to_date()

    def spoilt(self, place: Place) -> SpoiltVersions:
        """Return the damaged versions of an article."""
        return SpoiltVersions(self._article(place))

    def back_up(self, target: Path) -> archive.Contents:
        """Write everything into a new file, and verify it."""
        return archive.write(self._folder, target)

    def absorb(self, backup: Path) -> Absorbed:
        """Put what a backup holds into the library."""
        return absorb(self._access, backup)

    def _article(self, place: Place) -> ArticleFolder:
        lock = self._access.lock(f"articles-{row_of(place.article_id)}")
        return ArticleFolder(self._folder / place.path, access=self._access, lock=lock)

    def _form(self) -> Iterator[Finding]:
        for problem, name, sentence in migration.examine(self._folder):
            yield Finding(problem, name, sentence)

    def _folders(self) -> Iterator[Finding]:
        for path, status in _own_folders(self._folder):
            if rights.is_amiss(status):
                sentence = f"Its permissions are {stat.S_IMODE(status.st_mode):o}; it is private."
                yield Finding("permissions", self._name(path), sentence)

    def _name(self, path: Path) -> str:
        return str(path.relative_to(self._folder))


def _own_folders(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield the library's folder, its files, and the folders that hold articles."""
    tops = [folder / name for name in _FOLDERS]
    rows = [top / name for top in tops[:1] for name in names_in(top)]
    for path in (folder, *(folder / name for name in _FILES), *tops, *rows):
        with suppress(OSError):
            yield path, path.lstat()


def _strangers(folder: Path) -> Iterator[Finding]:
    """Yield what stands among the articles and is none."""
    for row in names_in(folder / "articles"):
        for name in names_in(folder / "articles" / row):
            if not (is_id(name) and row_of(name) == row):
                sentence = "It stands among the articles, and its name is none of an article."
                yield Finding("misplaced", f"articles/{row}/{name}", sentence)
