"""The standard streams as they are found: closed, broken, full, or in an old encoding."""

import os
import sys
from typing import TextIO

from annotator.errors import AnnotatorError
from annotator.fastpath import terminal

_DUMB = ("", "dumb", "unknown")
BROKEN_PIPE = 141  # what shells report of a program that SIGPIPE ended


def prepare() -> None:
    """Let what the encoding of a stream lacks be shown as a question mark, not raise."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def write(stream: TextIO | None, text: str) -> None:
    """Write `text`, if the stream is open.

    Ends the program quietly if nobody reads standard output any more; raises
    `AnnotatorError` if it cannot take more.
    """
    if stream is None:
        return
    terminal.leave()
    try:
        stream.write(text)
    except OSError as error:
        _refuse(stream, error)


def flush() -> None:
    """Write what is still held back, and raise as `write` does."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            try:
                stream.flush()
            except OSError as error:
                _refuse(stream, error)


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether a person sees what is written."""
    return stream is not None and stream.isatty()


def is_dumb() -> bool:
    """Tell whether the terminal can do nothing but print."""
    return os.environ.get("TERM", "") in _DUMB


def has_colour(stream: TextIO | None) -> bool:
    """Tell whether a person sees it, and wants colours (see no-color.org)."""
    wants = not os.environ.get("NO_COLOR") and not is_dumb()
    return wants and is_terminal(stream)


def is_unicode(stream: TextIO | None) -> bool:
    """Tell whether every character can be written."""
    return stream is None or (stream.encoding or "").lower().startswith("utf")


def _refuse(stream: TextIO, error: OSError) -> None:
    _discard(stream)
    if stream is sys.stderr:
        return  # there is nobody left to tell
    if isinstance(error, BrokenPipeError):
        raise SystemExit(BROKEN_PIPE) from None
    raise AnnotatorError(
        f"The output cannot be written: {error.strerror}.", "Make room, or write it elsewhere."
    ) from error


def _discard(stream: TextIO) -> None:
    # What the stream still holds would be written, and raise, when Python ends.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
