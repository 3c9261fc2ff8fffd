"""Queries as they are being typed: the last word may be unfinished, and so may be a filter."""

import re
from collections.abc import Sequence
from typing import cast

from annotator.errors import InvalidQuery
from annotator.model.query import (
    CURLY_QUOTES,
    EVERYTHING,
    VALUES,
    Either,
    Field,
    FieldName,
    Not,
    Query,
    every,
)
from annotator.model.query_parser import MAX_LENGTH, parse

_MOST_UNFINISHED = 8  # parts; a text with more was pasted, and each takes time to read again
_LAST_WORD = re.compile(r'(?:^|[\s(-])(?!or$)[^\s()":#*-][^\s()":*]*$', re.IGNORECASE)


def read_typed(text: str) -> tuple[Query, InvalidQuery | None]:
    """Return the query as far as it can be understood, and what is wrong with the rest, if any.

    The last word is taken for the start of one, and so is the last value of a filter that
    has a few. A part such as `tag:`, which is not finished, is left out, and so is told. If that
    is true of more than a few parts at the end, all of the text is left out.
    """
    if len(text) > MAX_LENGTH:  # it was pasted
        try:
            return parse(text), None
        except InvalidQuery as error:
            return EVERYTHING, error
    unfinished: list[Query] = []
    problem = None
    before = text
    for _ in range(_MOST_UNFINISHED):
        if not before.strip():
            return every(*reversed(unfinished)), problem
        try:
            return every(_parsed(before), *reversed(unfinished)), problem
        except InvalidQuery as error:
            before, last = _split(before)
            begun = _begun(last)
            unfinished.append(begun)
            if problem is None and begun == EVERYTHING:
                problem = error
    return EVERYTHING, problem


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
    if sum(map(text.count, ('"', *CURLY_QUOTES))) % 2:  # a phrase that is not finished
        return parse(f'{text}"')
    return parse(f"{text}*" if _LAST_WORD.search(text) else text)
