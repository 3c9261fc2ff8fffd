"""Machines with a library each, and the bare repository that they synchronise with."""

import os
import subprocess
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from annotator.anchoring import describe
from annotator.model import Annotation, Article, Span
from annotator.store import Library, new_id
from annotator.usecases.syncing.sync import SyncReport, set_up, sync
from builders import MOMENT, make_article, make_extraction, make_page


@pytest.fixture(autouse=True)
def _own_settings_of_git(tmp_path, monkeypatch):
    """Let git see no settings of the machine, so that it has no name either."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / "settings"))


class Machine:
    """A machine with a library of its own."""

    def __init__(self, home: Path, hub: Path) -> None:
        self.home = home
        self.hub = hub
        self.library = Library.open(home / "library", state=home / "state", cache=home / "cache")
        self.folder = self.library.folder

    def join(self, url: str = "", **options) -> SyncReport:
        """Set up the sync with the hub, and synchronise."""
        set_up(self.library, url or str(self.hub), **options)
        return self.sync()

    def sync(self, **options) -> SyncReport:
        """Synchronise."""
        return sync(self.library, now=MOMENT, **options)

    def git(self, *arguments: str, **options) -> str:
        """Run git by hand."""
        names = ("-c", "user.name=By hand", "-c", "user.email=hand@example.org")
        command = ["git", "-C", str(self.folder), *names, *arguments]
        done = subprocess.run(command, capture_output=True, check=True, **options)
        return done.stdout.decode("utf-8", "surrogateescape")

    def tree(self) -> str:
        """Return the tree of the last commit."""
        return self.git("rev-parse", "HEAD^{tree}").strip()

    def add(self, number: int, *, text: str = "") -> Article:
        """Add an article."""
        url = f"https://example.org/{number}"
        text = text or f"Prices of {number} rose by a tenth.\n\nWages of {number} did not."
        article = make_article(text, title=f"Article {number}", url=url)
        page = make_page(f"<p>{text}</p>", url=url)
        self.library.store(make_extraction(article), page, now=MOMENT)
        return article

    def mark(self, article: Article, *, note: str = "", tags: tuple[str, ...] = ()) -> Annotation:
        """Mark the beginning of an article."""
        target = describe(article.text, Span(0, 6), revision=article.revision)
        now = datetime.now(UTC)
        made = Annotation(
            new_id(), article.id, target, "claim", tags, note, created=now, modified=now
        )
        self.library.put([made])
        return made

    def edit(self, mark: Annotation, **changes) -> None:
        """Change a mark now."""
        now = datetime.now(UTC)
        change = partial(replace, modified=now, **changes)
        self.library.article(mark.article_id).revise(mark.id, change)

    def marks(self, article: Article) -> dict[str, Annotation]:
        """Return the marks of an article by their ids."""
        return {mark.id: mark for mark in self.library.article(article.id).annotations()}

    def ids(self) -> list[str]:
        """Return the ids of all articles."""
        return sorted(record.id for record in self.library.records())

    def file(self, article: Article) -> Path:
        """Return the article's own file."""
        return self.folder / "articles" / article.id[:2] / article.id / "annotations.json"


@pytest.fixture
def hub(tmp_path) -> Path:
    """Return an empty bare repository."""
    path = tmp_path / "hub.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(path)], check=True)
    return path


@pytest.fixture
def machine(tmp_path, hub):
    """Return a function that gives a machine by its name."""
    made: dict[str, Machine] = {}

    def get(name: str) -> Machine:
        if name not in made:
            made[name] = Machine(tmp_path / name, hub)
        return made[name]

    yield get
    for opened in made.values():
        opened.library.close()


@pytest.fixture
def one(machine) -> Machine:
    """Return a machine whose library is in the hub, with an article."""
    first = machine("one")
    first.article = first.add(1)
    first.join()
    return first


@pytest.fixture
def two(one, machine) -> Machine:
    """Return another machine that has joined."""
    second = machine("two")
    second.join()
    return second


def settle(*machines: Machine) -> None:
    """Synchronise until all have everything."""
    for opened in (*machines, *machines):
        opened.sync()


@pytest.fixture(scope="session", autouse=True)
def _not_as_root():
    os.environ.setdefault("GIT_CONFIG_NOSYSTEM", "1")
