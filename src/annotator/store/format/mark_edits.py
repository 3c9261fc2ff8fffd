"""Merging the versions that several machines have of a mark, field by field.

    field            laptop                  desktop                 merged
    note             "See p. 4", edited      "Check", edited         both, the later one first
    tag:energy       added                   -                       there
    claim.status     open                    refuted, edited         refuted
    target           moved 9:00              moved 9:30              desktop's
    the mark         its kind changed        deleted                 there, laptop's

A text that people write, such as the note, is merged by its paragraphs, which are things like
tags: each stays unless a machine that had it removed or changed it. So two notes that were
written apart are both there, and one that replaced another is there alone.

A deleted mark leaves a *tombstone*, with the edits that it had. A mark that was edited
elsewhere, which the tombstone does not know, is kept: otherwise the edit would be lost. So is what
the machine that deleted it had changed in it before. The tombstone stays beside the mark: another
machine may have deleted it too, and seen the edit that the first had not. Then both together have
seen all of it, and it goes, whichever of them comes first.

For some time the tombstone has the mark itself too: so it is in the bin, on every machine, until
one of them restores it or empties the bin.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any, Final, NamedTuple, TypeVar
from zlib import crc32

from msgspec.structs import replace

from annotator.model import Annotation, Claim, Tombstone
from annotator.model.claim import CLAIM_FIELDS
from annotator.model.tags import key as tag_key
from annotator.model.text import clean_line
from annotator.model.vocabulary import NO_MOMENT
from annotator.store.format.field_edits import Merged, Parts, Rules, different, later, merged, noted

T = TypeVar("T")

KEPT: Final = timedelta(days=90)  # that a deleted mark stays in the bin

_GAP: Final = "\n\n"  # between paragraphs
_NO_CLAIM: Final = Claim()
_LABELS: Final = {"kind": "kind", **{f"claim.{of.name}": of.label.lower() for of in CLAIM_FIELDS}}


class _Text(NamedTuple):
    """A text that is merged by its paragraphs: the prefix of their names, and its limit if any."""

    prefix: str
    of: Callable[[Annotation], str]
    limit: int | None = None

    def paragraphs(self, mark: Annotation) -> Parts:
        """Return the paragraphs of a mark's text by their names."""
        paragraphs: dict[str, str] = {}
        times: Counter[str] = Counter()
        for part in filter(None, (part.strip("\n") for part in self.of(mark).split(_GAP))):
            name = f"{self.prefix}{_digits(part)}"
            times[name] += 1
            again = f"-{times[name]}" if times[name] > 1 else ""  # the same words a second time
            paragraphs[f"{name}{again}"] = part
        return paragraphs


def with_edits(before: Annotation, after: Annotation, *, author: str = "") -> Annotation:
    """Return a changed mark that notes which of its fields `author` changed, and when."""
    after = replace(
        after,
        id=before.id,
        article_id=before.article_id,
        edits=before.edits,
        author=before.author,
        editors=before.editors,
        proposed=before.proposed,
    )
    if replace(after, modified=before.modified) == before:
        return before
    changed = _changed(before, after)
    after = noted(before, after, changed, _RULES)
    return _signed(after, dict(before.editors) | dict.fromkeys(changed, author))


def put_back(mark: Annotation, tombstone: Tombstone, *, author: str = "") -> Annotation:
    """Return a deleted mark as `author` made it again: each field is as in `mark`.

    That it was made again is noted too, for machines that have deleted it as well.
    """
    moment = max(mark.modified, tombstone.removed)  # equal: the mark wins
    own = dict(mark.edits)
    older = [name for name, at in tombstone.edits if at > own.get(name, NO_MOMENT)]
    again = [_AGAIN, *older]
    edits = own | dict.fromkeys(again, moment)
    maker = mark.author or (tombstone.mark.author if tombstone.mark else author)
    by = mark.proposed or (tombstone.mark.proposed if tombstone.mark else "")
    edited = tuple(sorted(edits.items()))
    mark = replace(mark, modified=moment, edits=edited, author=maker, proposed=by)
    return _signed(mark, dict(mark.editors) | dict.fromkeys(again, author))


def tombstone_of(
    mark: Annotation, earlier: Tombstone | None = None, *, now: datetime, author: str = ""
) -> Tombstone:
    """Return what is left of a mark that `author` deletes, and others may have `earlier`."""
    own = Tombstone(later(now, mark.modified), mark.edits, mark, author=author)
    return merge_tombstones((earlier, own)) if earlier else own


def in_bin(tombstone: Tombstone, *, now: datetime) -> Annotation | None:
    """Return the mark that was deleted, if it is in the bin still."""
    return tombstone.mark if now - tombstone.removed <= KEPT else None


def emptied(tombstone: Tombstone, *, now: datetime) -> Tombstone:
    """Return what is left of a mark that is deleted from the bin too."""
    return replace(tombstone, mark=None, emptied=max(now, tombstone.removed))


def is_deleted_by(tombstone: Tombstone, mark: Annotation | None) -> bool:
    """Whether a mark has no change that was unknown when it was deleted."""
    if mark is None:
        return True
    if mark.modified >= tombstone.removed:
        return False
    known = dict(tombstone.edits)
    return all(at <= known.get(name, NO_MOMENT) for name, at in mark.edits)


def merge_marks(versions: Iterable[Annotation]) -> Annotation:
    """Return one mark of several versions, each field as it was changed last.

    The order of the versions makes no difference. If none has edits, as when two machines
    imported it at different times, the one that was modified last stays as a whole. Two that
    were imported at the same time of their service are merged.
    """
    distinct = set(versions)
    if len(distinct) == 1:
        return distinct.pop()
    parts = merged(distinct, _RULES)
    if not parts.edits and parts.latest.modified > parts.in_order[-2].modified:
        return parts.latest
    texts = {text.prefix: _merged_text(parts, text) for text in _TEXTS}
    _, _, author = min((mark.created, not mark.author, mark.author) for mark in parts.in_order)
    after = replace(
        parts.latest,
        target=parts.fields["target"],
        kind=parts.fields["kind"],
        tags=tuple(parts.things_named(_TAG).values()),
        links=tuple(parts.things_named(_LINK).values()),
        note=texts[_NOTE],
        claim=_merged_claim(parts.fields, texts),
        created=min(mark.created for mark in parts.in_order),
        modified=max(mark.modified for mark in parts.in_order),
        edits=parts.edits,
        author=author,
        proposed=max(mark.proposed for mark in parts.in_order),
    )
    return _signed(after, _editors(parts))


def merge_tombstones(tombstones: Iterable[Tombstone]) -> Tombstone:
    """Return one tombstone of several: the last deletion, and all that was known by any.

    The bin has what any of them has in it, unless it was emptied after the last deletion.
    """
    versions = tuple(tombstones)
    removed, author = max((tombstone.removed, tombstone.author) for tombstone in versions)
    cleared = max((tombstone.emptied for tombstone in versions if tombstone.emptied), default=None)
    marks = [tombstone.mark for tombstone in versions if tombstone.mark]
    mark = merge_marks(marks) if marks and (cleared is None or cleared < removed) else None
    known = dict(sorted(chain.from_iterable(of.edits for of in versions), key=itemgetter(1)))
    return Tombstone(removed, tuple(sorted(known.items())), mark, cleared, author)


def merge_tables(
    marks: Iterable[Mapping[str, Annotation]], tombstones: Iterable[Mapping[str, Tombstone]]
) -> tuple[dict[str, Annotation], dict[str, Tombstone]]:
    """Return the marks and tombstones, by id, of several versions of an article's tables.

    A mark that stays though a machine deleted it also has what that machine had changed before.
    """
    there = {key: merge_marks(versions) for key, versions in _grouped(marks).items()}
    left = {key: merge_tombstones(versions) for key, versions in _grouped(tombstones).items()}
    for key in there.keys() & left.keys():
        mark, tombstone = there[key], left[key]
        if is_deleted_by(tombstone, mark):
            del there[key]
        elif tombstone.mark:
            there[key] = merge_marks((mark, tombstone.mark))
    return there, left


def has_texts_of_both(mark: Annotation, versions: Iterable[Annotation]) -> bool:
    """Whether a merged mark has a text that none of its versions has."""
    distinct = set(versions)
    return any(text.of(mark) not in set(map(text.of, distinct)) for text in _TEXTS)


def overruled(
    mark: Annotation, version: Annotation, base: Annotation | None
) -> Iterator[tuple[datetime, str, str]]:
    """Yield what a version changed and a merged mark has otherwise: when, the field, and words."""
    known, both = dict(base.edits if base else ()), (mark, version)
    for name, at in version.edits if mark != version else ():
        if name in _LABELS and at > known.get(name, NO_MOMENT):
            pair = [(_fields(of)[name], dict(of.editors).get(name, of.author)) for of in both]
            is_one_person = pair[0][1] == pair[1][1]
            stays, goes = (
                clean_line(f"{own or 'none'}{f' ({by})' if by and not is_one_person else ''}")
                for own, by in pair
            )
            if pair[0][0] != pair[1][0]:
                yield at, _LABELS[name], f"{stays} stays instead of {goes}"


def _editors(parts: Merged[Annotation]) -> Mapping[str, str]:
    """Return who changed each field last: of several at the same time, whose value is there.

    That is usual, since a change is noted as just later than the last one that was seen.
    """
    there = {**parts.fields, **parts.things}
    versions = [(mark, dict(mark.edits), dict(mark.editors)) for mark in parts.in_order]
    names: dict[str, str] = {}
    for name, at in parts.edits:
        last = [
            (editors.get(name, mark.author), mark)
            for mark, edits, editors in versions
            if edits.get(name) == at
        ]
        if len({author for author, _ in last}) > 1:
            parts_of = [(of, {**_fields(of[1]), **_things(of[1])}) for of in last]
            last = [of for of, own in parts_of if own.get(name) == there.get(name)] or last
        names[name] = max(author for author, _ in last)
    return names


def _signed(mark: Annotation, editors: Mapping[str, str]) -> Annotation:
    """Return a mark with those who changed its fields last, where they are not its author."""
    others = [
        (name, editors[name])
        for name, _ in mark.edits
        if editors.get(name, mark.author) != mark.author
    ]
    return replace(mark, editors=tuple(others))


def _grouped(tables: Iterable[Mapping[str, T]]) -> Mapping[str, Sequence[T]]:
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for key, value in chain.from_iterable(table.items() for table in tables):
        groups[key].append(value)
    return groups


def _merged_claim(fields: Parts, texts: Mapping[str, str]) -> Claim | None:
    values: dict[str, Any] = {
        field.name: texts[_claim_text(field.name)]
        if field.is_paragraph
        else fields[f"claim.{field.name}"]
        for field in CLAIM_FIELDS
    }
    claim = Claim(**values)
    return claim if fields["claim"] or claim != _NO_CLAIM else None


def _merged_text(parts: Merged[Annotation], text: _Text) -> str:
    """Return the text that was edited last, with the paragraphs that only other versions have.

    If they would exceed the limit of the text, it is the one that was edited last alone.
    """
    there = {
        name: paragraph for name, paragraph in parts.things.items() if name.startswith(text.prefix)
    }

    def age(mark: Annotation) -> tuple[datetime, int]:  # a version that is already merged is last
        edits = (at for name, at in mark.edits if name.startswith(text.prefix))
        return max(edits, default=NO_MOMENT), len(there.keys() & text.paragraphs(mark).keys())

    last = max(reversed(parts.in_order), key=age)
    own = text.paragraphs(last)
    if there.keys() == own.keys():
        return text.of(last)
    joined = _GAP.join(there[name] for name in dict.fromkeys((*own, *there)) if name in there)
    return joined if text.limit is None or len(joined) <= text.limit else text.of(last)


def _changed(before: Annotation, after: Annotation) -> list[str]:
    """Return the names of what differs; a change to a thousand marks has time for no more."""
    changed = [
        field for field in ("target", "kind") if getattr(before, field) != getattr(after, field)
    ]
    if before.claim != after.claim:
        changed += different(_fields_of_claim(before), _fields_of_claim(after))
    for field, things in (("tags", _tags), ("links", _links)):
        if getattr(before, field) != getattr(after, field):
            changed += different(things(before), things(after))
    for text in _TEXTS:
        if text.of(before) != text.of(after):
            there = text.paragraphs(after)
            # all of them if only their order differs, or the space between them
            changed += different(text.paragraphs(before), there) or there
    return changed


def _fields(mark: Annotation) -> Parts:
    return {"target": mark.target, "kind": mark.kind, **_fields_of_claim(mark)}


def _fields_of_claim(mark: Annotation) -> Parts:
    claim = mark.claim or _NO_CLAIM
    return {
        "claim": mark.claim is not None,
        **{
            f"claim.{field.name}": getattr(claim, field.name)
            for field in CLAIM_FIELDS
            if not field.is_paragraph
        },
    }


def _things(mark: Annotation) -> Parts:
    things = {**_tags(mark), **_links(mark)}
    for text in _TEXTS:
        things |= text.paragraphs(mark)
    return things


def _tags(mark: Annotation) -> Parts:
    return {f"{_TAG}{tag_key(tag)}": tag for tag in mark.tags}


def _links(mark: Annotation) -> Parts:
    """Return the links by what makes two of them the same, whatever their notes."""
    return {
        f"{_LINK}{_digits(f'{link.relation} {link.is_reversed} {link.target}')}": link
        for link in mark.links
    }


def _digits(text: str) -> str:
    return f"{crc32(text.encode('utf-8', 'replace')):08x}"


def _claim_text(name: str) -> str:
    return f"claim.{name}:"


def _text_of_claim(mark: Annotation, name: str) -> str:
    text: str = getattr(mark.claim or _NO_CLAIM, name)
    return text


_AGAIN = "mark"  # in the edits of a mark that was made again
_TAG, _LINK, _NOTE = "tag:", "link:", "note:"
_TEXTS: Final = (
    _Text(_NOTE, attrgetter("note")),
    *(
        _Text(_claim_text(field.name), partial(_text_of_claim, name=field.name), field.limit)
        for field in CLAIM_FIELDS
        if field.is_paragraph
    ),
)
_RULES: Final = Rules(_fields, _things)
