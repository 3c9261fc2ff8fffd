"""Articles of the program's own format: back exactly as they were, or merged with those here."""

from datetime import datetime

from msgspec.structs import replace

from annotator.model import Tombstone
from annotator.model.library_file import LibraryHead, StoredArticle
from annotator.store import REVIEWS, SAVED_QUERIES, TAG_COLOURS, ArticleCopy, Library


def restore_article(library: Library, stored: StoredArticle, *, now: datetime) -> bool:
    """Add an article with all that belongs to it; return whether the library changed.

    The reading position, named places and reviews of an article that is here already stay.
    """
    extractions = (*stored.earlier, stored.extraction)
    present = {extraction.article.revision for extraction in extractions}
    record = replace(
        stored.record,
        revision=stored.extraction.article.revision,
        revisions=tuple(revision for revision in stored.record.revisions if revision in present),
    )
    is_changed = library.absorb(
        ArticleCopy(
            record,
            {mark.annotation.id: mark.annotation for mark in stored.marks},
            {
                key: Tombstone(
                    removed,
                    tuple(stored.deleted_edits.get(key, ())),
                    stored.binned.get(key),
                    author=stored.deleted_by.get(key, ""),
                )
                for key, removed in stored.deleted.items()
            },
            extractions,
        )
    )
    if stored.reading and library.positions.get(record.id) is None:
        library.positions.save(record.id, stored.reading)
        is_changed = True
    named = library.places.all().get(record.id, {}) if stored.places else {}
    for letter, place in stored.places.items():
        if letter not in named:
            library.places.save(record.id, letter, place, is_only=False)
            is_changed = True
    reviews = {mark.annotation.id: mark.reviewed for mark in stored.marks if mark.reviewed}
    known = library.catalog.values(REVIEWS) if reviews else {}
    new = {key: review for key, review in reviews.items() if key not in known}
    if new:
        library.catalog.put(REVIEWS, new, now=now)
    return is_changed or bool(new)


def restore_values(library: Library, head: LibraryHead, *, now: datetime) -> None:
    """Add the colours of tags and the saved queries that the library lacks."""
    for section, values in ((TAG_COLOURS, head.tag_colours), (SAVED_QUERIES, head.saved_queries)):
        known = library.catalog.values(section)
        new = {key: value for key, value in values.items() if key not in known}
        if new:
            library.catalog.put(section, new, now=now)
