"""Adding articles: pasted, many at once, stopped, tried again, and in the background."""

import os
import threading

import pytest
from textual import events

from annotator.settings import Settings
from annotator.tui.jobs import AddDialog
from annotator.tui.library import screen as library_screen
from annotator.tui.library.screen import LibraryScreen
from annotator.tui.reader.screen import ReaderScreen
from annotator.usecases.articles import new_files
from builders import MOMENT
from clipboards import put_copied
from serving import serve


def story(title: str) -> bytes:
    text = "".join(
        f"<p>Paragraph {n} about {title}, of enough words to be one.</p>" for n in "1234"
    )
    return f"<title>{title}</title><article><h1>{title}</h1>{text}</article>".encode()


@pytest.fixture
def site(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with serve({f"/{name.lower()}": story(name) for name in ("Bread", "Milk")}) as site:
        yield site


async def paste(reader, text):
    reader.app.post_message(events.Paste(text))
    await reader.pilot.pause()


def titles(library):
    return sorted(each.title for each in library.records())


async def test_pasted_addresses_open_the_dialog_and_are_added(library, site, visit):
    async with visit() as reader:
        await paste(reader, "\n".join(site.url(f"/{name}") for name in ("bread", "milk", "none")))
        await reader.sees("Add articles", site.url("/milk"), "3 addresses and files to add.")
        assert library.records() == ()
        await reader.press("enter")
        await reader.sees("2 of 3 added, 1 failed", "✓", "✗", "returned 404")
        assert titles(library) == ["Bread", "Milk"]
        site.pages["/none"] = story("Nothing")
        await reader.press("tab", "F")
        await reader.sees("3 of 3 added")
        await reader.press("enter")
        await reader.sees("3 articles")


async def test_an_address_that_is_there_already_is_told(library, site, visit):
    async with visit() as reader:
        for _ in range(2):
            await paste(reader, f"{site.url('/bread')}\n{site.url('/bread')}")
            await reader.press("enter")
            await reader.sees("1 of 1 added")
            await reader.press("enter")
            await reader.until(lambda: isinstance(reader.app.screen, LibraryScreen))
        await reader.until(lambda: "Already in your library: “Bread”" in reader.toasts)


async def test_pasted_words_are_not_taken_for_addresses(visit):
    async with visit() as reader:
        await paste(reader, "Once upon a time.\nThere was a bridge.")
        await reader.until(lambda: "No web address or file" in reader.toasts)
        assert isinstance(reader.app.screen, LibraryScreen)


async def test_of_a_text_with_addresses_only_those_are_offered(visit):
    async with visit() as reader:
        await paste(reader, "Dear Ann,\n\nread https://example.org/a and this:\nexample.org/b\nBob")
        await reader.sees("Add articles", "https://example.org/a", "example.org/b", "2 addresses")
        assert "Bob" not in reader.screen


async def test_an_address_can_be_pasted_into_the_filter(keep, visit):
    keep()
    async with visit() as reader:
        await reader.press("slash")
        await paste(reader, "example.org/story")
        await reader.sees("“example.org/story”")
        assert isinstance(reader.app.screen, LibraryScreen)


async def test_one_is_stopped_and_tried_again_while_the_others_go_on(library, site, visit):
    async with visit() as reader:
        site.meeting = threading.Barrier(3)  # of which two come, so that the server waits
        await paste(reader, f"{site.url('/bread')}\n{site.url('/milk')}")
        await reader.press("enter")
        await reader.sees("0 of 2 added", "fetching …")
        await reader.press("tab")
        await reader.sees("x stop")
        await reader.until(lambda: site.most_at_once == 2)
        await reader.press("x")
        await reader.sees("0 of 2 added, 1 stopped")
        site.meeting.wait(9)
        site.meeting = None
        await reader.sees("1 of 2 added, 1 stopped")
        assert titles(library) == ["Milk"]
        await reader.press("r")
        await reader.sees("2 of 2 added")


async def test_an_address_that_failed_is_corrected_in_the_field(library, site, visit):
    wrong = site.url("/none")
    async with visit() as reader:
        await reader.press("a", *wrong, "enter")
        await reader.sees("0 of 1 added, 1 failed", "returned 404")
        await reader.press(*["backspace"] * len("none"), *"bread", "enter")
        await reader.sees("1 of 1 added", "Bread")
        assert "failed" not in reader.screen
        await reader.press("enter")
        await reader.until(lambda: isinstance(reader.app.screen, LibraryScreen))
        assert titles(library) == ["Bread"]


async def test_adding_goes_on_when_the_dialog_is_closed(library, site, visit):
    async with visit() as reader:
        site.meeting = threading.Barrier(3)
        await paste(reader, f"{site.url('/bread')}\n{site.url('/milk')}\n{site.url('/none')}")
        await reader.press("enter")
        await reader.until(lambda: site.most_at_once == 2)
        await reader.press("escape")
        await reader.sees("adding 0 of 3")
        await reader.press("a")
        await reader.sees("0 of 3 added", site.url("/none"))
        await reader.press("escape")
        site.meeting.wait(9)
        site.meeting = None
        await reader.until(
            lambda: "2 of 3 added, 1 failed. In the library, a shows why." in reader.toasts
        )
        await reader.sees("Bread", "Milk", "2 articles")
        assert "adding" not in reader.screen
        await reader.press("a")
        await reader.sees("returned 404")
        await reader.press("escape", "a")
        await reader.until(lambda: isinstance(reader.app.screen, AddDialog))
        assert "returned 404" not in reader.screen


async def test_what_was_added_is_told_while_an_article_is_read(keep, site, visit):
    keep()
    async with visit() as reader:
        site.meeting = threading.Barrier(3)
        await paste(reader, f"{site.url('/bread')}\n{site.url('/milk')}")
        await reader.press("enter")
        await reader.until(lambda: site.most_at_once == 2)
        await reader.press("escape", "enter")
        await reader.until(lambda: isinstance(reader.app.screen, ReaderScreen))
        site.meeting.wait(9)
        await reader.until(lambda: "Added 2 articles." in reader.toasts)
        await reader.press("q")
        await reader.sees("Bread", "Milk", "3 articles")


async def test_quitting_asks_while_articles_are_being_added(site, visit):
    async with visit() as reader:
        site.meeting = threading.Barrier(3)
        await paste(reader, f"{site.url('/bread')}\n{site.url('/milk')}")
        await reader.press("enter")
        await reader.until(lambda: site.most_at_once == 2)
        await reader.press("escape", "q")
        await reader.sees("Quit, and stop adding 0 of 2?")
        await reader.press("escape")
        await reader.sees("adding 0 of 2")
        await reader.press("q", "y")
        await reader.until(lambda: not reader.app.is_running)
        site.meeting.abort()


async def test_what_failed_is_news_for_some_seconds_only(library, keep, site, visit, monkeypatch):
    monkeypatch.setattr(library_screen, "NEWS_SECONDS", 0.05)
    keep()
    site.refusals["/late"] = 500
    async with visit() as reader:
        await paste(reader, site.url("/late"))
        await reader.press("enter")
        await reader.sees("returned 500")
        await reader.press("escape", "escape")
        await reader.until(lambda: reader.app.screen._told == 1)
        await reader.until(lambda: "failed" not in reader.screen)


async def test_addresses_that_failed_are_added_when_the_network_is_back(library, site, visit):
    late = site.url("/late")
    site.refusals["/late"] = 500
    async with visit() as reader:
        await reader.press("F")
        await reader.until(lambda: "No address has failed." in reader.toasts)
        await paste(reader, late)
        await reader.press("enter")
        await reader.sees("returned 500")
        await reader.press("escape", "escape")
        await reader.sees("1 failed, F tries again")
    del site.refusals["/late"]
    site.pages["/late"] = story("Later")
    async with visit() as reader:  # the list is kept when the program ends
        await reader.sees("1 failed, F tries again")
        await reader.press("F")
        await reader.sees("1 of 1 added")
        await reader.press("escape")
        await reader.sees("1 article", "Later")
        await reader.until(lambda: "failed" not in reader.screen)


async def test_what_is_typed_while_an_article_is_added_is_for_the_field(library, site, visit):
    async with visit() as reader:
        site.meeting = threading.Barrier(2)  # of which one comes, so that the server waits
        await reader.press("a", *site.url("/bread"), "enter")
        await reader.until(lambda: site.most_at_once == 1)
        await reader.press("escape", "a", *"example.org/x")
        site.meeting.wait(9)
        site.meeting = None
        await reader.sees("example.org/x", "1 of 1 added", "Bread")
        await reader.press(*"/q")  # which would quit, had the dialog closed itself
        await reader.sees("example.org/x/q")
        await reader.press("ctrl+u", *site.url("/milk"), "enter")
        await reader.sees("2 of 2 added")
        await reader.press("enter")
        await reader.until(lambda: isinstance(reader.app.screen, LibraryScreen))
        assert titles(library) == ["Bread", "Milk"]


async def test_the_only_article_that_was_added_is_under_the_cursor(keep, library, site, visit):
    keep()
    async with visit() as reader:
        await reader.press("a", *site.url("/milk"), "enter")
        await reader.sees("1 of 1 added", "Enter close")
        await reader.press("enter")
        await reader.until(lambda: "Added: “Milk”" in reader.toasts)
        await reader.until(lambda: reader.app.screen.record.title == "Milk")


async def test_addresses_that_failed_for_good_are_listed_with_the_reason_and_forgotten(
    library, keep, site, visit
):
    keep()
    gone = site.url("/gone")
    site.refusals["/gone"] = 404
    async with visit() as reader:
        await paste(reader, gone)
        await reader.press("enter")
        await reader.sees("returned 404")
        await reader.press("escape", "escape")
        await reader.press("F")
        await reader.sees("Addresses that failed for good", "/gone", "404")
        await reader.press("enter")
        await reader.until(lambda: f"Forgotten: {gone}" in reader.toasts)
    assert not library.failures.all()


async def test_a_copied_text_becomes_an_article(library, visit, tmp_path, monkeypatch):
    for name, value in put_copied(tmp_path, b"Bread costs more\n\nSays the office.").items():
        monkeypatch.setenv(name, value)
    async with visit() as reader:
        await reader.press("ctrl+v")
        await reader.sees("Add articles", "1 of 1 added")
        await reader.press("enter")
        await reader.sees("Bread costs more")
        assert titles(library) == ["Bread costs more"]
        await reader.press("i")
        await reader.sees("The text is from the clipboard.")


async def test_copied_addresses_are_fetched(library, site, visit, tmp_path, monkeypatch):
    copied = "\n".join(site.url(f"/{name}") for name in ("bread", "milk"))
    for name, value in put_copied(tmp_path, copied.encode()).items():
        monkeypatch.setenv(name, value)
    async with visit() as reader:
        await reader.press("ctrl+v")
        await reader.sees("2 of 2 added")
        assert titles(library) == ["Bread", "Milk"]


async def test_without_a_program_for_the_clipboard_the_advice_is_shown(
    visit, tmp_path, monkeypatch
):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    async with visit() as reader:
        await reader.press("ctrl+v")
        await reader.until(lambda: "Install wl-clipboard" in reader.toasts)


@pytest.fixture
def downloads(tmp_path, monkeypatch):
    """Give the folder of downloads, into which the library looks often."""
    monkeypatch.setattr(library_screen, "FOLDER_SECONDS", 0.05)
    folder = tmp_path / "Downloads"
    folder.mkdir()
    return folder


def save(folder, title):
    path = folder / f"{title}.html"
    path.write_bytes(story(title))
    os.utime(path, (MOMENT.timestamp(),) * 2)


async def test_new_files_of_a_folder_are_told_and_added_with_a_key(library, visit, downloads):
    save(downloads, "Bread")
    async with visit(settings=Settings(download_folder=downloads)) as reader:
        await reader.sees("1 new file, Ctrl+E")
        save(downloads, "Milk")
        await reader.sees("2 new files, Ctrl+E")
        words = "2 new files in Downloads. Ctrl+E adds them."
        await reader.until(lambda: words in reader.toasts)
        await reader.press("ctrl+e")
        await reader.sees("2 of 2 added")
        await reader.press("enter")
        await reader.until(lambda: "new file" not in reader.screen)
        await reader.press("ctrl+e")
        await reader.until(lambda: "No new files." in reader.toasts)
    assert titles(library) == ["Bread", "Milk"]


async def test_without_a_folder_the_key_says_how_to_set_one(visit, tmp_path):
    async with visit() as reader:
        await reader.press("ctrl+e")
        await reader.until(lambda: "Set download_folder" in reader.toasts)
    async with visit(settings=Settings(download_folder=tmp_path / "gone")) as reader:
        await reader.press("ctrl+e")
        words = f"There is no folder {tmp_path}/gone, which download_folder names."
        await reader.until(lambda: words in reader.toasts)


async def test_the_key_finds_what_was_saved_since_the_last_look(library, visit, tmp_path):
    async with visit(settings=Settings(download_folder=tmp_path)) as reader:
        await reader.press("ctrl+e")
        await reader.until(lambda: "No new files." in reader.toasts)
        save(tmp_path, "Bread")
        await reader.press("ctrl+e")
        await reader.sees("1 of 1 added")
    assert titles(library) == ["Bread"]


@pytest.mark.slow
async def test_the_key_says_that_it_waits_for_a_file_just_saved(library, visit, tmp_path):
    async with visit(settings=Settings(download_folder=tmp_path)) as reader:
        (tmp_path / "Bread.html").write_bytes(story("Bread"))
        await reader.press("ctrl+e")
        await reader.until(lambda: "Waiting for a file" in reader.toasts)
        await reader.sees("1 of 1 added")
        assert "Waiting" not in reader.toasts
    assert titles(library) == ["Bread"]


async def test_a_file_that_is_still_being_written_is_told(visit, tmp_path, monkeypatch):
    monkeypatch.setattr(new_files, "_SETTLING", 0.0)
    save(tmp_path, "Bread")
    (tmp_path / "Bread.html.part").touch()
    async with visit(settings=Settings(download_folder=tmp_path)) as reader:
        await reader.press("ctrl+e")
        await reader.until(lambda: "1 file is still being written." in reader.toasts)


async def test_files_that_are_being_added_are_no_news_and_what_failed_is_seen(visit, downloads):
    for number in range(20):
        save(downloads, f"Bread {number:02}")
    save(downloads, "Milk")
    os.utime(downloads / "Milk.html", (MOMENT.timestamp() + 1,) * 2)
    (downloads / "Salt.html").write_text("<title>Salt</title>")
    os.utime(downloads / "Salt.html", (MOMENT.timestamp() + 2,) * 2)
    async with visit(settings=Settings(download_folder=downloads), size=(80, 20)) as reader:
        await reader.sees("22 new files, Ctrl+E")
        await reader.until(lambda: "22 new files in Downloads" in reader.toasts)
        await reader.press("ctrl+e")
        await reader.sees("21 of 22 added, 1 failed", "No readable text")
        assert "Milk" in reader.screen
        assert "new files in Downloads" not in reader.toasts


async def test_a_dialog_whose_work_is_done_says_once_how_it_is_closed(visit, downloads):
    save(downloads, "Bread")
    async with visit(settings=Settings(download_folder=downloads)) as reader:
        await reader.press("ctrl+e")
        await reader.sees("1 of 1 added", "Enter close")
        assert "Esc close" not in reader.screen
        await reader.press("tab")
        await reader.sees("add more")
        assert reader.screen.count("close") == 1
