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
    found = merged(records, _RULES)
    values = {
        name: value
        for group, names in _GROUPS.items()
        for name, value in zip(names, found.fields[group], strict=True)
    }
    revisions = chain.from_iterable(each.revisions for each in found.in_order)
    return replace(
        found.latest,
        **values,
        tags=tuple(found.things_named("tag:").values()),
        choices=_merged_choices(records, found.things_named("choice:")),
        revisions=tuple(dict.fromkeys(revisions)),
        added=min(each.added for each in records),
        modified=max(each.modified for each in records),
        edits=found.edits,
    )


def _merged_choices(records: Sequence[ArticleRecord], choices: Parts) -> Overrides | None:
    if all(each.choices is None for each in records):
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
        **{f"tag:{tag_key(each)}": each for each in record.tags},
        **{f"choice:{each}": "kept" for each in choices.kept},
        **{f"choice:{each}": "removed" for each in choices.removed},
    }


_RULES: Final = Rules(_fields, _things)
