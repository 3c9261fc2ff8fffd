"""Merging the versions of an article's file that two machines have changed.

The merge is a union by id, and two versions of a mark or of the article's record are merged
field by field. A *tombstone* is what is left of a mark that was deleted. For example, after a
laptop and a desktop were both offline:

    mark    laptop                     desktop                    merged
    01a     tagged at 9:00             its note edited at 9:30    both changes
    01b     as both knew it            tombstone of 9:30          deleted
    01c     its note edited at 9:15    tombstone of 9:30          laptop's, and the tombstone
    01d     made at 9:10               -                          laptop's

Without the tombstone, 01b could not be told from a mark that the desktop has never seen,
and would come back; 01c has a change that the desktop did not know when it deleted the mark.
What keeping the newer file would lose is measured in docs/figures.md. See `field_edits` and
`mark_edits`.

Two machines that merge the same copies get the same bytes: the order of the versions makes
no difference. A row that is already as it should be stays as it is, byte by byte.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from msgspec.structs import replace

from annotator.model import NO_OVERRIDES, Annotation, ArticleRecord, Overrides, Tombstone
from annotator.model.labels import count
from annotator.model.tags import key as tag_key
from annotator.model.text import clean_line
from annotator.model.vocabulary import NO_MOMENT
from annotator.store.format import mark_edits
from annotator.store.format.article_tables import (
    ANNOTATIONS,
    ARTICLE,
    TOMBSTONES,
    Tables,
    as_changed_row,
)
from annotator.store.format.field_edits import Parts, Rules, different, merged, noted
from annotator.store.format.table_rows import Rows, with_checksum

Value = Annotation | ArticleRecord | Tombstone

_MOST_NAMED: Final = 41  # letters of a mark that a sentence names, with the ellipsis

_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {  # fields that only make sense together
    "state": ("state", "finished"),
    "revision": ("revision", "word_count", "minutes", "access"),
    **{
        name: (name,)
        for name in ("url", "title", "byline", "site_name", "published", "language", "excerpt")
    },
    "doi": ("doi",),
}


def merge(versions: Sequence[Tables]) -> Rows:
    """Return the rows of all versions of an article's file."""
    records = [record for version in versions for record in version.article.values()]
    marks, tombstones = mark_edits.merge_tables(
        [version.annotations for version in versions], [version.tombstones for version in versions]
    )
    tables: dict[str, dict[str, Value]] = {
        ANNOTATIONS: dict(marks),
        ARTICLE: {version.id: version for version in [merge_records(records)]} if records else {},
        TOMBSTONES: dict(tombstones),
    }
    return {
        table: {key: _row(versions, table, key, value) for key, value in values.items()}
        for table, values in tables.items()
    }


def remark(versions: Sequence[Tables], merged: Tables, base: Tables | None = None) -> str:
    """Return sentences about marks, merged from `base`, that their user should look at, if any."""
    deleted = {key for version in versions for key in version.deleted}
    texts: list[Annotation] = []
    revived = 0
    for key, mark in merged.annotations.items():
        known = [version.annotations[key] for version in versions if key in version.annotations]
        if mark in known and key not in deleted:
            continue
        texts += [mark] if mark_edits.has_texts_of_both(mark, known) else []
        revived += any(
            key in version.deleted and version.deleted[key].removed > mark.modified
            for version in versions
        )
    sentences = [*_overruled(versions, merged, base)]
    if texts:
        both = "both versions are there, one below the other."
        sentences.append(f"Two machines changed a text of {_named(texts)}; {both}")
    if revived:
        why = f"because another one had changed {'it' if revived == 1 else 'them'}."
        sentences.append(f"{count(revived, 'mark')} that one machine deleted stayed, {why}")
    return " ".join(sentences)


def _overruled(versions: Sequence[Tables], merged: Tables, base: Tables | None) -> Iterator[str]:
    """Yield sentences about fields that two machines changed, of which one value stays.

    Without a `base`, a change may be one that all versions once had. It is not, if another change
    that is only in its version is older, or if there is no such change and it is the last one.
    """
    told = set[tuple[str, str, str]]()
    marks, known = merged.annotations, base.annotations if base else {}
    rows: list[Parts] = [{**of.article, **of.annotations, **of.tombstones} for of in versions]
    moments = [
        {key: getattr(row, "removed", None) or row.modified for key, row in of.items()}
        for of in rows
    ]
    for version, own in zip(versions, moments, strict=True):
        lost = [
            (*field, key)
            for key in version.annotations.keys() & marks.keys()
            for field in mark_edits.overruled(marks[key], version.annotations[key], known.get(key))
        ]
        others = [other for other in moments if other != own]
        news = (at for key, at in own.items() if all(at > of.get(key, NO_MOMENT) for of in others))
        since = min(news, default=max(lost)[0]) if lost and not base else NO_MOMENT
        told.update(of[1:] for of in lost if of[0] >= since)
    changed: dict[tuple[str, str], list[Annotation]] = {}
    for label, words, key in sorted(told):
        changed.setdefault((label, words), []).append(marks[key])
    for (label, words), those in changed.items():
        yield f"Two machines changed the {label} of {_named(those)}: {words}."


def _named(marks: Sequence[Annotation]) -> str:
    """Return the first words of a mark, or how many there are."""
    if len(marks) > 1:
        return count(len(marks), "mark")
    return f"“{clean_line(marks[0].quote, limit=_MOST_NAMED)}”"


def _row(versions: Sequence[Tables], table: str, key: str, value: Value) -> bytes:
    """Return a merged row, as the bytes of a version that has it already, if one has.

    Otherwise it has what any version has of newer programs.
    """
    there = [version for version in versions if key in getattr(version, table)]
    same = [
        bytes(version.rows[table][key])
        for version in there
        if getattr(version, table)[key] == value
    ]
    rows = sorted(bytes(version.rows[table][key]) for version in there)
    return max(same) if same else with_checksum(key, as_changed_row(value, *rows))


def with_edits(before: ArticleRecord, after: ArticleRecord) -> ArticleRecord:
    """Return a changed record that notes which of its fields changed, and when."""
    changed = [
        name
        for parts in (_fields_of_record, _things_of_record)
        for name in different(parts(before), parts(after))
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


def _fields_of_record(record: ArticleRecord) -> Parts:
    return {
        group: tuple(getattr(record, name) for name in names) for group, names in _GROUPS.items()
    }


def _things_of_record(record: ArticleRecord) -> Parts:
    choices = record.choices or NO_OVERRIDES
    return {
        **{f"tag:{tag_key(tag)}": tag for tag in record.tags},
        **{f"choice:{removal}": "kept" for removal in choices.kept},
        **{f"choice:{removal}": "removed" for removal in choices.removed},
    }


_RULES: Final = Rules(_fields_of_record, _things_of_record)
