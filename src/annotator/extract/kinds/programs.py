"""Programs that make pages, known by the names that they give to the element with the text."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from annotator.extract.passages import Region
from annotator.model.data_file import toml_beside

WITHIN = 8  # levels from the element of the text to another that its program names
NEVER = ("signature",)  # in the name of a box that has the class of a text as well


class _Program(NamedTuple):
    text: re.Pattern[str]
    within: re.Pattern[str] | None


def texts_by_program(regions: Sequence[Region], table: str) -> list[list[Region]]:
    """Return the outermost elements with text by each program of a table that has any."""
    known = _programs(table)
    by_program: dict[int, list[Region]] = {}
    for region in regions:
        for number in () if region.hidden else _named(region.names, table):
            if _is_within(region, known[number].within):
                by_program.setdefault(number, []).append(region)
    return [outermost(by_program[number], regions) for number in sorted(by_program)]


def outermost(some: Sequence[Region], regions: Sequence[Region]) -> list[Region]:
    """Return the regions of some that are in none of the others."""
    wanted = {region.index for region in some}
    inside: set[int] = set()
    outer: list[Region] = []
    for region in regions if wanted else ():
        if region.parent is not None and region.parent.index in inside:
            inside.add(region.index)
        elif region.index in wanted:
            outer.append(region)
            inside.add(region.index)
    return outer


@cache
def _programs(table: str) -> tuple[_Program, ...]:
    entries = toml_beside(__package__, table).values()
    return tuple(
        _Program(_whole(entry["text"]), _whole(entry["within"]) if "within" in entry else None)
        for entry in entries
    )


def _whole(pattern: str) -> re.Pattern[str]:
    """Return a pattern that finds a whole name among names with blanks between them."""
    return re.compile(rf"(?<!\S)(?:{pattern})(?!\S)")


@lru_cache(maxsize=8192)
def _named(names: str, table: str) -> tuple[int, ...]:
    """Return the numbers of the programs that name the element of a text so."""
    if not names or not _texts(table).search(names) or any(name in names for name in NEVER):
        return ()
    known = enumerate(_programs(table))
    return tuple(number for number, program in known if program.text.search(names))


@cache
def _texts(table: str) -> re.Pattern[str]:
    """Return one pattern of all programs for the element of a text; few elements have any."""
    return _whole("|".join(program.text.pattern for program in _programs(table)))


def _is_within(region: Region, names: re.Pattern[str] | None) -> bool:
    return names is None or any(
        outer.names and names.search(outer.names) for outer in islice(region.chain(), 1, WITHIN)
    )
