"""Files, standard input and the clipboard as pages and documents.

The clipboard is read by the program that the system has for that: terminals are asked for it by an
escape sequence, which most refuse to answer.
"""

import os
import shutil
import stat
import subprocess
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from signal import SIGKILL
from threading import Timer
from typing import Final
from urllib.parse import unquote_to_bytes

from annotator.errors import AnnotatorError, FetchError, NotAnArticle, TimedOut
from annotator.fetch import decoding
from annotator.fetch.options import MEGABYTE
from annotator.fetch.urls import check_address
from annotator.model import HTML, Document, Original, Page
from annotator.model.document import HEAD, KINDS, kind_of, largest
from annotator.model.identity import is_web_address
from annotator.model.saved_page import address_of_clipping, read_singlefile
from annotator.model.text import clean_line

MAX_FILE_BYTES = 50 * MEGABYTE  # a saved page carries its pictures within
MAX_PIPED_BYTES = max(kind.max_bytes for kind in KINDS.values())
STANDARD_INPUT = "Standard input"

_FILE = "file://"
_PIECE = 1 << 20  # bytes to read at a time
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


def read_file(path: Path) -> Original:
    """Return the page, text or document in a file; its `url` is the file's.

    Raises a `FetchError` for what is no such file, and reads no further than
    `MAX_FILE_BYTES`, or what its kind may have.
    """
    name = clean_line(str(path))
    data = read_data(path, limit=lambda head: largest(head, MAX_FILE_BYTES))
    return _page(data, url=path.resolve().as_uri(), name=name, suffix=path.suffix)


def path_of(url: str) -> Path | None:
    """Return the path of a file:// URL, or None for other URLs."""
    if not url.startswith(_FILE):
        return None
    return Path(os.fsdecode(unquote_to_bytes(url.removeprefix(_FILE))))  # a name may be no UTF-8


def read_bytes(data: bytes, *, url: str = "", name: str = "") -> Original:
    """Return the page, text or document in `data`, for example from standard input.

    `url` is its address, if that is known. `name` is shown in messages, and its
    suffix tells the type of the data.
    """
    address = check_address(url) if url else ""
    shown = clean_line(name) or STANDARD_INPUT
    decoding.refuse_size(len(data), shown, limit=largest(data[:HEAD], MAX_FILE_BYTES))
    return _page(data, url=address, name=shown, suffix=Path(name).suffix)


def _page(data: bytes, *, url: str, name: str, suffix: str) -> Original:
    if kind := kind_of(data):
        decoding.refuse_size(len(data), name, limit=KINDS[kind].max_bytes)
        return Document(url, data, kind, datetime.now(UTC))
    decoding.refuse_foreign(data, name)
    media_type = decoding.media_type_of(decoding.preview(data), suffix=suffix)
    decode = decoding.decode_html if media_type == HTML else decoding.decode_text
    text = decoding.readable(decode(data), name)
    if not is_web_address(url):  # another program may have saved it, with its address
        saved = read_singlefile(text) if media_type == HTML else None
        url = (saved.url if saved else address_of_clipping(text)) or url
    return Page(url, text, media_type, datetime.now(UTC))


def read_data(path: Path, *, limit: int | Callable[[bytes], int] = MAX_FILE_BYTES) -> bytes:
    """Return what is in a file, of at most `limit` bytes. Raises a `FetchError` as above.

    The limit may depend on how the file begins.
    """
    name = clean_line(str(path))
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise NotAnArticle(f"{name} is a folder.", "Give a file in it, or add it with --new.")
        if not stat.S_ISREG(status.st_mode):  # a named pipe would wait for a writer for ever
            raise _not_a_file(name)
        if not isinstance(limit, int):
            limit = limit(_read_at_once(path, HEAD))
        decoding.refuse_size(status.st_size, name, limit=limit)
        data = _read_at_once(path, limit + 1)
    except BlockingIOError as error:
        raise _not_a_file(name) from error
    except FileNotFoundError as error:
        hint = "Check the path. The address of a web page begins with https://."
        if not {"/", "."} & set(name):
            hint = f"{hint} Ids are those that `annotator list` and `annotator notes` show."
        raise FetchError(f"No such file: {name}.", hint) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its name is not valid"
        raise FetchError(f"{name} cannot be read: {why}.", "Check the path.") from error
    decoding.refuse_size(len(data), name, limit=limit)
    return data


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


def _read_at_once(path: Path, limit: int) -> bytes:
    """Return the beginning of a file; `BlockingIOError` if it waits for something to come.

    Some files of the system, such as the log of the kernel, look like regular ones.
    """
    data = bytearray()
    file = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        while len(data) < limit and (piece := os.read(file, min(limit - len(data), _PIECE))):
            data += piece
    finally:
        os.close(file)
    return bytes(data)


def _not_a_file(name: str) -> NotAnArticle:
    return NotAnArticle(
        f"{name} is not a regular file.", "Pipe its contents to standard input, and use “-”."
    )


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
    decoding.refuse_size(len(data), THE_CLIPBOARD, limit=MAX_FILE_BYTES)
    return data


def _address(written: str) -> str:
    """Return the address of a page on the web that a browser wrote down; else nothing."""
    try:
        return check_address(written.strip("\ufeff\x00 \n").partition("\n")[0])
    except AnnotatorError:
        return ""
