"""Mistakes in settings, collected so that a person mends them in one go."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.errors import SettingsError
from annotator.model.text import clean_line

_WAY_TO_SETTINGS = "Mend it: annotator config edit"

MAX_SHOWN = 60  # characters of a wrong value; more hides what is wrong with it


class Mistakes:
    """What is wrong in the settings `text`, each a sentence without its full stop.

    `at` is the path to what is wrong, as `Lines` has it.
    """

    def __init__(self, text: str = "") -> None:
        self._lines = Lines(text)
        self._sentences: list[tuple[int, str]] = []

    def __bool__(self) -> bool:
        return bool(self._sentences)

    def as_error(self, file: Path, *, hint: str = _WAY_TO_SETTINGS) -> SettingsError:
        """Return all that is wrong with the settings in `file`, in the order of its lines."""
        told = " ".join(f"{sentence}." for _, sentence in sorted(self._sentences))
        what = f"{clean_line(str(file))} has mistakes. {told}"
        return SettingsError(what, hint)

    def add(self, sentence: str, *, at: str) -> None:
        """Add a mistake, with the line that it is in."""
        line = self._lines.of(at)
        self._sentences.append((line or 0, f"Line {line}: {sentence}" if line else sentence))

    def wrong_value(self, name: str, value: object, allowed: str, *, at: str = "") -> None:
        """Add that the setting `name` has `value`, and must be what is `allowed`."""
        self.add(f"{name} is {shown(value)}; it must be {allowed}", at=at or name)

    def unknown_name(self, name: str, known: Iterable[str], *, at: str = "") -> None:
        """Add that there is no setting `name`, and which one was likely meant, or all."""
        self.add(f"{shown(name)} is no setting{_meant(name, list(known))}", at=at or name)


def shown(value: object) -> str:
    """Return a value as it is written in TOML, on one short line."""
    if value is None:
        return "missing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{clean_line(value, limit=MAX_SHOWN)}"'
    return clean_line(str(value), limit=MAX_SHOWN)


def _meant(name: str, known: list[str]) -> str:
    from difflib import get_close_matches

    likely = get_close_matches(name, known, n=1)
    if likely:
        return f"; did you mean {likely[0]}?"
    return f"; there are {', '.join(known[:-1])} and {known[-1]}"


_HEADER = re.compile(r"\s*(\[{1,2})\s*(.+?)\s*\]{1,2}\s*(?:#.*)?$")
_NAME = re.compile(
    r"\s*((?:\"[^\"]*\"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:\"[^\"]*\"|'[^']*'|[\w-]+))*)\s*="
)
_NOT_IN_NAMES = re.compile(r"[\"'\s]")


class Lines:
    """Where the names of a TOML document are, by the path to each.

    A path is written `keys.view.top`, or `kinds[0].colour` in the first of
    several tables. What stands in braces on one line has no place of its own.
    """

    def __init__(self, text: str = "") -> None:
        self._written = text.splitlines()
        self._numbers: dict[str, int] = {}
        for number, path in _paths(text):
            self._numbers.setdefault(path, number)

    def of(self, path: str) -> int | None:
        """Return the line of what is at `path`, or of the table that it is in."""
        while path:
            if path in self._numbers:
                return self._numbers[path]
            path = path.rpartition(".")[0]
        return None

    def of_words(self, words: str, *, at: str) -> int | None:
        """Return the line of `words` in the value at `at`, which may go on over several lines."""
        first = self.of(at)
        if first is None:
            return None
        following = min((each for each in self._numbers.values() if each > first), default=None)
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
