"""Conflict copies that arrive damaged: cut, zeroed, or with a bit flipped."""

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from annotator.model import Annotation
from annotator.store import Library
from torture_damage import with_a_flip
from torture_setting import (
    NOW,
    PARAGRAPHS,
    Outcome,
    counted,
    file_of,
    make_article,
    make_mark,
    open_library,
    store,
)

ARTICLE = make_article(1)
NAME = "annotations.sync-conflict-20260314-092653-ABCDEFG.json"
TAG = "from the other machine"

Damage = Callable[[bytes, random.Random], bytes]


class Pair(NamedTuple):
    """An article on two machines: both files, and the marks in each by their ids."""

    ours: bytes
    theirs: bytes
    our_marks: dict[str, Annotation]
    their_marks: dict[str, Annotation]
    deleted: str


def cut(folder: Path, count: int, chance: random.Random) -> Outcome:
    """Cut the copy short."""
    return _damaged(folder, count, chance, lambda data, pick: data[: pick.randrange(len(data))])


def zeroed_at_start(folder: Path, count: int, chance: random.Random) -> Outcome:
    """Write zeros over the first part of the copy."""
    return _damaged(folder, count, chance, lambda data, pick: _zeroed(data, 0, _any(data, pick)))


def zeroed_at_end(folder: Path, count: int, chance: random.Random) -> Outcome:
    """Write zeros over the last part of the copy, as a download that stopped leaves it."""
    return _damaged(
        folder, count, chance, lambda data, pick: _zeroed(data, _any(data, pick), len(data))
    )


def zeroed_inside(folder: Path, count: int, chance: random.Random) -> Outcome:
    """Write zeros over a part in the middle of the copy."""

    def damage(data: bytes, pick: random.Random) -> bytes:
        return _zeroed(data, *sorted((_any(data, pick), _any(data, pick))))

    return _damaged(folder, count, chance, damage)


def flipped(folder: Path, count: int, chance: random.Random) -> Outcome:
    """Flip a bit of the copy."""
    return _damaged(folder, count, chance, with_a_flip)


def _damaged(folder: Path, count: int, chance: random.Random, damage: Damage) -> Outcome:
    outcome, pair = Outcome(), _prepared(folder)
    with open_library(folder / "ours") as library:
        file = file_of(library, ARTICLE)
    for number in range(count):
        data = damage(pair.theirs, chance)
        file.write_bytes(pair.ours)
        file.with_name(f"{file.name}.bak").write_bytes(pair.ours)
        file.with_name(NAME).write_bytes(data)
        with counted(outcome, f"copy {number}"), open_library(folder / "ours") as library:
            _judge(library, pair, data, outcome)
        for path in file.parent.glob("annotations.sync-conflict*"):
            path.unlink()
    return outcome


def _judge(library: Library, pair: Pair, data: bytes, outcome: Outcome) -> None:
    found = {mark.id: mark for mark in library.article(ARTICLE.id).annotations()}
    tags, said = library.article(ARTICLE.id).record().tags, " ".join(library.notices)
    rows = set(data.replace(b",\n", b"\n").split(b"\n"))
    readable = {key for key, row in _rows(pair.theirs).items() if row in rows}
    expected = pair.our_marks | {
        key: mark for key, mark in pair.their_marks.items() if key in readable
    }
    outcome.lost += sum(
        found.get(key) not in (mark, pair.their_marks.get(key, mark))
        for key, mark in expected.items()
        if key != pair.deleted
    )
    outcome.lost += pair.deleted in readable and pair.deleted in found
    outcome.lost += ARTICLE.id in readable and TAG not in tags
    kept = file_of(library, ARTICLE).parent.glob(f"{NAME}*")
    outcome.lost += [each.read_bytes() for each in kept] != [data]
    outcome.silent += any(
        mark not in (pair.our_marks.get(key), pair.their_marks.get(key))
        for key, mark in found.items()
    )
    theirs = sum(found.get(key) == mark for key, mark in pair.their_marks.items())
    is_complete = theirs == len(pair.their_marks) and pair.deleted not in found and TAG in tags
    numbers = re.search(r"damaged: (\d+) marks? of it", said)
    if numbers:
        outcome.silent += int(numbers[1]) < theirs - len(pair.our_marks)
        outcome.others["complete, reported" if is_complete else "in part, reported"] += 1
    elif "nothing of the article can be read" in said:
        outcome.others["left as it is, reported"] += 1
    else:
        outcome.silent += not is_complete
        outcome.others["harmless" if is_complete else "in part"] += 1


def _prepared(folder: Path) -> Pair:
    """Make a library, and another one with changes that this one has not seen."""
    ours, theirs = folder / "ours", folder / "theirs"
    with open_library(ours) as library:
        store(library, ARTICLE)
        library.put([make_mark(ARTICLE, at, note=f"Ours {at}.") for at in range(4)])
        marks = library.article(ARTICLE.id).annotations()
        our_marks = {mark.id: mark for mark in marks}
        our_file = file_of(library, ARTICLE).read_bytes()
    shutil.copytree(ours, theirs)
    with open_library(theirs) as library:
        library.put(
            [make_mark(ARTICLE, at, note=f"Theirs {at}.", tags=("a",)) for at in range(PARAGRAPHS)]
        )
        library.article(ARTICLE.id).revise(
            marks[0].id, lambda mark: replace(mark, note="Theirs too.")
        )
        library.article(ARTICLE.id).remove([marks[1].id], now=NOW)
        library.article(ARTICLE.id).update(
            lambda record: replace(record, tags=(TAG,), state="read")
        )
        their_marks = {mark.id: mark for mark in library.article(ARTICLE.id).annotations()}
        their_file = file_of(library, ARTICLE).read_bytes()
    return Pair(our_file, their_file, our_marks, their_marks, marks[1].id)


def _rows(data: bytes) -> dict[str, bytes]:
    """Return the lines of the rows in a file by their ids."""
    lines = data.replace(b",\n", b"\n").split(b"\n")
    return {line.split(b'"')[1].decode(): line for line in lines if line.startswith(b'    "')}


def _any(data: bytes, chance: random.Random) -> int:
    return chance.randrange(len(data))


def _zeroed(data: bytes, start: int, end: int) -> bytes:
    return data[:start] + bytes(end - start) + data[end:]
