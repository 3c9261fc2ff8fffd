"""Merging the records that several machines have of an article, field by field."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Final

from msgspec.structs import replace

from annotator.model import NO_OVERRIDES, ArticleRecord, Overrides
from annotator.model.tags import key as tag_key
from annotator.store.format.field_edits import Parts, Rules, different, merged, noted

_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {  # fields that only make sense together
    "state": ("state", "finished"),
    "revision": ("revision", "word_count", "minutes", "access"),
    **{
        name: (name,)
        for name in ("url", "title", "byline", "site_name", "published", "language", "excerpt")
    },
}


def with_edits(before: ArticleRecord, after: ArticleRecord) -> ArticleRecord:
    """Return a changed record that notes which of its fields changed, and when."""
    changed = [
        name for parts in (_fields, _things) for name in different(parts(before), parts(after))
    ]
    return noted(before, after, changed, _RULES)


def merge_records(records: Sequence[ArticleRecord]) -> ArticleRecord:
    """Return one record of several, each field as it was changed last.

    The order of the records makes no difference.
    """
    parts = merged(records, _RULES)
    values = {
        name: value
        for group, names in _GROUPS.items()
        for name, value in zip(names, parts.fields[group], strict=True)
    }
    revisions = chain.from_iterable(record.revisions for record in parts.in_order)
    return replace(
        parts.latest,
        **values,
        tags=tuple(parts.things_named("tag:").values()),
        choices=_merged_choices(records, parts.things_named("choice:")),
        revisions=tuple(dict.fromkeys(revisions)),
        added=min(record.added for record in records),
        modified=max(record.modified for record in records),
        edits=parts.edits,
    )


def _merged_choices(records: Sequence[ArticleRecord], choices: Parts) -> Overrides | None:
    if all(record.choices is None for record in records):
        return None
    kept, removed = (
        tuple(sorted(name for name, choice in choices.items() if choice == wanted))
        for wanted in ("kept", "removed")
    )
    return Overrides(kept, removed)


def _fields(record: ArticleRecord) -> Parts:
    return {
        group: tuple(getattr(record, name) for name in names) for group, names in _GROUPS.items()
    }


def _things(record: ArticleRecord) -> Parts:
    choices = record.choices or NO_OVERRIDES
    return {
        **{f"tag:{tag_key(tag)}": tag for tag in record.tags},
        **{f"choice:{removal}": "kept" for removal in choices.kept},
        **{f"choice:{removal}": "removed" for removal in choices.removed},
    }


_RULES: Final = Rules(_fields, _things)
