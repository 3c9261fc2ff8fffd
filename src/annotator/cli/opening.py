"""From the command line to the screens; where there is no terminal, to their contents."""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

from annotator.cli import output, streams
from annotator.cli.workspace import Workspace
from annotator.errors import AnnotatorError
from annotator.model.text import clean_text

TERMINAL = "/dev/tty"

_FAILED = 1  # the exit code that Textual gives to a program that raised an error


def open_library(workspace: Workspace) -> int:
    """Open the library screen, or print the list; return the exit code."""
    if not output.is_terminal():
        from annotator.cli.listing import print_list

        print_list(workspace.library)
        return 0
    return _run_screens(workspace, None)


def open_reader(workspace: Workspace, article_id: str, *, is_plain: bool = False) -> int:
    """Open the reader on an article, or print its text; return the exit code."""
    if is_plain or (output.is_terminal() and streams.is_dumb()):
        from annotator.cli.plain import read_plainly

        return read_plainly(workspace, article_id)
    if not output.is_terminal():
        from annotator.cli.article_text import print_article
        from annotator.cli.source import tell_access

        extraction = workspace.library.extraction(article_id)
        print_article(extraction.article)
        tell_access(extraction.completeness)
        return 0
    return _run_screens(workspace, article_id)


def _run_screens(workspace: Workspace, article_id: str | None) -> int:
    gc.disable()  # until the first frame: what is imported and laid out stays
    from annotator.tui.app import AnnotatorApp

    app = AnnotatorApp(
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
