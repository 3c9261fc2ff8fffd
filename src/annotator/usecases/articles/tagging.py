"""Tags of articles and marks: those in use, those that match, and changing an article's."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from annotator.model import ArticleRecord, tags
from annotator.store import Library, questions

HALF_LIFE_DAYS = 30  # after which a use counts half, so that last year's topics sink


class TagUse(Struct, frozen=True):
    """A tag, the number of articles and marks that have it, and when it was last added."""

    name: str
    count: int
    last_used: datetime


def tag_uses(library: Library) -> tuple[TagUse, ...]:
    """Return the tags in use, as mostly spelled; those used often and recently come first."""
    uses: dict[str, TagUse] = {}
    for spelling in library.ask(questions.names.tag_spellings()):
        known = uses.get(spelling.key, TagUse(spelling.name, 0, spelling.last_used))
        uses[spelling.key] = replace(
            known,
            count=known.count + spelling.uses,
            last_used=max(known.last_used, spelling.last_used),
        )
    newest = max((use.last_used for use in uses.values()), default=None)

    def weight(use: TagUse) -> float:
        age = (newest - use.last_used).total_seconds() / 86_400 if newest else 0.0
        return float(use.count * 0.5 ** (age / HALF_LIFE_DAYS))

    return tuple(sorted(uses.values(), key=lambda use: (-weight(use), use.name)))


def matching(uses: Sequence[TagUse], typed: str, *, limit: int = 10) -> tuple[TagUse, ...]:
    """Return the tags that match what was typed; all of them for an empty string.

    Tags that start with it come first, then those with a level or word that
    does, then those that contain it; each group is in the order of `uses`.
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
    """Add tags to the article and remove others from it."""
    change = partial(retagged, add=add, remove=remove, now=now)
    return library.article(article_id).update(change)


def retagged(
    record: ArticleRecord, *, add: Iterable[str], remove: Iterable[str], now: datetime
) -> ArticleRecord:
    """Return an article with tags added and others removed."""
    given, taken = tags.normalise_all(add), tags.normalise_all(remove)
    kept = with_tags(record.tags, add=given, remove=taken)
    return record if kept == record.tags else replace(record, tags=kept, modified=now)


def with_tags(
    current: Sequence[str], *, add: Sequence[str], remove: Sequence[str]
) -> tuple[str, ...]:
    """Return the tags with some added and others removed; a tag that is both stays."""
    taken = {tags.key(name) for name in remove}
    kept = (name for name in current if tags.key(name) not in taken)
    return tags.normalise_all((*kept, *add))


class CommonTags(Struct, frozen=True):
    """The tags that all of several articles or marks have, and those that only some have."""

    of_all: tuple[str, ...]
    of_some: tuple[str, ...]

    def changes(
        self, selected: Sequence[str], left: Sequence[str]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return which tags to add to each and to remove from each.

        `selected` are the tags that all shall have; those in `left` stay where they are.
        """
        had = {tags.key(name) for name in self.of_all}
        stay = {tags.key(name) for name in (*selected, *left)}
        added = tuple(name for name in selected if tags.key(name) not in had)
        before = (*self.of_all, *self.of_some)
        return added, tuple(name for name in before if tags.key(name) not in stay)


def common_tags(several: Sequence[Sequence[str]]) -> CommonTags:
    """Return the tags that all of `several` have, and those that only some have."""
    names = {tags.key(name): name for names_of_one in reversed(several) for name in names_of_one}
    having = Counter(
        key for names_of_one in several for key in {tags.key(name) for name in names_of_one}
    )
    in_order = dict.fromkeys(tags.key(name) for names_of_one in several for name in names_of_one)
    return CommonTags(
        tuple(names[key] for key in in_order if having[key] == len(several)),
        tuple(names[key] for key in in_order if having[key] < len(several)),
    )


def _rank(name: str, wanted: str) -> int | None:
    key = tags.key(name)
    if key.startswith(wanted):
        return 0
    if any(f"{edge}{wanted}" in key for edge in (tags.SEPARATOR, "-")):
        return 1
    return 2 if wanted in key else None
