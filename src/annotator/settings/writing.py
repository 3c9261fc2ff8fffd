"""Writing one setting into the settings file, whose comments and order stay."""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import json

from annotator.errors import SettingsError
from annotator.model.text import clean_line
from annotator.settings.loading import EXAMPLE, text_of
from annotator.settings.mistakes import parse
from annotator.settings.readers import SETTING_NAMES, read_settings, settings_template
from annotator.settings.settings import Settings
from annotator.store.disk import files

Value = str | int | bool

_SWITCHES = {"on": True, "true": True, "yes": True, "off": False, "false": False, "no": False}
_EXAMPLE_LINE = re.compile(r"# (\w+) = ")
_SENTENCE_END = re.compile(r"(?<=\.) ")
_VALUE = r"""("(?:[^"\\]|\\.)*"|'[^']*'|[^\s#"']+)"""  # on one line


def explanations() -> Mapping[str, str]:
    """Return the first sentence on each setting that is a line, in the order of a new file."""
    sentences: dict[str, str] = {}
    comment = ""
    for line in settings_template().splitlines():
        if example := _EXAMPLE_LINE.match(line):
            if example[1] in SETTING_NAMES:
                sentences[example[1]] = _SENTENCE_END.split(comment.strip())[0]
        else:
            comment = f"{comment} {line[2:]}" if line else ""
    return sentences


def label_of(name: str) -> str:
    """Return the name of a setting in words."""
    return name.replace("_", " ").capitalize().replace(" url", " address")


def typed_value(name: str, words: str) -> Value:
    """Return what was typed as a value of a setting: on or off, a number, or a text."""
    usual, typed = getattr(Settings(), name), words.lower()
    if isinstance(usual, bool) and typed in _SWITCHES:
        return _SWITCHES[typed]
    return int(words) if isinstance(usual, int) and words.isdecimal() else words


def write_setting(file: Path, name: str, value: Value | None) -> Settings:
    """Set a setting in the file, or with None remove its line, and return all settings.

    A file that is not there yet begins as the template. Raises `SettingsError` if the value is
    not allowed, or if the file has mistakes or cannot be written; then it is as it was.
    """
    text = with_setting(file, text_of(file) or settings_template(), name, value)
    settings, mistakes = read_settings(file, text, example=EXAMPLE)
    if mistakes:
        raise mistakes.as_error(file)
    try:
        _write(file.resolve(), text.encode())  # a link to a file elsewhere stays a link
    except (OSError, UnicodeEncodeError) as error:
        raise not_written(file, error) from error
    return settings


def with_setting(file: Path, text: str, name: str, value: Value | None) -> str:
    """Return the text of a settings file with another value, everything else as it was."""
    wanted = parse(file, text, example=EXAMPLE)
    wanted.pop(name, None)
    if value is not None:
        wanted[name] = value
    for changed in _ways(text, name, value):
        try:
            if parse(file, changed, example=EXAMPLE) == wanted:
                return changed
        except SettingsError:
            continue
    raise SettingsError(
        f"{name} is written in a way that can only be changed by hand.",
        f"Open {clean_line(str(file))} in an editor.",
    )


def not_written(file: Path, error: Exception) -> SettingsError:
    """Return the error for a settings file that could not be written."""
    reason = error.strerror if isinstance(error, OSError) else "it has a character that is no text"
    return SettingsError(
        f"Can't write {clean_line(str(file))}: {reason}.", "Check the permissions of the folder."
    )


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    mode = files.PRIVATE_FILE
    if file.exists():
        mode = file.stat().st_mode & 0o777
        os.close(os.open(file, os.O_WRONLY))  # refused where the user may not write the file
    files.replace(file, data, mode=mode)


def _ways(text: str, name: str, value: Value | None) -> Iterator[str]:
    """Yield the text with the change at each place where it may belong, the likely ones first.

    The caller checks which of them means what is wanted: a line may be in a table, or in a string.
    """
    lines = text.splitlines(keepends=True)
    end = "\r\n" if "\r\n" in text else "\n"
    written = "" if value is None else json.encode(value).decode()
    own = re.compile(rf"(\s*[\"']?{name}[\"']?\s*=\s*){_VALUE}(\s*)(#.*)?$")
    for at, line in enumerate(lines):
        if match := own.match(line):
            kept = f"# {line}" if match[4] else ""  # with a remark of the user
            changed = f"{match[1]}{written}{line[match.end(2) :]}" if written else kept
            yield "".join((*lines[:at], changed, *lines[at + 1 :]))
    examples = [at for at, line in enumerate(lines, 1) if line.startswith(f"# {name} = ")]
    for at in (*reversed(examples), _end_of_top(lines), 0) if written else ():
        before = "".join(lines[:at])
        gap = end if before and not before.endswith("\n") else ""
        yield f"{before}{gap}{name} = {written}{end}{''.join(lines[at:])}"
    if not written:
        yield text  # it has no such line


def _end_of_top(lines: list[str]) -> int:
    """Return the index after the last line before the first table and its comment."""
    tables = [at for at, line in enumerate(lines) if line.lstrip().startswith("[")]
    at = min(tables, default=len(lines))
    while tables and at and (not lines[at - 1].strip() or lines[at - 1].lstrip().startswith("#")):
        at -= 1
    return at
