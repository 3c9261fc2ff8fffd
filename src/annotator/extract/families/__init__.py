"""The families of residue, one file each. A new one needs its file and its name in `ORDER`.

The files are records as `family.Family` describes them, without the name, which is
that of the file. They are read once, by the process that cleans pages.

Of the families that match a line or a container, the first in `ORDER` has it:
wording that is unmistakable, such as counters of free articles, comes before
words that many lines have, such as "more" or "menu". The order says what a
removal is called much more often than what is removed: with the list reversed,
132 of 608 pages had other reasons, and 2 of them another text. The patterns of lines
of all families are in the same order.
"""

import re
import tomllib
from functools import cache, lru_cache
from pkgutil import get_data
from typing import NamedTuple

from msgspec import convert

from annotator.extract.families.family import Family, LinePattern, Place, Policy
from annotator.extract.passages import Rule

ORDER = (
    "meter",
    "sign_in",
    "ads",
    "player",
    "feedback",
    "cookie",
    "newsletter",
    "subscribe",
    "share",
    "comments",
    "related",
    "author",
    "credits",
    "disclaimer",
    "live_blog",
    "footer",
    "navigation",
    "donation",
    "app",
    "tags",
    "read_more",
)


def _read(name: str) -> Family:
    text = (get_data(__package__, f"{name}.toml") or b"").decode()
    return convert({"name": name, **tomllib.loads(text)}, Family)


FAMILIES = tuple(map(_read, ORDER))
# What readers never miss: nothing but they themselves bring it back.
VETOES = frozenset(family.name for family in FAMILIES if family.policy.veto)
BY_NAME = {family.name: family for family in FAMILIES}

_DEFAULT = Policy()


def policy_of(step: str) -> Policy:
    """Return the policy of a family, or the default one for a step that is not a family."""
    family = BY_NAME.get(step)
    return family.policy if family else _DEFAULT


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
