"""Articles extracted in a worker process, so that no page can stop or fill the program.

There are pages of 100 KB that keep a parser busy for minutes. A process can be
limited and ended at once; a thread cannot.
"""

import json
import re
import signal
from typing import NoReturn, TypeVar

from msgspec.structs import replace

from annotator import codec
from annotator.errors import CleaningError
from annotator.model import (
    NO_OVERRIDES,
    Completeness,
    Extraction,
    Original,
    Overrides,
    Page,
    PassageDecision,
)
from annotator.model.document import FROM_BROWSER, TEXT_FROM
from annotator.model.feed import ParsedFeed
from annotator.model.labels import ACCESS
from annotator.model.site_rules import SiteRule
from annotator.model.text import clean_line
from annotator.settings import Folders
from annotator.settings.site_rules import load_site_rules
from annotator.usecases.sandbox import pool, protocol

Answer = TypeVar("Answer")

PAGE_LIMITS = protocol.CleaningLimits()
# Books have 10 MB of text.
DOCUMENT_LIMITS = protocol.CleaningLimits(wall_seconds=90.0, cpu_seconds=60)

COPY_TEXT = "Copy its text into a .txt file, and add that."
_REPORT = f"Please report it with this message. Meanwhile: {COPY_TEXT}"
IN_A_BROWSER = "It may need JavaScript: try --render, or save it in a browser and add the file."

# Images inside a saved page are larger than all of its text, and are never shown.
_INLINE_DATA = re.compile(r"data:[\w.+/-]{1,100};base64,[A-Za-z0-9+/=%]{1000,}")


async def clean(
    original: Original,
    *,
    choices: Overrides = NO_OVERRIDES,
    repeated: tuple[str, ...] = (),
    limits: protocol.CleaningLimits | None = None,
) -> Extraction:
    """Return the article of a page or document, with its reader's choices, made in a worker.

    `repeated` are the lines of its site, as `site_lines` returns them. The limits are those of
    its kind, unless given.

    Raises `CleaningError` for a page without an article and for one that
    exceeds the limits. Cancelling ends the worker at once.
    """
    task = protocol.Task(original, choices, _user_rules(), repeated)
    extraction = await _result(task, Extraction, limits)
    place, known = original.header(TEXT_FROM), extraction.completeness
    if not extraction.article.text.strip():
        raise _without_text(known, COPY_TEXT if place == FROM_BROWSER else IN_A_BROWSER)
    told = (f"The text is from {place}.",) if place else ()
    return replace(extraction, completeness=replace(known, evidence=(*told, *known.evidence)))


async def explain(
    original: Original, *, choices: Overrides = NO_OVERRIDES, repeated: tuple[str, ...] = ()
) -> tuple[PassageDecision, ...]:
    """Return the decision about each passage of a page. Raises `CleaningError` as `clean` does."""
    task = protocol.Task(original, choices, _user_rules(), repeated, wanted="reasons")
    return await _result(task, tuple[PassageDecision, ...])


async def unpack(original: Original) -> Original:
    """Return what is stored of a page or document that was fetched; a page is stored as it is.

    Raises `CleaningError` for a document that cannot be read, as `clean` does.
    """
    if isinstance(original, Page):
        return original
    return (await _result(protocol.Task(original, wanted="unpacked"), protocol.Unpacked)).original


async def parse_feed(page: Page) -> ParsedFeed:
    """Return the feed in a text, or the feeds that a page names. Raises as `clean` does."""
    return await _result(protocol.Task(page, wanted="feed"), ParsedFeed)


def _user_rules() -> tuple[SiteRule, ...]:
    """Return the user's rules for certain sites, read again for each page."""
    return load_site_rules(Folders.of_user().site_rules_file)


async def _result(
    task: protocol.Task, kind: type[Answer], limits: protocol.CleaningLimits | None = None
) -> Answer:
    page = task.original
    limits = limits or (PAGE_LIMITS if isinstance(page, Page) else DOCUMENT_LIMITS)
    what = "page" if isinstance(page, Page) else "document"
    if isinstance(page, Page):
        page = replace(page, html=_INLINE_DATA.sub("data:,", page.html))
        if len(page.html) > limits.characters:
            raise CleaningError(
                f"The page has more than {limits.characters:,} characters.",
                "Copy the part that you want to read into a .txt file, and add that.",
            )
    try:
        code, answer = await pool.ask(codec.pack(replace(task, original=page)), limits)
    except TimeoutError as error:
        raise _too_slow(limits, what) from error
    except OSError as error:
        message = f"The process that cleans pages could not be started: {error.strerror}."
        raise CleaningError(message, "Close other programs, and try again.") from error
    return _decoded(answer, kind) if code == protocol.DONE else _refuse(code, answer, limits, what)


def _decoded(answer: bytes, kind: type[Answer]) -> Answer:
    try:
        return codec.unpack(answer, kind)
    except ValueError as error:
        raise CleaningError("It could not be read: the answer was cut off.", _REPORT) from error


def _refuse(code: int, answer: bytes, limits: protocol.CleaningLimits, what: str) -> NoReturn:
    if code == protocol.REFUSED:
        raise CleaningError(*json.loads(answer))
    if code == protocol.OUT_OF_MEMORY:
        needed = f"more than {limits.memory_bytes >> 20} MB of memory to be read"
        raise CleaningError(f"The {what} needs {needed}.", COPY_TEXT)
    if code == -signal.SIGXCPU:
        raise _too_slow(limits, what)
    if code == -signal.SIGKILL:  # not by the pool, which does not ask one that is late
        message = "The process that cleans pages was killed, perhaps for lack of memory."
        raise CleaningError(message, "Close other programs, and try again.")
    why = answer.decode("utf-8", "replace") if code == protocol.FAILED else f"exit code {code}"
    raise CleaningError(f"The {what} could not be read ({clean_line(why)}).", _REPORT)


def _without_text(completeness: Completeness, otherwise: str) -> CleaningError:
    advice = ACCESS[completeness.access].advice
    evidence = completeness.evidence if advice else ()
    message = " ".join(("No readable text on this page.", *evidence))
    return CleaningError(message, advice or otherwise)


def _too_slow(limits: protocol.CleaningLimits, what: str) -> CleaningError:
    message = f"The {what} could not be read within {limits.wall_seconds:g} seconds."
    return CleaningError(message, COPY_TEXT)
