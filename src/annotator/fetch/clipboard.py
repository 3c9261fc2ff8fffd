"""The clipboard of the system, read by the program that the system has for that.

Terminals are asked for it by an escape sequence, which most refuse to answer.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from signal import SIGKILL
from threading import Timer
from typing import Final

from annotator.errors import AnnotatorError, FetchError, NotAnArticle, TimedOut
from annotator.fetch.decoding import refuse_size
from annotator.fetch.local import MAX_FILE_BYTES
from annotator.fetch.urls import check_address

THE_CLIPBOARD: Final = "The clipboard"
_PATIENCE = 10.0  # seconds for the program from which something was copied to hand it over
_PROGRAMS = (  # with the variable of its display, and what asks for a text, a type, all types
    ("wl-paste", "WAYLAND_DISPLAY", "-n -t text", "-n -t ", "--list-types"),
    ("xclip", "DISPLAY", "-o -sel c -t UTF8_STRING", "-o -sel c -t ", "-o -sel c -t TARGETS"),
    ("xsel", "DISPLAY", "--clipboard --output", "", ""),
    ("pbpaste", "", "", "", ""),
    ("powershell.exe", "", "-c [Console]::OutputEncoding=[Text.Encoding]::UTF8;gcb -Raw", "", ""),
)
# Where browsers write the address of the page that something was copied from.
_OF_ADDRESS = (("chromium/x-source-url", "utf-8"), ("text/x-moz-url-priv", "utf-16-le"))


def read_clipboard(environment: Mapping[str, str] = os.environ) -> tuple[bytes, bytes, str]:
    """Return the text that was copied, the same as HTML if there is any, and where it is from.

    Raises a `FetchError` for anything else, and where no program reads the clipboard.
    """
    here = [
        (path, asking)
        for name, display, *asking in _PROGRAMS
        if (path := shutil.which(name, path=environment.get("PATH")))
        and (not display or environment.get(display))
    ]
    if not here:
        hint = "Install wl-clipboard or xclip, or paste the text into: annotator add -"
        raise FetchError("No program was found that reads the clipboard.", hint)
    path, (of_text, of_type, of_types) = here[0]
    types = _run(path, of_types)[:10_000].decode("latin-1").split() if of_types else []
    html = _run(path, f"{of_type}text/html") if "text/html" in types else b""
    text = _run(path, of_text)
    if not text.strip() and not html.strip():
        what = "an image" if any(kind.startswith("image/") for kind in types) else "no text"
        raise NotAnArticle(f"{THE_CLIPBOARD} holds {what}.", "Copy a text or an address first.")
    named = (
        _run(path, of_type + x).decode(code, "replace") for x, code in _OF_ADDRESS if x in types
    )
    # Browsers write HTML in UTF-8, and some programs do not say so.
    html = b'<meta charset="utf-8">' + html if html.strip() else b""
    return text, html, next(filter(None, map(_address, named)), "")


def _run(path: str, arguments: str) -> bytes:
    """Return what the program prints; nothing if the clipboard has nothing of that type."""
    command, nowhere = [path, *arguments.split()], subprocess.DEVNULL
    with subprocess.Popen(  # noqa: S603  no shell, and nothing of a page in its arguments
        command, stdin=nowhere, stdout=subprocess.PIPE, stderr=nowhere, process_group=0
    ) as process:
        timer = Timer(_PATIENCE, os.killpg, (process.pid, SIGKILL))  # with all that it started
        timer.start()
        data = process.stdout.read(MAX_FILE_BYTES + 1) if process.stdout else b""
        is_late = timer.finished.is_set()
        timer.cancel()
        process.kill()
    if is_late:
        raise TimedOut(f"{THE_CLIPBOARD} was not read within {_PATIENCE:g} seconds.", "Copy again.")
    refuse_size(len(data), THE_CLIPBOARD, limit=MAX_FILE_BYTES)
    return data


def _address(written: str) -> str:
    """Return the address of a page on the web that a browser wrote down; else nothing."""
    try:
        return check_address(written.strip("\ufeff\x00 \n").partition("\n")[0])
    except AnnotatorError:
        return ""
