"""Questions to the index, as values: what is asked, and how far the index must be refreshed."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, Generic, Literal, NamedTuple, ParamSpec, TypeVar

from annotator.model.query import EVERYTHING, Query

if TYPE_CHECKING:
    from collections.abc import Callable
    from sqlite3 import Connection

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
P = ParamSpec("P")

Freshness = Literal[
    "now",  # the files of all articles are looked at first
    "soon",  # those of other programs only if that was some seconds ago: while someone types
    "seen",  # none: as of the last answer
]


class IndexQuestion(NamedTuple, Generic[T_co]):
    """A question: the function that answers it, the query that it is about, and its freshness.

    Words of articles and marks are put into the index only for a query that needs them.
    """

    answer: Callable[[Connection], T_co]
    query: Query = EVERYTHING
    freshness: Freshness = "now"


def question(
    freshness: Freshness = "now",
) -> Callable[[Callable[Concatenate[Connection, P], T]], Callable[P, IndexQuestion[T]]]:
    """Make a function that reads the index into one that returns a question for `Library.ask`.

    It is called without the connection, for example `library.ask(find_marks(parse("tag:food")))`.
    A query among its arguments is what the question is about.
    """

    def decorated(answer: Callable[Concatenate[Connection, P], T]) -> Callable[P, IndexQuestion[T]]:
        @wraps(answer)
        def asked(*args: P.args, **kwargs: P.kwargs) -> IndexQuestion[T]:
            values = (*args, *kwargs.values())
            query = next((value for value in values if isinstance(value, Query)), EVERYTHING)
            return IndexQuestion(
                lambda connection: answer(connection, *args, **kwargs), query, freshness
            )

        return asked

    return decorated
