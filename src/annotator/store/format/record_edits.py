"""When each field of an article's record was changed, and merging records field by field.

Machines that were offline change different fields of one article: a laptop tags it, a desktop
reads it. If the later record won as a whole, the tags would be lost. So a record notes in
`edits` when each field was changed, and each field is taken from where it changed last. Tags
are noted one by one, also those that were removed:

    field        laptop              desktop                 merged
    state        unread              read, edited 9:30       read
    tag:energy   added 9:00          -                       there
    tag:draft    there               removed 9:40            not there

Times are those of a hybrid logical clock: a change is noted as later than all changes of the
record that its machine has seen, even if the machine's clock is slow or was set back. So a
change that was made in the knowledge of another one always wins over it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import Final

from msgspec.structs import replace

from annotator.model import ArticleRecord
from annotator.model.tags import key as tag_key
from annotator.model.vocabulary import NO_MOMENT

TICK: Final = timedelta(microseconds=1)  # the shortest time that a file can hold

_TAG = "tag:"
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
    return max([moment, *(each + TICK for each in seen if each != NO_MOMENT)])


def with_edits(before: ArticleRecord, after: ArticleRecord) -> ArticleRecord:
    """Return a changed record that notes which of its fields changed, and when."""
    changed = [*_changed_groups(before, after), *_changed_tags(before, after)]
    if not changed:
        return after
    moment = later(after.modified, before.modified, *dict(before.edits).values())
    edits = dict(before.edits) | dict(after.edits) | dict.fromkeys(changed, moment)
    return replace(after, modified=moment, edits=tuple(sorted(edits.items())))


def merge_records(records: Sequence[ArticleRecord]) -> ArticleRecord:
    """Return one record of several, each field as it was changed last.

    The order of the records makes no difference. What is not noted in `edits` is taken from
    the record that was modified last; a tag stays unless its removal is noted.
    """
    in_order = sorted(set(records), key=_age)
    latest = in_order[-1]
    values: dict[str, object] = {}
    for group, names in _GROUPS.items():
        edited = [_edited(each, group) for each in in_order]
        chosen = in_order[max(range(len(in_order)), key=lambda each: (edited[each], each))]
        values |= {name: getattr(chosen, name) for name in names}
    edits: dict[str, datetime] = {}
    for key, moment in chain.from_iterable(each.edits for each in in_order):
        edits[key] = max(moment, edits.get(key, moment))
    return replace(
        latest,
        **values,
        tags=_merged_tags(in_order),
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


def _changed_tags(before: ArticleRecord, after: ArticleRecord) -> list[str]:
    changed = {tag_key(each) for each in before.tags} ^ {tag_key(each) for each in after.tags}
    return [f"{_TAG}{key}" for key in changed]


def _merged_tags(records: Sequence[ArticleRecord]) -> tuple[str, ...]:
    """Return the tags that are there, in the order of the latest record that has each."""
    shown: dict[str, str] = {}
    for record in reversed(records):
        for tag in record.tags:
            shown.setdefault(tag_key(tag), tag)
    return tuple(tag for key, tag in shown.items() if _has_tag(records, key))


def _has_tag(records: Sequence[ArticleRecord], key: str) -> bool:
    """Whether a tag is there: by its last edit, and without any if one record has it."""
    found = [(_edited(each, f"{_TAG}{key}"), key in map(tag_key, each.tags)) for each in records]
    last = max(moment for moment, _ in found)
    return any(is_there for moment, is_there in found if moment == last)


def _edited(record: ArticleRecord, field: str) -> datetime:
    return next((moment for name, moment in record.edits if name == field), NO_MOMENT)


def _age(record: ArticleRecord) -> tuple[datetime, str]:
    """Return the order of records: by time, and of those with the same time by their values."""
    return record.modified, repr(record)
