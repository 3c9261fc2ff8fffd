"""Files that were cut, zeroed, or had a bit flipped while no program was running."""

import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from annotator.errors import DamagedFile
from annotator.model import Annotation
from annotator.store import Library
from torture_setting import (
    PARAGRAPHS,
    Outcome,
    counted,
    file_of,
    make_article,
    make_mark,
    open_library,
    store,
)

Damage = Callable[[bytes, random.Random], bytes]


def cut(folder: Path, count: int, chance: random.Random) -> Outcome:
    """Cut an article's file short."""
    return _damaged(folder, count, chance, lambda data, pick: data[: pick.randrange(len(data))])


def zeroed(folder: Path, count: int, chance: random.Random) -> Outcome:
    """Write zeros into an article's file, as a disk does that lost a block."""
    return _damaged(folder, count, chance, _with_zeros)


def flipped(folder: Path, count: int, chance: random.Random) -> Outcome:
    """Flip a bit of an article's file."""
    return _damaged(folder, count, chance, with_a_flip)


def flipped_revision(folder: Path, count: int, chance: random.Random) -> Outcome:
    """Flip a bit of a revision's extraction or page."""
    outcome = Outcome()
    article = make_article(1)
    with open_library(folder) as library:
        store(library, article)
        revisions = sorted((file_of(library, article).parent / "revisions").iterdir())
        wanted = library.article(article.id).extraction(), library.article(article.id).page()
    for number in range(count):
        path = revisions[number % len(revisions)]
        good = path.read_bytes()
        path.write_bytes(with_a_flip(good, chance))
        with counted(outcome, f"revision {number}"), open_library(folder) as library:
            try:
                found = library.article(article.id).extraction(), library.article(article.id).page()
            except DamagedFile:
                outcome.others["reported as damaged"] += 1
            else:
                outcome.silent += found != wanted
                outcome.others["harmless"] += found == wanted
        path.write_bytes(good)
    return outcome


def both_copies(folder: Path, count: int, chance: random.Random) -> Outcome:
    """Damage both the file and its second copy; every loss must be reported."""
    outcome = Outcome()
    wanted, good = _prepared(folder)
    for number in range(count):
        with counted(outcome, f"both {number}"), open_library(folder) as library:
            for path in _copies(library):
                damage = chance.choice((_with_zeros, with_a_flip))
                path.write_bytes(damage(good, chance))
            try:
                found = set(library.article(make_article(1).id).annotations())
            except DamagedFile:
                outcome.others["reported as damaged"] += 1
            else:
                outcome.silent += not library.notices and found != wanted
                outcome.others["repaired" if found == wanted else "repaired in part, reported"] += 1
        _restore(folder, good)
    return outcome


def _damaged(folder: Path, count: int, chance: random.Random, damage: Damage) -> Outcome:
    outcome = Outcome()
    wanted, good = _prepared(folder)
    for number in range(count):
        with counted(outcome, f"damage {number}"), open_library(folder) as library:
            path = chance.choice(_copies(library)) if number % 5 == 0 else _copies(library)[0]
            path.write_bytes(damage(good, chance))
            found = set(library.article(make_article(1).id).annotations())
            outcome.lost += len({mark.id for mark in wanted} - {mark.id for mark in found})
            outcome.silent += not library.notices and found != wanted
            outcome.others[_verdict(library, is_complete=found == wanted)] += 1
        _restore(folder, good)
    return outcome


def _verdict(library: Library, *, is_complete: bool) -> str:
    if library.notices:
        return "repaired and reported" if is_complete else "altered and reported"
    return "harmless" if is_complete else "altered"


def _prepared(folder: Path) -> tuple[set[Annotation], bytes]:
    article = make_article(1)
    with open_library(folder) as library:
        store(library, article)
        for at in range(PARAGRAPHS):
            library.put([make_mark(article, at, note=f"Note {at}.", tags=("a", "b/c"))])
        library.article(article.id).remove(
            [library.article(article.id).annotations()[0].id], now=_now(library)
        )
        return set(library.article(article.id).annotations()), file_of(
            library, article
        ).read_bytes()


def _now(library: Library) -> datetime:
    return library.article(make_article(1).id).annotations()[-1].modified


def _copies(library: Library) -> list[Path]:
    path = file_of(library, make_article(1))
    return [path, path.with_name(f"{path.name}.bak")]


def _restore(folder: Path, good: bytes) -> None:
    with open_library(folder) as library:
        for path in _copies(library):
            path.write_bytes(good)
        for path in _copies(library)[0].parent.glob("*.damaged-*"):
            path.unlink()


def _with_zeros(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    length = chance.choice((1, 16, 512, 4096))
    return data[:start] + bytes(min(length, len(data) - start)) + data[start + length :]


def with_a_flip(data: bytes, chance: random.Random) -> bytes:
    """Return the data with one bit flipped."""
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
