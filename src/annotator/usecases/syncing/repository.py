"""The repository in a library's folder: what is committed of it, and the other side.

The branch that is checked out goes to the branch of the same name there. Only git's own files and
the index are written here; the files of the library never are.
"""

import os
import re
import shutil
import stat
from collections.abc import Collection, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Final

from annotator.errors import SyncFailed
from annotator.model.data_file import toml_beside
from annotator.store.articles.article_paths import IGNORE_FILE, UNTRACKED_PAGES, leaves_out_pages
from annotator.store.disk import files
from annotator.store.disk.os_errors import explained, quoted
from annotator.store.incoming import library_path
from annotator.usecases.syncing.git import Git, shown

Changes = dict[str, tuple[str, str]]  # by path: its blob before and after, empty for none

ATTRIBUTES_FILE: Final = ".gitattributes"

_PLAIN_FILES = ("100644", "100755")
_NOTHING_CHANGED = "No library has any. Nothing was changed here."
_ADDRESS = re.compile(r"(?:(?:https?|ssh|git|file)://|gcrypt::|[\w.][\w.@-]*:(?!:))\S+")
_KEPT_ASIDE = re.compile(r".*(?:\.bak|\.merged|\.lock|\.damaged-[^/]*)")
_MOST_LOOKS = 5  # at files that a running program is changing
_NOBODY = {"name": "annotator", "email": "annotator@localhost"}
_WORDS = toml_beside(__package__, "git.toml")


class Repository:
    """The repository of the library in a folder; raises `SyncFailed` if there is none."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self.folder = git.folder
        if not git.directory.is_dir():
            hint = "To make it one, alone or with others:  annotator sync --init [URL]"
            raise SyncFailed(f"{quoted(git.folder)} is not a git repository yet.", hint)
        for path in filter(
            Path.is_symlink, map(git.folder.joinpath, ("articles", "bin", "catalog"))
        ):
            raise SyncFailed(f"{quoted(path)} is a link.", "Git needs the folder itself there.")
        if ssh := self.settings.get("core.sshcommand"):
            git.use_ssh(ssh)

    @cached_property
    def settings(self) -> Mapping[str, str]:
        """The settings of git about the user and the other side."""
        names = r"^(remote\..*\.url|user\.(name|email)|core\.sshcommand)$"
        printed = self._git.run("config", "-z", "--get-regexp", names, codes=(0, 1))
        return {
            name: value for line in printed.split("\0") for name, _, value in [line.partition("\n")]
        }

    @cached_property
    def remote(self) -> str:
        """The name of the other side in git's settings; empty if there is none."""
        names = [name.split(".", 1)[1][:-4] for name in self.settings if name.endswith(".url")]
        return "origin" if "origin" in names else next(iter(names), "")

    @cached_property
    def url(self) -> str:
        """The address of the other side; raises `SyncFailed` for one that runs programs."""
        return checked_url(self.settings[f"remote.{self.remote}.url"]) if self.remote else ""

    @cached_property
    def branch(self) -> str:
        """The name of the branch that is checked out."""
        printed = self._git.run("symbolic-ref", "-q", "HEAD", codes=(0, 1))
        if not printed:
            hint = f"To make it the branch:  git -C {self.folder} checkout -B main"
            raise SyncFailed("The repository has a commit checked out, and no branch.", hint)
        return printed.strip().removeprefix("refs/heads/")

    def heads(self) -> tuple[str, str]:
        """Return the last commit here, and the last one that is known of the other side."""
        names = f"refs/heads/{self.branch}", f"refs/remotes/{self.remote or '-'}/{self.branch}"
        printed = self._git.run("for-each-ref", "--format=%(refname) %(objectname)", *names)
        known = dict(line.split(" ") for line in printed.splitlines())
        return known.get(names[0], ""), known.get(names[1], "")

    def prepare(self, *, without_pages: bool = False) -> None:
        """Write the files for git that are missing or altered, and end a merge begun by hand.

        The files that such a merge has written stay, and are committed as changes of this side.
        """
        is_without = leaves_out_pages(self.folder) or without_pages
        with explained(self.folder, action="written"):
            files.make_folder(self._git.directory / "info")
            for name, lines in _WORDS["files"].items():
                text = (
                    f"{lines}{UNTRACKED_PAGES}\n" if name == IGNORE_FILE and is_without else lines
                )
                if self._text_of(name) != text:
                    files.replace(self.folder / name, text.encode())
        if (self._git.directory / "MERGE_HEAD").exists():
            self._git.run("reset", "-q", "--mixed")
        if without_pages:
            self.set_index(dict.fromkeys(self._tracked("--", UNTRACKED_PAGES), ""))

    def stage(self, index: Path | None = None) -> str:
        """Put the library's files into the index, or another one, and return their tree.

        Looks until nothing has changed since the last look, so that an article that a program
        moves meanwhile is in one place.
        """
        there = {"GIT_INDEX_FILE": str(index)} if index else {}
        is_without = leaves_out_pages(self.folder)
        for _ in range(_MOST_LOOKS):
            listed = self._git.run("ls-files", "-z", "-t", "-c", "-m", "-o", environment=there)
            paths, came_back = set[str](), set[str]()
            for mark, _, path in (line.partition(" ") for line in listed.split("\0")):
                if mark in "C?S" and self._is_ours(path, is_without=is_without):
                    if mark != "S":
                        paths.add(path)
                    elif (self.folder / path).exists():
                        came_back.add(path)
            if not paths | came_back:
                break
            for option, wanted in (
                ("--no-skip-worktree", came_back),
                ("--remove", paths | came_back),
            ):
                arguments = ("update-index", "-z", "--add", option, "--stdin")
                self._git.run(*arguments, given=sorted(wanted), environment=there)
        return self._git.run("write-tree", environment=there).strip()

    def stage_aside(self) -> str:
        """Return the tree of the library's files, and leave the index as it is."""
        index, aside = self._git.directory / "index", self._git.directory / "annotator-index"
        try:
            with suppress(FileNotFoundError):
                shutil.copyfile(index, aside)
            return self.stage(aside)
        finally:
            aside.unlink(missing_ok=True)

    def set_index(self, blobs: Mapping[str, str], unwritten: Collection[str] = ()) -> None:
        """Put blobs into the index, or take paths out of it.

        Of `unwritten` paths there is no file, and git is told not to miss one.
        """
        if blobs:
            lines = [
                f"100644 {blob}\t{path}" if blob else f"0 {'0' * 40}\t{path}"
                for path, blob in blobs.items()
            ]
            self._git.run("update-index", "-z", "--index-info", given=lines)
        if unwritten:
            self._git.run("update-index", "-z", "--skip-worktree", "--stdin", given=unwritten)

    def unwritten(self) -> frozenset[str]:
        """Return the paths in the index that are not written as files."""
        return frozenset(line[2:] for line in self._tracked("-t") if line.startswith("S "))

    def commit(self, tree: str, parents: Collection[str], message: str) -> str:
        """Commit a tree to the branch, and return the commit."""
        people = {
            f"GIT_{role}_{part.upper()}": self.settings.get(f"user.{part}") or nobody
            for role in ("AUTHOR", "COMMITTER")
            for part, nobody in _NOBODY.items()
        }
        known = [f"-p{parent}" for parent in parents if parent]
        arguments = ("commit-tree", tree, *known, "-m", message)
        commit = self._git.run(*arguments, environment=people).strip()
        self.go_to(commit)
        return commit

    def go_to(self, commit: str) -> None:
        """Let the branch end with a commit, unless it was changed by hand meanwhile."""
        before = self.heads()[0] or "0" * len(commit)
        name = f"refs/heads/{self.branch}"
        self._git.run("update-ref", "-m", "annotator sync", name, commit, before)

    def tree_of(self, commit: str) -> str:
        """Return the tree of a commit; an empty one without it."""
        arguments = ("rev-parse", f"{commit}^{{tree}}") if commit else ("mktree",)
        return self._git.run(*arguments).strip()

    def bases(self, ours: str, theirs: str) -> list[str]:
        """Return the last commits that both sides have."""
        both = ours and theirs
        return (
            self._git.run("merge-base", "--all", ours, theirs, codes=(0, 1)).split() if both else []
        )

    def changes(self, before: str, after: str) -> Changes:
        """Return what differs between two trees."""
        printed = self._git.run("diff-tree", "-r", "-z", "--raw", "--no-renames", before, after)
        words, changes = printed.split("\0"), Changes()
        for head, path in zip(words[::2], words[1::2], strict=False):
            old, new = (blob if blob.strip("0") else "" for blob in head.split(" ")[2:4])
            changes[path] = old, new
        return changes

    def require_plain(self, commit: str) -> None:
        """Raise `SyncFailed` if the other side has links, modules, or folders without an end."""
        for line in self._git.run("ls-tree", "-r", "-z", commit).split("\0"):  # written as it goes
            if line and not line.startswith(_PLAIN_FILES):
                path = quoted(line.partition("\t")[2])
                raise SyncFailed(
                    f"The other side has a link or a module, {path}.", _NOTHING_CHANGED
                )

    def files_in(self, commit: str, folder: str) -> dict[str, str]:
        """Return the files in a folder of a commit: their blobs by their paths."""
        printed = self._git.run("ls-tree", "-r", "-z", commit, "--", f"{folder}/")
        lines = [line.split("\t", 1) for line in printed.split("\0") if line]
        return {path: head.split(" ")[2] for head, path in lines}

    def fetch(self) -> str:
        """Return the last commit of the other side; nothing if it has none of this branch."""
        wanted = f"+refs/heads/{self.branch}:refs/remotes/{self.remote}/{self.branch}"
        options = ("--no-tags", "--no-recurse-submodules", "--progress", *self._pack("upload"))
        try:
            self._git.run("fetch", *options, self.remote, wanted)
        except SyncFailed as error:
            if "find remote ref" in error.message:
                return ""
            raise
        return self.heads()[1]

    def push(self, commit: str) -> str:
        """Send a commit; return why it was refused, or nothing if it was not."""
        options = ("--porcelain", "--no-verify", "--progress", *self._pack("receive"))
        wanted = f"{commit}:refs/heads/{self.branch}"
        printed = self._git.run("push", *options, self.remote, wanted, codes=(0, 1))
        refused = [line for line in printed.splitlines() if line.startswith("!")]
        if not refused and "Done" not in printed:
            raise SyncFailed("Nothing could be sent.", "Look at the branch with: git status")
        if "(fetch first)" in "".join(refused):
            return "Another machine was faster each time."
        return shown(refused[0].rpartition("\t")[2]) if refused else ""

    def set_up(self, url: str) -> bool:
        """Name the other side, and take the name of its branch; return whether it has none yet."""
        branch, is_new = "main", not self.heads()[0]
        if url:
            hub = _hub(self._git, url)
            branch = _branch_of(self._git, hub)
            verb = ("set-url", self.remote) if self.remote else ("add", "origin")
            self._git.run("remote", *verb, hub)
        if is_new:
            self._git.run("symbolic-ref", "HEAD", f"refs/heads/{branch or 'main'}")
        elif branch and url and branch != self.branch:
            self._git.run("branch", "-m", "--", self.branch, branch)
        copies = filter(_KEPT_ASIDE.fullmatch, self._tracked())
        self.set_index(dict.fromkeys(copies, ""))
        return not branch

    def _tracked(self, *options: str) -> list[str]:
        return list(filter(None, self._git.run("ls-files", "-z", *options).split("\0")))

    def _pack(self, name: str) -> tuple[str, ...]:
        is_local = self.url.startswith(("/", "file://"))
        return (f"--{name}-pack={_WORDS['local_hub']}{name}-pack",) if is_local else ()

    def _is_ours(self, name: str, *, is_without: bool) -> bool:
        """Whether a path in the folder is one of the library's files, or is one no more."""
        path = library_path(name)
        is_wanted = path and not (path.is_page and is_without)
        if not is_wanted and name not in {ATTRIBUTES_FILE, IGNORE_FILE}:
            return False
        try:
            return stat.S_ISREG(os.lstat(self.folder / name).st_mode)
        except (FileNotFoundError, NotADirectoryError):
            return True

    def _text_of(self, name: str) -> str:
        try:
            return files.read(self.folder / name)[0].decode("utf-8", "replace")
        except OSError:
            return ""


def checked_url(url: str) -> str:
    """Return an address; raises `SyncFailed` for one that git would take for something else."""
    if not _ADDRESS.fullmatch(url) and not (url.startswith("/") and url.isprintable()):
        message = f"{quoted(shown(url))} is not an address to synchronise with."
        raise SyncFailed(message, "Give a folder, or one such as https://… or user@host:folder")
    return url


def _hub(git: Git, url: str) -> str:
    """Return the address of the other side; a folder that is missing or empty is made a hub."""
    path = Path(url).expanduser()
    if not (path.is_absolute() or path.exists() or url.startswith(".")):
        return checked_url(url)
    path = path.absolute()
    if path.parent.is_dir() and not path.is_file() and not any(path.glob("*")):
        there = {"GIT_DIR": str(path)}
        git.run("init", "-q", "--bare", "--shared=0600", "--template=", environment=there)
        git.run("symbolic-ref", "HEAD", "refs/heads/main", environment=there)
    return checked_url(str(path))


def _branch_of(git: Git, url: str) -> str:
    """Return the branch that the other side shows first, or its only one; empty if it has none."""
    printed = git.run("ls-remote", "--symref", "--", url, "HEAD", "refs/heads/*")
    heads = re.findall(r"\trefs/heads/(\S+)$", printed, re.MULTILINE)
    named_first = re.findall(r"^ref: refs/heads/(\S+)\tHEAD$", printed, re.MULTILINE)
    return next((name for name in (*named_first, "main", "master", *heads) if name in heads), "")
