"""Queries as they are being typed: the last word may be unfinished, and so may be a filter."""

import re
from collections.abc import Sequence
from typing import cast

from annotator.errors import InvalidQuery
from annotator.model.query import EVERYTHING, VALUES, Either, Field, FieldName, Not, Query, every
from annotator.model.query_parser import parse

_LAST_WORD = re.compile(r'(?:^|[\s(-])(?!or$)[^\s()":#*-][^\s()":*]*$', re.IGNORECASE)


def read_typed(text: str) -> tuple[Query, InvalidQuery | None]:
    """Return the query as far as it can be understood, and what is wrong with the rest, if any.

    The last word is taken for the start of one, and so is the last value of a filter that
    has a few. A part such as `tag:`, which is not finished, is left out, and so is told.
    """
    if not text.strip():
        return EVERYTHING, None
    try:
        return _parsed(text), None
    except InvalidQuery as error:
        before, last = _split(text)
        query, earlier = read_typed(before)
        begun = _begun(last)
        return every(query, begun), error if begun == EVERYTHING else earlier


def finished(text: str) -> str:
    """Return a typed query with its last value written out, if only one begins as it does."""
    before, last = _split(text)
    values = _values(last)
    if len(values) != 1 or text.count('"') % 2:
        return text
    name, colon, _ = last.partition(":")
    return f"{before}{name}{colon}{values[0]}"


def _begun(word: str) -> Query:
    """Return what the start of a value may become: `status:dis` finds disputed claims.

    `-status:dis` finds all others.
    """
    name = cast("FieldName", word.partition(":")[0].removeprefix("-"))
    parts = tuple(Field(name, value) for value in _values(word))
    begun = Either(parts) if len(parts) > 1 else every(*parts)
    return Not(begun) if parts and word.startswith("-") else begun


def _values(word: str) -> Sequence[str]:
    """Return the values of a filter that begin with what was typed of one."""
    name, _, start = word.removeprefix("-").partition(":")
    return [value for value in VALUES.get(name, ()) if start and value.startswith(start)]


def _split(text: str) -> tuple[str, str]:
    """Return the text before the last word, and that word."""
    before, _, last = text.rstrip().rpartition(" ")
    return f"{before} " if before else "", last


def _parsed(text: str) -> Query:
    is_in_quotes = text.count('"') % 2 == 1
    is_begun = not is_in_quotes and _LAST_WORD.search(text) is not None
    return parse(f"{text}*" if is_begun else text)
