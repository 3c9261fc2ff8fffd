import os
import time
from pathlib import Path

import pytest

from annotator.errors import InvalidInput, LibraryReadOnly
from annotator.usecases.articles.add import add_all
from annotator.usecases.articles.new_files import finished_files, new_files

PAGE = """<!DOCTYPE html><html lang=en><!--
 Page saved with SingleFile
 url: https://example.org/news/%s
 saved date: Sun Nov 29 2026 03:34:50 GMT+0000 (Coordinated Universal Time)
--><title>The bridge stays open</title><article><h1>The bridge stays open</h1>
<p>The council voted 3 to 2 on Tuesday to keep the old bridge open until the new one is ready."""
TEXT = "The council voted 3 to 2 on Tuesday to keep the old bridge open until spring.\n"
OBSIDIAN = f"""---
title: "The bridge stays open"
source: "https://example.org/clipped"
author:
  - "[[Ann Lee]]"
published: 2026-11-20
created: 2026-11-29
tags:
  - "clippings"
---
{TEXT}"""
MARKDOWNLOAD = f"""---
created: 2026-11-29T03:40:00 (UTC +00:00)
tags: [bridge]
source: https://example.org/downloaded
author: Ann Lee
---

# The bridge stays open

{TEXT}"""
MHTML = f"""From: <Saved by Blink>
Snapshot-Content-Location: https://example.org/archived
Subject: The bridge stays open
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="B"

--B
Content-Type: text/html
Content-Location: https://example.org/archived

<html><title>The bridge stays open</title><p>{TEXT}</html>
--B--
"""
LETTER = f"""From: Ann Lee <ann@example.org>
Subject: The bridge stays open
Date: Sun, 29 Nov 2026 03:40:00 +0000
Message-ID: <1@example.org>

{TEXT}"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "Downloads").mkdir()
    return tmp_path / "Downloads"


def write(path, text, *, age=60.0):
    path.write_text(text, "utf-8")
    os.utime(path, (time.time() - age,) * 2)
    return path


def names(new):
    return [Path(source.name).name for source in new.sources]


async def add_new(library, folder, moment):
    attempts = []
    new = new_files(library, folder)
    await add_all(library, new.sources, now=moment, report=attempts.append)
    return attempts


async def test_what_browsers_and_clippers_save_becomes_articles_at_their_addresses(
    library, folder, moment, cleaned_here
):
    kept = {
        "page.html": PAGE % "saved",
        "page.mhtml": MHTML,
        "clip.md": OBSIDIAN,
        "load.md": MARKDOWNLOAD,
        "letter.eml": LETTER,
    }
    for name, text in kept.items():
        write(folder / name, text)
    attempts = await add_new(library, folder, moment)
    assert [attempt.error for attempt in attempts] == [None] * len(kept)
    records = {record.url: record for record in library.records()}
    at = "https://example.org/"
    assert records.keys() >= {f"{at}news/saved", f"{at}archived", f"{at}clipped", f"{at}downloaded"}
    assert {record.title for record in records.values()} == {"The bridge stays open"}
    assert records[f"{at}clipped"].byline == records[f"{at}downloaded"].byline == ("Ann Lee",)
    assert records[f"{at}clipped"].published == "2026-11-20"
    assert names(new_files(library, folder)) == []


def test_files_of_other_kinds_are_no_news(library, folder):
    write(folder / "notes.md", "# My notes\n\nsource: none\n")
    write(folder / "front.md", "---\ntitle: Mine\n---\nText.\n")
    write(folder / "photo.jpg", "x")
    write(folder / ".hidden.html", PAGE % "a")
    write(folder / "page.html.crdownload", PAGE % "b")
    (folder / "folder.html").mkdir()
    assert new_files(library, folder) == new_files(library, folder.parent)


def test_a_file_that_is_still_written_waits(library, folder):
    write(folder / "just.html", PAGE % "a", age=0)
    write(folder / "begun.pdf", "")
    write(folder / "half.pdf", "%PDF-")
    write(folder / "half.pdf.part", "%PDF-")
    new = new_files(library, folder)
    assert (names(new), len(new.unfinished)) == ([], 3)


@pytest.mark.slow
async def test_a_file_that_was_just_written_is_waited_for(library, folder):
    write(folder / "just.html", PAGE % "a", age=0)
    assert names(await finished_files(library, folder)) == ["just.html"]


async def test_a_file_is_known_by_what_is_in_it(library, folder, moment, cleaned_here):
    write(folder / "first.html", PAGE % "a", age=90)
    write(folder / "second.html", PAGE % "a")
    assert names(new_files(library, folder)) in (["first.html"], ["second.html"])
    await add_new(library, folder, moment)
    (folder / "first.html").rename(folder / "renamed.html")
    write(folder / "copied.html", PAGE % "a")
    assert names(new_files(library, folder)) == []
    write(folder / "copied.html", PAGE % "b", age=30)
    assert names(new_files(library, folder)) == ["copied.html"]


async def test_what_is_refused_is_said_once_until_it_changes(library, folder, moment, cleaned_here):
    write(folder / "empty.html", "<html><title>Nothing</title></html>")
    [attempt] = await add_new(library, folder, moment)
    assert "No readable text" in attempt.error.message
    assert names(new_files(library, folder)) == []
    write(folder / "empty.html", PAGE % "now", age=30)
    assert names(new_files(library, folder)) == ["empty.html"]


async def test_a_file_that_the_library_could_not_take_stays_new(
    library, folder, moment, cleaned_here
):
    write(folder / "page.html", PAGE % "a")
    library._access.refuse_changes(LibraryReadOnly, "The library is read-only.", "")
    [attempt] = await add_new(library, folder, moment)
    assert attempt.error.message == "The library is read-only."
    assert names(new_files(library, folder)) == ["page.html"]


def test_what_is_no_folder_is_told(library, folder):
    with pytest.raises(InvalidInput, match="is no folder"):
        new_files(library, folder / "missing")
