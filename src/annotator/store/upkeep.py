"""The upkeep of a library: what is wrong with it on disk, and putting it right."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from annotator.errors import LibraryError
from annotator.model import ArticleRecord, Extraction, Page
from annotator.store import archive, files, rights, schema
from annotator.store.absorbing import Absorbed, absorb
from annotator.store.access import Access
from annotator.store.article_folder import ArticleFolder
from annotator.store.examining import ArticleExamination
from annotator.store.findings import Examination, Finding
from annotator.store.shelf import Shelf, is_id, names_in, row_of

_FOLDERS = ("articles", "bin")
_FILES = (schema.FILE_NAME, f"{schema.FILE_NAME}.bak")


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of an article in the library, or in its bin; `path` is within the library."""

    article_id: str
    path: str


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A damaged version of an article, and what its page may have been: of one kind or another."""

    revision: str
    pages: tuple[Page, ...]


class Upkeep:
    """What looks after a library. Examining never changes anything; mending says what remains."""

    def __init__(self, access: Access) -> None:
        self._access = access
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
        schema.renew(self._access)

    def spoilt(self, place: Place) -> tuple[Spoilt, ...]:
        """Return the versions that are damaged and could be cleaned again from their pages."""
        article = self._article(place)
        found = []
        for revision in article.record().revisions:
            with suppress(LibraryError):
                html = article.revisions.html(revision)
                if not _is_sound(article, revision):
                    pages = article.revisions.pages_of(revision, html, url=article.record().url)
                    found.append(Spoilt(revision, pages))
        return tuple(found)

    def put_back(self, place: Place, revision: str, extraction: Extraction, page: Page) -> bool:
        """Write a damaged version anew if `extraction` has its text; tell whether it has."""
        if extraction.article.revision != revision:
            return False
        article = self._article(place)
        same = replace(extraction, article=replace(extraction.article, id=place.article_id))
        with article.held():
            article.revisions.keep(same, page)
        return True

    def believe(self, place: Place, spoilt: Spoilt) -> None:
        """Keep a version that was altered if its text was not, as it is now."""
        article = self._article(place)
        with suppress(LibraryError), article.held():
            article.revisions.keep(article.revisions.altered(spoilt.revision), spoilt.pages[0])

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
        for problem, name, sentence in schema.examine(self._folder):
            yield Finding(problem, name, sentence)

    def _folders(self) -> Iterator[Finding]:
        for path, status in _own_folders(self._folder):
            if rights.is_amiss(status):
                sentence = f"Its permissions are {stat.S_IMODE(status.st_mode):o}; it is private."
                yield Finding("permissions", self._name(path), sentence)

    def _name(self, path: Path) -> str:
        return str(path.relative_to(self._folder))


def _is_sound(article: ArticleFolder, revision: str) -> bool:
    try:
        article.revisions.extraction(revision)
    except LibraryError:
        return False
    return True


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
