"""Publishing to Hypothesis, killed anywhere, with both sides changed: no double, none lost.

    python benchmarks torture_publish --marks 1000 --kills 60
    python benchmarks torture_publish --server http://127.0.0.1:5009/api --token-file ann.token

Without `--server` it is the server of the tests, which answers as Hypothesis was seen to do. The
account must be a test account: its annotations are deleted first. Each run is a program of its
own, which is killed after a random time; the last one of a phase runs to its end.

The phases: all marks are sent; then both sides change each mark at random, or delete it, and
both are merged. In the end each mark has every paragraph and tag that either side added, and is
once here and once there; one that was deleted is where the rules say; and another run sends
nothing.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from msgspec.structs import replace

from annotator.model import Annotation, Claim, Link
from annotator.store import Library, new_id

ROOT = Path(__file__).parents[2]
sys.path.insert(1, str(ROOT / "tests"))

from builders import make_annotation, make_article, make_extraction, make_page  # noqa: E402
from hypothesis_server import PUBLIC, FakeHypothesis, serving_hypothesis  # noqa: E402

PROGRAM = """
import sys
from annotator.usecases.publishing.hypothesis import Hypothesis
from annotator.usecases.service_session import Pace
Hypothesis.pace, Hypothesis.settle = Pace(), float(sys.argv.pop(1))
from annotator.cli import main
sys.exit(main())
"""
PER_ARTICLE = 25
Row = dict[str, Any]  # an annotation as the server has it
DELETED = 0.05  # of the marks, on each side
CHANGED = 0.4  # of the marks, in each of six ways
STATUSES = ("checking", "supported", "refuted", "unverifiable")


class Bench:
    """A library of its own, and the account that it is published to."""

    def __init__(self, folder: Path, server: str, token: str, settle: float) -> None:
        self.folder = folder
        self.settle = settle
        self.http = httpx.Client(
            base_url=server, headers={"Authorization": f"Bearer {token}"}, timeout=60
        )
        self.user = self.http.get("/profile").json()["userid"]
        config = folder / "config" / "annotator"
        config.mkdir(parents=True)
        (folder / "token").write_text(token)
        (config / "settings.toml").write_text(
            f'[[accounts]]\nname = "hypothesis"\naddress = "{server}"\n'
            f'token_file = "{folder / "token"}"\ngroup = "{PUBLIC}"\n'
        )

    @contextmanager
    def library(self) -> Iterator[Library]:
        """Open the library."""
        state, cache = (self.folder / name / "annotator" for name in ("state", "cache"))
        with Library.open(self.folder / "data" / "annotator", state=state, cache=cache) as library:
            yield library

    def start(self) -> subprocess.Popen[bytes]:
        """Start a run as a program."""
        variables = {
            f"XDG_{name.upper()}_HOME": str(self.folder / name)
            for name in ("data", "state", "cache", "config")
        }
        words = [sys.executable, "-c", PROGRAM, str(self.settle), "publish", "hypothesis"]
        return subprocess.Popen(
            [*words, "--yes", "--json"],
            env={**os.environ, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def killed(self, longest: float) -> bool:
        """Run until a random moment; return whether it was killed before its end."""
        program = self.start()
        try:
            program.communicate(timeout=random.uniform(0.2, longest))
        except subprocess.TimeoutExpired:
            program.send_signal(signal.SIGKILL)
            program.communicate()
            return True
        return False

    def run(self) -> Counter[str]:
        """Run to the end, and return how often each thing was done."""
        program = self.start()
        out, errors = program.communicate()
        if program.returncode:
            raise SystemExit(errors.decode())
        return Counter(line["action"] for line in json.loads(out))

    def there(self) -> list[Row]:
        """Return all annotations of the account."""
        rows: list[Row] = []
        after: dict[str, str] = {}
        while True:
            query = {"user": self.user, "limit": 200, "sort": "id", "order": "asc", **after}
            page = self.http.get("/search", params=query).json()["rows"]
            if not page:
                return rows
            rows += page
            after = {"search_after": page[-1]["id"]}

    def patch(self, remote_id: str, **changes: object) -> None:
        """Change an annotation as its user does in a browser."""
        self.http.patch(f"/annotations/{remote_id}", json=changes).raise_for_status()

    def delete(self, remote_id: str) -> None:
        """Delete an annotation as its user does in a browser."""
        self.http.delete(f"/annotations/{remote_id}").raise_for_status()


def fill(bench: Bench, number: int) -> None:
    """Put marks into the library."""
    now = datetime.now(UTC) - timedelta(hours=1)
    before = ""
    with bench.library() as library:
        for first in range(0, number, PER_ARTICLE):
            numbers = range(first, min(first + PER_ARTICLE, number))
            quotes = [f"Item {one} rose by {one * 7} percent in a year." for one in numbers]
            text = "\n\n".join(f"{quote} Nobody had expected it." for quote in quotes)
            url = f"https://example.org/{bench.folder.name}/{first}"
            article = make_article(text, url=url, title=f"Story {first}")
            library.store(make_extraction(article), make_page(url=url), now=now)
            marks = []
            for one, quote in zip(numbers, quotes, strict=True):
                links = (Link("supports", before),) if before and one % 10 == 0 else ()
                before = new_id()
                marks.append(
                    make_annotation(
                        article,
                        quote,
                        id=before,
                        note=f"Note {one}.",
                        tags=["prices"],
                        claim=Claim(statement=f"It rose {one}."),
                        links=links,
                        created=now,
                    )
                )
            library.put(marks)


def marks_of(bench: Bench) -> dict[str, Annotation]:
    """Return all marks of the library by their ids."""
    with bench.library() as library:
        return {
            mark.id: mark
            for record in library.records()
            for mark in library.article(record.id).annotations()
        }


def change_both(bench: Bench, remote: dict[str, Row]) -> dict[str, tuple[str, ...]]:
    """Change each mark at random on both sides; return what was done to each."""
    done: dict[str, tuple[str, ...]] = {}
    with bench.library() as library:
        for key, mark in marks_of(bench).items():
            row = remote[key]
            roll = random.random()
            if roll < DELETED:
                bench.delete(row["id"])
                done[key] = ("deleted there",)
                continue
            if roll < 2 * DELETED:
                library.article(mark.article_id).remove([key], now=datetime.now(UTC))
                done[key] = ("deleted here",)
                continue
            names = (
                "note here",
                "note there",
                "tag here",
                "tag there",
                "status here",
                "status there",
            )
            chosen = [name for name in names if random.random() < CHANGED]
            random.shuffle(chosen)
            for name in chosen:
                if name.endswith(" here"):
                    changed = partial(change_here, name)
                    library.article(mark.article_id).revise(key, changed)
                else:
                    change_there(bench, name, row)
            done[key] = tuple(chosen)
    return done


def change_here(name: str, mark: Annotation) -> Annotation:
    """Return a mark with one change."""
    claim = replace(mark.claim or Claim(), status=random.choice(STATUSES))
    changes: dict[str, dict[str, Any]] = {
        "note here": {"note": f"{mark.note}\n\nHere."},
        "tag here": {"tags": (*mark.tags, "here")},
        "status here": {"claim": claim},
    }
    return replace(mark, **changes[name], modified=datetime.now(UTC))


def change_there(bench: Bench, name: str, row: Row) -> None:
    """Make one change to an annotation, which `row` has afterwards too."""
    if name == "note there":
        row["text"] = f"There.\n\n{row['text']}"
    elif name == "tag there":
        row["tags"].append("there")
    else:
        row["tags"] = [tag for tag in row["tags"] if not tag.startswith("status:")]
        row["tags"].append(f"status:{random.choice(STATUSES)}")
    bench.patch(row["id"], text=row["text"], tags=row["tags"])


def check(bench: Bench, done: dict[str, tuple[str, ...]]) -> list[str]:
    """Return what is not as it should be."""
    faults, here = [], marks_of(bench)
    rows = bench.there()
    keys = Counter(row["annotator"]["mark"] for row in rows)
    remote = {row["annotator"]["mark"]: row for row in rows}
    faults += [f"{key} is there {number} times" for key, number in keys.items() if number > 1]
    for key, changes in done.items():
        is_gone_here, is_gone_there = "deleted here" in changes, "deleted there" in changes
        if (key in here) is is_gone_here:
            faults.append(f"{key} {changes}: here it is {key in here}")
        if (key in remote) is (is_gone_here or is_gone_there):
            faults.append(f"{key} {changes}: there it is {key in remote}")
        if key not in here or key not in remote:
            continue
        mark, row = here[key], remote[key]
        for side in ("here", "there"):
            is_wanted = f"note {side}" in changes
            word = f"{side.capitalize()}."
            if (word in mark.note) is not is_wanted or (word in row["text"]) is not is_wanted:
                faults.append(f"{key} {changes}: {word} in {mark.note!r} and {row['text']!r}")
            is_wanted = f"tag {side}" in changes
            if (side in mark.tags) is not is_wanted or (side in row["tags"]) is not is_wanted:
                faults.append(f"{key} {changes}: tag {side} in {mark.tags} and {row['tags']}")
        if f"status:{mark.status}" not in row["tags"]:
            faults.append(f"{key} {changes}: {mark.status} here, {row['tags']} there")
        if (mark.status == "open") is any(name.startswith("status") for name in changes):
            faults.append(f"{key} {changes}: the status was lost")
    return faults


def main() -> None:
    """Send, change and merge, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--marks", type=int, default=200)
    parser.add_argument("--kills", type=int, default=20, help="in each of the two phases")
    parser.add_argument("--longest", type=float, default=3.0, help="seconds before a kill")
    parser.add_argument("--server", default="")
    parser.add_argument("--token-file", type=Path)
    parser.add_argument("--settle", type=float, default=0.0, help="seconds its index is behind")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random.seed(options.seed)
    token = options.token_file.read_text().strip() if options.token_file else "secret-ann"
    fake = FakeHypothesis()
    serving = nullcontext(fake) if options.server else serving_hypothesis(fake)
    with serving, tempfile.TemporaryDirectory() as folder:
        server = options.server or fake.url
        bench = Bench(Path(folder), server, token, options.settle)
        for row in bench.there():
            bench.delete(row["id"])
        fill(bench, options.marks)
        for phase in ("sent", "merged"):
            begun = time.monotonic()
            done: dict[str, tuple[str, ...]] = dict.fromkeys(marks_of(bench), ())
            if phase == "merged":
                rows = {row["annotator"]["mark"]: row for row in bench.there()}
                done = change_both(bench, rows)
            kills = sum(bench.killed(options.longest) for _ in range(options.kills))
            last, second = bench.run(), bench.run()
            faults = check(bench, done)
            seconds = time.monotonic() - begun
            print(
                f"{phase}: {len(done):,} marks, {kills} kills, last run {dict(last)}, "
                f"second run {dict(second)}, {len(faults)} faults, {seconds:.0f} s"
            )
            print(*faults[:20], sep="\n")


if __name__ == "__main__":
    main()
