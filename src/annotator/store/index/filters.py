"""Queries as SQL conditions on `articles a`, or on `marks m` joined with their article."""

# ruff: noqa: S608 - only our own names are put into statements; values go through placeholders

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from annotator.model import tags
from annotator.model.query import (
    VALUES,
    Added,
    Either,
    Every,
    Field,
    MarkedOn,
    Not,
    Query,
    SaidOn,
    Words,
)
from annotator.store.index.full_text import fold, like_pattern, match_expression

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
AFTER_SEPARATOR = "0"  # the character after the slash: all tags below a tag sort before it

_ARTICLE_COLUMNS = ("title", "about", "tags", "text")
_MARK_COLUMNS = ("quote", "note", "tags", "claim")
_COLUMNS_BESIDE_TEXT = ("note", "tags", "claim")  # the quote is part of the article's text


class Condition(NamedTuple):
    """An SQL condition, and the values for its placeholders."""

    sql: str
    values: tuple[Any, ...] = ()


def for_articles(query: Query) -> Condition:
    """Return the condition for articles that match the query."""
    match query:
        case Not(part):
            return _negated(for_articles(part))
        case Either(parts):
            return _joined(" OR ", map(for_articles, parts))
        case Every(parts):
            return _every_article(parts)
        case Words():
            in_article = _in_columns("a.number", "article_words", _ARTICLE_COLUMNS, query)
            in_mark = _in_columns("m.number", "mark_words", _COLUMNS_BESIDE_TEXT, query)
            return _joined(" OR ", (in_article, _has_mark(in_mark)))
    if _is_about_marks(query):
        return _has_mark(for_marks(query))
    return _OF_ARTICLES[query.name](query.value) if isinstance(query, Field) else _dated(query)


def for_marks(query: Query) -> Condition:
    """Return the condition for marks that match the query."""
    match query:
        case Not(part):
            return _negated(for_marks(part))
        case Either(parts):
            return _joined(" OR ", map(for_marks, parts))
        case Every(parts):
            return _joined(" AND ", map(for_marks, parts))
    if isinstance(query, Words):
        return _in_columns("m.number", "mark_words", _MARK_COLUMNS, query)
    return _OF_MARKS[query.name](query.value) if isinstance(query, Field) else _dated(query)


def numbers_of_marks(query: Query) -> Condition:
    """Return the statement that selects the numbers of the marks that match, in any order."""
    if isinstance(query, Words):  # as someone types it: without looking up each of the marks
        return _rows_with("mark_words", _MARK_COLUMNS, query)
    where = for_marks(query)
    # SQLite leaves the join out if the condition does without the article.
    tables = "marks m LEFT JOIN articles a ON a.number = m.article"
    return Condition(f"SELECT m.number FROM {tables} WHERE {where.sql}", where.values)


def microseconds(moment: datetime) -> int:
    """Return a time as a number, as the index stores it."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (aware - _EPOCH) // _MICROSECOND


def moment(microseconds: int) -> datetime:
    """Return the time for a number in the index."""
    return _EPOCH + microseconds * _MICROSECOND


def _every_article(parts: Iterable[Query]) -> Condition:
    """Require that one and the same mark matches all parts that are about marks."""
    of_marks = [part for part in parts if _is_about_marks(part)]
    others = [for_articles(part) for part in parts if part not in of_marks]
    if of_marks:
        others.append(_has_mark(_joined(" AND ", map(for_marks, of_marks))))
    return _joined(" AND ", others)


def _is_about_marks(query: Query) -> bool:
    if not isinstance(query, Field):
        return isinstance(query, MarkedOn | SaidOn)
    return query.name in _FIELDS_OF_MARKS or (query.name, query.value) in _FILTERS_OF_MARKS


def _in_columns(number: str, table: str, columns: tuple[str, ...], words: Words) -> Condition:
    rows = _rows_with(table, columns, words)
    return Condition(f"{number} IN ({rows.sql})", rows.values)


def _rows_with(table: str, columns: tuple[str, ...], words: Words) -> Condition:
    expression, like = match_expression(words), like_pattern(words)
    parts = []
    if expression:
        parts.append(Condition(f"{table} MATCH ?", (f"{{{' '.join(columns)}}} : {expression}",)))
    if like:
        tests = (Condition(f"{column} LIKE ? ESCAPE '\\'", (like,)) for column in columns)
        parts.append(_joined(" OR ", tests))
    where = _joined(" AND ", parts)
    return Condition(f"SELECT rowid FROM {table} WHERE {where.sql}", where.values)


def _has_mark(condition: Condition) -> Condition:
    sql = f"a.number IN (SELECT m.article FROM marks m WHERE {condition.sql})"
    return Condition(sql, condition.values)


def _tagged(frame: str, tag: str) -> Condition:
    key = tags.key(tag)
    test = "(key = ? OR key > ? AND key < ?)"
    return Condition(frame.format(test), (key, key + tags.SEPARATOR, key + AFTER_SEPARATOR))


def _negated(condition: Condition) -> Condition:
    return Condition(f"NOT ({condition.sql})", condition.values)


def _joined(operator: str, conditions: Iterable[Condition]) -> Condition:
    parts = list(conditions)
    if len(parts) <= 1:
        return parts[0] if parts else Condition("1")
    sql = operator.join(f"({part.sql})" for part in parts)
    return Condition(sql, tuple(value for part in parts for value in part.values))


def _from_site(site: str) -> Condition:
    host = f".{fold(site).removeprefix('https://').removeprefix('http://').strip('/')}"
    sql = "(substr('.' || a.host, -length(?)) = ? OR instr(a.site, ?))"
    return Condition(sql, (host, host, fold(site)))


def _article_in(state: str) -> Condition:
    if state == "partial":
        return Condition("a.access != 'full'")
    return Condition("a.state = ?", (state,))


def _mark_in(state: str) -> Condition:
    if state == "proposed":
        return Condition("m.proposed != ''")
    fit = _FITS.get(state)
    return Condition("m.fit = ?", (fit,)) if fit else _article_in(state)


def _dated(query: Added | MarkedOn | SaidOn) -> Condition:
    if isinstance(query, SaidOn):
        return _joined(
            " AND ", (Condition("m.said != ''"), _between("m.said", query.since, query.until))
        )
    if isinstance(query, Added):
        return _between("a.added", *(at and microseconds(at) for at in (query.since, query.until)))
    since = query.since
    if query.last:
        since = datetime.now().astimezone().date() - timedelta(days=query.last - 1)
    return _between("m.created", *(day and _midnight(day) for day in (since, query.until)))


def _between(column: str, since: object, until: object) -> Condition:
    bounds = ((">=", since), ("<", until))
    parts = [Condition(f"{column} {sign} ?", (value,)) for sign, value in bounds if value]
    return _joined(" AND ", parts)


def _midnight(day: date) -> int:
    """Return the moment at which a day begins where the user is."""
    if day <= _EPOCH.date():  # no mark is older, and not every system knows such moments
        return 1
    return microseconds(datetime(day.year, day.month, day.day).astimezone())


def _linked(relation: str) -> Condition:
    """Return the condition for marks that others, or pages, have this relation to."""
    sql = (
        "m.id IN (SELECT target FROM links WHERE relation = ?) OR "
        "m.number IN (SELECT mark FROM links WHERE relation = ? AND is_reversed)"
    )
    return Condition(sql, (relation, relation))


def _mark_has(what: str) -> Condition:
    relation = _RELATIONS_TO.get(what)
    return _linked(relation) if relation else Condition(_MARK_HAS[what])


_FITS = {"orphaned": "orphan", "reworded": "changed"}
_HAS_DOI = "a.doi != ''"
_MARK_HAS = {
    "note": "m.has_note",
    "claim": "m.has_claim",
    "link": "m.number IN (SELECT mark FROM links)",
    "tag": "m.number IN (SELECT mark FROM tags WHERE mark NOT NULL)",
    "mark": "1",
    "doi": _HAS_DOI,
    "speaker": "m.speaker != ''",
    "date": "m.said != ''",
    "verdict": "m.verdict != ''",
    "same": (
        "m.id IN (SELECT target FROM links WHERE relation = 'same-as') OR "
        "m.number IN (SELECT mark FROM links WHERE relation = 'same-as')"
    ),
}
_RELATIONS_TO = {"support": "supports", "opposition": "opposes"}
_ARTICLE_HAS = {
    "tag": "a.number IN (SELECT article FROM tags)",
    "mark": "a.number IN (SELECT article FROM marks)",
    "doi": _HAS_DOI,
}
_FIELDS_OF_MARKS = frozenset(
    {"kind", "by", "proposed", "status", "speaker", "type", "confidence", "verdict"}
)
_FILTERS_OF_MARKS = frozenset(
    {("has", what) for what in VALUES["has"] if what not in _ARTICLE_HAS}
    | {("is", state) for state in (*_FITS, "proposed")}
)
_OF_EITHER: dict[str, Callable[[str], Condition]] = {
    "site": _from_site,
    "author": lambda name: Condition("instr(a.authors, ?)", (fold(name),)),
    "doi": lambda begun: Condition("instr(a.doi, ?) = 1", (begun.lower(),)),
    "article": lambda begun: Condition("instr(a.id, ?) = 1", (begun.lower(),)),
}
_OF_ARTICLES = _OF_EITHER | {
    "tag": lambda tag: _tagged("a.number IN (SELECT article FROM tags WHERE {})", tag),
    "is": _article_in,
    "has": lambda what: Condition(_ARTICLE_HAS[what]),
}
_OF_MARKS = _OF_EITHER | {
    "tag": lambda tag: _tagged(
        "m.number IN (SELECT mark FROM tags WHERE mark NOT NULL AND {})", tag
    ),
    "kind": lambda kind: Condition("m.kind = ?", (fold(kind),)),
    "status": lambda status: Condition("m.status = ?", (status,)),
    "speaker": lambda name: Condition("instr(m.speaker, ?)", (fold(name),)),
    "by": lambda name: Condition("instr(m.author, ?)", (fold(name),)),
    "proposed": lambda name: Condition("instr(m.proposed, ?)", (fold(name),)),
    "type": lambda kind: Condition("m.type = ?", (kind,)),
    "confidence": lambda degree: Condition("m.confidence = ?", (degree,)),
    "verdict": lambda words: Condition("instr(m.verdict, ?)", (fold(words),)),
    "is": _mark_in,
    "has": _mark_has,
}
