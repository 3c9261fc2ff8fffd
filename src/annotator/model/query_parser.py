"""The query language of the library, the same on the command line and on the screens.

A word also matches its other forms, `price*` any word with this prefix, and a
phrase in quotation marks these words in this order. `tag:energy` or `#energy`
matches a tag and those below it. Other filters are `kind:claim`,
`status:disputed`, `speaker:lee`, `by:ann`, `proposed:claude`, `type:statistic`,
`confidence:low`, `verdict:false`, `said:2026-03`, `marked:week`, `site:example.org`,
`author:"Ann Lee"`, `is:unread`, `has:note` and `added:2026-01..`, where `..`
leaves an end open. Parts side by side must all match, `-` excludes, `or` joins
alternatives, and parentheses group.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal, cast

from annotator.errors import InvalidQuery, InvalidTag, closest, did_you_mean
from annotator.model import tags
from annotator.model.identity import doi_in
from annotator.model.query import (
    CURLY_QUOTES,
    DAYS_OF,
    EVERYTHING,
    FIELDS,
    VALUES,
    Added,
    Either,
    Field,
    FieldName,
    MarkedOn,
    Not,
    Query,
    SaidOn,
    Words,
    every,
    is_symbol,
)
from annotator.model.text import clean_text

MAX_LENGTH = 4_000  # characters; a longer query was pasted by mistake
MAX_WORDS = 100  # or other parts; the index cannot be asked for a thousand at once
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
_CURLY = str.maketrans(dict.fromkeys(CURLY_QUOTES, '"'))
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DECEMBER = 12
_LENGTHS = tuple(map(len, ("2026", "2026-03", "2026-03-14")))


def parse(text: str) -> Query:
    """Return the query that `text` describes; raises `InvalidQuery` with the place of a mistake."""
    # A tab would become several spaces, and the place of a mistake another one.
    written = clean_text(text.replace("\t", " "), limit=MAX_LENGTH + 1).translate(_CURLY)
    if len(written) > MAX_LENGTH:
        raise InvalidQuery(f"A query has at most {MAX_LENGTH:,} characters.", position=0)
    tokens = _tokens(written)
    if len(tokens) > MAX_WORDS:
        raise InvalidQuery(f"A query has at most {MAX_WORDS} words.", position=0)
    return _query(tokens)


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
    tokens, at = [], 0
    while match := _TOKEN.match(text, at):
        shape = next(shape for shape in _SHAPES if match[shape] is not None)
        start = match.end() - len(match[0].lstrip())
        tokens.append(_Token(match[shape], shape, start, match["field"] or ""))
        if shape == "phrase" and match.end("phrase") == match.end():
            hint = 'Add the missing “"”.'
            raise _failure("The quotation mark is not closed.", hint, tokens[-1])
        at = match.end()
    return tokens


class _Group:
    """What is in a pair of parentheses, or the whole query: parts side by side, and alternatives.

    `or` binds least, then parts side by side, then `-`.
    """

    def __init__(self, opening: _Token | None = None, *, is_denied: bool = False) -> None:
        self.opening = opening
        self.is_denied = is_denied
        self._alternatives: list[list[Query]] = [[]]
        self._ors: list[_Token] = []

    def add(self, part: Query, *, is_denied: bool) -> None:
        self._alternatives[-1].append(Not(part) if is_denied and part != EVERYTHING else part)

    def begin_alternative(self, token: _Token) -> None:
        self._check(self._alternatives[-1], token)
        self._ors.append(token)
        self._alternatives.append([])

    def query(self) -> Query:
        if self._ors:
            self._check(self._alternatives[-1], self._ors[-1])
        parts = [every(*parts) for parts in self._alternatives]
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _check(self, parts: list[Query], token: _Token) -> None:
        if every(*parts) == EVERYTHING:
            hint = 'To search for the word, write "or" in quotation marks.'
            raise _failure("“or” needs something on both sides.", hint, token)


def _query(tokens: Sequence[_Token]) -> Query:
    """Return the query of some tokens. The groups that are open are a list, not calls."""
    groups, is_denied = [_Group()], False
    for at, token in enumerate(tokens):
        if token.is_mark("-") and at + 1 < len(tokens):
            is_denied = not is_denied
            continue
        if token.is_mark("("):
            if len(groups) > MAX_DEPTH:
                raise _failure("There are too many parentheses.", "Remove some of them.", token)
            groups.append(_Group(token, is_denied=is_denied))
        elif token.is_mark(")"):
            if len(groups) == 1:
                raise _failure("This parenthesis closes nothing.", "Remove it.", token)
            group = groups.pop()
            groups[-1].add(group.query(), is_denied=group.is_denied)
        elif token.is_or and not is_denied:
            groups[-1].begin_alternative(token)
        else:
            groups[-1].add(_leaf(token), is_denied=is_denied)
        is_denied = False
    if opening := groups[-1].opening:
        raise _failure("The parenthesis is not closed.", "Add the missing “)”.", opening)
    return groups[0].query()


def _leaf(token: _Token) -> Query:
    if not token.field:
        return _word(token)
    name = token.field.lower()
    if name not in FIELDS:
        raise _unknown(token)
    if not token.text.strip():
        raise _failure(f"“{name}:” needs a value.", f"Write for example {FILTERS[name][1]}.", token)
    if name in _SPECIAL:
        return _SPECIAL[name](token)
    return _field(cast("FieldName", name), token)


def _word(token: _Token) -> Query:
    # Text cannot be searched for a comma or a dash.
    if not any(character.isalnum() or is_symbol(character) for character in token.text):
        return EVERYTHING
    if token.shape == "phrase":
        return Words(token.text)
    if token.text.startswith("#") and token.text.strip("#"):
        return _tagged(token)
    if token.text[-1] == ":" and token.text[:-1].lower() in FIELDS:
        return _leaf(replace(token, field=token.text[:-1], text=""))
    stem = token.text.rstrip("*")
    return Words(stem, is_begun=True) if stem != token.text and stem else Words(token.text)


def _tagged(token: _Token) -> Query:
    try:
        return Field("tag", tags.normalise(token.text))
    except InvalidTag as error:
        raise _failure(error.message, error.hint, token) from error


def _field(name: FieldName, token: _Token) -> Query:
    value = token.text.strip()
    if name not in VALUES:
        return Field(name, (doi_in(value) or value) if name == "doi" else value)
    if value.lower() not in VALUES[name]:
        known = f"{_meant(name, value.lower())} Choose one of: {', '.join(VALUES[name])}.".strip()
        raise _failure(f"Unknown value “{name}:{value}”.", known, token)
    return Field(name, value.lower())


def _meant(name: str, value: str) -> str:
    """Return a question with the only value that begins as `value` does, or one like it."""
    begun = [known for known in VALUES[name] if known.startswith(value)]
    likely = begun[0] if len(begun) == 1 else closest(value, VALUES[name])
    return f"Did you mean “{name}:{likely}”?" if likely else ""


def _added(token: _Token) -> Query:
    first, last = _ends(token)
    since = _midnight(_period(first, token)[0]) if first else None
    return Added(since, _midnight(_period(last, token)[1]) if last else None)


def _marked(token: _Token) -> Query:
    if days := DAYS_OF.get(token.text.strip().lower()):
        return MarkedOn(last=days)
    first, last = _ends(token)
    since = _period(first, token)[0] if first else None
    return MarkedOn(since, _period(last, token)[1] if last else None)


def _said(token: _Token) -> Query:
    """Return claims of these dates; a bound is as long as what was typed for it."""
    first, last = _ends(token)
    since = _period(first, token)[0].isoformat()[: _length(first)] if first else ""
    until = _period(last, token)[1].isoformat()[: _length(last)] if last else ""
    return SaidOn(since, until)


def _ends(token: _Token) -> tuple[str, str]:
    """Return both ends of a range, of which one may be empty; a single period is both."""
    first, dots, last = token.text.strip().partition("..")
    if not dots:
        return first, first
    if first and last and _period(first, token)[0] >= _period(last, token)[1]:
        raise _failure("The first day comes after the last.", "Swap them.", token)
    return first, last


def _period(text: str, token: _Token) -> tuple[date, date]:
    """Return the first day of a year, month or day, and that of the next one."""
    match = _DATE.fullmatch(text)
    try:
        year, month, day = (int(part or 0) for part in (match.groups() if match else ()))
        start = date(year, month or 1, day or 1)
        if day:
            return start, start + timedelta(days=1)
        if month and month < _DECEMBER:
            return start, start.replace(month=month + 1)
        return start, start.replace(year=year + 1, month=1)
    except (ValueError, OverflowError) as error:
        hint = f"Write a year, a month or a day, such as {FILTERS[token.field.lower()][1]}."
        raise _failure(f"“{text}” is not a date.", hint, token) from error


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _length(text: str) -> int:
    """Return how much of an ISO 8601 date is as precise as `text`: year, month or day."""
    return _LENGTHS[text.count("-")]


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


# What each filter finds, with an example of it.
FILTERS: dict[str, tuple[str, str]] = {
    "tag": ("the tag, or one below it, such as `energy/grid`", "tag:energy"),
    "kind": ("marks of this kind", "kind:claim"),
    "status": ("claims of this status", "status:disputed"),
    "speaker": ("claims of somebody whose name has these words", 'speaker:"Ann Lee"'),
    "by": ("marks that somebody of this name made", 'by:"Ann Lee"'),
    "proposed": ("marks that a program of this name proposed", "proposed:claude"),
    "type": ("claims of this type", "type:statistic"),
    "confidence": ("claims of which you are so sure", "confidence:low"),
    "verdict": ("claims with these words in their verdict", "verdict:false"),
    "site": ("articles of this site or host", "site:example.org"),
    "author": ("articles by somebody whose name has these words", "author:lee"),
    "article": ("the article whose id begins so", "article:9a41"),
    "doi": ("articles whose DOI begins so", "doi:10.1000/182"),
    "is": ("articles in this state, and marks whose words are lost or changed", "is:unread"),
    "has": ("what has such a thing", "has:note"),
    "added": ("articles that were added then", "added:2026-01"),
    "marked": ("marks that were made then", "marked:today, marked:week or marked:2026-01"),
    "said": ("claims with such a date", "said:2026-01"),
}
_SPECIAL: dict[str, Callable[[_Token], Query]] = {
    "tag": _tagged,
    "added": _added,
    "marked": _marked,
    "said": _said,
}
