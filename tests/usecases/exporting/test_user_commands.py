import asyncio
import json
from pathlib import Path

import pytest

from annotator.errors import CommandFailed
from annotator.model import ArticleRecord, Claim
from annotator.settings.settings import UserCommand
from annotator.usecases.exporting.user_commands import (
    article_input,
    passage_input,
    run,
    run_on_terminal,
)
from builders import find_span, make_annotation, make_article
from waiting import until

ARTICLE = make_article("Costs fell. --help; $(touch x)\n\nWages fell as well.")
RECORD = ArticleRecord(ARTICLE.id, ARTICLE.url, "A title")


def sh(line: str, **settings) -> UserCommand:
    return UserCommand(name="Mine", command=(line,), shell=True, **settings)


def test_a_passage_is_given_as_text_or_with_all_that_is_known():
    span = find_span(ARTICLE.text, "Costs fell.")
    assert passage_input(sh("cat"), RECORD, ARTICLE, span) == b"Costs fell.\n"
    mark = make_annotation(ARTICLE, "Costs fell.", claim=Claim(speaker="Ann"))
    told = json.loads(passage_input(sh("cat", input="json"), RECORD, ARTICLE, span, mark=mark))
    assert told["text"] == "Costs fell."
    assert told["paragraph"].startswith("Costs fell. --help")
    assert told["article"]["title"] == "A title"
    assert told["mark"]["address"] == f"{ARTICLE.id}#{mark.id}"
    assert told["mark"]["claim"]["speaker"] == "Ann"


def test_an_article_is_given_as_text_or_with_its_marks():
    mark = make_annotation(ARTICLE, "Wages")
    command = sh("cat", what="article", input="json")
    assert article_input(sh("cat", what="article"), RECORD, ARTICLE, []).startswith(b"Costs fell.")
    assert (
        json.loads(article_input(command, RECORD, ARTICLE, [mark]))["marks"][0]["quote"] == "Wages"
    )


async def test_a_command_gets_its_input_and_what_it_prints_is_made_safe():
    assert await run(sh("tr a-z A-Z; printf '\\033[31m'"), b"costs\n") == "COSTS"
    plain = UserCommand(name="Count", command=("wc", "-w"))
    assert await run(plain, b"one two three") == "3"


async def test_a_command_need_not_read_its_input():
    assert await run(sh("echo done"), b"x" * 1_000_000) == "done"


async def test_what_a_program_in_the_background_holds_open_is_not_waited_for():
    assert await run(sh("sleep 20 & echo done"), b"") == "done"


@pytest.mark.parametrize(
    ("line", "settings", "words"),
    [
        ("echo no >&2; echo why >&2; exit 3", {}, "“Mine” ended with code 3. It says: why"),
        ("sleep 20", {"timeout": 1}, "did not end within 1 seconds"),
        ("yes", {}, "prints more than 1000 KB"),
        ("kill -9 $$", {}, "was ended by signal 9"),
    ],
)
async def test_a_failure_is_told_in_words(line, settings, words):
    with pytest.raises(CommandFailed, match=words):
        await run(sh(line, **settings), b"")


def test_a_command_on_the_terminal_may_not_print_without_end():
    assert run_on_terminal(sh("cat; printf '\\033[31m'", terminal=True), b"costs\n") == "costs"
    with pytest.raises(CommandFailed, match="prints more than 1000 KB"):
        run_on_terminal(sh("yes | head -c 1000001", terminal=True), b"")


async def test_a_program_that_is_not_there_is_told():
    with pytest.raises(CommandFailed, match="“no-such-program” of “Mine” was not found"):
        await run(UserCommand(name="Mine", command=("no-such-program",)), b"")


async def test_cancelling_ends_the_command_and_what_it_started(tmp_path):
    pid = tmp_path / "pid"
    task = asyncio.create_task(run(sh(f"sleep 20 & echo $! > {pid}; wait"), b""))
    await until(lambda: pid.exists() and pid.read_text().strip())
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await until(lambda: not _is_running(int(pid.read_text())))


def _is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf-8")
    except OSError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"  # a zombie has ended
