"""The query language of the library, the same on the command line and on the screens.

A word also matches its other forms, `price*` any word with this prefix, and a
phrase in quotation marks these words in this order. `tag:energy` or `#energy`
matches a tag and those below it. Other filters are `kind:claim`,
`status:disputed`, `speaker:lee`, `site:example.org`, `author:"Ann Lee"`,
`is:unread`, `has:note` and `added:2026-01..`, where `..` leaves an end open.
Parts side by side must all match, `-` excludes, `or` joins alternatives, and
parentheses group.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal, cast

from annotator.errors import InvalidQuery, InvalidTag, did_you_mean
from annotator.model import tags
from annotator.model.query import (
    EVERYTHING,
    FIELDS,
    VALUES,
    Added,
    Either,
    Field,
    FieldName,
    Not,
    Query,
    Words,
    every,
    is_symbol,
)
from annotator.model.text import clean_text

MAX_LENGTH = 4_000  # characters; a longer query was pasted by mistake
MAX_DEPTH = 50  # nested parentheses; a deeper query was not typed by hand

_Shape = Literal["mark", "phrase", "word"]

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<mark>[()] | -(?=[^\s)-]))
        | (?:(?P<field>[A-Za-z]+):(?!//))? (?:"(?P<phrase>[^"]*)(?:"|$) | (?P<word>[^\s()"]+))
        )""",
    re.VERBOSE,
)
_SHAPES: tuple[_Shape, ...] = ("mark", "phrase", "word")
_CURLY = str.maketrans("“”„«»", '"""""')
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DECEMBER = 12


def parse(text: str) -> Query:
    """Return the query that `text` describes; raises `InvalidQuery` with the place of a mistake."""
    written = clean_text(text, limit=MAX_LENGTH + 1).translate(_CURLY)
    if len(written) > MAX_LENGTH:
        raise InvalidQuery(
            f"A query has at most {MAX_LENGTH:,} characters.", "Shorten it.", position=0
        )
    return _Reader(_tokens(written)).query()


@dataclass(frozen=True, slots=True)
class _Token:
    """A word as typed: `field` is the part before its colon, `text` the rest."""

    text: str
    shape: "_Shape"
    position: int
    field: str = ""

    def is_mark(self, mark: str) -> bool:
        return self.shape == "mark" and self.text == mark

    @property
    def is_or(self) -> bool:
        return self.shape == "word" and not self.field and self.text.lower() == "or"


def _tokens(text: str) -> list[_Token]:
    found, at = [], 0
    while match := _TOKEN.match(text, at):
        shape = next(shape for shape in _SHAPES if match[shape] is not None)
        start = match.end() - len(match[0].lstrip())
        found.append(_Token(match[shape], shape, start, match["field"] or ""))
        at = match.end()
    return found


class _Reader:
    """A recursive-descent parser: `or` binds least, then parts side by side, then `-`."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def query(self) -> Query:
        found = self._alternatives()
        if rest := self._next():
            raise _failure("This parenthesis closes nothing.", "Remove it.", rest)
        return found

    def _alternatives(self) -> Query:
        parts = [self._beside()]
        while (token := self._next()) and token.is_or:
            self._at += 1
            parts.append(self._beside())
            if EVERYTHING in parts[-2:]:
                hint = 'To search for the word, write "or" in quotation marks.'
                raise _failure("“or” needs something on both sides.", hint, token)
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _beside(self) -> Query:
        parts: list[Query] = []
        while (token := self._next()) and not token.is_or and not token.is_mark(")"):
            self._at += 1
            parts.append(self._part(token))
        return every(*parts)

    def _part(self, token: _Token) -> Query:
        if token.is_mark("("):
            return self._parenthesized(token)
        if not token.is_mark("-") or (following := self._next()) is None:
            return _leaf(token)
        self._at += 1
        part = self._part(following)
        return EVERYTHING if part == EVERYTHING else Not(part)

    def _parenthesized(self, opening: _Token) -> Query:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _failure("There are too many parentheses.", "Remove some of them.", opening)
        found = self._alternatives()
        closing = self._next()
        if closing is None:
            raise _failure("The parenthesis is not closed.", "Add the missing “)”.", opening)
        self._at += 1
        self._depth -= 1
        return found

    def _next(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None


def _leaf(token: _Token) -> Query:
    if not token.field:
        return _word(token)
    name = token.field.lower()
    if name not in FIELDS:
        raise _unknown(token)
    if not token.text.strip():
        raise _failure(f"“{name}:” needs a value.", f"Write for example {_EXAMPLES[name]}.", token)
    if name == "tag":
        return _tagged(token)
    return _added(token) if name == "added" else _field(cast("FieldName", name), token)


def _word(token: _Token) -> Query:
    if not any(map(_is_telling, token.text)):
        return EVERYTHING
    if token.shape == "phrase":
        return Words(token.text)
    if token.text.startswith("#") and token.text.strip("#"):
        return _tagged(token)
    if token.text[-1] == ":" and token.text[:-1].lower() in FIELDS:
        return _leaf(replace(token, field=token.text[:-1], text=""))
    stem = token.text.rstrip("*")
    return Words(stem, is_begun=True) if stem != token.text and stem else Words(token.text)


def _is_telling(character: str) -> bool:
    """Return whether text can be searched for a character: not for a comma or a dash."""
    return character.isalnum() or is_symbol(character)


def _tagged(token: _Token) -> Query:
    try:
        return Field("tag", tags.normalise(token.text))
    except InvalidTag as error:
        raise _failure(error.message, error.hint, token) from error


def _field(name: FieldName, token: _Token) -> Query:
    value = token.text.strip()
    if name not in VALUES:
        return Field(name, value)
    if value.lower() not in VALUES[name]:
        known = ", ".join(VALUES[name])
        raise _failure(f"Unknown value “{name}:{value}”.", f"Choose one of: {known}.", token)
    return Field(name, value.lower())


def _added(token: _Token) -> Query:
    first, dots, last = token.text.strip().partition("..")
    since = _period(first, token)[0] if first else None
    until = _period(last, token)[1] if last else None
    if not dots:
        return Added(since, _period(first, token)[1])
    if since and until and since >= until:
        raise _failure("The first day comes after the last.", "Swap them.", token)
    return Added(since, until)


def _period(text: str, token: _Token) -> tuple[datetime, datetime]:
    """Return the beginning of a year, month or day, and that of the next one."""
    match = _DATE.fullmatch(text)
    try:
        year, month, day = (int(part or 0) for part in (match.groups() if match else ()))
        start = datetime(year, month or 1, day or 1, tzinfo=UTC)
        if day:
            return start, start + timedelta(days=1)
        if month and month < _DECEMBER:
            return start, start.replace(month=month + 1)
        return start, start.replace(year=year + 1, month=1)
    except (ValueError, OverflowError) as error:
        hint = f"Write a year, a month or a day, such as {_EXAMPLES['added']}."
        raise _failure(f"“{text}” is not a date.", hint, token) from error


def _unknown(token: _Token) -> InvalidQuery:
    known = [f"{name}:" for name in FIELDS]
    meant = did_you_mean(f"{token.field.lower()}:", known)
    hint = f"{meant} Choose one of: {', '.join(known)}. Put it in quotes to search for the word."
    return _failure(f"Unknown filter “{token.field}:”.", hint.strip(), token)


def _failure(message: str, hint: str, token: _Token) -> InvalidQuery:
    return InvalidQuery(
        f"{message.removesuffix('.')}, at character {token.position + 1}.",
        hint,
        position=token.position,
    )


_EXAMPLES = {
    "tag": "tag:energy",
    "kind": "kind:claim",
    "status": "status:disputed",
    "site": "site:example.org",
    "author": "author:lee",
    "speaker": 'speaker:"Ann Lee"',
    "is": "is:unread",
    "has": "has:note",
    "added": "added:2026-01",
}
