"""The patterns of lines, of all families in their order."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from annotator.extract.families import FAMILIES
from annotator.extract.families.family import Family, LinePattern, Place
from annotator.extract.passages import Rule


class Hit(NamedTuple):
    """The rule that a line matches, and where it applies."""

    rule: Rule
    place: Place
    is_label: bool = False
    is_exact: bool = False


@lru_cache(maxsize=4096)
def hit_of_line(line: str) -> Hit | None:
    """Return the hit of the first pattern of all families that matches a line."""
    return next((hit for pattern, hit in _line_patterns() if pattern.fullmatch(line)), None)


@cache
def _line_patterns() -> tuple[tuple[re.Pattern[str], Hit], ...]:
    """Return the patterns of all families in their order, compiled once in a process."""
    return tuple(
        (family.compile_line(line), _hit(family, line))
        for family in FAMILIES
        for line in family.lines
    )


def _hit(family: Family, line: LinePattern) -> Hit:
    rule = Rule(family.name, line.name, line.reason or family.reason)
    return Hit(rule, line.place, line.is_label, line.is_exact)
