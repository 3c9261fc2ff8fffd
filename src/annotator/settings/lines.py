"""On which line of the settings each of them stands, so that a mistake can be found by it."""

import re
from collections import Counter
from collections.abc import Iterator

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
