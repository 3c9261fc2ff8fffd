"""Articles thrown into the bin, and had back."""

from msgspec import Struct

from annotator.errors import AmbiguousId, LibraryError, NotInLibrary
from annotator.model import ArticleRecord
from annotator.store import Library
from annotator.usecases.articles import find_article

_SHOWN = 5  # ids in a message


class Thrown(Struct, frozen=True):
    """An article in the bin; one that is damaged has no record."""

    id: str
    record: ArticleRecord | None


def throw_away(library: Library, sources: tuple[str, ...]) -> tuple[ArticleRecord, ...]:
    """Move the articles meant by ids, prefixes or addresses to the bin, all of them or none.

    A source that means no article, or several, is refused before anything is moved.
    """
    ids = dict.fromkeys(find_article(library, source) for source in sources)
    records = tuple(_record(library, each) for each in ids)
    for each in ids:
        library.trash(each)
    return records


def thrown(library: Library) -> tuple[Thrown, ...]:
    """Return what is in the bin."""
    maintenance = library.maintenance
    found: dict[str, Thrown] = {}
    for place in maintenance.locations():
        if place.path.startswith("bin/"):
            try:
                found[place.article_id] = Thrown(place.article_id, maintenance.record(place))
            except LibraryError:
                found.setdefault(place.article_id, Thrown(place.article_id, None))
    return tuple(found.values())


def take_back(library: Library, prefix: str) -> ArticleRecord:
    """Move the one article whose id begins with `prefix` out of the bin.

    Raises `NotInLibrary` or `AmbiguousId` if it is not one, and `LibraryError` if
    the article has been added again since.
    """
    wanted = prefix.strip().lower()
    ids = [each for each in library.trashed() if wanted and each.startswith(wanted)]
    if len(ids) > 1 and wanted not in ids:
        shown = ", ".join(ids[:_SHOWN]) + (" and others" if len(ids) > _SHOWN else "")
        raise AmbiguousId(f"“{prefix}” fits several: {shown}.", "Type more of the id.")
    if not ids:
        message = f"The bin holds no article whose id begins with “{prefix}”."
        raise NotInLibrary(message, "`annotator restore` lists what is in it.")
    return library.restore(wanted if wanted in ids else ids[0])


def _record(library: Library, article_id: str) -> ArticleRecord:
    try:
        return library.record(article_id)
    except NotInLibrary:
        raise
    except LibraryError:  # one that is damaged can be thrown away as well
        return ArticleRecord(article_id, "", "")
