"""A sync from the screens says what came, what went and why it failed, and is in the status bar."""

import pytest

from annotator.settings import Settings
from annotator.store import Library
from annotator.usecases.syncing.sync import set_up, sync
from builders import MOMENT, make_article, make_extraction, make_page


@pytest.fixture
def hub(tmp_path, monkeypatch):
    """Return the folder of a repository, and let git see no settings of the machine."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / "settings"))
    return tmp_path / "hub.git"


@pytest.fixture
def other(hub, tmp_path):
    """Return the library of another machine that uses the same repository, with an article."""
    home = tmp_path / "other"
    with Library.open(home / "library", state=home / "state", cache=home / "cache") as library:
        set_up(library, str(hub))
        add(library, "Eels return")
        sync(library, now=MOMENT)
        yield library


def add(library, title):
    url = f"https://example.org/{title}"
    article = make_article("Prices rose by a tenth.", title=title, url=url)
    library.store(make_extraction(article), make_page(url=url), now=MOMENT)


async def test_without_a_repository_the_key_says_how_to_get_one(keep, visit):
    keep()
    async with visit() as reader:
        await reader.press("ctrl+s")
        await reader.until(lambda: "annotator sync --init URL" in reader.toasts)
        assert "synced" not in reader.screen


async def test_a_sync_shows_what_came_and_what_was_sent(library, other, hub, keep, visit):
    keep()
    set_up(library, str(hub))
    async with visit() as reader:
        await reader.sees("The story of a bridge", "never synced")
        await reader.press("ctrl+s")
        await reader.until(lambda: "From other machines: 1 added.\n“Eels return”" in reader.toasts)
        assert "Sent: 1 article." in reader.toasts
        await reader.sees("Eels return", "2 articles", "synced ")
    sync(other, now=MOMENT)
    assert {record.title for record in other.records()} == {"Eels return", "The story of a bridge"}


async def test_both_sides_are_the_same(library, other, hub, visit):
    set_up(library, str(hub))
    sync(library, now=MOMENT)
    async with visit() as reader:
        await reader.sees("Eels return")
        await reader.press("ctrl+s")
        await reader.until(lambda: "Both sides are the same." in reader.toasts)


async def test_a_sync_that_fails_says_why_and_the_bar_keeps_it(library, hub, keep, visit):
    keep()
    set_up(library, str(hub))
    sync(library, now=MOMENT)
    hub.rename(hub.with_name("away"))
    async with visit() as reader:
        await reader.press("ctrl+s")
        await reader.until(lambda: "Not synced." in reader.toasts)
        assert "Ctrl+S tries again." in reader.toasts
        await reader.sees("sync failed")


async def test_it_syncs_at_the_start_if_the_settings_say_so(
    library, other, hub, visit, monkeypatch
):
    monkeypatch.setattr("annotator.tui.app._DELAY", 0.01)
    set_up(library, str(hub))
    async with visit(settings=Settings(sync_on="start")) as reader:
        await reader.until(lambda: "“Eels return”" in reader.toasts)
        await reader.sees("1 article", "synced ")


async def test_the_palette_has_it(keep, visit):
    keep()
    async with visit() as reader:
        await reader.press("colon")
        await reader.type("sync")
        await reader.sees("Sync with your other machines")
