"""From the command line to the screens; where there is no terminal, to their contents."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from string import hexdigits
from typing import TYPE_CHECKING

from annotator import tui
from annotator.cli.output import console, streams
from annotator.errors import AnnotatorError, InvalidInput
from annotator.fastpath import start
from annotator.model.identity import is_web_address
from annotator.model.labels import ACCESS
from annotator.model.text import clean_text
from annotator.usecases.articles import find_article, kept_from
from annotator.usecases.sources import STANDARD_INPUT

if TYPE_CHECKING:
    from annotator.cli.context import Workspace
    from annotator.model import AlternateVersions, Completeness
    from annotator.settings import Settings


TERMINAL = "/dev/tty"

_FAILED = 1  # the exit code that Textual gives to a program that raised an error


def open_library(workspace: Workspace) -> int:
    """Open the library screen, or print the list; return the exit code."""
    if not console.is_terminal():
        from annotator.cli.commands.list import print_list

        print_list(workspace.library)
        return 0
    return _run_screens(workspace, None)


def open_reader(workspace: Workspace, article_id: str, *, is_plain: bool = False) -> int:
    """Open the reader on an article, or print its text; return the exit code."""
    if is_plain or (console.is_terminal() and streams.is_dumb()):
        from annotator.cli.line_mode.session import read_plainly

        return read_plainly(workspace, article_id)
    if not console.is_terminal():
        from annotator.cli.output.article_text import print_article

        extraction = workspace.library.extraction(article_id)
        print_article(extraction.article)
        tell_access(extraction.completeness)
        return 0
    return _run_screens(workspace, article_id)


def _run_screens(workspace: Workspace, article_id: str | None) -> int:
    gc.disable()  # until the first frame: what is imported and laid out stays
    app = tui.make_app(
        workspace.library,
        workspace.settings,
        article_id=article_id,
        settings_file=workspace.folders.settings_file,
    )
    app.error_console.file = said = StringIO()  # Textual would print a traceback there
    with _terminal():
        app.run()
    if app.return_code == _FAILED:
        raise _failure(said.getvalue().strip())
    return app.return_code or 0


def _failure(report: str) -> RuntimeError:
    report = clean_text(report)  # without the colours that Textual gave it
    failure = RuntimeError(report.rpartition("\n")[2] or "the screens stopped")
    failure.add_note(report)  # so that it is in the log
    return failure


def screen_problems(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield what the screens find wrong in settings: the path of a setting, and a sentence."""
    for problem in tui.settings_problems(settings):
        yield problem.path, problem.words


@contextmanager
def _terminal() -> Iterator[None]:
    """Let the screens have the keyboard and the terminal, wherever else the streams lead."""
    if sys.stdin is None or sys.stderr is None:
        raise AnnotatorError("A standard stream is closed.", "Open it, or use: annotator show")
    if not streams.is_terminal(sys.stdin):  # an article came through it
        _take_keyboard(sys.stdin.fileno())
    errors = os.dup(sys.stderr.fileno())
    os.dup2(sys.stdout.fileno(), sys.stderr.fileno())  # Textual draws through standard error
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
            "There is no keyboard to read with.", "Run it in a terminal, or use: annotator show"
        ) from error
    os.dup2(keyboard, descriptor)
    os.close(keyboard)


def read(
    workspace: Workspace,
    source: str,
    *,
    tags: Sequence[str] = (),
    url: str = "",
    is_plain: bool = False,
) -> int:
    """Open the reader on the article that `source` means; return the exit code."""
    article_id = kept(workspace, source, tags=tags, url=url)
    code = open_reader(workspace, article_id, is_plain=is_plain)
    if source != STANDARD_INPUT:
        remembered = start.serialize_source(source, article_id)
        workspace.library.first_frames.save(start.source_file_name(source), remembered)
    return code


def kept(workspace: Workspace, source: str, *, tags: Sequence[str] = (), url: str = "") -> str:
    """Return the id of the article that `source` means, kept if it was not, with these tags."""
    if not tags:
        return _found(workspace, source) or _add(workspace, source, url)
    from annotator.model.tags import normalise_all
    from annotator.usecases.tags import tag_article

    names = normalise_all(tags)
    article_id = kept(workspace, source, url=url)
    tag_article(workspace.library, article_id, add=names, now=datetime.now(UTC))
    return article_id


def _found(workspace: Workspace, source: str) -> str | None:
    library = workspace.library
    if not is_outside(source):
        return find_article(library, source)
    kept = kept_from(library, source) if is_web_address(source) else None
    has_article = kept is not None and ACCESS[library.record(kept).access].holds_article
    return kept if has_article else None


def _add(workspace: Workspace, source: str, url: str) -> str:
    import asyncio

    from annotator.usecases.add import add

    console.show_progress(f"Reading {source} …")
    added = asyncio.run(
        add(
            workspace.library,
            source,
            url=url,
            stdin=standard_input(source),
            now=datetime.now(UTC),
            options=workspace.fetch_options,
        )
    )
    console.clear_progress()
    return added.record.id


def is_outside(source: str) -> bool:
    """Tell whether `source` is to be had from elsewhere, rather than kept already.

    A file in reach goes before an id that is spelt the same.
    """
    is_id = bool(source) and not source.strip(hexdigits)
    return not is_id or _is_file(source)


def standard_input(source: str) -> bytes | None:
    """Return what comes through standard input, if that is what `source` means."""
    if source != STANDARD_INPUT:
        return None
    if sys.stdin is None:
        raise InvalidInput("Standard input is closed.", "Give a file or an address instead.")
    if streams.is_terminal(sys.stdin):
        console.tell("Paste or type the text; end it with Ctrl-D on a line of its own.")
    from annotator.fetch import MAX_FILE_BYTES

    try:
        return sys.stdin.buffer.read(MAX_FILE_BYTES + 1)  # one more shows that it is too large
    except OSError as error:
        raise InvalidInput(
            f"Standard input cannot be read: {error.strerror}.", "Give a file or an address."
        ) from error


def tell_access(completeness: Completeness) -> None:
    """Say on standard error if the article is not whole, and what says so."""
    meaning = ACCESS[completeness.access].sentence
    if meaning:
        console.tell(" ".join(f"{told.rstrip('.')}." for told in (meaning, *completeness.evidence)))


def tell_offers(completeness: Completeness, offers: AlternateVersions) -> None:
    """Say on standard error where more of an article is that is not whole."""
    if completeness.access == "full":
        return
    if offers.following and offers.parts:
        console.tell("All parts of it are added by: annotator add --all-parts ADDRESS")
    if offers.print_version:
        console.tell(
            f"The page offers a print version, which may hold more: {offers.print_version}"
        )
    if offers.amp:
        console.tell(f"The page offers an AMP version, which may hold more: {offers.amp}")


def _is_file(source: str) -> bool:
    try:
        return Path(source).is_file()
    except (OSError, ValueError):  # no name that a file could have
        return False
