"""The standard streams, which may be closed, broken, full, or in an old encoding."""

import os
import sys
from io import TextIOWrapper
from typing import TextIO

from annotator.errors import AnnotatorError
from annotator.fastpath import terminal
from annotator.fastpath.start import DRIVER_VARIABLE, PLAIN_VARIABLE, TAB_DRIVER

_DUMB = ("", "dumb", "unknown")
BROKEN_PIPE = 141  # the exit code that shells give to a program that SIGPIPE ended


def prepare() -> None:
    """Replace what the encoding of a stream lacks, and bytes that are not in it."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def write(stream: TextIO | None, data: str | bytes) -> None:
    """Write text, or bytes as they are, if the stream is open.

    Ends the program quietly if the reader of standard output is gone; raises
    `AnnotatorError` if the disk is full.
    """
    if stream is None:
        return
    terminal.leave()
    try:
        if isinstance(data, str):
            stream.write(data)
        else:
            stream.buffer.write(data)
    except OSError as error:
        _refuse(stream, error)


def flush() -> None:
    """Write what is still in the buffers; raises as `write` does."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            try:
                stream.flush()
            except OSError as error:
                _refuse(stream, error)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether the stream is a terminal."""
    return stream is not None and stream.isatty()


def is_dumb() -> bool:
    """Whether the terminal can only print, without moving the cursor, or is to do no more."""
    return os.environ.get("TERM", "") in _DUMB or bool(os.environ.get(PLAIN_VARIABLE))


def is_in_tab() -> bool:
    """Whether the streams lead to a tab of a browser, in which the screens are shown."""
    return os.environ.get(DRIVER_VARIABLE) == TAB_DRIVER


def has_color(stream: TextIO | None) -> bool:
    """Whether the stream is a terminal that shows colors, and no-color.org is not in effect."""
    wants = not os.environ.get("NO_COLOR") and not is_dumb()
    return wants and is_terminal(stream)


def is_unicode(stream: TextIO | None) -> bool:
    """Whether the stream can print every character."""
    return stream is None or (stream.encoding or "").lower().startswith("utf")


def expect_utf8(stream: TextIO | None) -> None:
    """Write UTF-8 from now on, whatever the encoding of the terminal."""
    if not is_unicode(stream) and isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8")


def _refuse(stream: TextIO, error: OSError) -> None:
    # Python writes what is left in the buffer when it exits, which would raise again.
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, stream.fileno())
    os.close(null)
    if stream is sys.stderr:
        return  # no other stream is left to report it on
    if isinstance(error, BrokenPipeError):
        raise SystemExit(BROKEN_PIPE) from None
    raise AnnotatorError(
        f"Can't write the output: {error.strerror}.", "Free some space, or write it elsewhere."
    ) from error
