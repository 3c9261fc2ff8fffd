"""Cleaning a page in a process of its own, so that no page can stop or fill the program.

There are pages of 100 KB that keep a parser busy for minutes. A process can be
limited and ended at once; a thread cannot.
"""

import asyncio
import json
import re
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NoReturn, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from annotator import codec
from annotator.errors import CleaningError
from annotator.model import (
    NO_OVERRIDES,
    Completeness,
    Extraction,
    Overrides,
    Page,
    PassageDecision,
)
from annotator.model.labels import ACCESS
from annotator.model.site_rules import SiteRule
from annotator.model.text import MAX_TEXT, clean_line
from annotator.settings import Folders
from annotator.settings.site_rules import load_site_rules
from annotator.usecases.sandbox.worker import DONE, FAILED, OUT_OF_MEMORY, REFUSED, Task

Answer = TypeVar("Answer")

# The child finds what the parent finds, however that was installed.
_START = (
    "import sys; sys.path[:] = sys.argv[1:-2]; "
    "from annotator.usecases.sandbox.worker import main; main()"
)
_BY_ITSELF = "Copy its text into a .txt file, and add that."
_REPORT = f"Please report the page, and what this says. Meanwhile: {_BY_ITSELF}"

_IN_A_BROWSER = "It may need a browser: save the page there, and add the file."

# Pictures within a saved page weigh more than all of its text, and are never shown.
_INLINE_DATA = re.compile(r"data:[\w.+/-]{1,100};base64,[A-Za-z0-9+/=%]{1000,}")


class CleaningLimits(Struct, frozen=True, kw_only=True):
    """How much one page may cost. Ordinary ones take a hundredth of it."""

    wall_seconds: float = 15.0
    cpu_seconds: int = 20
    memory_bytes: int = 1 << 30
    characters: int = MAX_TEXT


DEFAULT_LIMITS = CleaningLimits()


async def clean(
    page: Page, *, choices: Overrides = NO_OVERRIDES, limits: CleaningLimits = DEFAULT_LIMITS
) -> Extraction:
    """Return the article of a page as its reader has chosen, cleaned in a child process.

    Raises `CleaningError` for a page without an article, and for one that
    exceeds the limits. Cancelling ends the child at once.
    """
    extraction = await _done(Task(page, choices, _own_rules()), Extraction, limits)
    if not extraction.article.text.strip():
        raise _without_text(extraction.completeness)
    return extraction


async def explain(
    page: Page, *, choices: Overrides = NO_OVERRIDES, limits: CleaningLimits = DEFAULT_LIMITS
) -> tuple[PassageDecision, ...]:
    """Return what cleaning decides about each passage of a page; raises as `clean` does."""
    return await _done(
        Task(page, choices, _own_rules(), is_explained=True), tuple[PassageDecision, ...], limits
    )


def _own_rules() -> tuple[SiteRule, ...]:
    """Return the person's rules for the pages of some sites; they are read at each page."""
    return load_site_rules(Folders.of_user().site_rules_file)


async def _done(task: Task, kind: type[Answer], limits: CleaningLimits) -> Answer:
    light = replace(task.page, html=_INLINE_DATA.sub("data:,", task.page.html))
    if len(light.html) > limits.characters:
        raise CleaningError(
            f"The page holds more than {limits.characters:,} characters.",
            "Copy the part that you want to read into a .txt file, and add that.",
        )
    code, answer = await _ask_child(codec.encode(replace(task, page=light)), limits)
    return _decoded(answer, kind) if code == DONE else _refuse(code, answer, limits)


def _decoded(answer: bytes, kind: type[Answer]) -> Answer:
    try:
        return codec.decode(answer, kind)
    except ValueError as error:
        raise CleaningError(
            "The page could not be cleaned: its answer was cut.", _REPORT
        ) from error


async def _ask_child(request: bytes, limits: CleaningLimits) -> tuple[int, bytes]:
    try:
        async with asyncio.timeout(limits.wall_seconds), _child(limits) as child:
            answer, _ = await child.communicate(request)
    except TimeoutError as error:
        raise _too_slow(limits) from error
    except OSError as error:
        told = f"The process that cleans pages could not be started: {error.strerror}."
        raise CleaningError(told, "Close other programs, and try again.") from error
    return child.returncode or DONE, answer


@asynccontextmanager
async def _child(limits: CleaningLimits) -> AsyncIterator[Process]:
    arguments = [*filter(None, sys.path), str(limits.cpu_seconds), str(limits.memory_bytes)]
    # In a session of its own, the terminal's Ctrl-C reaches the parent alone, which ends the child.
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-c", _START, *arguments),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        start_new_session=True,
    )
    try:
        yield child
    finally:
        if child.returncode is None:
            child.kill()
            await child.communicate()  # its pipes end with it


def _refuse(code: int, answer: bytes, limits: CleaningLimits) -> NoReturn:
    if code == REFUSED:
        raise CleaningError(*json.loads(answer))
    if code == OUT_OF_MEMORY:
        told = f"The page needs more than {limits.memory_bytes >> 20} MB of memory to be cleaned."
        raise CleaningError(told, _BY_ITSELF)
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise _too_slow(limits)
    why = answer.decode("utf-8", "replace") if code == FAILED else f"exit code {code}"
    raise CleaningError(f"The page could not be cleaned ({clean_line(why)}).", _REPORT)


def _without_text(completeness: Completeness) -> CleaningError:
    advice = ACCESS[completeness.access].advice
    evidence = completeness.evidence if advice else ()
    told = " ".join(("The page holds no text to read.", *evidence))
    return CleaningError(told, advice or _IN_A_BROWSER)


def _too_slow(limits: CleaningLimits) -> CleaningError:
    told = f"The page could not be cleaned within {limits.wall_seconds:g} seconds."
    return CleaningError(told, _BY_ITSELF)
