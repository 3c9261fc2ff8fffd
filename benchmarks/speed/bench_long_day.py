"""A long day with the program: what it holds, and how quickly it answers, from start to end.

`python benchmarks bench_long_day [--articles N] [--marks N] [--changes N]` runs the
program's screens in one process: articles are opened and closed, marks made and undone, and
then nothing is pressed while another program changes the library, first before the list and
then before an article. The table has the memory, open files and threads of the process, the
objects that Python's collector knows, and the time from a key to its frame: wall-clock and
processor milliseconds, medians. Exits with 1 if the end of a part holds much more than its
middle.
"""

import argparse
import asyncio
import gc
import os
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from textual import _wait
from textual._styles_cache import StylesCache
from textual.pilot import Pilot
from textual.screen import Screen
from textual.worker import Worker

from annotator.anchoring import describe
from annotator.model import Annotation, Article, Block, Extraction, Page
from annotator.model.identity import id_of_url
from annotator.settings import Settings
from annotator.store import Library, new_id
from annotator.tui.app import AnnotatorApp

ARTICLES, MARKS, CHANGES = 500, 5_000, 6_000
PARAGRAPHS, SENTENCES = 12, 5
AT_ONCE = 50  # marks made, and then undone
SAMPLED_KEYS = 21
PATIENCE = 60.0  # seconds
GROWTH_MB, GROWTH_OBJECTS = 6.0, 4_000  # from the middle of a part to its end
NOW = datetime(2026, 3, 14, tzinfo=UTC)


class WatchedApp(AnnotatorApp):
    """The program, which notes when it drew its last frame."""

    drawn = (0.0, 0.0)

    def _display(self, screen: Screen[Any], renderable: Any) -> None:  # noqa: ANN401 - as Textual's
        super()._display(screen, renderable)
        self.drawn = time.perf_counter(), time.process_time()


@dataclass
class Sample:
    """The memory and handles of the process at a moment, and how quickly it answers a key."""

    part: str
    when: str
    megabytes: float
    files: int
    threads: int
    objects: int
    wall: float
    cpu: float
    kinds: Counter[str] = field(default_factory=Counter)


class Day:
    """The day of a user, who presses keys, and the samples taken during it."""

    def __init__(
        self, app: WatchedApp, pilot: Pilot[None], folder: Path, counts: tuple[int, int, int]
    ) -> None:
        self._folder = folder
        self.samples: list[Sample] = []
        self._pilot = pilot
        self._app = app
        self._articles, self._marks, self._changes = counts

    async def articles(self) -> None:
        """Open and close articles, one after the other."""
        for number in range(self._articles):
            if number in {self._articles // 20, self._articles // 2}:
                await self.sample("articles opened", f"{number:,}", "down", "up")
            await self._open()
            await self._press("space", "j")
            await self._close()
            await self._press("down")
        await self.sample("articles opened", f"{self._articles:,}", "down", "up")

    async def marks(self) -> None:
        """Make marks in an article and undo them."""
        await self._open()
        await self._press("g", "s")
        for number in range(0, self._marks, AT_ONCE):
            if number in {AT_ONCE, self._marks // 2 // AT_ONCE * AT_ONCE}:
                await self.sample("marks undone", f"{number:,}", "j", "k")
            await self._press(*("2", "j") * AT_ONCE)
            await self._settled()
            await self._press(*["u"] * AT_ONCE, "g")
            await self._settled()
        await self.sample("marks undone", f"{self._marks:,}", "j", "k")
        await self._press("escape")
        await self._close()

    async def night(self) -> None:
        """Press nothing while another program changes the library."""
        await self._idle("idle before the list", "down", "up")
        await self._open()
        await self._idle("idle before an article", "j", "k")
        await self._close()

    async def sample(self, part: str, when: str, *keys: str) -> None:
        """Note what the process holds, after pressing keys and measuring them."""
        times = [await self._frame(keys[number % 2]) for number in range(SAMPLED_KEYS)]
        await self._pilot.pause(0.5)
        StylesCache.get_inner_outer.cache_clear()  # of a thousand widgets, the removed ones too
        gc.collect()
        kinds = Counter(type(each).__qualname__ for each in gc.get_objects())
        sample = Sample(
            part,
            when,
            _megabytes(),
            len(os.listdir("/proc/self/fd")),  # noqa: PTH208 - no path objects are needed
            len(os.listdir("/proc/self/task")),  # noqa: PTH208 - as above
            sum(kinds.values()),
            statistics.median(wall for wall, _ in times),
            statistics.median(cpu for _, cpu in times),
            kinds,
        )
        self.samples.append(sample)
        print(_row(sample), flush=True)

    async def _idle(self, part: str, *keys: str) -> None:
        await self.sample(part, "start", *keys)
        for when in ("middle", "end"):
            command = [__file__, "--change", str(self._folder), str(self._changes // 4)]
            other = await asyncio.create_subprocess_exec(sys.executable, *command)
            await other.wait()
            await self._pilot.pause(3)  # until it is noticed
            await self.sample(part, when, *keys)

    async def _frame(self, key: str) -> tuple[float, float]:
        """Return the milliseconds from a key to the frame that it changes."""
        wall, cpu = time.perf_counter(), time.process_time()
        await self._press(key)
        drawn = self._app.drawn
        return (drawn[0] - wall) * 1000, (drawn[1] - cpu) * 1000

    async def _open(self) -> None:
        await self._press("enter")
        await self._until("ReaderScreen")

    async def _close(self) -> None:
        await self._press("q")
        await self._until("LibraryScreen")

    async def _press(self, *keys: str) -> None:
        await self._pilot.press(*keys)
        await self._pilot.pause()
        if not self._app.is_running:  # a signal has ended it, and further keys would do nothing
            raise RuntimeError(f"The program has ended, with exit code {self._app.return_code}.")

    async def _settled(self) -> None:
        """Wait until all that keys have started is done."""
        end = time.monotonic() + PATIENCE
        while going_on := [each for each in self._app.workers if self._is_going_on(each)]:
            if time.monotonic() > end:
                raise TimeoutError(f"This work never ended: {going_on}.")
            await self._pilot.pause(0.01)

    def _is_going_on(self, worker: Worker[Any]) -> bool:
        """Whether a worker of this screen is not done; screens below it wait for it to close."""
        return not worker.is_finished and worker.node.screen is self._app.screen

    async def _until(self, screen: str) -> None:
        end = time.monotonic() + PATIENCE
        while type(self._app.screen).__name__ != screen:
            if time.monotonic() > end:
                raise TimeoutError(f"{screen} never came; there is {self._app.screen!r}.")
            await self._pilot.pause(0.01)


def main() -> int:
    """Run the day, and return the exit code."""
    options = _options()
    if options.change:
        change_library(Path(options.change[0]), int(options.change[1]))
        return 0
    _wait.SLEEP_GRANULARITY = 0.005  # seconds; four times more would be most of the day
    counts = options.articles, options.marks, options.changes
    with tempfile.TemporaryDirectory() as folder:
        make_library(Path(folder), max(counts[0], 1))
        samples = asyncio.run(_run(Path(folder), counts))
    grown = list(_growth(samples))
    for each in grown:
        print(f"! {each}")
    return 1 if grown else 0


async def _run(folder: Path, counts: tuple[int, int, int]) -> list[Sample]:
    print(f"{'part':24}{'when':>8}{'MB':>8}{'files':>7}{'threads':>9}{'objects':>10}", end="")
    print(f"{'frame ms':>10}{'cpu ms':>8}")
    with _open_library(folder) as library:
        app = WatchedApp(
            library,
            Settings(export_folder=folder / "notes"),
            state=folder / "state",
            settings_file=folder / "settings.toml",
        )
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await pilot.pause(2)
            await _start_threads()
            day = Day(app, pilot, folder, counts)
            for part, count in zip((day.articles, day.marks, day.night), counts, strict=True):
                if count:
                    await part()
    return day.samples


async def _start_threads() -> None:
    """Start all threads of the pool, which grows to its size whenever it has more to do at once."""
    await asyncio.gather(*(asyncio.to_thread(time.sleep, 0.1) for _ in range(64)))


def make_library(folder: Path, count: int) -> None:
    """Make a library with some articles."""
    with _open_library(folder) as library:
        for number in range(count):
            _add(library, number)


def change_library(folder: Path, count: int) -> None:
    """Change a library as another program may do in a night: articles, marks, tags, removals."""
    chance = random.Random(os.getpid())
    with _open_library(folder) as library:
        ids = [record.id for record in library.records()]
        made: list[Annotation] = []
        for number in range(count):
            article_id = chance.choice(ids)
            match number % 6:
                case 0:
                    _add(library, chance.randrange(10**9))
                case 1 | 2 | 3:
                    made.append(_mark(library, article_id, chance))
                case 4:
                    mark = made.pop()
                    library.article(mark.article_id).remove([mark.id], now=datetime.now(UTC))
                case 5:
                    tags = (f"tag-{chance.randrange(50)}",)
                    library.article(article_id).update(partial(replace, tags=tags))


def _add(library: Library, number: int) -> None:
    chance = random.Random(number)
    sentence = "The {} of the town counted {} lamps and wrote the number {} into the book."
    texts = [
        " ".join(
            sentence.format(chance.choice(("clerk", "mayor", "baker")), chance.random(), each)
            for each in range(SENTENCES)
        )
        for _ in range(PARAGRAPHS)
    ]
    url = f"https://example.org/{number}"
    blocks = tuple(Block("paragraph", text) for text in texts)
    article = Article(id_of_url(url), url, f"Article {number}", blocks=blocks)
    library.store(Extraction(article), Page(url, f"<p>{texts[0]}</p>"), now=NOW)


def _mark(library: Library, article_id: str, chance: random.Random) -> Annotation:
    article = library.article(article_id).extraction().article
    span = article.span_of(chance.randrange(PARAGRAPHS))
    target, now = describe(article.text, span, revision=article.revision), datetime.now(UTC)
    mark = Annotation(new_id(), article_id, target, "claim", created=now, modified=now)
    library.put([mark])
    return mark


def _open_library(folder: Path) -> Library:
    return Library.open(folder / "library", state=folder / "state", cache=folder / "cache")


def _megabytes() -> float:
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def _growth(samples: list[Sample]) -> list[str]:
    """Return sentences about what the end of a part holds more than its middle."""
    found = []
    for part in dict.fromkeys(each.part for each in samples):
        middle, end = [each for each in samples if each.part == part][-2:]
        growth = {
            "MB": (end.megabytes - middle.megabytes, GROWTH_MB),
            "objects": (end.objects - middle.objects, GROWTH_OBJECTS),
            "files": (end.files - middle.files, 0),
            "threads": (end.threads - middle.threads, 0),
        }
        more = [f"{size:,.0f} {what}" for what, (size, limit) in growth.items() if size > limit]
        if more:
            most = (end.kinds - middle.kinds).most_common(8)
            kinds = ", ".join(f"{count:,} {kind}" for kind, count in most)
            found.append(f"{part}: {', '.join(more)} more at the end than in the middle ({kinds}).")
    return found


def _row(sample: Sample) -> str:
    numbers = f"{sample.megabytes:>8.1f}{sample.files:>7}{sample.threads:>9}{sample.objects:>10,}"
    return f"{sample.part:24}{sample.when:>8}{numbers}{sample.wall:>10.1f}{sample.cpu:>8.1f}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--marks", type=int, default=MARKS)
    parser.add_argument("--changes", type=int, default=CHANGES)
    parser.add_argument("--change", nargs=2, metavar=("FOLDER", "COUNT"), help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
