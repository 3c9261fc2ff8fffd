"""The libraries for fault injection, and the counts of outcomes."""

import os
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from annotator.anchoring import describe
from annotator.model import Annotation, Article, Block, Extraction, Page
from annotator.model.identity import id_of_url
from annotator.store import Library, new_id

NOW = datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC)
PARAGRAPHS = 12


@dataclass
class Outcome:
    """The outcomes of trials with one kind of fault. `problems` are broken promises, in words."""

    trials: int = 0
    lost: int = 0
    silent: int = 0
    problems: list[str] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Outcome") -> None:
        """Add the outcomes of other trials."""
        self.trials += other.trials
        self.lost += other.lost
        self.silent += other.silent
        self.problems += other.problems
        self.others += other.others

    @property
    def rest(self) -> str:
        """The other outcomes, with counts."""
        return ", ".join(f"{count:,} {what}" for what, count in self.others.most_common())


def open_library(folder: Path) -> Library:
    """Open the library in `folder`."""
    return Library.open(folder / "library", state=folder / "state")


def make_article(number: int, *, edition: int = 0) -> Article:
    """Return an article with paragraphs to mark; editions differ in the last one."""
    url = f"https://example.org/{number}"
    texts = [f"Sentence {at} of article {number} says something." for at in range(PARAGRAPHS)]
    texts[-1] += f" This is edition {edition}." if edition else ""
    blocks = tuple(Block("paragraph", text) for text in texts)
    return Article(id_of_url(url), url, f"Article {number}", blocks=blocks)


def make_mark(
    article: Article, at: int, *, note: str = "", tags: tuple[str, ...] = ()
) -> Annotation:
    """Return a new mark on a paragraph."""
    target = describe(article.text, article.span_of(at), revision=article.revision)
    now = datetime.now(UTC)
    return Annotation(new_id(), article.id, target, "claim", tags, note, created=now, modified=now)


def store(library: Library, article: Article, *, after: int = 0) -> None:
    """Store an article."""
    page = Page(article.url, f"<p>{article.text}</p>", fetched_at=NOW)
    library.store(Extraction(article), page, now=NOW + timedelta(seconds=after))


def file_of(library: Library, article: Article) -> Path:
    """Return the path of an article's file."""
    return library.folder / "articles" / article.id[:2] / article.id / "annotations.json"


class Child:
    """A forked program that reports its work line by line."""

    def __init__(self, work: Callable[[Callable[[str], None]], None]) -> None:
        reading, writing = os.pipe()
        self.process = os.fork()
        if self.process == 0:
            os.close(reading)
            self._work(work, writing)
        os.close(writing)
        self._reading = reading

    def wait_for_first_line(self) -> None:
        """Return when it has reported its first line."""
        while os.read(self._reading, 1) != b"\n":
            pass

    def kill(self) -> list[str]:
        """Kill it, and return the lines that it reported completely."""
        os.kill(self.process, signal.SIGKILL)
        return self.wait()[0]

    def wait(self) -> tuple[list[str], int]:
        """Wait until it ends, and return the lines that it reported and its exit code."""
        with os.fdopen(self._reading, "rb") as pipe:
            said = pipe.read()
        _, status = os.waitpid(self.process, 0)
        return said.decode().split("\n")[:-1], os.waitstatus_to_exitcode(status)

    @staticmethod
    def _work(work: Callable[[Callable[[str], None]], None], writing: int) -> None:
        code = 70
        try:
            work(lambda line: _write_line(writing, line))
            code = 0
        finally:
            os._exit(code)  # a child must not run what the parent left to do


def _write_line(writing: int, line: str) -> None:
    os.write(writing, f"{line}\n".encode())


@contextmanager
def counted(outcome: Outcome, what: str) -> Iterator[None]:
    """Count a trial, and make an unexpected error a problem instead of the end."""
    outcome.trials += 1
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the trials continue, and it is reported
        outcome.problems.append(f"{what}: {error!r}")


def run_histories(folder: Path, count: int, run: Callable[[Path, Outcome], None]) -> Outcome:
    """Run histories of several machines, each in a folder of its own, and return the outcomes."""
    outcome = Outcome()
    for number in range(count):
        place = folder / str(number)
        with counted(outcome, f"history {number}"):
            run(place, outcome)
        shutil.rmtree(place)
    return outcome
