"""Bringing a library together with its copies on other machines, through a git repository.

The order of the steps, so that a kill at any moment loses nothing, and neither does a program that
changes the library meanwhile:

1. What is in the folder is committed. Git reads the files, and writes none of them, now or later.
2. The other side is fetched. Nothing of it is in the folder yet.
3. What it changed is written by the library's own layer, each article under its lock, joined with
   what was changed here (`merging`). A file that is no longer as it was committed in step 1 was
   changed by a running program: that is joined as well, or all begins again at 1.
4. The folder is committed as it is now, with both sides as parents, and only then.
5. It is sent. If the other side has changed, all begins again at 1.

After a kill in 3, some files have what the other side changed, each of them whole. The next sync
commits them as if they had been changed here, and joins both sides again, which makes no
difference to a file that is joined already. The branch is never moved to what the other side has
before the files have it: the next commit would take back what is missing in them. Nothing is
forced, rebased or collected, so that the history has every version.
"""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from annotator.errors import AnnotatorError, Conflict, LibraryError, SyncFailed
from annotator.model.labels import count
from annotator.model.text import clean_line
from annotator.store import Library
from annotator.store.articles.article_paths import (
    ARTICLES,
    IGNORE_FILE,
    UNTRACKED_PAGES,
    leaves_out_pages,
)
from annotator.store.articles.article_paths import FILE_NAME as OWN_FILE
from annotator.store.disk.os_errors import explained
from annotator.store.format import schema_file
from annotator.store.format.library_schema import FILE_NAME, SCHEMA
from annotator.usecases.syncing.git import Blobs, Git, GoesOn, shown, sync_lock
from annotator.usecases.syncing.merging import KEPT, Merger
from annotator.usecases.syncing.news import Exchange, by_article, exchange, folder_of
from annotator.usecases.syncing.repository import Changes, Repository

ENGINE: Final = "git"
MOST_ATTEMPTS: Final = 5
MOST_DELETED: Final = 10  # articles that may go for good, however few are left
_SMALL: Final = 10_000  # bytes of a file with a few lines


class SyncReport(Struct, frozen=True):
    """What a sync did. `joined` has the articles and sections that both sides changed.

    `remarks` are sentences about those that the user should look at, by their ids: texts and
    values that both sides changed, and articles that one deleted. `left_out` are files of the other
    side that were not written, or only in part, since no library has them or they are damaged.
    """

    came: Exchange = Exchange()
    sent: Exchange = Exchange()
    joined: tuple[str, ...] = ()
    remarks: Mapping[str, str] = {}
    left_out: tuple[str, ...] = ()
    remote: str = ""

    @property
    def sentences(self) -> tuple[str, ...]:
        """The remarks, each with the title of its article, or the name of what it is about."""
        articles = (*self.came.articles, *self.sent.articles)
        titles = {one.id: f"“{one.title}”" for one in articles if one.title}
        return tuple(f"{titles.get(key, key)}: {told}" for key, told in self.remarks.items())


class SyncStatus(Struct, frozen=True):
    """What the next sync would send and fetch, and how the last one went.

    `engine` is empty for a library that is not synchronised. `error` says why the other side could
    not be asked; then `coming` is what was fetched before.
    """

    engine: str = ""
    remote: str = ""
    branch: str = ""
    going: Exchange = Exchange()
    coming: Exchange = Exchange()
    joining: tuple[str, ...] = ()
    last: datetime | None = None
    failed: str = ""
    error: str = ""


def last_sync(library: Library) -> SyncStatus:
    """Return when the last sync worked, and why one since then did not."""
    return library.state_file("sync", SyncStatus, SyncStatus()).all()


def status(library: Library, *, goes_on: GoesOn = lambda: True, asks: bool = True) -> SyncStatus:
    """Return what the next sync would do; with `asks`, the other side is fetched for that."""
    known = last_sync(library)
    if not library.has_repository:
        return known
    _ = library.incoming  # refused where nothing may be written: git looks into a file of its own
    with _locked(library, goes_on) as git:
        repository, error = Repository(git), ""
        ours, theirs = repository.heads()
        if repository.remote and asks:
            try:
                theirs = repository.fetch()
            except SyncFailed as failed:
                error = str(failed)
        bases, tree = repository.bases(ours, theirs), repository.stage_aside()
        going, coming = _changes_since(repository, bases, tree, theirs)
        known = replace(
            known, engine=ENGINE, remote=shown(repository.url), branch=shown(repository.branch)
        )
    titles = _titles(library, going, coming)
    both = [{news.id for news in exchange(side, {}).articles} for side in (going, coming)]
    return replace(
        known,
        going=exchange(going, titles),
        coming=exchange(coming, titles),
        joining=tuple(sorted(both[0] & both[1])),
        error=error,
    )


def set_up(
    library: Library, url: str = "", *, without_pages: bool = False, goes_on: GoesOn = lambda: True
) -> bool:
    """Make a library a repository, or name the other side of one. Then call `sync`.

    Returns whether the other side has nothing yet.
    """
    with _locked(library, goes_on) as git:
        if not library.has_repository:
            git.run("init", "-q", "--template=")
        is_empty = Repository(git).set_up(url)
        Repository(git).prepare(without_pages=without_pages)
    return is_empty


def sync(
    library: Library,
    *,
    now: datetime,
    accepts_deletions: bool = False,
    tell: Callable[[str], None] = lambda _: None,
    goes_on: GoesOn = lambda: True,
) -> SyncReport:
    """Commit, fetch, join and send. All of it may run in a thread; it ends if `goes_on` says so.

    `tell` gets what is being done, in a few words. Raises `SyncFailed` if the other side cannot be
    reached or is refused; what was changed here is committed by then. With `accepts_deletions`,
    even most of the articles may have been deleted for good.
    """
    memory = library.state_file("sync", SyncStatus, SyncStatus())
    try:
        with _locked(library, goes_on) as git:
            report = _Sync(library, git, tell, accepts_deletions).run()
    except AnnotatorError as error:
        failed = error.message
        with suppress(LibraryError):  # the reason may be a full disk
            memory.change(lambda known: replace(known, failed=failed))
        raise
    memory.change(lambda _: SyncStatus(last=now))
    return report


@dataclass
class _Sync:
    """One sync, with what it has done so far."""

    library: Library
    git: Git
    tell: Callable[[str], None]
    accepts_deletions: bool
    came: Changes = field(default_factory=dict)
    sent: Changes = field(default_factory=dict)
    joined: dict[str, str] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.repository = Repository(self.git)
        self.incoming = self.library.incoming

    def run(self) -> SyncReport:
        """Do all steps until both sides are the same."""
        repository, refused = self.repository, ""
        for attempt in range(MOST_ATTEMPTS):
            if attempt:
                time.sleep(random.uniform(0.05, 0.4) * 2**attempt)  # noqa: S311  others try, too
            ours = self._commit()
            if not repository.remote:
                return SyncReport()
            self.tell("Fetching")
            theirs = repository.fetch()
            try:
                ours = self._join(ours, theirs)
            except Conflict as error:
                refused = error.message
                continue
            self.tell("Sending")
            refused = repository.push(ours) if ours != theirs else ""
            if not refused:
                return self._report()
        message = f"Both sides could not be made the same. The last reason: {refused}"
        raise SyncFailed(message, "Everything is committed here; the next sync tries again.")

    def _report(self) -> SyncReport:
        titles = _titles(self.library, self.came, self.sent)
        kept = [key for key, told in self.joined.items() if KEPT in told]
        return SyncReport(
            exchange(self.came, titles, kept),
            exchange(self.sent, titles, kept),
            tuple(sorted(self.joined)),
            {key: told for key, told in self.joined.items() if told},
            tuple(sorted(map(clean_line, self.left_out))),
            shown(self.repository.url),
        )

    def _commit(self) -> str:
        """Commit what is in the folder, if anything has changed, and return the last commit."""
        repository = self.repository
        self.tell("Looking for changes")
        repository.prepare()
        tree, ours = repository.stage(), repository.heads()[0]
        before = repository.tree_of(ours)
        if tree == before:
            return ours
        changes = repository.changes(before, tree)
        self._require_meant(changes, before)
        if not ours and not any(
            name.startswith(("articles", "bin", "catalog")) for name in changes
        ):
            return ""  # a library that has nothing yet joins another one as it is
        return repository.commit(tree, [ours], f"Sync: {count(len(changes), 'file')}")

    def _join(self, ours: str, theirs: str) -> str:
        """Write what the other side changed, commit both, and return the last commit."""
        repository = self.repository
        if ours and ours == theirs:
            return ours
        bases = repository.bases(ours, theirs)
        if theirs in bases or not theirs:
            ours = ours or repository.commit(repository.stage(), [], "Sync: a new library")
            self.sent |= repository.changes(theirs or repository.tree_of(""), ours)
            return ours
        our_changes, their_changes = _changes_since(repository, bases, ours, theirs)
        self.sent |= our_changes
        self._require_meant(their_changes, bases[0] if bases else repository.tree_of(""))
        with self.git.blobs() as read:
            _require_known_schema(their_changes, read)
            if _is_without_pages(their_changes, read) and not leaves_out_pages(repository.folder):
                repository.prepare(without_pages=True)
            merger = Merger(
                self.incoming,
                our_changes,
                their_changes,
                read=read,
                theirs_in=lambda folder: repository.files_in(theirs, folder),
                unwritten=repository.unwritten(),
            )
            merger.run(self._check)
        repository.set_index(merger.index, [name for name, blob in merger.index.items() if blob])
        self.came |= {
            name: pair for name, pair in their_changes.items() if name not in merger.index
        }
        self.joined |= merger.joined
        self.left_out |= merger.left_out
        tree = repository.stage()
        if ours and ours not in bases:
            return repository.commit(tree, [ours, theirs], "Sync: both sides")
        if tree != repository.tree_of(theirs):
            return repository.commit(tree, [theirs], "Sync")
        repository.go_to(theirs)
        return theirs

    def _check(self, number: int) -> None:
        self.git.check()
        self.tell(f"Writing the changes, article {number + 1}")

    def _require_meant(self, changes: Changes, before: str) -> None:
        """Raise `SyncFailed` if more than half of all articles are deleted, past the bin."""
        gone = sum(
            news.what == "deleted" and f"{folder_of(news.id)}/{OWN_FILE}" in changes
            for news in exchange(changes, {}).articles
        )
        if gone < MOST_DELETED or self.accepts_deletions:
            return
        there = self.repository.files_in(before, ARTICLES)
        number = sum(name.endswith(OWN_FILE) for name in there)
        if 2 * gone > number:
            raise SyncFailed(
                f"{gone} of {count(number, 'article')} were deleted for good. Nothing was changed.",
                "If that is meant:  annotator sync --accept-deletions",
            )


@contextmanager
def _locked(library: Library, goes_on: GoesOn) -> Iterator[Git]:
    path = library.state / "sync.lock"
    with explained(path, action="written", kind=LibraryError), sync_lock(path) as (lock, has_died):
        git = Git(library.folder, goes_on, lock=lock)
        if has_died:
            git.remove_leftovers()
        yield git


def _changes_since(
    repository: Repository, bases: list[str], ours: str, theirs: str
) -> tuple[Changes, Changes]:
    """Return what both sides changed since their common state.

    Where there are several common states, a file that differs among them has none.
    """
    if theirs:
        repository.require_plain(theirs)
    base = bases[0] if bases else repository.tree_of("")
    mine, others = (repository.changes(base, side) if side else {} for side in (ours, theirs))
    for name in {name for state in bases[1:] for name in repository.changes(base, state)}:
        before, _ = mine.get(name) or others.get(name) or ("", "")
        for side in (mine, others):
            side[name] = "", side.get(name, ("", before))[1]
    return mine, others


def _require_known_schema(changes: Changes, read: Blobs) -> None:
    """Raise `SyncFailed` if the other side was written by a newer program."""
    blob = changes.get(FILE_NAME, ("", ""))[1]
    try:
        schema = schema_file.parse(read(blob, _SMALL) or b"").schema if blob else 0
    except ValueError:
        return  # ours stays
    if schema > SCHEMA:
        raise SyncFailed(
            "A newer version of annotator has changed the library on the other side.",
            "Nothing was changed here. Update annotator, and synchronise again.",
        )


def _is_without_pages(changes: Changes, read: Blobs) -> bool:
    blob = changes.get(IGNORE_FILE, ("", ""))[1]
    return bool(blob) and UNTRACKED_PAGES.encode() in (read(blob, _SMALL) or b"").split()


def _titles(library: Library, *sides: Changes) -> dict[str, str]:
    """Return the titles of articles that were changed, also of those in the bin."""
    wanted = {article_id for changes in sides for article_id in by_article(changes)}
    if not wanted:
        return {}
    titles = {record.id: record.title for record in library.records()}
    for article in library.maintenance.trashed():
        if article.article_id in wanted - titles.keys():
            with suppress(LibraryError):
                titles[article.article_id] = article.record().title
    return titles
