"""A text or a file in the reader's own editor."""

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.model.text import clean_text

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
