"""The user's own cleaning rules for certain sites, from a TOML file."""

import re
from functools import partial
from pathlib import Path
from typing import Any, TypeGuard

from annotator.model.site_rules import Selector, SiteRule
from annotator.model.text import clean_line
from annotator.settings.loading import text_of
from annotator.settings.mistakes import Mistakes, NameLines, parse, shown

_EXAMPLE = 'Rules are tables such as: ["example.org"], with remove = [".promo"] below it.'
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_LISTS = ("keep", "remove", "strip")
_SINGLES = ("title", "byline", "published")
_NAMES = (*_LISTS, *_SINGLES)


def load_site_rules(path: Path) -> tuple[SiteRule, ...]:
    """Return the rules in the file at `path`, or none without a file.

    Raises `SettingsError`, which names every mistake with its line and what is allowed.
    """
    text = text_of(path, example=_EXAMPLE)
    document = parse(path, text, example=_EXAMPLE) if text else {}
    reader = _RuleReader(path, text)
    rules = tuple(reader.rule(host, table) for host, table in document.items())
    if reader.mistakes:
        raise reader.mistakes.as_error(path, hint=_EXAMPLE)
    return rules


class _RuleReader:
    """Reads the tables of hosts; wrong values are noted and left out."""

    def __init__(self, path: Path, text: str) -> None:
        self.mistakes = Mistakes(text)
        self._name = clean_line(str(path))
        self._lines = NameLines(text)

    def rule(self, host: str, table: object) -> SiteRule:
        """Return the rule in the table of a host."""
        if not _HOST.fullmatch(host.lower()):
            problem = f'{shown(host)} is not a host name; write it as in ["example.org"]'
            self.mistakes.add(problem, at=host)
        if not isinstance(table, dict):
            self.mistakes.add(f"{shown(host)} must be a table", at=host)
            table = {}
        for name in sorted(table.keys() - set(_NAMES)):
            self.mistakes.unknown_name(name, _NAMES, at=f"{host}.{name}")
        values = {
            name: self._value(name, table[name], at=f"{host}.{name}")
            for name in _NAMES
            if name in table
        }
        return SiteRule(host.lower(), **values)

    def _value(self, name: str, value: object, *, at: str) -> Any:  # noqa: ANN401 - by its name
        make = str if name == "strip" else partial(self._selector, at=at)
        if name in _SINGLES and _is_text(value):
            return make(value)
        if name in _LISTS and isinstance(value, list) and all(map(_is_text, value)):
            return tuple(map(make, value))
        allowed = 'a selector, such as "h1"' if name in _SINGLES else 'a list, such as [".promo"]'
        self.mistakes.wrong_value(name, value, allowed, at=at)
        return () if name in _LISTS else None

    def _selector(self, text: str, *, at: str) -> Selector:
        line = self._lines.of_words(text, at=at)
        return Selector(text.strip(), f"{self._name}, line {line}")


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and bool(value.strip())
