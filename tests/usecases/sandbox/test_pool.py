"""Cleaning in a child process: the same article, and limits that hold."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from annotator import codec
from annotator.errors import CleaningError
from annotator.extract import extract
from annotator.model import PLAIN_TEXT, Extraction, Page
from annotator.usecases.sandbox import pool, worker
from annotator.usecases.sandbox.pool import CleaningLimits, clean

PARAGRAPH = "The river ran past the mill, slow and brown, and nobody said how long it had done so."
BODY = f"<p>{PARAGRAPH}</p>" + "".join(
    f"<p>In the year {year} the wheel was mended, the sluice was cleared, and the miller slept.</p>"
    for year in range(1880, 1900)
)
ARTICLE = Page(
    url="https://example.org/a",
    html=f"<html><title>A quiet article</title><body><article>{BODY}</article></body></html>",
    fetched_at=datetime(2026, 3, 14, tzinfo=UTC),
)
# Seconds of work: a page as long as the limit lets pass, each paragraph unlike the others.
ENDLESS = Page(
    url="https://example.org/a",
    html="".join(f"<p>{number} {PARAGRAPH}</p>" for number in range(45_000)),
)


def children() -> list[str]:
    """Return the cleaning processes that this one has started."""
    tasks = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    started = [pid for task in tasks for pid in task.read_text().split()]
    return [
        pid for pid in started if b"sandbox.worker" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]


needs_processes = pytest.mark.skipif(
    not Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").exists(),
    reason="the system does not list a process's children",
)


async def test_the_child_gives_the_article_that_the_parent_would():
    assert await clean(ARTICLE) == extract(ARTICLE)


async def test_a_plain_text_is_cleaned_as_well():
    page = Page(url="", html=f"A title\n\n{PARAGRAPH}\n", media_type=PLAIN_TEXT)
    assert PARAGRAPH in (await clean(page)).article.text


async def test_the_child_takes_nothing_from_the_folder_it_is_started_in(tmp_path, monkeypatch):
    (tmp_path / "json.py").write_text("raise SystemExit('taken')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert PARAGRAPH in (await clean(ARTICLE)).article.text


async def test_a_page_without_text_is_refused():
    with pytest.raises(CleaningError, match="holds no text to read") as refused:
        await clean(Page(url="https://example.org/a", html="<script>draw()</script>"))
    assert refused.value.hint.endswith(".")


async def test_a_page_of_too_many_characters_is_refused():
    with pytest.raises(CleaningError, match="more than 1,000 characters"):
        await clean(ARTICLE, limits=CleaningLimits(characters=1000))


async def test_the_pictures_within_a_saved_page_do_not_count():
    picture = f'<img src="data:image/png;base64,{"iVBORw0KGgo" * 1000}" alt="A mill">'
    page = Page(url=ARTICLE.url, html=ARTICLE.html.replace("<p>", f"{picture}<p>", 1))
    limits = CleaningLimits(characters=len(ARTICLE.html) + 100)
    assert PARAGRAPH in (await clean(page, limits=limits)).article.text


async def test_a_page_that_takes_too_long_is_given_up():
    with pytest.raises(CleaningError, match=r"could not be cleaned within 0\.5 seconds"):
        await clean(ENDLESS, limits=CleaningLimits(wall_seconds=0.5))


async def test_a_page_that_keeps_the_processor_too_long_is_given_up():
    with pytest.raises(CleaningError, match="could not be cleaned within"):
        await clean(ENDLESS, limits=CleaningLimits(cpu_seconds=1))


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has no such limit")
async def test_a_page_that_needs_too_much_memory_is_given_up():
    page = Page(url="", html=f"<p>{PARAGRAPH}</p>" * 40_000)
    with pytest.raises(CleaningError, match="needs more than 100 MB of memory"):
        await clean(page, limits=CleaningLimits(memory_bytes=100 << 20))


@needs_processes
async def test_cancelling_ends_the_child():
    task = asyncio.create_task(clean(ENDLESS))
    await asyncio.wait({task}, timeout=0.5)
    assert len(children()) == 1
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not children()


@needs_processes
async def test_no_child_outlives_its_time():
    with pytest.raises(CleaningError):
        await clean(ENDLESS, limits=CleaningLimits(wall_seconds=0.5))
    assert not children()


def test_the_child_answers_with_an_extraction_in_json():
    code, answer = worker.answer_to(codec.encode(worker.Task(ARTICLE)))
    assert code == worker.DONE
    assert codec.decode(answer, Extraction) == extract(ARTICLE)


def test_a_child_that_breaks_says_where_and_prints_nothing():
    arguments = [*filter(None, sys.path), "20", str(1 << 30)]
    command = [sys.executable, "-I", "-c", pool._START, *arguments]
    done = subprocess.run(command, input=b"no page", capture_output=True, check=False)
    assert done.returncode == worker.FAILED
    assert done.stdout.startswith(b"DecodeError in ")
    assert done.stderr == b""


@pytest.mark.parametrize(
    ("code", "answer", "words"),
    [
        (worker.REFUSED, json.dumps(["It is a poem.", "Read it aloud."]).encode(), "poem"),
        (worker.OUT_OF_MEMORY, b"", "needs more than 1024 MB of memory"),
        (worker.FAILED, b"KeyError in \x1b[31mwalk, line 3", r"\(KeyError in walk, line 3"),
        (-signal.SIGKILL, b"", "within 15 seconds"),
        (-signal.SIGSEGV, b"", "exit code -11"),
    ],
)
def test_whatever_ends_a_child_is_told_in_words(code, answer, words):
    with pytest.raises(CleaningError, match=words) as told:
        pool._refuse(code, answer, CleaningLimits())
    assert told.value.message.endswith(".")
    assert told.value.hint.endswith(".")


def test_an_answer_that_was_cut_is_told_in_words():
    with pytest.raises(CleaningError, match="its answer was cut"):
        pool._decoded(b'{"article": ', Extraction)
