"""Moving articles to the bin and restoring them."""

from collections.abc import Sequence

from msgspec import Struct

from annotator.errors import AmbiguousId, LibraryError, NotInLibrary
from annotator.model import ArticleRecord
from annotator.store import Library
from annotator.usecases.articles import find_article


class Trashed(Struct, frozen=True):
    """An article in the bin. A damaged one has no record."""

    id: str
    record: ArticleRecord | None


def trash(library: Library, sources: Sequence[str]) -> tuple[ArticleRecord, ...]:
    """Move the articles with these ids, prefixes or URLs to the bin: all of them or none."""
    ids = dict.fromkeys(find_article(library, source) for source in sources)
    records = tuple(_record(library, each) for each in ids)
    for each in ids:
        library.trash(each)
    return records


def trashed(library: Library) -> tuple[Trashed, ...]:
    """Return the articles in the bin."""
    maintenance = library.maintenance
    found: dict[str, Trashed] = {}
    for location in maintenance.locations():
        if location.path.startswith("bin/"):
            identity = location.article_id
            try:
                found[identity] = Trashed(identity, maintenance.record(location))
            except LibraryError:
                found.setdefault(identity, Trashed(identity, None))
    return tuple(found.values())


def restore(library: Library, prefix: str) -> ArticleRecord:
    """Move the article with this id or unique prefix out of the bin.

    Raises `NotInLibrary` or `AmbiguousId` if it is not one, and `LibraryError` if
    the article has been added again since.
    """
    wanted = prefix.strip().lower()
    ids = [each for each in library.trashed() if wanted and each.startswith(wanted)]
    if not ids:
        message = f"No article in the bin has an id that begins with “{prefix}”."
        raise NotInLibrary(message, "`annotator restore` lists the bin.")
    if len(ids) > 1 and wanted not in ids:
        raise AmbiguousId.of(prefix, ids)
    return library.restore(wanted if wanted in ids else ids[0])


def _record(library: Library, article_id: str) -> ArticleRecord:
    try:
        return library.record(article_id)
    except NotInLibrary:
        raise
    except LibraryError:  # a damaged article can be moved to the bin as well
        return ArticleRecord(article_id, "", "")
