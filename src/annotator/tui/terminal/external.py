"""Opening a link outside: in a graphical browser or the one that the reader named."""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import webbrowser
from collections.abc import Mapping
from pathlib import Path

from textual.app import App

from annotator.errors import AddressRefused, AnnotatorError, TooLarge
from annotator.model.text import clean_line, clean_text

SCHEMES = ("http://", "https://", "mailto:")

_LONGEST = 8_192  # characters; servers take no more


def open_outside(url: str, environment: Mapping[str, str] = os.environ) -> None:
    """Open `url` in a browser; raises `AnnotatorError` when it may not or cannot be opened.

    A browser of the terminal would draw over the screen, so without a display
    and without `$BROWSER` the address is told instead.
    """
    check_link(url)
    if not _has_browser(environment) or not webbrowser.open(url):
        raise AnnotatorError("There is no browser to open this page in.", f"Its address is {url}")


def draws_here(environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether `$BROWSER` would take the terminal, there being no display for it."""
    return bool(environment.get("BROWSER")) and not _has_display(environment)


def check_link(url: str) -> None:
    """Raise `AddressRefused` unless `url` is one that a browser may be given."""
    is_plain = url.isprintable() and " " not in url and len(url) <= _LONGEST
    if not (is_plain and url.lower().startswith(SCHEMES)):
        raise AddressRefused(
            f"“{clean_line(url, limit=80)}” is no address for a browser.",
            "Addresses that begin with http, https or mailto can be opened.",
        )


def _has_browser(environment: Mapping[str, str]) -> bool:
    return _has_display(environment) or bool(environment.get("BROWSER"))


def _has_display(environment: Mapping[str, str]) -> bool:
    names = ("DISPLAY", "WAYLAND_DISPLAY")
    return sys.platform == "darwin" or any(environment.get(name) for name in names)


MAX_BYTES = 500_000  # tmux drops a megabyte without a word


def copy(app: App[object], text: str) -> None:
    """Put `text` on the clipboard; raises `TooLarge` if terminals would drop it."""
    size = len(text.encode("utf-8", "replace"))
    if size > MAX_BYTES:
        raise TooLarge(
            f"This is {size // 1000} KB, more than a terminal takes for its clipboard.",
            "Export the article instead.",
        )
    app.copy_to_clipboard(text)


FALLBACKS = ("sensible-editor", "nano", "vim", "vi")


def edit(text: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return `text` as the reader's editor left it; to be called with the screen handed over.

    Raises `AnnotatorError` if there is no editor, or it reports a failure.
    """
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        path = Path(folder) / "note.md"
        path.write_text(text, encoding="utf-8")
        edit_file(path, environment)
        return clean_text(path.read_text(encoding="utf-8", errors="replace")).rstrip("\n")


def edit_file(path: Path, environment: Mapping[str, str] = os.environ) -> None:
    """Let the reader's editor change a file where it is; raises as `edit` does."""
    _run([*_command(environment), str(path)])


def _command(environment: Mapping[str, str]) -> list[str]:
    named = environment.get("VISUAL") or environment.get("EDITOR") or ""
    words = _split(named) or next(([name] for name in FALLBACKS if shutil.which(name)), [])
    program = shutil.which(words[0], path=environment.get("PATH")) if words else None
    if program is None:
        raise AnnotatorError(
            f"The editor “{words[0]}” is not to be found." if words else "There is no editor.",
            "Set $VISUAL or $EDITOR to the one that you use.",
        )
    return [program, *words[1:]]


def _split(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError as error:
        raise AnnotatorError(
            f"$VISUAL or $EDITOR cannot be read: {command}", "Close its quotation marks."
        ) from error


def _run(command: list[str]) -> None:
    try:
        status = subprocess.run(command, check=False).returncode  # noqa: S603  the reader's own editor, no shell
    except OSError as error:
        raise AnnotatorError(f"The editor did not start: {error.strerror}.") from error
    if status:
        raise AnnotatorError(f"The editor ended with status {status}.", "The text is as it was.")
