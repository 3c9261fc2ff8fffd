"""From the command line to the reader and the library, on a screen or as plain text.

This is the only module of the command line that starts the screens.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from io import StringIO
from pathlib import Path
from string import hexdigits
from typing import TYPE_CHECKING, TypeVar, cast

from annotator import fetch, tui, usecases
from annotator.cli import plain
from annotator.cli.log import log_to_file
from annotator.cli.output import console, forms, streams
from annotator.errors import AnnotatorError, InvalidInput
from annotator.fastpath import start
from annotator.model.extraction import NEEDS_BROWSER
from annotator.model.identity import is_web_address
from annotator.model.labels import ACCESS
from annotator.model.tags import normalise_all
from annotator.model.text import clean_text
from annotator.registry import load_part
from annotator.usecases.articles import lookup
from annotator.usecases.articles.sources import STANDARD_INPUT, Source, is_file, locate
from annotator.usecases.articles.tagging import tag_article

if TYPE_CHECKING:
    from annotator.cli.context import CliContext
    from annotator.model import AlternateVersions, Completeness
    from annotator.settings import Settings
    from annotator.store import Library

T = TypeVar("T")

TERMINAL = "/dev/tty"

_FAILED = 1  # the exit code of a Textual program that raised an error


def open_reader(
    context: CliContext, article_id: str, *, mark_id: str | None = None, is_plain: bool = False
) -> int:
    """Open the reader on an article, or print its text; return the exit code.

    With `mark_id` it opens at that mark.
    """
    if is_plain or console.is_spoken():
        return _run_plain(context, "article", article_id, mark_id)
    if not console.is_terminal():
        extraction = context.library.article(article_id).extraction()
        forms.article_text.print_article(extraction.article)
        tell_access(extraction.completeness)
        return 0
    return run_screens(context, article_id, mark_id=mark_id)


def run_screens(
    context: CliContext, article_id: str | None = None, *, mark_id: str | None = None
) -> int:
    """Open the reader on an article, or the library; return the exit code."""
    if streams.is_dumb() and not streams.is_in_tab():
        return _run_plain(context)
    gc.disable()  # until the first frame: what is imported and laid out stays
    app = tui.AnnotatorApp(
        context.library,
        context.settings,
        article_id=article_id,
        mark_id=mark_id,
        settings_file=context.folders.settings_file,
    )
    code = _run(app)
    context.watch_index()  # which the screens, now left, would end at once
    if not app.wants_tour:
        if "exit" in app.context.settings.sync_on:
            _sync(context)
        return code
    take_tour = cast(
        "Callable[[CliContext], int]", load_part("annotator.cli.commands.tour:take_tour")
    )
    return take_tour(context) or run_screens(context)


def _run_plain(context: CliContext, *place: object) -> int:
    """Run the program line by line, or go to a place where it runs; return the exit code."""
    moments = "" if context.session else context.settings.sync_on
    if "start" in moments:
        _sync(context)
    code = plain.session.run_plain(context, *place)
    if "exit" in moments:
        _sync(context)
    return code


def _sync(context: CliContext) -> None:
    """Sync a library for which that is set up, and say if it fails; Ctrl-C ends it."""
    syncing, library = usecases.syncing.sync, context.library
    if not library.has_repository or library.is_read_only:
        return
    try:
        syncing.sync(
            library,
            now=context.now,
            tell=lambda doing: console.show_progress(f"Sync: {doing.lower()} … (Ctrl-C ends it)"),
        )
    except AnnotatorError as error:
        console.complain(error, about="The library was not synced")
    except KeyboardInterrupt:
        console.tell("The sync was ended. The next one goes on where it was.")
    console.clear_progress()


def run_tour(library: Library, settings: Settings, article_id: str, state: Path) -> int:
    """Show the tour in a library of its own; return the exit code."""
    return _run(tui.TourApp(library, settings, article_id=article_id, state=state))


def _run(app: tui.AnnotatorApp) -> int:
    """Run the screens until they are left, and return the exit code."""
    log_to_file()
    app.error_console.file = report = StringIO()  # Textual prints tracebacks to it
    with _terminal():
        app.run()
    told = report.getvalue().strip()
    if told or app.return_code == _FAILED:
        raise _failure(app.failure, told) from app.failure
    return app.return_code or 0


def _failure(error: BaseException | None, told: str) -> RuntimeError:
    """Return the failure of the screens. The traceback that Textual told has texts of articles.

    Only that of the thread which reads the keyboard has none, and no error comes with it.
    """
    if error is not None:
        return RuntimeError(f"{type(error).__name__}: {error}")
    told = clean_text(told)  # without Textual's colours
    failure = RuntimeError(told.rpartition("\n")[2] or "the screen stopped")
    failure.add_note(told)
    return failure


def screen_problems(settings: Settings) -> Iterator[tuple[str, str]]:
    """Return what the screens find wrong in settings: the path of a setting, and a sentence."""
    return tui.settings_problems(settings)


@contextmanager
def _terminal() -> Iterator[None]:
    """Give Textual the keyboard and the terminal, wherever the standard streams lead."""
    if streams.is_in_tab():  # to the browser
        yield
        return
    if sys.stdin is None or sys.stderr is None:
        raise AnnotatorError("A standard stream is closed.", "Open it, or use: annotator show")
    if not streams.is_terminal(sys.stdin):  # the article came through it
        _take_keyboard(sys.stdin.fileno())
    errors = os.dup(sys.stderr.fileno())
    os.dup2(sys.stdout.fileno(), sys.stderr.fileno())  # Textual draws on standard error
    try:
        yield
    finally:
        os.dup2(errors, sys.stderr.fileno())
        os.close(errors)


def _take_keyboard(descriptor: int) -> None:
    try:
        keyboard = os.open(TERMINAL, os.O_RDONLY)
    except OSError as error:
        raise AnnotatorError(
            "Keys cannot be read: no keyboard is connected.",
            "Run it in a terminal, or use: annotator show",
        ) from error
    os.dup2(keyboard, descriptor)
    os.close(keyboard)


def read(
    context: CliContext,
    source: str,
    *,
    tags: Sequence[str] = (),
    url: str = "",
    is_plain: bool = False,
) -> int:
    """Open the reader on an article, adding it first if it is new; return the exit code."""
    names = normalise_all(tags)  # before anything is fetched, since it may refuse one
    is_mark = (lookup.is_mark_address(source) or lookup.is_mark_id(source)) and not is_file(source)
    mark = lookup.find_mark(context.library, source) if is_mark else None
    article_id = mark.article_id if mark else _found(context, source)
    if article_id is None and not url and is_file(locate(source)):
        article_id = _read_before(context, source)
    if article_id is None:
        add = partial(usecases.articles.add.add, context.library, now=context.now)
        work = partial(add, options=context.fetch_options)
        article_id = fetched(context, source, url, work).record.id
    if names:
        tag_article(context.library, article_id, add=names, now=context.now)
    mark_id = mark.id if mark else None
    code = open_reader(context, article_id, mark_id=mark_id, is_plain=is_plain)
    if source != STANDARD_INPUT and mark is None:
        # So that the next start finds the article without reading the library.
        remembered = start.serialize_source(source, article_id)
        context.library.first_frames.save(start.source_file_name(source), remembered)
    return code


def _found(context: CliContext, source: str) -> str | None:
    library = context.library
    if not is_outside(source):
        return lookup.find_article(library, source)
    location = locate(source)
    if context.renders or not is_web_address(location):
        return None
    saved = lookup.article_from(library, location)
    if saved and ACCESS[library.article(saved).record().access].holds_article:
        return saved
    return None  # or one that was saved in place of the article, such as an error page


def _read_before(context: CliContext, source: str) -> str | None:
    """Return the id of the article that was made of a file, with what has changed there since."""
    library, address = context.library, Path(locate(source)).resolve().as_uri()
    saved = next((record.id for record in library.records() if record.url == address), None)
    if saved is not None:
        console.show_progress(f"Reading {source} …")
        refreshed = context.run(usecases.articles.refresh.refresh(library, saved, now=context.now))
        if refreshed.outcome != "unchanged":
            told = refreshed.explanation or "Your marks and the version before are kept."
            console.tell(f"The file has changed. {told}")
        console.clear_progress()
    return saved


def fetched(
    context: CliContext,
    source: str,
    url: str,
    work: Callable[[Source], Coroutine[object, object, T]],
) -> T:
    """Return what is made of a source from outside, and show progress until then."""
    console.show_progress(f"Fetching {source} …")
    made = context.run(work(Source(source, url, standard_input(source))))
    console.clear_progress()
    return made


def is_outside(source: str) -> bool:
    """Whether `source` is an address, a file or standard input, and not an id in the library.

    A file wins over an id of the same spelling. So does the address of a mark.
    """
    is_mark = lookup.is_mark_address(source) or lookup.is_mark_id(source)
    is_id = is_mark or (bool(source) and not source.strip(hexdigits))
    return not is_id or is_file(source)


def standard_input(source: str) -> bytes | None:
    """Return the bytes of standard input if that is the source, else `None`."""
    if source != STANDARD_INPUT:
        return None
    if sys.stdin is None:
        raise InvalidInput("Standard input is closed.", "Give a file or an address instead.")
    if streams.is_terminal(sys.stdin):
        console.tell("Paste or type the text; end it with Ctrl-D on a line of its own.")
    try:
        # One byte more than allowed shows that it is too large.
        return sys.stdin.buffer.read(fetch.MAX_PIPED_BYTES + 1)
    except OSError as error:
        raise InvalidInput(
            f"Standard input cannot be read: {error.strerror}.", "Give a file or an address."
        ) from error


def tell_access(completeness: Completeness, *, about: str = "") -> None:
    """Say on standard error if the article is incomplete, and what the evidence is.

    `about` is what the line begins with if it could be about another article.
    """
    sentence = ACCESS[completeness.access].sentence
    if sentence:
        sentences = (sentence, *completeness.evidence)
        console.tell(about + " ".join(f"{said.rstrip('.')}." for said in sentences))


def tell_offers(completeness: Completeness, offers: AlternateVersions, *, about: str = "") -> None:
    """Say on standard error where the rest of an incomplete article may be."""
    if completeness.access == "full":
        return
    if NEEDS_BROWSER in completeness.evidence:
        console.tell(f"{about}To run its scripts in your own browser: annotator add --render URL")
    if offers.following and offers.parts:
        console.tell(f"{about}To add all of its parts: annotator add --all-parts URL")
    if offers.print_version:
        console.tell(f"{about}The print version may have more: {offers.print_version}")
    if offers.amp:
        console.tell(f"{about}The AMP version may have more: {offers.amp}")
