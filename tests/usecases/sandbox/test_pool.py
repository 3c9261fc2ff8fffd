"""Extraction in worker processes: the same article, limits that hold, no page for another."""

import asyncio
import json
import os
import resource
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from annotator import codec
from annotator.errors import CleaningError
from annotator.extract import extract
from annotator.model import PLAIN_TEXT, Extraction, Page
from annotator.model.document import FROM_BROWSER, TEXT_FROM
from annotator.usecases.sandbox import clean as cleaning
from annotator.usecases.sandbox import pool, protocol, spawn, worker
from annotator.usecases.sandbox.clean import clean
from annotator.usecases.sandbox.protocol import CleaningLimits, set_limits
from waiting import PATIENCE, until, wait_until

pytestmark = pytest.mark.slow

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
LONG = replace(ARTICLE, html="".join(f"<p>{number} {PARAGRAPH}</p>" for number in range(4_000)))
# Seconds of work: a page as long as the limit lets pass, each paragraph unlike the others.
ENDLESS = Page(
    url="https://example.org/a",
    html="".join(f"<p>{number} {PARAGRAPH}</p>" for number in range(45_000)),
)


def workers() -> set[str]:
    """Return the ids of the workers that this process has started."""
    tasks = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    started = {pid for task in tasks for pid in task.read_text().split()}
    return {
        pid for pid in started if b"sandbox.worker" in Path(f"/proc/{pid}/cmdline").read_bytes()
    }


def numbered(number: int) -> Page:
    """Return a page unlike those of other numbers."""
    return replace(ARTICLE, html=ARTICLE.html.replace("miller", f"miller of mill {number}"))


async def busy_worker() -> str:
    """Wait until there is a worker, and return its id."""
    await until(workers)
    return workers().pop()


needs_processes = pytest.mark.skipif(
    not Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").exists(),
    reason="the system does not list a process's children",
)


async def test_a_worker_returns_the_article_that_the_program_itself_would():
    assert await clean(ARTICLE) == extract(ARTICLE)


async def test_a_plain_text_is_cleaned_as_well():
    page = Page(url="", html=f"A title\n\n{PARAGRAPH}\n", media_type=PLAIN_TEXT)
    assert PARAGRAPH in (await clean(page)).article.text


async def test_a_worker_imports_nothing_from_the_folder_it_is_started_in(tmp_path, monkeypatch):
    (tmp_path / "json.py").write_text("raise SystemExit('taken')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert PARAGRAPH in (await clean(ARTICLE)).article.text


async def test_a_page_without_text_is_refused():
    with pytest.raises(CleaningError, match="No readable text on this page") as refused:
        await clean(Page(url="https://example.org/a", html="<script>draw()</script>"))
    assert refused.value.hint.endswith(".")


async def test_a_page_without_text_in_the_browser_is_not_advised_to_be_rendered():
    headers = ((TEXT_FROM, FROM_BROWSER),)
    with pytest.raises(CleaningError) as refused:
        await clean(Page("https://example.org/a", "<script>draw()</script>", headers=headers))
    assert "--render" not in refused.value.hint


async def test_a_page_of_too_many_characters_is_refused():
    with pytest.raises(CleaningError, match="more than 1,000 characters"):
        await clean(ARTICLE, limits=CleaningLimits(characters=1000))


async def test_the_pictures_within_a_saved_page_do_not_count():
    picture = f'<img src="data:image/png;base64,{"iVBORw0KGgo" * 1000}" alt="A mill">'
    page = Page(url=ARTICLE.url, html=ARTICLE.html.replace("<p>", f"{picture}<p>", 1))
    limits = CleaningLimits(characters=len(ARTICLE.html) + 100)
    assert PARAGRAPH in (await clean(page, limits=limits)).article.text


async def test_a_page_that_takes_too_long_is_given_up():
    with pytest.raises(CleaningError, match=r"The page could not be read within 0\.5 seconds"):
        await clean(ENDLESS, limits=CleaningLimits(wall_seconds=0.5))


async def test_a_page_that_keeps_the_processor_too_long_is_given_up():
    with pytest.raises(CleaningError, match="The page could not be read within"):
        await clean(ENDLESS, limits=CleaningLimits(cpu_seconds=0))  # none beyond a full second


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has no such limit")
async def test_a_page_that_needs_too_much_memory_is_given_up():
    page = Page(url="", html=f"<p>{PARAGRAPH}</p>" * 40_000)
    with pytest.raises(CleaningError, match="needs more than 100 MB of memory"):
        await clean(page, limits=CleaningLimits(memory_bytes=100 << 20))


@needs_processes
async def test_cancelling_ends_the_worker():
    task = asyncio.create_task(clean(ENDLESS))
    await asyncio.wait({task}, timeout=0.5)
    assert len(workers()) == 1
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not workers()


@needs_processes
async def test_a_worker_ends_with_a_page_that_takes_too_long():
    with pytest.raises(CleaningError):
        await clean(ENDLESS, limits=CleaningLimits(wall_seconds=0.5))
    assert not workers()


@needs_processes
async def test_one_worker_is_started_ahead_and_gets_the_first_page():
    await asyncio.gather(pool.prepare(), pool.prepare())
    first = {await busy_worker()}
    assert await clean(ARTICLE) == extract(ARTICLE)
    assert workers() == first


@needs_processes
async def test_a_worker_stays_for_the_next_page():
    await clean(ARTICLE)
    first = workers()
    await clean(ARTICLE)
    assert workers() == first != set()


@needs_processes
async def test_a_worker_stays_though_the_program_that_started_it_is_large():
    ballast = bytearray(os.urandom(1 << 20)) * ((worker.MAX_RESIDENT >> 20) + 64)
    await clean(ARTICLE)
    first = workers()
    await clean(ARTICLE)
    assert workers() == first != set()
    del ballast


@needs_processes
async def test_a_worker_is_replaced_after_some_pages_and_none_is_lost():
    seen = set()
    for number in range(worker.MAX_PAGES + 2):
        assert await clean(numbered(number)) == extract(numbered(number))
        seen |= workers()
    assert len(seen) == 2


@needs_processes
async def test_there_are_two_workers_at_most_and_every_page_gets_its_own_article(monkeypatch):
    monkeypatch.setattr(pool, "PATIENCE", 0.01)
    pages = [numbered(number) for number in range(20)]
    articles = await asyncio.gather(*map(clean, pages))
    assert articles == [extract(page) for page in pages]
    assert len(workers()) == 2


@needs_processes
async def test_a_second_worker_waits_until_a_page_has_waited(monkeypatch):
    monkeypatch.setattr(pool, "PATIENCE", 60.0)  # the first takes long to start on a busy machine
    await asyncio.gather(*(clean(numbered(number)) for number in range(3)))
    assert len(workers()) == 1


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has no such limit")
async def test_pages_that_exceed_a_limit_do_no_harm_to_those_between():
    hostile = [
        (ENDLESS, CleaningLimits(wall_seconds=0.5), "within 0.5 seconds"),
        (ENDLESS, CleaningLimits(memory_bytes=100 << 20), "more than 100 MB"),
        (Page(url="", html="<script>draw()</script>"), CleaningLimits(), "No readable text"),
    ]
    for number, (page, limits, words) in enumerate(hostile):
        assert await clean(numbered(number)) == extract(numbered(number))
        with pytest.raises(CleaningError, match=words):
            await clean(page, limits=limits)
        assert await clean(numbered(number)) == extract(numbered(number))


@needs_processes
async def test_a_page_whose_worker_was_killed_is_given_to_a_fresh_one():
    await clean(ARTICLE)
    warm = await busy_worker()
    task = asyncio.create_task(clean(LONG))
    await asyncio.wait({task}, timeout=0.1)
    os.kill(int(warm), signal.SIGKILL)
    assert await task == extract(LONG)
    assert warm not in workers()


@needs_processes
async def test_a_page_gets_no_more_time_for_being_tried_again():
    await clean(ARTICLE)
    warm = await busy_worker()
    begin = time.monotonic()
    task = asyncio.create_task(clean(ENDLESS, limits=CleaningLimits(wall_seconds=1.0)))
    await asyncio.wait({task}, timeout=0.7)
    os.kill(int(warm), signal.SIGKILL)
    with pytest.raises(CleaningError, match="within 1 seconds"):
        await task
    assert time.monotonic() - begin < 1.4


@needs_processes
async def test_a_page_that_ends_a_fresh_worker_is_refused_and_the_next_one_is_not():
    task = asyncio.create_task(clean(ENDLESS))
    os.kill(int(await busy_worker()), signal.SIGSEGV)
    with pytest.raises(CleaningError, match="exit code -11"):
        await task
    assert await clean(ARTICLE) == extract(ARTICLE)


async def test_a_page_that_no_longer_waits_leaves_its_place_to_the_next():
    tasks = [asyncio.create_task(clean(numbered(number))) for number in range(4)]
    await asyncio.sleep(0)
    for task in tasks[:3]:
        task.cancel()
    assert await tasks[3] == extract(numbered(3))


@needs_processes
async def test_workers_end_when_none_was_needed_for_a_while(monkeypatch):
    monkeypatch.setattr(pool, "IDLE_SECONDS", 0.05)
    await clean(ARTICLE)
    await asyncio.sleep(0.3)
    assert not workers()
    assert await clean(ARTICLE) == extract(ARTICLE)


@needs_processes
def test_workers_end_with_the_event_loop():
    assert asyncio.run(clean(ARTICLE)) == extract(ARTICLE)
    assert not workers()


@needs_processes
@pytest.mark.parametrize("is_first", [True, False])
def test_a_page_that_is_asked_for_while_the_event_loop_ends_leaves_nothing_behind(is_first):
    async def ask_at_the_end() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            articles.append(await clean(ARTICLE))
            left.append(asyncio.all_tasks() - {asyncio.current_task()})

    async def run() -> None:
        if not is_first:
            await clean(ARTICLE)
        tasks.append(asyncio.create_task(ask_at_the_end()))
        await asyncio.sleep(0)

    tasks: list[asyncio.Task[None]] = []
    articles: list[Extraction] = []
    left: list[set[asyncio.Task[None]]] = []
    asyncio.run(run())
    assert articles == [extract(ARTICLE)]
    assert left == [set()]
    assert not workers()


@needs_processes
def test_a_page_that_is_asked_for_after_the_pool_was_closed_leaves_no_worker():
    async def run() -> None:
        await clean(ARTICLE)
        await asyncio.get_running_loop().shutdown_asyncgens()
        assert not workers()
        await clean(ARTICLE)
        assert not workers()

    asyncio.run(run())


def test_pools_of_event_loops_that_have_ended_are_forgotten():
    for _ in range(3):
        asyncio.run(clean(ARTICLE))
    assert sum(loop.is_closed() for loop in pool._pools) == 1


@needs_processes
def test_a_worker_that_was_started_ahead_gets_the_first_page():
    spawn.start_ahead()
    spawn.start_ahead()

    async def run() -> None:
        ahead = {await busy_worker()}
        await clean(ARTICLE)
        assert workers() == ahead

    asyncio.run(run())
    assert not workers()


def test_a_worker_that_was_started_ahead_for_nothing_ends_with_the_program():
    program = """
from annotator.usecases.sandbox import spawn
spawn.start_ahead()
print(spawn._waiting[0].pid)
"""
    run = [sys.executable, "-W", "error", "-X", "dev", "-c", program]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), 0)


def test_starting_a_worker_ahead_loads_nothing_but_the_standard_library():
    def loaded_by(statement: str) -> set[str]:
        run = [sys.executable, "-c", f"import sys; {statement}; print(*sys.modules)"]
        return set(subprocess.run(run, capture_output=True, text=True, check=True).stdout.split())

    # Where coverage is measured, an interpreter loads more before the first statement.
    loaded = loaded_by("from annotator.usecases.sandbox import spawn") - loaded_by("pass")
    assert {each for each in loaded if each.startswith("annotator")} <= {
        "annotator",
        "annotator.lazy",
        "annotator.usecases",
        "annotator.usecases.sandbox",
        "annotator.usecases.sandbox.spawn",
    }
    assert not loaded & {"asyncio", "logging", "msgspec", "pathlib"}


@needs_processes
def test_workers_end_at_once_when_the_program_is_interrupted(tmp_path):
    page = tmp_path / "endless.html"
    page.write_text(ENDLESS.html)
    program = subprocess.Popen(
        [sys.executable, "-m", "annotator", "show", str(page)],
        stderr=subprocess.DEVNULL,
        env=os.environ | {"HOME": str(tmp_path)},
    )
    children = Path(f"/proc/{program.pid}/task/{program.pid}/children")
    wait_until(lambda: children.read_text().split())
    started = children.read_text().split()
    time.sleep(0.3)
    program.send_signal(signal.SIGINT)
    # Python ends itself by the signal if it interrupted the code of a string that is executed,
    # as when a named tuple is made during an import. A shell calls both 130.
    assert program.wait(PATIENCE) in {130, -signal.SIGINT}
    assert not any(Path(f"/proc/{each}").exists() for each in started)


@needs_processes
def test_a_command_for_a_page_starts_its_worker_before_it_is_imported_itself(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(ARTICLE.html)
    program = """
import sys
from annotator.usecases.sandbox import spawn
started = []
def start(popen=spawn._start):
    started.append("annotator.cli.program" in sys.modules)
    return popen()
spawn._start = start
from annotator.cli import main
code = main()
print(started, file=sys.stderr)
sys.exit(code)
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, "show", str(page)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"HOME": str(tmp_path)},
    )
    assert PARAGRAPH[:30] in done.stdout
    assert done.stderr.splitlines()[-1] == "[False]"


@needs_processes
async def test_a_worker_gets_neither_the_environment_nor_the_terminal(monkeypatch):
    monkeypatch.setenv("API_TOKEN", "secret")
    await clean(ARTICLE)
    process = Path(f"/proc/{workers().pop()}")
    assert b"secret" not in (process / "environ").read_bytes()
    files = {(process / "fd" / each).readlink().as_posix() for each in ("0", "1", "2")}
    assert not any(each.startswith(("/dev/pts", "/dev/tty")) for each in files)
    assert len(list((process / "fd").iterdir())) == len(files)
    assert (process / "stat").read_text().split()[6] == "0"  # no terminal controls it


def test_the_answer_is_an_extraction():
    code, answer = worker.answer_to(codec.pack(protocol.Task(ARTICLE)))
    assert code == protocol.DONE
    assert codec.unpack(answer, Extraction) == extract(ARTICLE)


def test_a_worker_that_breaks_says_where_and_prints_nothing():
    task = b"no page"
    done = subprocess.run(
        spawn.command(),
        input=protocol.REQUEST.pack(20, 1 << 30, len(task)) + task,
        capture_output=True,
        check=False,
    )
    header, answer = done.stdout[: protocol.ANSWER.size], done.stdout[protocol.ANSWER.size :]
    assert protocol.ANSWER.unpack(header) == (protocol.FAILED, True, len(answer))
    assert answer.startswith(b"ValidationError in ")
    assert done.stderr == b""


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has no such limit")
def test_limits_hold_where_the_user_may_not_raise_them():
    def lower() -> None:  # as `ulimit` does
        resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
        resource.setrlimit(resource.RLIMIT_CPU, (600, 600))

    task = codec.pack(protocol.Task(replace(ARTICLE, html=f"<p>{PARAGRAPH}</p>" * 40_000)))
    done = subprocess.run(
        spawn.command(),
        input=protocol.REQUEST.pack(20, 100 << 20, len(task)) + task,
        capture_output=True,
        check=False,
        preexec_fn=lower,
    )
    code, is_last, _ = protocol.ANSWER.unpack(done.stdout[: protocol.ANSWER.size])
    assert (code, is_last) == (protocol.OUT_OF_MEMORY, True)


@pytest.mark.parametrize(("hard", "soft"), [(resource.RLIM_INFINITY, 100), (600, 100), (60, 60)])
def test_a_limit_is_never_above_that_of_the_user(hard, soft, monkeypatch):
    found = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (hard, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: found.append(limits))
    monkeypatch.setattr(resource, "getrusage", lambda _: SimpleNamespace(ru_utime=9, ru_stime=1))
    set_limits(cpu_seconds=90, memory_bytes=100)
    assert found == [(soft, hard), (soft, hard)]


def test_a_worker_without_a_task_compiles_what_most_pages_need():
    program = """
from annotator.extract import extract
from annotator.usecases.sandbox.worker import WARM_UP
extract(WARM_UP)
from annotator.extract.choice import containers
from annotator.extract import families
for compiled in (families._line_patterns, containers._container_patterns):
    print(compiled.cache_info().currsize)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.split() == [b"1", b"1"]


def test_a_worker_ends_when_the_program_is_gone():
    command = spawn.command()
    done = subprocess.run(command, input=b"", capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.parametrize(
    ("code", "answer", "words"),
    [
        (protocol.REFUSED, json.dumps(["It is a poem.", "Read it aloud."]).encode(), "poem"),
        (protocol.OUT_OF_MEMORY, b"", "The document needs more than 1024 MB of memory"),
        (protocol.FAILED, b"KeyError in \x1b[31mwalk, line 3", r"\(KeyError in walk, line 3"),
        (-signal.SIGKILL, b"", "was killed, perhaps for lack of memory"),
        (-signal.SIGXCPU, b"", "within 15 seconds"),
        (-signal.SIGSEGV, b"", "exit code -11"),
    ],
)
def test_the_message_says_what_ended_a_worker(code, answer, words):
    with pytest.raises(CleaningError, match=words) as told:
        cleaning._refuse(code, answer, CleaningLimits(), "document")
    assert told.value.message.endswith(".")
    assert told.value.hint.endswith(".")


def test_an_answer_that_was_cut_off_is_refused():
    with pytest.raises(CleaningError, match="the answer was cut off"):
        cleaning._decoded(b'{"article": ', Extraction)
