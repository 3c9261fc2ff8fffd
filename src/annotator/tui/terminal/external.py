"""Programs outside: the browser, the clipboard and the editor."""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import webbrowser
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from textual.dom import DOMNode

from annotator.errors import AddressRefused, AnnotatorError, ProgramEnding, TooLarge
from annotator.model.text import clean_line, clean_text

SCHEMES = ("http://", "https://", "mailto:")

_MAX_LENGTH = 8_192  # characters; servers accept no more


def open_outside(
    url: str,
    environment: Mapping[str, str] = os.environ,
    *,
    in_tab: Callable[[str], object] | None = None,
) -> None:
    """Open `url` in a browser, or in another tab of the one that shows the program.

    Raises `AddressRefused` for an address that no browser should be given, and an
    `AnnotatorError` with the address if there is no display and no `$BROWSER`,
    because a browser in the terminal would draw over the screen.
    """
    if not url:
        raise AnnotatorError("This article has no web address.")
    check_link(url)
    if in_tab is not None:
        in_tab(url)
        return
    has_browser = _has_display(environment) or bool(environment.get("BROWSER"))
    if not has_browser or not webbrowser.open(url):
        raise AnnotatorError("No browser found to open this page.", f"Its address is {url}")


def draws_here(environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether `$BROWSER` would run in the terminal, for lack of a display."""
    return bool(environment.get("BROWSER")) and not _has_display(environment)


def check_link(url: str) -> None:
    """Raise `AddressRefused` unless `url` is safe to pass to a browser."""
    is_plain = url.isprintable() and " " not in url and len(url) <= _MAX_LENGTH
    if not (is_plain and url.lower().startswith(SCHEMES)):
        raise AddressRefused(
            f"“{clean_line(url, limit=80)}” can’t be opened in a browser.",
            "Only http, https and mailto addresses can.",
        )


def _has_display(environment: Mapping[str, str]) -> bool:
    names = ("DISPLAY", "WAYLAND_DISPLAY")
    return sys.platform == "darwin" or any(environment.get(name) for name in names)


MAX_BYTES = 500_000  # tmux silently drops a megabyte


def copy(node: DOMNode, text: str) -> None:
    """Copy `text` to the clipboard. Raises `TooLarge` if terminals would drop it."""
    size = len(text.encode("utf-8", "replace"))
    if size > MAX_BYTES:
        raise TooLarge(
            f"{size // 1000} KB is too much for the clipboard of a terminal.",
            "Export the article instead.",
        )
    node.app.copy_to_clipboard(text)


_PATIENCE = 1.0  # seconds until an editor that is to end is left alone
FALLBACKS = ("sensible-editor", "nano", "vim", "vi")


def edit(text: str, environment: Mapping[str, str] = os.environ) -> str:
    """Edit `text` in the reader's editor, and return it. The app must be suspended.

    If the program is ended meanwhile, that is what was saved in the editor by then. Raises
    `AnnotatorError` if there is no editor, or if it fails.
    """
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        path = Path(folder) / "note.md"
        path.write_text(text, encoding="utf-8")
        with suppress(ProgramEnding):
            _run([*_command(environment), str(path)])
        return clean_text(path.read_text(encoding="utf-8", errors="replace")).rstrip("\n")


def _command(environment: Mapping[str, str]) -> list[str]:
    named = environment.get("VISUAL") or environment.get("EDITOR") or ""
    words = _split(named) or next(([name] for name in FALLBACKS if shutil.which(name)), [])
    program = shutil.which(words[0], path=environment.get("PATH")) if words else None
    if program is None:
        raise AnnotatorError(
            f"Editor “{words[0]}” not found." if words else "No editor found.",
            "Set $VISUAL or $EDITOR to your editor.",
        )
    return [program, *words[1:]]


def _split(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError as error:
        raise AnnotatorError(
            f"$VISUAL or $EDITOR can’t be parsed: {command}", "Check its quotation marks."
        ) from error


def _run(command: list[str]) -> None:
    try:
        editor = subprocess.Popen(command)  # noqa: S603  the reader's own editor, no shell
    except OSError as error:
        raise AnnotatorError(f"The editor didn’t start: {error.strerror}.") from error
    try:
        status = editor.wait()
    except BaseException:
        editor.terminate()  # it may keep what is not saved, as vim does
        with suppress(subprocess.TimeoutExpired):
            editor.wait(_PATIENCE)
        raise
    if status:
        raise AnnotatorError(f"The editor exited with status {status}.", "The text is unchanged.")
