"""Count what is lost where two machines changed one article, beside keeping the newest file.

`python benchmarks bench_conflicts [--conflicts 1000] [--json FILE]`. In each conflict both
machines start with the same five marks and make up to four changes, with clocks that may be
wrong: marks, notes, tags, states, deletions. A sync program hands the files over. A change is
lost if neither machine shows it afterwards, and no change that knew of it has replaced it.
"""

import argparse
import json
import random
import shutil
import tempfile
from pathlib import Path
from typing import Any

from torture_clocks import History, Machine, values
from torture_machines import ARTICLE, Synchronise, exchange_files, keep_the_newest
from torture_setting import NOW, PARAGRAPHS, make_mark, open_library, store

WAYS: dict[str, Synchronise] = {
    "annotator": exchange_files,
    "the newest file wins": keep_the_newest,
}
FIRST_MARKS = 5


def main() -> None:
    """Print a line for each way, and write the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--conflicts", type=int, default=1000)
    parser.add_argument("--seed", default="3")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    options = parser.parse_args()
    rows = [_counted(name, options.conflicts, options.seed) for name in WAYS]
    for row in rows:
        print(f"{row['program']:22}{row['conflicts']:6} conflicts", end="")
        print(f"{row['changes']:7} changes{row['lost']:7} lost{row['marks_lost']:7} marks lost")
    if options.json:
        options.json.write_text(json.dumps({"rows": rows}, indent=1) + "\n", "utf-8")


def _counted(name: str, conflicts: int, seed: str) -> dict[str, Any]:
    row: dict[str, Any] = {"program": name, "conflicts": conflicts}
    row |= {"changes": 0, "lost": 0, "marks_lost": 0}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(conflicts):
            place = Path(folder, str(number))
            changes, lost, marks = _conflict(place, WAYS[name], random.Random(f"{seed} {number}"))
            row["changes"] += changes
            row["lost"] += lost
            row["marks_lost"] += marks
            shutil.rmtree(place)
    return row


def _conflict(place: Path, way: Synchronise, chance: random.Random) -> tuple[int, int, int]:
    """Return the number of changes, of those that are lost, and of marks among these."""
    machines = [Machine(place / name, chance) for name in ("laptop", "desktop")]
    one, other = machines
    with open_library(one.folder) as library:
        store(library, ARTICLE)
        library.put([make_mark(ARTICLE, chance.randrange(PARAGRAPHS)) for _ in range(FIRST_MARKS)])
        first = values(library)
    shutil.copytree(one.folder, other.folder)
    history = History()
    one.seen = other.seen = history.add({}, first, frozenset())
    before, clock = history.count, NOW
    for machine in machines:
        clock = machine.work(history, clock)
    way(one.folder, other.folder, chance)
    with open_library(other.folder) as library:
        there = values(library)
    wanted = history.wanted(one.seen | other.seen, there)
    # what begins with a digit is the id of a mark, or something of that mark
    lost = [thing for thing, possible in wanted.items() if there.get(thing) not in possible]
    marks = [thing for thing in lost if thing[0].isdigit() and " " not in thing]
    return history.count - before, len(lost), len(marks)


if __name__ == "__main__":
    main()
