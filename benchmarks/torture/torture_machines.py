"""The ways in which two machines that changed one article get the changes of each other."""

import os
import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from annotator.store import ArticleCopy
from torture_setting import make_article, open_library

ARTICLE = make_article(1)
NAMES = (
    "annotations.sync-conflict-20260314-{:06}-ABCDEFG.json",
    "annotations (conflicted copy 2026-03-14 {}).json",
    "annotations {}.json",
    "annotations-LAPTOP{}.json",
)

Synchronise = Callable[[Path, Path, random.Random], None]  # gets the machines' folders


def exchange_files(one: Path, other: Path, chance: random.Random) -> None:
    """Give both machines the file of one of them, and the other one as a conflict copy."""
    pair = [file_in(one), file_in(other)]
    chance.shuffle(pair)
    data = [each.read_bytes() for each in pair]
    if data[0] == data[1]:
        return
    name = chance.choice(NAMES).format(chance.randrange(100_000, 1_000_000))
    for file in pair:
        _replace(file, data[0])
        _replace(file.with_name(name), data[1])


def absorb_each_other(one: Path, other: Path, _chance: random.Random) -> None:
    """Import on each machine what the other one has exported."""
    copies = []
    for machine in (one, other):
        with open_library(machine) as library:
            marks = {mark.id: mark for mark in library.article(ARTICLE.id).annotations()}
            deleted = library.article(ARTICLE.id).tables().tombstones
            copies.append(ArticleCopy(library.article(ARTICLE.id).record(), marks, deleted, ()))
    for machine, copy in zip((one, other), reversed(copies), strict=True):
        with open_library(machine) as library:
            library.absorb(copy)


def merge_by_git(one: Path, other: Path, _chance: random.Random) -> None:
    """Merge the second machine's file into the first's as git does, and give both the result.

    The file that the two had after their last merge is what both versions come from.
    """
    repository = one.parent / "git"
    repository.mkdir()
    run = _git(repository)
    run("init", "-q", "-b", "main")
    tracked = repository / "annotations.json"
    base = one.parent / f"base {' '.join(sorted((one.name, other.name)))}.json"
    for branch, data in (
        ("main", base.read_bytes() if base.exists() else b"{}\n"),
        ("theirs", file_in(other).read_bytes()),
        ("ours", file_in(one).read_bytes()),
    ):
        run("checkout", "-q", *(["-b", branch, "main"] if branch != "main" else ["-B", "main"]))
        tracked.write_bytes(data)
        run("add", ".")
        run("commit", "-q", "--allow-empty", "-m", branch)
    run("merge", "-q", "-m", "merge", "theirs")
    _replace(file_in(one), tracked.read_bytes())
    file_in(one).with_name("annotations.json.bak").unlink(missing_ok=True)
    with open_library(one) as library:
        library.article(ARTICLE.id).annotations()
    for file in (base, file_in(other)):
        _replace(file, file_in(one).read_bytes())
    shutil.rmtree(repository)


def keep_the_newest(one: Path, other: Path, _chance: random.Random) -> None:
    """Give both machines the file that was written last, as programs do that know only files."""
    files = [file_in(one), file_in(other)]
    data = max(files, key=lambda file: file.stat().st_mtime_ns).read_bytes()
    for file in files:
        _replace(file, data)
        file.with_name("annotations.json.bak").unlink(missing_ok=True)


def file_in(machine: Path) -> Path:
    """Return the article's file in a machine's folder."""
    return machine / "library" / "articles" / ARTICLE.id[:2] / ARTICLE.id / "annotations.json"


def _git(repository: Path) -> Callable[..., int]:
    author = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]

    def run(*arguments: str) -> int:
        command = ["git", "-C", str(repository), *author, *arguments]
        return subprocess.run(command, capture_output=True, check=False).returncode

    return run


def _replace(path: Path, data: bytes) -> None:
    temporary = path.with_name("incoming")
    temporary.write_bytes(data)
    os.replace(temporary, path)  # noqa: PTH105 - as sync programs do
