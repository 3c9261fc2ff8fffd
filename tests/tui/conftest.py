"""Fixtures: a library with articles, and the app on it, used by its keys and its screen."""

import inspect
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta

import pytest
from textual import _wait
from textual.pilot import Pilot

from annotator.model import Article
from annotator.settings import Settings
from annotator.tui import app as tui_app
from annotator.tui.app import AnnotatorApp
from builders import MOMENT, make_article, make_extraction, make_page
from viewing import text_of
from waiting import PATIENCE

STORY = """# How it began

Costs fell by nine percent in 2023. The mayor called it a triumph. Nobody asked her why.

The union disagrees: wages fell as well. It counted them twice.

# What came of it

In the end the bridge was built. It cost more than anyone had said it would."""

Visit = Callable[..., AbstractAsyncContextManager["Reader"]]
Keep = Callable[..., Article]

_IDLE_AFTER = 0.002  # seconds; Textual's own 0.02 after each key are a third of the time of a test
_SOON, _LATER = 0.005, 0.05  # seconds between two looks at what is waited for


@pytest.fixture(autouse=True)
def tasks_of_users(request) -> None:
    """Let every test of a screen run with the kind of tasks that users have."""
    if inspect.iscoroutinefunction(request.function):
        request.getfixturevalue("tasks")


@pytest.fixture(autouse=True)
def idle_soon(monkeypatch) -> None:
    """Take a program for idle soon after a key: tests wait for what they check."""
    monkeypatch.setattr(_wait, "SLEEP_GRANULARITY", _IDLE_AFTER)


class Reader:
    """A reader at the app: presses keys, looks at the screen."""

    def __init__(self, pilot: Pilot) -> None:
        self.pilot = pilot
        self.app: AnnotatorApp = pilot.app

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until the app is idle."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a text."""
        names = {
            " ": "space",
            "/": "slash",
            ".": "full_stop",
            ":": "colon",
            "-": "minus",
            "_": "underscore",
        }
        await self.press(*(names.get(character, character) for character in text))

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until a condition holds, and look less often the longer it takes."""
        pause, end = _SOON, time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > end:
                raise AssertionError(f"this never became true; the screen shows:\n{self.screen}")
            await self.pilot.pause(pause)
            pause = min(pause * 1.25, _LATER)

    async def sees(self, *words: str) -> None:
        """Wait until words are on the screen."""
        for each in words:
            await self.until(lambda each=each: each in self.screen)

    @property
    def screen(self) -> str:
        """The lines of the screen."""
        return text_of(self.app)

    @property
    def toasts(self) -> str:
        """The text of the notifications."""
        return "\n".join(each.message for each in self.app._notifications)


@pytest.fixture
def keep(library) -> Keep:
    """Keep an article of a text in the library."""

    def kept(text: str = STORY, *, url: str = "https://example.org/story", **rest) -> Article:
        access = rest.pop("access", "full")
        removals = rest.pop("removals", ())
        title = rest.pop("title", "The story of a bridge")
        now = MOMENT + timedelta(days=rest.pop("days", 0))
        article = make_article(text, title=title, url=url, **rest)
        extraction = make_extraction(article, access=access, removals=removals)
        library.store(extraction, make_page(url=url), now=now)
        return article

    return kept


@pytest.fixture
def visit(library, tmp_path, cleaned_here, monkeypatch) -> Visit:
    """Run the app on the library, or on one article."""
    monkeypatch.setattr(tui_app, "_MAX_WAIT", PATIENCE)  # for the list, on a busy machine

    @asynccontextmanager
    async def visited(
        article: Article | None = None,
        *,
        mark_id: str | None = None,
        size: tuple[int, int] = (100, 30),
        settings: Settings | None = None,
        kind: type[AnnotatorApp] = AnnotatorApp,
    ) -> AsyncIterator[Reader]:
        app = kind(
            library,
            settings or Settings(export_folder=tmp_path / "notes"),
            article_id=article.id if article else None,
            mark_id=mark_id,
            state=tmp_path / "state",
            settings_file=tmp_path / "settings.toml",
            now=lambda: MOMENT,
        )
        async with app.run_test(size=size, notifications=True) as pilot:
            reader = Reader(pilot)
            await reader.until(lambda: app.has_started)
            await pilot.pause()
            yield reader

    return visited


@pytest.fixture
def unused_server():
    """Listen at an address, and never answer."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/page"
