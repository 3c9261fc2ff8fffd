"""Tags of articles and marks: which are in use, which one is meant, giving and taking them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from annotator.model import ArticleRecord, tags
from annotator.store import Library

HALF_LIFE_DAYS = 30  # after which a use counts half, so that last year's subject sinks


class TagUse(Struct, frozen=True):
    """A tag, how many articles and marks have it, and when it was last given."""

    name: str
    count: int
    last_used: datetime


def suggest(library: Library, typed: str, *, limit: int = 10) -> tuple[TagUse, ...]:
    """Return the tags that `typed` may mean, the likeliest first."""
    return matching(tag_uses(library), typed, limit=limit)


def tag_uses(library: Library) -> tuple[TagUse, ...]:
    """Return every tag in use as it was first spelled, those used much and lately first."""
    uses: dict[str, TagUse] = {}
    for spelling in sorted(library.tag_spellings(), key=lambda each: (each.first_used, each.name)):
        known = uses.get(spelling.key, TagUse(spelling.name, 0, spelling.last_used))
        uses[spelling.key] = replace(
            known,
            count=known.count + spelling.uses,
            last_used=max(known.last_used, spelling.last_used),
        )
    newest = max((use.last_used for use in uses.values()), default=None)
    return tuple(sorted(uses.values(), key=lambda use: (-_weight(use, newest), use.name)))


def matching(uses: Sequence[TagUse], typed: str, *, limit: int = 10) -> tuple[TagUse, ...]:
    """Return those of `uses` that `typed` may mean; every one for an empty string.

    First those that begin with it, then those with a level or word that does,
    then those that hold it anywhere; within each in the order of `uses`.
    """
    wanted = tags.key(typed.strip().lstrip("#").replace(" ", "-"))
    ranked = [(rank, use) for use in uses if (rank := _rank(use.name, wanted)) is not None]
    return tuple(use for _, use in sorted(ranked, key=lambda pair: pair[0])[:limit])


def tag_article(
    library: Library,
    article_id: str,
    *,
    add: Iterable[str] = (),
    remove: Iterable[str] = (),
    now: datetime,
) -> ArticleRecord:
    """Give the article tags and take others from it."""
    given, taken = tags.normalise_all(add), tags.normalise_all(remove)

    def change(record: ArticleRecord) -> ArticleRecord:
        kept = with_tags(record.tags, add=given, remove=taken)
        return record if kept == record.tags else replace(record, tags=kept, modified=now)

    return library.update(article_id, change)


def with_tags(
    current: Sequence[str], *, add: Sequence[str], remove: Sequence[str]
) -> tuple[str, ...]:
    """Return the tags with some added and others taken; what is both stays."""
    taken = {tags.key(name) for name in remove}
    kept = (name for name in current if tags.key(name) not in taken)
    return tags.normalise_all((*kept, *add))


def _weight(use: TagUse, newest: datetime | None) -> float:
    age = (newest - use.last_used).total_seconds() / 86_400 if newest else 0.0
    return float(use.count * 0.5 ** (age / HALF_LIFE_DAYS))


def _rank(name: str, wanted: str) -> int | None:
    key = tags.key(name)
    if key.startswith(wanted):
        return 0
    if any(f"{edge}{wanted}" in key for edge in (tags.SEPARATOR, "-")):
        return 1
    return 2 if wanted in key else None
