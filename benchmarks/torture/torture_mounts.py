"""One library that several programs see at other places: by a bind mount, and in a container.

A program that runs for another home has another state folder, and knows nothing of the locks
in this one. The container is a user namespace of its own with its own mounts, in which the folder
of the library is somewhere else, and nothing is where it is outside. Where mounts are not
allowed, the trial says so.
"""

import ctypes
import os
import random
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from annotator.store import Library
from torture_setting import Child, Outcome, make_article, open_library, store
from torture_writers import said_by, write

ARTICLES = 40

_NEW_MOUNTS, _NEW_USERS = 0x00020000, 0x10000000  # of unshare(2)
_BIND, _ALL, _PRIVATE = 0x1000, 0x4000, 0x40000  # of mount(2)

Say = Callable[[str], None]


def mounts(folder: Path, count: int, _chance: random.Random) -> Outcome:
    """Let a program at the library, one at a bind mount, and one in a container make marks."""
    articles = [make_article(number) for number in range(ARTICLES)]
    with open_library(folder) as library:
        for article in articles:
            store(library, article)
    outcome = Outcome()
    enters: dict[str, Callable[[Path], Path]] = {
        "at home": lambda here: here / "library",
        "bind mount": partial(_mounted, flags=_NEW_MOUNTS),
        "container": _contained,
    }
    allowed = [name for name, enter in enters.items() if _may(partial(enter, folder))]
    outcome.others.update(f"{name} not allowed here" for name in enters.keys() - {*allowed})

    def work(name: str, say: Say) -> None:
        place = enters[name](folder)
        with Library.open(place, state=place.parent / "state") as library:
            for number in range(count):
                write(library, articles, number, say)

    said = said_by([Child(partial(work, name)) for name in allowed], outcome)
    with open_library(folder) as library:
        found = {mark.id for each in articles for mark in library.article(each.id).annotations()}
        outcome.problems += library.notices
    made, gone = ({line[2:] for line in said if line[0] == sign} for sign in "+-")
    outcome.trials = len(made)
    outcome.lost += len(made - gone - found) + len(gone & found)
    outcome.others["marks at the end"] = len(found)
    return outcome


def _may(enter: Callable[[], Path]) -> bool:
    """Return whether a program may see the library so."""

    def look(say: Say) -> None:
        with suppress(OSError):
            say(str((enter() / "articles").is_dir()))

    return Child(look).wait()[0] == ["True"]


def _contained(folder: Path) -> Path:
    """Enter a user namespace; return the library there, whose usual place is empty."""
    place = _mounted(folder, flags=_NEW_MOUNTS | _NEW_USERS)
    _mount("none", folder / "library", kind="tmpfs")
    return place


def _mounted(folder: Path, flags: int) -> Path:
    """Enter a namespace with mounts of its own, and return where the library is there."""
    users = os.getuid(), os.getgid()
    _done(ctypes.CDLL(None, use_errno=True).unshare(flags))
    if flags & _NEW_USERS:
        Path("/proc/self/setgroups").write_text("deny")
        for file, number in zip(("uid_map", "gid_map"), users, strict=True):
            Path("/proc/self", file).write_text(f"0 {number} 1")
    _mount("none", Path("/"), _ALL | _PRIVATE)
    place = folder / f"elsewhere {flags}" / "library"
    place.mkdir(parents=True, exist_ok=True)
    _mount(str(folder / "library"), place, _BIND)
    return place


def _mount(source: str, target: Path, flags: int = 0, *, kind: str = "none") -> None:
    call = ctypes.CDLL(None, use_errno=True).mount
    _done(call(source.encode(), bytes(target), kind.encode(), ctypes.c_ulong(flags), None))


def _done(result: int) -> None:
    if result:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
