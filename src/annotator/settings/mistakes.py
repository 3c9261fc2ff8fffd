"""Mistakes in a TOML file, collected with their lines, so that all can be fixed in one go."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from annotator.errors import SettingsError, closest
from annotator.model.text import clean_line
from annotator.settings.loading import not_toml

_HOW_TO_FIX = "Fix it with: annotator config edit"

MAX_SHOWN = 60  # characters of a wrong value; more hides what is wrong with it


def parse(path: Path, text: str, *, example: str) -> dict[str, Any]:
    """Return the tables of a settings file. Raises `SettingsError` if it is not TOML."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise not_toml(path, clean_line(str(error)), example) from error


class Mistakes:
    """The mistakes in a settings file with the contents `text`.

    Each is a sentence without its full stop. `at` is the path to the value that
    is wrong, in the notation of `NameLines`.
    """

    def __init__(self, text: str = "") -> None:
        self._lines = NameLines(text)
        self._sentences: list[tuple[int, str]] = []

    def __bool__(self) -> bool:
        return bool(self._sentences)

    @property
    def first(self) -> str:
        """The sentence of the first mistake; empty if there is none."""
        return next((f"{sentence}." for _, sentence in sorted(self._sentences)), "")

    def as_error(self, file: Path, *, hint: str = _HOW_TO_FIX) -> SettingsError:
        """Return all mistakes of `file` as one error, a line for each, in their order."""
        sentences = "".join(f"\n{sentence}." for _, sentence in sorted(self._sentences))
        errors = "an error" if len(self._sentences) == 1 else "errors"
        return SettingsError(f"{clean_line(str(file))} has {errors}:{sentences}", hint)

    def add(self, sentence: str, *, at: str) -> None:
        """Add a mistake, with its line if that is known."""
        line = self._lines.of(at)
        self._sentences.append((line or 0, f"Line {line}: {sentence}" if line else sentence))

    def wrong_value(self, name: str, value: object, allowed: str, *, at: str = "") -> None:
        """Add that the setting `name` has `value` but must be what is `allowed`."""
        self.add(f"{name} is {shown(value)}; it must be {allowed}", at=at or name)

    def unknown_name(self, name: str, known: Iterable[str], *, at: str = "") -> None:
        """Add that the setting `name` is unknown, with the closest known name or all of them."""
        self.add(f"unknown setting {shown(name)} ({_suggestion(name, list(known))})", at=at or name)


def shown(value: object) -> str:
    """Return a value as TOML writes it, on one short line."""
    if value is None:
        return "missing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{clean_line(value, limit=MAX_SHOWN)}"'
    return clean_line(str(value), limit=MAX_SHOWN)


def _suggestion(name: str, known: list[str]) -> str:
    if likely := closest(name, known):
        return f"did you mean {shown(likely)}?"
    return f"choose one of: {', '.join(known)}"


_HEADER = re.compile(r"\s*(\[{1,2})\s*(.+?)\s*\]{1,2}\s*(?:#.*)?$")
_NAME = re.compile(
    r"\s*((?:\"[^\"]*\"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:\"[^\"]*\"|'[^']*'|[\w-]+))*)\s*="
)
_NOT_IN_NAMES = re.compile(r"[\"'\s]")


class NameLines:
    """The line numbers of the names in a TOML document, by path.

    A path is written `keys.view.top`, or `kinds[0].colour` for the first of
    several tables. Names inside an inline table get the line of that table.
    """

    def __init__(self, text: str = "") -> None:
        self._written = text.splitlines()
        self._numbers: dict[str, int] = {}
        for number, path in _paths(text):
            self._numbers.setdefault(path, number)

    def of(self, path: str) -> int | None:
        """Return the line of `path`, or else of the table around it, or None."""
        while path:
            if path in self._numbers:
                return self._numbers[path]
            path = path.rpartition(".")[0]
        return None

    def of_words(self, words: str, *, at: str) -> int | None:
        """Return the line of `words` in the value at `at`, which may span several lines."""
        first = self.of(at)
        if first is None:
            return None
        following = min((other for other in self._numbers.values() if other > first), default=None)
        value = self._written[first - 1 : following and following - 1]
        return next((number for number, line in enumerate(value, first) if words in line), first)


def _paths(text: str) -> Iterator[tuple[int, str]]:
    table, tables = "", Counter[str]()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _plain(header[2])
            if header[1] == "[[":
                tables[table] += 1
                table = f"{table}[{tables[table] - 1}]"
            yield number, table
        elif name := _NAME.match(line):
            yield number, f"{table}.{_plain(name[1])}" if table else _plain(name[1])


def _plain(name: str) -> str:
    return _NOT_IN_NAMES.sub("", name)
