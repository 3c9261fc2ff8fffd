"""The claims of a large library: listed, narrowed, grouped, judged, renamed, and their evidence.

`python benchmarks bench_claims [ARTICLES]`; each article has 10 marks. Medians in
milliseconds of wall-clock time, on files that the system has in memory: what the user
waits for after a key. The budgets are for 10,000 articles.
"""

import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain
from pathlib import Path
from statistics import median
from typing import NamedTuple, get_args

from msgspec.structs import replace

from annotator.model import Annotation, Article, Claim, Extraction, Link, Page
from annotator.model.labels import PERIOD_NAMES
from annotator.model.periods import PERIODS
from annotator.model.query import EVERYTHING, Field, Query
from annotator.model.query_parser import parse
from annotator.model.vocabulary import Status
from annotator.store import Library, MarkListing, questions
from annotator.usecases.marks.annotate import Changes
from annotator.usecases.marks.annotate import change as change_marks
from annotator.usecases.marks.claims import (
    GROUPINGS,
    ORDERS,
    Grouping,
    Order,
    link_ends,
    list_marks,
    load_marks,
)
from annotator.usecases.marks.daily import todays_round
from annotator.usecases.marks.links import evidence_tree
from annotator.usecases.marks.mark_edit import MarkEdit
from annotator.usecases.queries.statistics import statistics
from annotator.usecases.tags.tag_library import merge_tags
from bench_library import MARKS, NOW, make_article, make_mark, settle, spent, unsynced
from reader_terminal import Terminal, running

SIZE = 10_000
ROWS = 60  # of a high screen
FIRST_ROWS_MS, LETTER_MS = 150, 50
WORDS = ("w0007", "supp", "minister")  # in a sixth of marks, in verdicts, in each statement
TYPED = ("supported", "4721")
CLEAR = b"\x15"  # Ctrl+U, which clears what was typed
LOOKED = 4.0  # seconds that the user looks at the library before the key
SPEAKERS = tuple(f"Speaker {number}" for number in range(300))
STATUSES: tuple[Status, ...] = get_args(Status)
KINDS = ("claim", "claim", "claim", "evidence", "question", "highlight")
TAGGED = 20  # one mark of so many has the tag that is renamed: 5,000 of 100,000
TAG = "topic/energy"
JUDGED = 500
LINKS = 200
RUNS = 9

wall = time.perf_counter


class Case(NamedTuple):
    """A line of the table."""

    name: str
    milliseconds: float
    note: str = ""


def main() -> None:
    """Print a table."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else SIZE
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder), size)
        print(f"{size:,} articles, {size * MARKS:,} marks; wall-clock time, medians")
        for case in chain(on_screen(Path(folder)), measure(Path(folder))):
            print(f"{case.name:44}{case.milliseconds:9.1f} ms   {case.note}".rstrip(), flush=True)


def measure(folder: Path) -> Iterator[Case]:
    """Yield the cost of each task on a library that was filled."""
    opened = partial(Library.open, folder / "data", state=folder / "state", cache=folder / "cache")
    with opened() as library:
        yield Case("make the index", spent(library.bring_up_to_date, 1, wall))
    yield Case("open the library, first rows", first_rows(opened), f"budget {FIRST_ROWS_MS}")
    before = memory()
    with opened() as library:
        library.records()  # as the library screen has done before the key
        yield Case(
            "first rows, after the key",
            spent(lambda: window(library, list_marks(library, EVERYTHING, limit=ROWS)), 1, wall),
            f"budget {FIRST_ROWS_MS}",
        )
        yield Case("all rows, in the background", spent(partial(listed, library), 1, wall))
        yield from narrow(library)
        yield from arrange(library)
        lists = memory() - before
        yield from over_time(library)
        yield from change(library)
        yield from connect(library)
    print(f"{'memory of the lists':44}{lists:9.0f} MB")
    print(f"{'memory at most':44}{memory():9.0f} MB")


def over_time(library: Library) -> Iterator[Case]:
    """Yield the cost of a round of the daily review, and of statistics."""
    later = NOW + timedelta(days=99)
    choose = partial(todays_round, library, now=later, size=10)
    yield Case("a round of the daily review", spent(choose, RUNS, wall))
    for name in PERIODS:
        count = partial(statistics, library, name, now=later)
        yield Case(f"statistics, {PERIOD_NAMES[name]}", spent(count, RUNS, wall), "budget 150")


def on_screen(folder: Path) -> Iterator[Case]:
    """Yield how long the user waits for the claims screen, on a terminal of its own."""
    user = folder / "user"
    with Library.open(folder / "data", state=user, cache=user / "annotator") as library:
        library.bring_up_to_date()
        every = list_marks(library, EVERYTHING).total
        totals = {
            word[:at]: list_marks(library, parse(f"{word[:at]}*")).total
            for word in TYPED
            for at in range(1, len(word) + 1)
        }
    environment = os.environ | {
        "ANNOTATOR_LIBRARY": str(folder / "data"),
        "XDG_CACHE_HOME": str(user),
        "XDG_STATE_HOME": str(user),
        "TERM": "xterm-256color",
    }
    with running([sys.executable, "-m", "annotator"], environment) as terminal:
        terminal.until(b"Story")
        time.sleep(LOOKED)
        terminal.rest()
        opened = terminal.answer(b"C", f"{every:,} marks".encode())
        yield Case("the claims screen, from the key to its rows", opened, f"budget {FIRST_ROWS_MS}")
        terminal.rest()
        terminal.press(b"/")
        times = [each for word in TYPED for each in typed(terminal, word, totals)]
        told = " ".join(f"{each:.0f}" for each in times)
        yield Case("  a letter, to its rows", median(times), f"{told}; budget {LETTER_MS}")


def typed(terminal: Terminal, word: str, totals: Mapping[str, int]) -> Iterator[float]:
    """Yield the milliseconds until each letter of a word has changed the number of rows."""
    terminal.press(CLEAR)
    before = 0
    for at, letter in enumerate(word, 1):
        total = totals[word[:at]]
        if total == before:
            terminal.press(letter.encode())
        else:
            yield terminal.answer(letter.encode(), f"{total:,} mark".encode())
            terminal.rest()
        before = total


def first_rows(opened: Callable[[], Library]) -> float:
    """Return the milliseconds until a new process has the first rows."""

    def show() -> None:
        with opened() as library:
            window(library, list_marks(library, EVERYTHING, limit=ROWS))

    return spent(show, RUNS, wall)


def narrow(library: Library) -> Iterator[Case]:
    """Yield the cost of each letter of some words, alone and after a filter, the first time."""
    for before in ("", "status:disputed ", "kind:claim speaker:12 "):
        for word in WORDS:
            letters = [f"{before}{word[:length]}*" for length in range(1, len(word) + 1)]
            times = [spent(partial(listed, library, parse(text)), 1, wall) for text in letters]
            name = f"a letter of “{before}{word}”"
            each = " ".join(f"{each:.0f}" for each in times)
            yield Case(name, max(times), f"the slowest of {each}; budget {LETTER_MS}")


def arrange(library: Library) -> Iterator[Case]:
    """Yield the cost of each grouping and order: the first time, and then narrowed by a letter."""
    for grouping in GROUPINGS:
        show = partial(listed, library, grouping=grouping)
        first = spent(show, 1, wall)
        again = spent(partial(show, parse("status:disputed")), RUNS, wall)
        yield Case(f"group by {grouping}", first, f"narrowed in {again:.0f}")
    for order in ORDERS:
        yield Case(f"sort by {order}", spent(partial(listed, library, order=order), 1, wall))


def change(library: Library) -> Iterator[Case]:
    """Yield the cost of changes to many marks at once, and of the lists after them."""
    chosen = [
        each.annotation
        for each in library.ask(questions.marks.find_marks(parse("status:open")))[:JUDGED]
    ]
    made = []

    def judge() -> None:
        made.append(
            change_marks(
                library, chosen, Changes(values={"status": "disputed"}), now=datetime.now(UTC)
            )
        )

    yield Case(f"status of {len(chosen):,} marks", spent(judge, 1, wall), articles(made[0]))
    yield Case("  the list after it", spent(partial(listed, library), 1, wall))
    one = chosen[:1]
    status = iter(STATUSES * RUNS)

    def judge_one() -> None:
        change_marks(library, one, Changes(values={"status": next(status)}), now=datetime.now(UTC))
        listed(library, Field("has", "claim"))

    yield Case("status of one mark, and the list after it", spent(judge_one, RUNS, wall))
    undone = partial(made[0].undo, library, now=datetime.now(UTC))
    yield Case("  undo the 500", spent(undone, 1, wall))
    tagged = list_marks(library, Field("tag", TAG)).total

    def rename() -> None:
        made.append(merge_tags(library, [TAG], "topic/power", now=datetime.now(UTC)))

    yield Case(f"rename a tag of {tagged:,} marks", spent(rename, 1, wall), articles(made[-1]))
    yield Case("  the list after it", spent(partial(listed, library), 1, wall))


def connect(library: Library) -> Iterator[Case]:
    """Yield the cost of the links and the tree of a claim that many marks support and oppose."""
    marks = [
        each.annotation
        for each in library.ask(questions.marks.find_marks(Field("kind", "claim")))[: LINKS + 1]
    ]
    claim, *others = marks
    linked = [
        replace(mark, links=(Link("opposes" if at % 2 else "supports", claim.id),))
        for at, mark in enumerate(others)
    ]
    with unsynced():
        library.put(linked)
    tree = partial(evidence_tree, library, claim)
    yield Case(f"tree of a claim with {len(linked)} links", spent(tree, RUNS, wall))
    yield Case(
        "links of the rows of a screen",
        spent(partial(link_ends, library, marks[:ROWS]), RUNS, wall),
    )


def listed(
    library: Library,
    query: Query = EVERYTHING,
    *,
    grouping: Grouping = "article",
    order: Order = "place",
) -> None:
    """List marks, and load those that a screen shows."""
    window(library, list_marks(library, query, grouping=grouping, order=order))


def window(library: Library, listing: MarkListing) -> None:
    """Load a screenful from the beginning of a list."""
    load_marks(library, listing.numbers[:ROWS])


def articles(step: MarkEdit) -> str:
    """Return in how many articles a step changed marks."""
    return f"in {len(step.article_ids):,} articles"


def memory() -> float:
    """Return the most memory that this process had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fill(folder: Path, size: int) -> None:
    """Make a library of that many articles with 10 marks each: claims for the most part."""
    with Library.open(folder / "data", state=folder / "state") as library, unsynced():
        for number in range(size):
            article = make_article(number)
            now = NOW + timedelta(minutes=number)
            library.store(Extraction(article), Page(article.url, "<p>"), now=now)
            library.put(make_marks(article, number, now))
    settle(folder / "data")


def make_marks(article: Article, number: int, now: datetime) -> Sequence[Annotation]:
    """Return the marks of an article, with what lists are grouped and sorted by."""
    chance = random.Random(number)
    made = []
    for at in range(MARKS):
        mark = make_mark(article, at)
        kind = chance.choice(KINDS)
        claim = Claim(
            statement=f"The minister of {chance.choice(SPEAKERS)} said it of item {number}",
            speaker=chance.choice(SPEAKERS),
            status=chance.choice(STATUSES),
            verdict=f"It is {chance.choice(STATUSES)}, see item {number}",
        )
        tags = (*mark.tags, TAG) if (number * MARKS + at) % TAGGED == 0 else mark.tags
        created = now + timedelta(seconds=at)
        is_claim = kind == "claim"
        made.append(
            replace(mark, kind=kind, claim=claim if is_claim else None, tags=tags, created=created)
        )
    return made


if __name__ == "__main__":
    main()
