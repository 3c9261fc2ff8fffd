"""When each field of an article's record was changed, and merging records field by field.

Machines that were offline change different fields of one article: a laptop tags it, a desktop
reads it. If the later record won as a whole, the tags would be lost. So a record notes in
`edits` when each field was changed, and each field is taken from where it changed last. Tags
and choices about passages are noted one by one, also those that were removed:

    field        laptop              desktop                 merged
    state        unread              read, edited 9:30       read
    tag:energy   added 9:00          -                       there
    tag:draft    there               removed 9:40            not there

Times are those of a hybrid logical clock: a change is noted as later than all changes of the
record that its machine has seen, even if the machine's clock is slow or was set back. So a
change that was made in the knowledge of another one always wins over it.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Final

from msgspec.structs import replace

from annotator.model import NO_OVERRIDES, ArticleRecord, Overrides
from annotator.model.tags import key as tag_key
from annotator.model.vocabulary import NO_MOMENT

TICK: Final = timedelta(microseconds=1)  # the shortest time that a file can hold

_LAST_BUT_ONE = datetime.max.replace(tzinfo=UTC) - TICK
_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {  # fields that only make sense together
    "state": ("state", "finished"),
    "revision": ("revision", "word_count", "minutes", "access"),
    **{
        name: (name,)
        for name in ("url", "title", "byline", "site_name", "published", "language", "excerpt")
    },
}


def later(moment: datetime, *seen: datetime) -> datetime:
    """Return the time of a change: `moment`, or just after the last one seen, if that is later."""
    return max([moment, *(min(each, _LAST_BUT_ONE) + TICK for each in seen)])


def with_edits(before: ArticleRecord, after: ArticleRecord) -> ArticleRecord:
    """Return a changed record that notes which of its fields changed, and when."""
    changed = [*_changed_groups(before, after), *_changed_items(before, after)]
    if not changed:
        return replace(after, modified=max(after.modified, before.modified))
    moment = later(after.modified, before.modified, *dict(before.edits).values())
    edits = dict(before.edits) | dict(after.edits) | dict.fromkeys(changed, moment)
    return replace(after, modified=moment, edits=tuple(sorted(edits.items())))


def merge_records(records: Sequence[ArticleRecord]) -> ArticleRecord:
    """Return one record of several, each field as it was changed last.

    The order of the records makes no difference. What is not noted in `edits` is taken from
    the record that was modified last; a tag or a choice stays unless its removal is noted.
    """
    in_order = sorted(set(records), key=_age)
    latest = in_order[-1]
    values: dict[str, object] = {}
    for group, names in _GROUPS.items():
        _, _, chosen = max(_versions(in_order, group, names))
        values |= {name: getattr(in_order[chosen], name) for name in names}
    edits: dict[str, datetime] = {}
    for key, moment in chain.from_iterable(each.edits for each in in_order):
        edits[key] = max(moment, edits.get(key, moment))
    return replace(
        latest,
        **values,
        tags=tuple(_merged_items(in_order, "tag:", _tags).values()),
        choices=_merged_choices(in_order),
        revisions=tuple(dict.fromkeys(chain.from_iterable(each.revisions for each in in_order))),
        added=min(each.added for each in in_order),
        modified=max(each.modified for each in in_order),
        edits=tuple(sorted(edits.items())),
    )


def _changed_groups(before: ArticleRecord, after: ArticleRecord) -> list[str]:
    return [
        group
        for group, names in _GROUPS.items()
        if any(getattr(before, name) != getattr(after, name) for name in names)
    ]


def _versions(
    records: Sequence[ArticleRecord], group: str, names: Sequence[str]
) -> list[tuple[datetime, str, int]]:
    """Return what decides which record's values are taken: the last edit, then the values.

    Values that were never edited are those of the last record.
    """
    versions = []
    for number, record in enumerate(records):
        moment = _edited(record, group)
        values = [getattr(record, name) for name in names] if moment != NO_MOMENT else ""
        versions.append((moment, repr(values), number))
    return versions


def _changed_items(before: ArticleRecord, after: ArticleRecord) -> list[str]:
    return [
        f"{prefix}{key}"
        for prefix, items in _ITEMS.items()
        for key in dict(items(before).items() ^ items(after).items())
    ]


def _merged_choices(records: Sequence[ArticleRecord]) -> Overrides | None:
    if all(each.choices is None for each in records):
        return None
    choices = _merged_items(records, "choice:", _choices)
    kept, removed = (
        tuple(sorted(name for name, choice in choices.items() if choice == wanted))
        for wanted in ("kept", "removed")
    )
    return Overrides(kept, removed)


def _merged_items(
    records: Sequence[ArticleRecord], prefix: str, items: "_Items"
) -> Mapping[str, str]:
    """Return the items that are there, in the order of the latest record that has each.

    The last edit of an item decides, and without any it is there if one record has it.
    """
    merged: dict[str, str] = {}
    for key in dict.fromkeys(chain.from_iterable(map(items, reversed(records)))):
        edited = [_edited(each, f"{prefix}{key}") for each in records]
        latest = [each for each, at in zip(records, edited, strict=True) if at == max(edited)]
        values = [items(each)[key] for each in latest if key in items(each)]
        if values:
            merged[key] = values[-1]
    return merged


def _tags(record: ArticleRecord) -> Mapping[str, str]:
    return {tag_key(each): each for each in record.tags}


def _choices(record: ArticleRecord) -> Mapping[str, str]:
    choices = record.choices or NO_OVERRIDES
    return dict.fromkeys(choices.kept, "kept") | dict.fromkeys(choices.removed, "removed")


def _edited(record: ArticleRecord, field: str) -> datetime:
    return next((moment for name, moment in record.edits if name == field), NO_MOMENT)


def _age(record: ArticleRecord) -> tuple[datetime, str]:
    """Return the order of records: by time, and of those with the same time by their values."""
    return record.modified, repr(record)


_Items = Callable[[ArticleRecord], Mapping[str, str]]

_ITEMS: Final[Mapping[str, _Items]] = {"tag:": _tags, "choice:": _choices}
