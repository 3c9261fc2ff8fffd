"""Data that is kept beside the code as TOML, and tables of words: names, wordings of languages.

A line of a table has the words of one meaning and a column those of one language, or the other
way round:

    concept   en                  de
    court     court judge*        gericht* richter*
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pkgutil import get_data
from types import MappingProxyType
from typing import Any

_PIECE = re.compile(r"\{([A-Z_]+)\}")
WordTable = Mapping[str, Mapping[str, str]]


def toml_beside(package: str | None, name: str) -> dict[str, Any]:
    """Return what is in a file of a package."""
    return tomllib.loads((get_data(package or "", name) or b"").decode())


@cache
def wordings(package: str | None, name: str) -> Mapping[str, str]:
    """Return the texts in a file of a package; a line that ends with a bar goes on in the next."""
    texts = toml_beside(package, name).items()
    return {key: text.strip("\n").replace("|\n", "|") for key, text in texts}


def pattern_of(texts: Iterable[str], pieces: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return one pattern for all that some texts hold, each on a line of its own.

    A line that ends with a bar goes on in the next. `{NAME}` stands for one of the `pieces`.

    Raises `KeyError` for a piece that is not given.
    """
    pattern = "|".join(pattern for text in texts for pattern in _patterns_in(text))
    while _PIECE.search(pattern):  # a piece can contain others
        pattern = _PIECE.sub(lambda piece: "".join(_patterns_in(pieces[piece[1]])), pattern)
    return pattern


def word_table(package: str, name: str) -> WordTable:
    """Return the cells of a table of a package, by the first cell of the line, then by column."""
    head, *lines = (get_data(package, name) or b"").decode().splitlines()
    columns = head.split("\t")[1:]
    rows = (line.split("\t") for line in lines)
    return {first: dict(zip(columns, cells, strict=True)) for first, *cells in rows}


def _patterns_in(text: str) -> Iterator[str]:
    """Yield the patterns that a text holds, one on a line or on several."""
    pattern = ""
    for line in text.strip().splitlines():
        pattern += line.strip()
        if pattern and not pattern.endswith("|"):
            yield pattern
            pattern = ""
