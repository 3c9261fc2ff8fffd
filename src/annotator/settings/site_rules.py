"""A person's own rules for the pages of some sites, from a TOML file."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from annotator.errors import SettingsError
from annotator.model.site_rules import Selector, SiteRule
from annotator.model.text import clean_line
from annotator.settings.loading import read_toml
from annotator.settings.wording import Mistakes, shown

_EXAMPLE = 'Rules are tables such as: ["example.org"], with remove = [".promo"] below it.'
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_LISTS = ("keep", "remove", "strip")
_SINGLES = ("title", "byline", "published")
_NAMES = (*_LISTS, *_SINGLES)


def load_site_rules(path: Path) -> tuple[SiteRule, ...]:
    """Return the rules in the file at `path`; none if there is no such file.

    Raises `SettingsError` that names every mistake with its line, and what is allowed.
    """
    text, document = read_toml(path, example=_EXAMPLE)
    mistakes = Mistakes()
    name = clean_line(str(path))
    rules = tuple(
        _Reader(host, _Text(name, text), mistakes).rule(table) for host, table in document.items()
    )
    if mistakes:
        raise SettingsError(f"{name}: {mistakes}", _EXAMPLE)
    return rules


class _Text:
    """The file, to tell on which line something is written."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._text = text

    def line(self, words: str, *, after: str = "") -> int:
        start = max(0, self._text.find(after))
        at = self._text.find(words, start)
        return self._text.count("\n", 0, at if at >= 0 else start) + 1

    def place(self, words: str, *, after: str = "") -> str:
        return f"{self._name}, line {self.line(words, after=after)}"


class _Reader:
    """Reads the table of one host."""

    def __init__(self, host: str, text: _Text, mistakes: Mistakes) -> None:
        self._host = host
        self._text = text
        self._mistakes = mistakes

    def rule(self, table: object) -> SiteRule:
        """Return what the table says; mistakes are noted, and left out."""
        if not _HOST.fullmatch(self._host.lower()):
            said = f'{shown(self._host)} is no host; write it as in ["example.org"]'
            self._mistake(self._host, said)
        if not isinstance(table, dict):
            self._mistake(self._host, f"{shown(self._host)} must be a table")
            table = {}
        for name in sorted(table.keys() - set(_NAMES)):
            self._mistakes.unknown_name(name, _NAMES, place=f"Line {self._line(name)}: ")
        values = {name: self._value(name, table) for name in _NAMES if name in table}
        return SiteRule(self._host.lower(), **values)

    def _value(self, name: str, table: Mapping[str, Any]) -> Any:  # noqa: ANN401 - by its name
        value = table[name]
        make: Callable[[str], object] = str if name == "strip" else self._selector
        if name in _SINGLES and _is_text(value):
            return make(value)
        if name in _LISTS and isinstance(value, list) and all(map(_is_text, value)):
            return tuple(map(make, value))
        allowed = 'a selector, such as "h1"' if name in _SINGLES else 'a list, such as [".promo"]'
        self._mistake(name, f"{name} is {shown(value)}; it must be {allowed}")
        return () if name in _LISTS else None

    def _selector(self, text: str) -> Selector:
        return Selector(text.strip(), self._text.place(text, after=self._host))

    def _mistake(self, words: str, sentence: str) -> None:
        self._mistakes.add(f"Line {self._line(words)}: {sentence}")

    def _line(self, words: str) -> int:
        return self._text.line(words, after=self._host)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
