"""The bin: looking into it, and deleting for good."""

from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec import Struct

from annotator.errors import LibraryError
from annotator.model import ArticleRecord
from annotator.model.identity import only_one
from annotator.model.labels import count
from annotator.model.vocabulary import NO_MOMENT
from annotator.store import ImportMemory, Library
from annotator.store.articles.article_folder import ArticleFolder


class Trashed(Struct, frozen=True):
    """An article in the bin: when it was moved there, and how many marks it has.

    A damaged one has no record. If it was moved there several times, this is the last copy, and
    `marks_of_all` are those of all copies.
    """

    id: str
    record: ArticleRecord | None
    removed: datetime = NO_MOMENT
    marks: int = 0
    marks_of_all: int = 0

    @property
    def offer(self) -> str:
        """A sentence for somebody who has added the article again, with a colon at its end."""
        day = self.removed.astimezone().date().isoformat()
        marks = count(self.marks_of_all, "mark")
        return f"The bin has it with {marks}, since {day}. To bring them here:"


Progress = Callable[[int, int], bool]  # articles done, and all of them; stops the edit with False


def stayed(left: int, when: str = "changed elsewhere") -> str:
    """Return a sentence about how many were changed and left as they are; empty for none."""
    was = count(left, f"was {when} and", f"were {when} and")
    return f"{was} stayed as {'it is' if left == 1 else 'they are'}." if left else ""


def to_the_end(_done: int, _total: int) -> bool:
    """Let an edit run to its end."""
    return True


def trashed(library: Library) -> tuple[Trashed, ...]:
    """Return the articles in the bin, those that were moved there last first."""
    binned: dict[str, Trashed] = {}
    for article in library.maintenance.trashed():
        _add_copy(binned, article)
    return tuple(
        sorted(binned.values(), key=lambda article: (article.removed, article.id), reverse=True)
    )


def copies_in_bin(library: Library, article_id: str) -> Trashed | None:
    """Return what the bin has of one article; None if that is nothing."""
    binned: dict[str, Trashed] = {}
    for article in library.maintenance.trashed():
        if article.article_id == article_id:
            _add_copy(binned, article)
    return binned.get(article_id)


def find_trashed(library: Library, prefixes: Sequence[str]) -> tuple[Trashed, ...]:
    """Return the articles in the bin with these ids or unique prefixes, or all if none is given.

    Raises `NotInLibrary` or `AmbiguousId` if one of them is not in the bin.
    """
    wanted = {_trashed_id(library, prefix) for prefix in prefixes}
    return tuple(article for article in trashed(library) if not prefixes or article.id in wanted)


def delete(
    library: Library, article_ids: Sequence[str], progress: Progress = to_the_end
) -> Sequence[str]:
    """Delete the articles with these ids from the bin, for good; return those it came to."""
    done: list[str] = []
    for article_id in article_ids:
        if not progress(len(done), len(article_ids)):
            break
        library.delete(article_id)
        done.append(article_id)
    with ImportMemory(library.state) as memory:
        memory.note_deleted(done)
    return done


def _add_copy(binned: dict[str, Trashed], article: ArticleFolder) -> None:
    """Add a copy in the bin to those of its article, of which it is the last."""
    try:
        record, marks = article.record(), len(article.annotations())
    except LibraryError:
        record, marks = None, 0
    identity = article.article_id
    earlier = binned[identity].marks_of_all if identity in binned else 0
    binned[identity] = Trashed(identity, record, article.changed, marks, earlier + marks)


def _trashed_id(library: Library, prefix: str) -> str:
    ids = {article_id: article_id for article_id in library.trashed()}
    missing = f"No article in the bin has an id that begins with “{prefix}”."
    return only_one(ids, prefix, missing, "`annotator restore` lists the bin.")
