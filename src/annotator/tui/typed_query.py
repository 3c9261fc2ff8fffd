"""Queries as they are being typed: the last word may be unfinished, and so may be a filter."""

import re

from annotator.errors import InvalidQuery
from annotator.model.query import EVERYTHING, Query
from annotator.model.query_parser import parse

_LAST_WORD = re.compile(r'(?:^|[\s(-])(?!or$)[^\s()":#*-][^\s()":*]*$', re.IGNORECASE)


def read_typed(text: str) -> tuple[Query, InvalidQuery | None]:
    """Return the query as far as it can be understood, and what is wrong with the rest, if any.

    The last word is taken for the start of one. A part such as `tag:`, which is not
    finished, is left out.
    """
    if not text.strip():
        return EVERYTHING, None
    try:
        return _parsed(text), None
    except InvalidQuery as error:
        query, _ = read_typed(_without_last(text))
        return query, error


def _without_last(text: str) -> str:
    before = text.rstrip().rpartition(" ")[0]
    return f"{before} " if before else ""


def _parsed(text: str) -> Query:
    is_in_quotes = text.count('"') % 2 == 1
    is_begun = not is_in_quotes and _LAST_WORD.search(text) is not None
    return parse(f"{text}*" if is_begun else text)
