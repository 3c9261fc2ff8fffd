"""Importing a file in the library: choosing it, stopping, the report, and marks not found."""

import threading

import pytest
from textual import events

from annotator.tui.importing import completion, files_at, typed_path
from serving import serve


def story(title: str) -> bytes:
    text = "".join(f"<p>Paragraph {n} about {title}, of enough words.</p>" for n in "1234")
    return f"<title>{title}</title><article><h1>{title}</h1>{text}</article>".encode()


@pytest.fixture
def site(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with serve({f"/{name.lower()}": story(name) for name in ("Bread", "Milk")}) as site:
        yield site


@pytest.fixture
def downloads(tmp_path, monkeypatch, site):
    """Put a list of addresses into the folder of downloads."""
    folder = tmp_path / "home" / "Downloads"
    (folder / "older").mkdir(parents=True)
    (folder / "list of pages").write_text(
        f"{site.url('/bread')} Bread\n{site.url('/none')} Gone\nno address\n{site.url('/milk')}\n"
    )
    (folder / "odd.pdf").write_bytes(b"%PDF-1.7")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return folder


async def test_a_file_is_chosen_imported_and_reported(library, downloads, visit):
    async with visit() as reader:
        await reader.press("P")
        await reader.sees("Import a file", "~/Downloads/", "list of pages", "odd.pdf", "older/")
        await reader.type(f"{downloads}/odd")
        await reader.press("right", "enter")
        await reader.until(lambda: "is a PDF document" in reader.toasts)
        await reader.press(*["backspace"] * len("odd.pdf"), "tab", "enter")
        await reader.sees("Import 3 items", "3 items, 0 highlights, 1 skipped", "Enter start")
        assert library.records() == ()
        await reader.sees("fetch 3 pages of your own network")
        await reader.press("l")
        await reader.sees("not fetch 3 pages of your own network")
        await reader.press("enter")
        await reader.sees("Imported", "Items: 3 added.", "2 pages fetched", "line 3", "404")
        await reader.press("enter")  # on the line that is no address
        await reader.until(lambda: "has no article" in reader.toasts)
        await reader.press("escape")
        await reader.sees("3 articles")
        assert {each.title for each in library.records()} == {"Bread", "Milk", "Gone"}


async def test_a_page_that_is_pasted_as_the_path_is_refused(downloads, visit):
    async with visit() as reader:
        await reader.press("P")
        await reader.sees("Import a file")
        reader.app.post_message(events.Paste("long words " * 400))
        await reader.press("enter")
        await reader.until(lambda: "No file has so long a name: " in reader.toasts)


async def test_an_import_is_stopped_and_keeps_what_is_done(library, downloads, site, visit):
    site.holds["/milk"] = threading.Event()
    async with visit() as reader:
        await reader.press("P")
        await reader.press("tab", "enter")
        await reader.sees("Import 3 items")
        await reader.press("l", "enter")
        await reader.sees("2 of 3 items")
        await reader.press("escape")
        await reader.sees("Import stopped", "It was stopped. Items: 2 added.")
        site.holds["/milk"].set()
        assert len(library.records()) == 2


def test_paths_are_completed(downloads):
    assert completion("~/Downloads/LIST") == "~/Downloads/list of pages"
    assert completion("~/Downloads/o") == ""
    assert completion("~/Down") == "~/Downloads/"
    names = [row.label for row in files_at("~/Downloads/")]
    assert names == ["list of pages", "odd.pdf", "older/", "All files of this folder"]
    assert files_at("/nowhere/at/all") == ()


def test_an_absolute_path_takes_the_place_of_the_folder_before_it():
    assert typed_path("~/Downloads//media/disk/a.zip") == "/media/disk/a.zip"
    assert typed_path("~/Downloads/~/a.zip") == "~/a.zip"
    assert typed_path("~/Downloads/file:///media/a.zip") == "/media/a.zip"
    assert typed_path("~/Downloads/a~/b") == "~/Downloads/a~/b"
