"""Passing a passage, a mark or an article to a command of the user's own.

Text of the library goes to the standard input of the command and nowhere else:
in an argument, words of a page could become options or shell code.
"""

import asyncio
import os
import shutil
import signal
import subprocess
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from annotator import codec
from annotator.errors import CommandFailed
from annotator.model import Annotation, Article, ArticleRecord, Span
from annotator.model.text import clean_line, clean_text
from annotator.settings.settings import UserCommand
from annotator.usecases.articles.lookup import mark_address

MAX_OUTPUT = 1_000_000  # bytes; a book has no more
MAX_ERRORS = 4_096  # bytes of standard error that are read, the last ones

_PAUSE = 0.05  # seconds between two looks at how much a command has printed
_KILLED_GRACE = 2.0  # seconds until a command that was asked to end is killed


def passage_input(
    command: UserCommand,
    record: ArticleRecord,
    article: Article,
    span: Span,
    *,
    mark: Annotation | None = None,
) -> bytes:
    """Return the input of a command for a passage, or for a mark on it."""
    words = span.of(article.text)
    if command.input == "text":
        return _as_text(words)
    return codec.encode(
        {
            "what": command.what,
            "article": _article_facts(record),
            "text": words,
            "start": span.start,
            "end": span.end,
            "paragraph": article.blocks[article.block_at(span.start)].text,
            "mark": _mark_facts(mark) if mark else None,
        }
    )


def article_input(
    command: UserCommand, record: ArticleRecord, article: Article, marks: Sequence[Annotation]
) -> bytes:
    """Return the input of a command for an article: its text, or everything with its marks."""
    if command.input == "text":
        return _as_text(article.text)
    return codec.encode(
        {
            "what": command.what,
            "article": _article_facts(record),
            "text": article.text,
            "marks": [_mark_facts(mark) for mark in marks],
        }
    )


async def run(command: UserCommand, given: bytes) -> str:
    """Return what a command prints for its input, fit to show.

    Raises `CommandFailed` if it does not start, fails, prints too much or does not end in
    time. Cancelling ends the command.
    """
    # Files, not pipes: a pipe is open until everything that the command started has ended,
    # and programs for the clipboard go on in the background.
    with TemporaryFile() as source, TemporaryFile() as printed, TemporaryFile() as errors:
        source.write(given)
        source.seek(0)
        process = await _start(command, source, printed, errors)
        try:
            async with asyncio.timeout(command.timeout):
                await _wait(command, process, printed, errors)
        except TimeoutError as error:
            raise CommandFailed(
                f"“{command.name}” did not end within {command.timeout} seconds.",
                "Give it more time with timeout in the settings.",
            ) from error
        finally:
            await _end(process)
        _check(command, process.returncode or 0, _last(errors))
        printed.seek(0)
        return clean_text(printed.read().decode("utf-8", "replace")).strip()


def run_on_terminal(command: UserCommand, given: bytes) -> str:
    """Run a command that draws on the terminal, and return what it prints unless it is dropped."""
    is_read = command.output != "nothing"
    with TemporaryFile() as source, TemporaryFile() as printed:
        source.write(given)
        source.seek(0)
        try:
            done = subprocess.run(  # noqa: S603  the user's own command
                _argv(command), stdin=source, stdout=printed if is_read else None, check=False
            )
        except OSError as error:
            raise _not_started(command, error) from error
        _check(command, done.returncode, b"")
        if os.fstat(printed.fileno()).st_size > MAX_OUTPUT:
            raise _too_much(command)
        printed.seek(0)
        return clean_text(printed.read().decode("utf-8", "replace")).strip()


def _as_text(words: str) -> bytes:
    return f"{words}\n".encode("utf-8", "replace")


def _article_facts(record: ArticleRecord) -> Mapping[str, object]:
    names = ("id", "url", "title", "byline", "site_name", "published", "language", "tags")
    return {name: getattr(record, name) for name in names if hasattr(record, name)}


def _mark_facts(mark: Annotation) -> Mapping[str, object]:
    names = ("id", "kind", "quote", "tags", "note", "claim", "links", "created", "modified")
    facts = {name: getattr(mark, name) for name in (*names, "author")}
    return facts | {"address": mark_address(mark.article_id, mark.id)}


def _argv(command: UserCommand) -> Sequence[str]:
    if command.shell:
        return ("/bin/sh", "-c", *command.command)
    name, *words = command.command
    program = shutil.which(str(Path(name).expanduser()) if name.startswith("~") else name)
    if program is None:
        raise CommandFailed(
            f"The program “{clean_line(name, limit=80)}” of “{command.name}” was not found.",
            "Install it, or fix the command: annotator config edit",
        )
    return (program, *words)


async def _start(
    command: UserCommand, source: IO[bytes], printed: IO[bytes], errors: IO[bytes]
) -> Process:
    try:
        return await asyncio.create_subprocess_exec(
            *_argv(command),
            stdin=source,
            stdout=DEVNULL if command.output == "nothing" else printed,
            stderr=errors,
            start_new_session=True,  # so that it ends with all that it has started
        )
    except OSError as error:
        raise _not_started(command, error) from error


def _not_started(command: UserCommand, error: OSError) -> CommandFailed:
    return CommandFailed(
        f"“{command.name}” did not start: {error.strerror}.",
        "Fix the command: annotator config edit",
    )


def _too_much(command: UserCommand) -> CommandFailed:
    return CommandFailed(
        f"“{command.name}” prints more than {MAX_OUTPUT // 1000} KB.",
        "Nothing of it was taken. Let it print less.",
    )


async def _wait(
    command: UserCommand, process: Process, printed: IO[bytes], errors: IO[bytes]
) -> None:
    """Wait until a command ends. Raises `CommandFailed` as soon as it has printed too much."""
    ending = asyncio.create_task(process.wait())
    try:
        while not ending.done():
            await asyncio.wait({ending}, timeout=_PAUSE)
            if max(os.fstat(file.fileno()).st_size for file in (printed, errors)) > MAX_OUTPUT:
                raise _too_much(command)
    finally:
        ending.cancel()


def _last(errors: IO[bytes]) -> bytes:
    """Return the end of what a command printed to standard error."""
    errors.seek(max(0, os.fstat(errors.fileno()).st_size - MAX_ERRORS))
    return errors.read()


async def _end(process: Process) -> None:
    """End a command that still runs, with all that it has started."""
    if process.returncode is not None:
        return
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, number)
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), _KILLED_GRACE)
            return


def _check(command: UserCommand, code: int, errors: bytes) -> None:
    """Raise `CommandFailed` for a code that says so, with the last line of standard error."""
    if code == 0:
        return
    how = f"ended with code {code}" if code > 0 else f"was ended by signal {-code}"
    lines = errors.decode("utf-8", "replace").splitlines()
    last = next((line for text in reversed(lines) if (line := clean_line(text))), "")
    raise CommandFailed(f"“{command.name}” {how}." + (f" It says: {last}" if last else ""))
