"""Articles and marks that are named on a command line: by ids, by addresses, or by a query.

What cannot be an id is a query, so that everything done to one article or mark can be done
to all that match. Whoever asks is told which of both it was, and can ask back before much
is changed by a query.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from annotator import model
from annotator.errors import DamagedFile, InvalidInput, NotInLibrary
from annotator.model.identity import is_web_address
from annotator.model.query import EVERYTHING, Query
from annotator.model.query_parser import parse
from annotator.model.text import clean_line
from annotator.store import questions
from annotator.usecases.articles import lookup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.model import Annotation, ArticleRecord
    from annotator.store import Library
    from annotator.usecases.articles.lookup import Target

# Shorter arguments are words.
_ARTICLE_ID = re.compile(r"[0-9a-f]{4,64}", re.IGNORECASE)
_LISTS = "`annotator notes QUERY` lists those that match, with their ids."


Named_co = TypeVar("Named_co", covariant=True)


class ChosenThings(NamedTuple, Generic[Named_co]):
    """Articles or marks, and whether they were found by a query instead of being named."""

    things: tuple[Named_co, ...]
    by_query: bool


def choose_targets(
    library: Library, words: Sequence[str], *, of_marks: bool
) -> ChosenThings[Target]:
    """Return the articles and marks with these ids, or the articles that match a query.

    `of_marks` is for the marks that match the query.
    """
    if words and all(_may_be_article(word) or _may_be_mark(word) for word in words):
        try:
            targets = tuple(lookup.find_target(library, word) for word in words)
            return ChosenThings(tuple(dict.fromkeys(targets)), by_query=False)
        except NotInLibrary:
            if not all(map(str.isalpha, words)):
                raise
    return choose_marks(library, words) if of_marks else choose_articles(library, words)


def choose_articles(library: Library, words: Sequence[str]) -> ChosenThings[ArticleRecord]:
    """Return the articles with these ids, unique prefixes or URLs, or those that match a query.

    Raises `NotInLibrary` for an id that the library lacks. A word such as `decade`, which
    could be an id, is a query if it is none. A damaged article has a record with its id only:
    it can be moved to the bin, and whatever reads it says what is wrong with it.
    Raises `InvalidInput` for empty words, which a script gives by mistake.
    """
    if words and all(map(_may_be_article, words)):
        try:
            ids = dict.fromkeys(lookup.find_article(library, word) for word in words)
            return ChosenThings(
                tuple(_record(library, article_id) for article_id in ids), by_query=False
            )
        except NotInLibrary:
            if not all(map(str.isalpha, words)):
                raise
    query = parse(" ".join(words))
    _refuse_all(query, words)
    return ChosenThings(library.ask(questions.articles.find_articles(query)), by_query=True)


def choose_marks(library: Library, words: Sequence[str]) -> ChosenThings[Annotation]:
    """Return the marks with these ids, unique prefixes or addresses, or those that match a query.

    A query may begin with an article, whose marks it is then about. Raises `InvalidInput` for
    empty words, which a script gives by mistake.
    """
    if words and all(map(_may_be_mark, words)):
        try:
            marks = {mark.id: mark for mark in (named_mark(library, word) for word in words)}
            return ChosenThings(tuple(marks.values()), by_query=False)
        except NotInLibrary:
            if not _may_be_article(words[0]):
                raise
    article_id, query = split_article(library, words)
    if not article_id:
        _refuse_all(query, words)
    found_marks = library.ask(questions.marks.find_marks(query, article_id))
    return ChosenThings(tuple(mark.annotation for mark in found_marks), by_query=True)


def named_marks(
    library: Library, words: Sequence[str]
) -> Sequence[tuple[ArticleRecord, Sequence[Annotation]]] | None:
    """Return the marks that are named by ids, their own or those of articles, by article.

    None if the words are a query, or if there are none.
    """
    if not words or not all(_may_be_article(word) or _may_be_mark(word) for word in words):
        return None
    try:
        targets = [lookup.find_target(library, word) for word in words]
    except NotInLibrary:
        if not all(map(str.isalpha, words)):
            raise
        return None
    marks: dict[str, dict[str, Annotation]] = {}
    for target in targets:
        if isinstance(target, model.Annotation):
            marks.setdefault(target.article_id, {})[target.id] = target
        else:
            all_marks = {mark.id: mark for mark in library.article(target.id).annotations()}
            marks.setdefault(target.id, {}).update(all_marks)
    return [
        (library.article(article_id).record(), tuple(chosen.values()))
        for article_id, chosen in marks.items()
    ]


def split_article(library: Library, words: Sequence[str]) -> tuple[str, Query]:
    """Return the id of the article that a query begins with, or nothing, and the rest of it."""
    if words and is_web_address(words[0]):
        return lookup.find_article(library, words[0]), _query(words[1:])
    if words and _ARTICLE_ID.fullmatch(words[0]):
        try:
            return lookup.find_article(library, words[0]), _query(words[1:])
        except NotInLibrary:
            if not words[0].isalpha():
                raise
    return "", _query(words)


def named_mark(library: Library, word: str) -> Annotation:
    """Return the mark with this id, unique prefix of one, or address, or the one that matches.

    Raises `InvalidInput` for a query that several marks match.
    """
    if lookup.is_mark_address(word):
        return lookup.find_mark(library, word)
    if lookup.may_be_mark(word) or word[:1].isdecimal():
        return library.annotation(word)
    matching = choose_marks(library, (word,)).things
    if not matching:
        raise NotInLibrary(f"No mark matches “{clean_line(word, limit=80)}”.", _LISTS)
    if len(matching) > 1:
        raise InvalidInput(f"{len(matching):,} marks match, but it takes one.", _LISTS)
    return matching[0]


def _refuse_all(query: Query, words: Sequence[str]) -> None:
    """Raise `InvalidInput` for words that would stand for everything.

    A script whose variable is empty must not delete the whole library.
    """
    if words and query == EVERYTHING:
        raise InvalidInput(
            "Nothing is named here: the argument is empty.",
            "Give an id, or a query such as tag:draft.",
        )


def _record(library: Library, article_id: str) -> ArticleRecord:
    try:
        return library.article(article_id).record()
    except DamagedFile:
        return model.ArticleRecord(article_id, "", "")


def _query(words: Sequence[str]) -> Query:
    return parse(" ".join(words)) if words else EVERYTHING


def _may_be_article(word: str) -> bool:
    return is_web_address(word) or _ARTICLE_ID.fullmatch(word) is not None


def _may_be_mark(word: str) -> bool:
    return lookup.is_mark_address(word) or lookup.may_be_mark(word)
