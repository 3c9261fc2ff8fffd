"""Whether fast keys act on the rows that were shown, and on no other.

`python benchmarks typist_rows [SESSIONS] [--keys N] [--seed N]` types keys of lists, panels,
modes and marks, 300 a second. A mark that is changed or gone afterwards must have been under the
cursor, in the text or in a list, when one of the keys was handled. Needs Linux.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from annotator.store import Library
from torture_typist import environment_of
from typist_keys import FASTEST, bytes_of
from typist_library import write_library
from typist_session import HangError, Typist

KEYS = {  # with their weights; none but those of tags changes marks not under the cursor
    **dict.fromkeys(("j", "k", "down", "up", "J", "enter", "escape"), 4),
    **dict.fromkeys(("s", "1", "2", "3", "x", "u", "U", "tab", "H", "C", "minus", "space"), 2),
    **dict.fromkeys(("g", "G", "L", "W", "R", "b", "c", "v", "y", "right_square_bracket"), 1),
    **dict.fromkeys(("left_square_bracket", "right_parenthesis", "plus", "q", "A"), 1),
}
BURST = 20  # keys, after which the typist looks at what came of them

State = dict[str, tuple[object, ...]]


def main() -> int:
    """Run the sessions, and return the exit code."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("sessions", nargs="?", type=int, default=10)
    parser.add_argument("--keys", type=int, default=400, help="in each session")
    parser.add_argument("--seed", type=int, default=1, help="of the first session")
    parser.add_argument("--folder", help="for the files; one in memory is fastest")
    options = parser.parse_args()
    wrong, changed = 0, 0
    for seed in range(options.seed, options.seed + options.sessions):
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            touched, others = _session(Path(folder), Random(seed), options.keys)
        print(f"seed {seed}: {touched} marks changed, {others} that were not shown", flush=True)
        changed, wrong = changed + touched, wrong + others
    keys = options.keys * options.sessions
    print(f"{options.sessions} sessions, {keys:,} keys, {changed} marks changed, {wrong} not shown")
    return 1 if wrong else 0


def _session(folder: Path, chance: Random, count: int) -> tuple[int, int]:
    """Type so many keys; return how many marks changed, and how many were not under the cursor."""
    ids = write_library(folder / "data/annotator", folder / "state/annotator")
    before, shown = _marks(folder), set[str]()
    typist: Typist | None = None
    keys = chance.choices([*KEYS], [*KEYS.values()], k=count)
    for start in range(0, count, BURST):
        if typist is None or not typist.is_running:
            shown |= _closed(typist)
            arguments = ["read", chance.choice(ids)]
            typist = Typist(arguments, environment_of(folder), folder, Counter())
            typist.wait_for_start()
        for key in keys[start : start + BURST]:
            typist.press(bytes_of(key))
            time.sleep(1 / FASTEST)
        try:
            typist.settle()
        except HangError as error:
            print(f"! {error}")
            break
    if typist is not None and typist.is_running:
        typist.end("SIGTERM")
    shown |= _closed(typist)
    after = _marks(folder)
    changed = {mark for mark, value in before.items() if after.get(mark) != value}
    for mark in changed - shown:
        print(f"! {mark}: {before[mark]}, and then {after.get(mark)}")
    return len(changed), len(changed - shown)


def _closed(typist: Typist | None) -> set[str]:
    if typist is None:
        return set()
    typist.close()
    return typist.rows


def _marks(folder: Path) -> State:
    """Return the marks of a library by their ids, without the names that another screen changes."""
    with Library.open(folder / "data/annotator", state=folder / "state/annotator") as library:
        return {
            mark.id: (mark.kind, mark.note, mark.links, mark.claim and mark.claim.status)
            for record in library.records()
            for mark in library.article(record.id).annotations()
        }


if __name__ == "__main__":
    sys.exit(main())
