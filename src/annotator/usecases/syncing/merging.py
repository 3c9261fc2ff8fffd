"""Joining what the other side changed with what was changed here, file by file.

Both sides come from a common state. Per file: what one side alone changed is taken; what both
changed is joined in a way that both do alike (`store.incoming.join`). Per article: one that a side
moved to the bin or deleted, while the other changed it, is in the library, with all changes.

Nothing of the other side is trusted: paths that no library has, files that are too large, and
contents that cannot be read stay in the repository, and are not written here.
"""

import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial

from annotator.model.text import clean_text
from annotator.store import IncomingFiles
from annotator.store.articles.article_paths import BIN, IGNORE_FILE
from annotator.store.format.library_schema import FILE_NAME as SCHEMA_FILE
from annotator.store.incoming import MAX_FILE, LibraryPath, checked, join, library_path
from annotator.usecases.syncing.git import Blobs
from annotator.usecases.syncing.news import NOTHING, FolderChanges, Folders, by_article, folder_of
from annotator.usecases.syncing.repository import ATTRIBUTES_FILE, Changes

_NEVER_TAKEN = frozenset({ATTRIBUTES_FILE, IGNORE_FILE, SCHEMA_FILE})
_OUR_NAMES = frozenset({*_NEVER_TAKEN, "articles", "bin", "catalog"})
KEPT = "One side deleted it or moved it to the bin, and the other changed it. It is in the library."


class Merger:
    """Writes what the other side changed. `read` returns a blob, `theirs_in` a folder of theirs."""

    def __init__(
        self,
        incoming: IncomingFiles,
        ours: Changes,
        theirs: Changes,
        *,
        read: Blobs,
        theirs_in: Callable[[str], Mapping[str, str]],
        unwritten: frozenset[str],
    ) -> None:
        self._incoming = incoming
        self._ours, self._theirs = ours, theirs
        self._read = read
        self._theirs_in = theirs_in
        self._unwritten = unwritten
        # what stays in the repository as it is there
        self.index = {name: "" for name in unwritten if not theirs.get(name, ("", "-"))[1]}
        self.left_out: set[str] = set()  # paths that could not be read, or belong to no library
        self.joined: dict[str, str] = {}  # by article or section, what the user should look at

    def run(self, check: Callable[[int], None]) -> None:
        """Write everything; raises `Conflict` if a program changes the same files meanwhile.

        `check` is called before each article, with the number of those before it.
        """
        for name, (_, after) in self._theirs.items():
            path = library_path(name)
            if path is None and name not in _NEVER_TAKEN:
                self._leave_out(name, after)
            elif path and not path.folder and name != SCHEMA_FILE:
                self._take(path, after, self._here(path), is_joined=self._is_changed_here(path))
        ours = by_article(self._ours)
        for number, (article_id, folders) in enumerate(sorted(by_article(self._theirs).items())):
            check(number)
            self._article(article_id, ours.get(article_id, {}), folders)

    def _article(self, article_id: str, ours: Folders, theirs: Folders) -> None:
        own = folder_of(article_id)
        here, there = ours.get(own, NOTHING), theirs.get(own, NOTHING)
        if there.is_gone and not here.is_gone and here.has_changed:
            self._tell(article_id, KEPT)
            for changes in (theirs[name] for name in theirs if theirs[name].is_new):
                for path, after in _texts_first(changes):  # of the copy in the bin
                    goal = path.inside(own)
                    self._take(goal, after, self._here(goal), is_joined=True)
        elif here.is_gone and not there.is_gone and there.has_changed:
            self._tell(article_id, KEPT)
            self._bring_back(own, ours, there)
        else:
            moved = self._move(ours, theirs)
            for folder, changes in theirs.items():
                if folder in moved:
                    before = {path.name: old for path, (old, _) in moved[folder].items()}
                    for path, after in _texts_first(changes):
                        self._take(path, after, before.get(path.name, ""), is_joined=False)
                elif not changes.is_gone:
                    self._folder(changes)

    def _move(self, ours: Folders, theirs: Folders) -> dict[str, FolderChanges]:
        """Move the article's folders as the other side did; return where new ones come from."""
        moved: dict[str, FolderChanges] = {}
        for folder, changes in theirs.items():
            if not changes.is_gone or folder in ours:
                continue
            targets = (
                name
                for name in theirs
                if theirs[name].is_new and name.startswith(BIN) != folder.startswith(BIN)
                if name not in moved and not ours.get(name, NOTHING).own[1]
            )
            target = next(targets, "")
            self._incoming.move(folder, target, partial(_is_blob, changes.own[0]))
            if target:
                moved[target] = changes
        return moved

    def _bring_back(self, own: str, ours: Folders, there: FolderChanges) -> None:
        """Bring an article back that was deleted here, with what the other side changed."""
        copies = [name for name, changes in ours.items() if changes.is_new and name != own]
        if not copies:  # it was deleted for good
            for name, blob in sorted(self._theirs_in(own).items(), reverse=True):
                path = library_path(name)
                if path:
                    self._take(path, blob, "", is_joined=False)
            return
        copy = ours[copies[0]]
        self._incoming.move(copies[0], own, partial(_is_blob, copy.own[1]))
        before = {path.name: after for path, (_, after) in copy.items()}
        for path, after in _texts_first(there):
            self._take(path, after, before.get(path.name, ""), is_joined=True)

    def _folder(self, changes: FolderChanges) -> None:
        own = next((path for path in changes if path.is_article), None)
        if own and own.path in self._unwritten:  # so far nothing of it could be read
            there = {library_path(name): blob for name, blob in self._theirs_in(own.folder).items()}
            changes = FolderChanges({path: ("", blob) for path, blob in there.items() if path})
        if own and changes.is_new and not self._here(own):
            data = self._read(changes.own[1], MAX_FILE)
            if data is None or not _is_readable(own, data):  # nothing of it is of any use
                for path, (_, after) in changes.items():
                    self._leave_out(path.path, after)
                return
        for path, after in _texts_first(changes):
            self._take(path, after, self._here(path), is_joined=self._is_changed_here(path))

    def _take(self, path: LibraryPath, there: str, here: str, *, is_joined: bool) -> None:
        """Write the blob of a file that is there, joined with what was changed here, if it was."""
        if not there or there == here:
            return
        data = self._read(there, MAX_FILE)
        mine = self._read(here, MAX_FILE) if here else None
        is_readable = data is not None and _is_readable(path, data)
        if not is_readable:
            self.left_out.add(path.path)
            if mine is None:
                self._leave_out(path.path, there)
            elif data is not None:
                self._incoming.keep_aside(path, data, there[:8])
        if data is None or not (is_readable or (mine and path.is_article)):
            return
        if mine is not None and (is_joined or path.is_article):
            # A mark goes only if it was deleted, not because another file is without it. Of a
            # damaged file, what its checksums vouch for is taken.
            told = ""
            with suppress(ValueError, ArithmeticError, LookupError, TypeError):
                blob, _ = self._theirs.get(path.path, ("", ""))
                base = self._read(blob, MAX_FILE) if blob and is_joined else None
                known = [base] if base and _is_readable(path, base) else []
                data, told = join(path, [mine, data], *known)
                is_readable = True
            if is_joined:
                self._tell(path.article_id or path.name, told)
        if is_readable and data != mine:
            self._incoming.write(path, data, partial(_is_blob, here))

    def _here(self, path: LibraryPath) -> str:
        """Return the blob of a file as it was committed here."""
        if path.path in self._unwritten:
            return ""
        before, _ = self._theirs.get(path.path, ("", ""))
        return self._ours.get(path.path, ("", before))[1]

    def _is_changed_here(self, path: LibraryPath) -> bool:
        return bool(self._here(path)) and path.path in self._ours

    def _leave_out(self, name: str, blob: str) -> None:
        """Leave a file in the repository as it is; one among ours that no library has goes."""
        is_among_ours = name.partition("/")[0] in _OUR_NAMES
        if not is_among_ours or library_path(name):
            self.index[name] = blob
        if is_among_ours and blob:  # a README.md is nothing to speak of
            self.left_out.add(name)

    def _tell(self, key: str, told: str) -> None:
        self.joined[key] = " ".join(filter(None, (self.joined.get(key), clean_text(told))))


def _is_readable(path: LibraryPath, data: bytes) -> bool:
    try:
        checked(path, data)
    except (ValueError, RecursionError):
        return False
    return True


def _is_blob(blob: str, data: bytes) -> bool:
    """Whether a file has the contents of a blob; of no blob, if there is no file."""
    digest = hashlib.sha1 if len(blob) == len("0" * 40) else hashlib.sha256
    head = b"blob %d\0" % len(data)
    return digest(head + data, usedforsecurity=False).hexdigest() == blob if blob else not data


def _texts_first(changes: FolderChanges) -> list[tuple[LibraryPath, str]]:
    """Return the files, the article's own last, so that it names no text that is not there yet."""
    files = sorted(changes.items(), key=lambda item: item[0].path, reverse=True)
    return [(path, after) for path, (_, after) in files]
