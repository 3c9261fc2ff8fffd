"""Files that are damaged or made to do harm, and what must come of importing them.

    python benchmarks import_bad_files FOLDER

Each must end in a sentence, never with a traceback or exit code 70, within ten seconds and
500 MB, and what was read before the damage must be kept.
"""

import os
import socket
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from import_bad_archives import archives
from import_bad_texts import documents, notes, tables, values
from import_files import FORMS, path_of, truth_of

SHARES = (10, 50, 90)
CUT_FORMATS = (
    "pocket-csv",
    "pocket-zip",
    "pocket-html",
    "pocket-json",
    "instapaper",
    "omnivore-zip",
    "readwise-csv",
    "readwise-json",
    "reader-json",
    "wallabag-v2",
    "hypothesis-json",
    "bookmarks-html",
    "firefox-json",
    "chrome-json",
    "safari-binary",
    "safari-xml",
    "karakeep",
    "linkwarden",
    "pinboard",
    "kindle-en",
    "kobo",
    "zotero-json",
    "clipper-2026",
    "opml",
    "w3c",
)
Making = Callable[[Path], object]


@dataclass(frozen=True, slots=True)
class BadFile:
    """A bad file. At least `least` items of it must be kept.

    Its text is about the outcome in words. A file named `ran…` beside it shows that
    something in it was executed.
    """

    name: str
    path: Path
    text: str
    least: int = 0
    most: int | None = None


def bad_files(folder: Path) -> Iterator[BadFile]:
    """Write all bad files below a folder, and yield each."""
    folder.mkdir(parents=True, exist_ok=True)
    for case in (*archives(), *values(), *tables(), *documents(), *notes()):
        path = folder / case.name
        path.write_bytes(case.make())
        yield BadFile(case.name, path, case.text, case.least, case.most)
    yield from _special(folder)
    yield from _locked(folder)
    yield from _cut(folder)


def _special(folder: Path) -> Iterator[BadFile]:
    """Yield what is not a file with text, or has none."""
    plain: dict[str, tuple[Making, str]] = {
        "empty.json": (lambda path: path.write_bytes(b""), "it is empty"),
        "blank.csv": (lambda path: path.write_bytes(b"\n \n\t\n"), "it is empty"),
        "only-bom.txt": (lambda path: path.write_bytes(b"\xef\xbb\xbf"), "it is empty"),
        "noise.csv": (
            lambda path: path.write_bytes(bytes(at * 7919 % 251 for at in range(200_000))),
            "it is of no known format",
        ),
        "pipe.json": (os.mkfifo, "it is not a file; nothing waits for it"),
        "zero.json": (lambda path: path.symlink_to("/dev/zero"), "it is not a file"),
        "loop.json": (lambda path: path.symlink_to(path), "it cannot be opened"),
        "empty-folder": (lambda path: path.mkdir(), "there is nothing in it"),
        "missing.json": (lambda path: path.parent, "it is missing"),
        "socket.json": (_make_socket, "it is not a file"),
    }
    for name, (make, text) in plain.items():
        path = folder / name
        make(path)
        yield BadFile(name, path, text, most=0)


def _locked(folder: Path) -> Iterator[BadFile]:
    """Yield a database that another program has locked."""
    path = folder / "locked.sqlite"
    path.write_bytes(path_of("kobo").read_bytes())
    with closing(sqlite3.connect(path)) as base:
        base.execute("BEGIN EXCLUSIVE")
        yield BadFile(path.name, path, "it is read all the same, or refused", most=20)


def _make_socket(path: Path) -> None:
    here = os.getcwd()  # noqa: PTH109 - the address of a socket must be short
    os.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)
    os.chdir(here)


def _cut(folder: Path) -> Iterator[BadFile]:
    """Yield files of the formats that end at a tenth, a half and nine tenths."""
    for name in CUT_FORMATS:
        path = path_of(name)
        data = path.read_bytes()
        rows = len(truth_of(name).items)
        for share in SHARES:
            part = folder / f"cut-{share}-{name}{path.suffix}"
            part.write_bytes(data[: len(data) * share // 100])
            least = _least(name, rows * share // 100)
            text = "what was read before its end is kept, or it is refused"
            yield BadFile(part.name, part, text, least, rows)


def _least(name: str, rows: int) -> int:
    """Return how many items a cut file must yield: most of those that are whole in it."""
    lines = ("pocket-csv", "instapaper", "kindle-en", "pocket-html", "bookmarks-html", "opml")
    lists = ("readwise-json", "wallabag-v2", "pinboard", "karakeep", "glasp")
    return rows // 2 if name in lines or name in lists else 0


def main() -> None:
    """Write all bad files into a folder and list them."""
    for bad in bad_files(Path(sys.argv[1])):
        print(f"{bad.name:32} {bad.text}")
    print(f"of {len(FORMS)} formats")


if __name__ == "__main__":
    main()
