"""Changing many marks at once: kind, tags, details of the claim, and deleting.

Each function changes only what it is about, in the marks as they are stored now, and returns one
step that undoes it for all of them. Marks that are already so are not written. `progress` is told
the number of articles that are done, and of all; it stops the edit by returning False.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from annotator.errors import InvalidInput
from annotator.model import CLAIM_FIELDS, Annotation, Claim, tags
from annotator.store import Library
from annotator.usecases.marks.annotate import clean_note, valid_kind
from annotator.usecases.marks.batch_edit import BatchEdit, Progress, edit_marks, to_the_end
from annotator.usecases.tags.tagging import with_tags


def set_status_of(
    library: Library,
    marks: Sequence[Annotation],
    status: str,
    *,
    now: datetime,
    progress: Progress = to_the_end,
) -> BatchEdit:
    """Give the marks this status; a mark without details of a claim gets them."""
    values = {"status": status}
    return _set_values(library, "Status", marks, values, now=now, progress=progress)


def set_speaker_of(
    library: Library,
    marks: Sequence[Annotation],
    speaker: str,
    *,
    now: datetime,
    progress: Progress = to_the_end,
) -> BatchEdit:
    """Give the marks this speaker; an empty name removes theirs."""
    values = {"speaker": speaker}
    return _set_values(library, "Speaker", marks, values, now=now, progress=progress)


def set_fields_of(
    library: Library,
    marks: Sequence[Annotation],
    values: Mapping[str, str],
    *,
    now: datetime,
    progress: Progress = to_the_end,
) -> BatchEdit:
    """Give the marks these details of a claim, by the names of fields; other fields stay.

    Raises `InvalidInput` for an unknown field, or a value that a field refuses.
    """
    return _set_values(library, "Details", marks, values, now=now, progress=progress)


def set_kind_of(
    library: Library,
    marks: Sequence[Annotation],
    kind: str,
    *,
    now: datetime,
    progress: Progress = to_the_end,
) -> BatchEdit:
    """Give the marks this kind. A claim's details stay for when it is a claim again."""
    kept = valid_kind(kind)
    return edit_marks(
        library, "Kind", marks, lambda it: replace(it, kind=kept), now=now, progress=progress
    )


def retag_all(
    library: Library,
    marks: Sequence[Annotation],
    *,
    add: Iterable[str] = (),
    remove: Iterable[str] = (),
    now: datetime,
    progress: Progress = to_the_end,
) -> BatchEdit:
    """Add tags to the marks and remove others from them; a tag that is both stays."""
    given, taken = tags.normalise_all(add), tags.normalise_all(remove)

    def edit(mark: Annotation) -> Annotation:
        kept = with_tags(mark.tags, add=given, remove=taken)
        return mark if kept == mark.tags else replace(mark, tags=kept)

    return edit_marks(library, "Tag", marks, edit, now=now, progress=progress)


class MarkChanges(Struct, frozen=True):
    """Changes to make in marks: only what is given; tags are added to those that are there."""

    kind: str | None = None
    note: str | None = None
    values: Mapping[str, str] = {}
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def change_all(
    library: Library,
    marks: Sequence[Annotation],
    changes: MarkChanges,
    *,
    now: datetime,
    progress: Progress = to_the_end,
) -> BatchEdit:
    """Make all of these changes to the marks, in one step.

    Raises `InvalidInput` for an unknown field, or a value that a field refuses.
    """
    kind = None if changes.kind is None else valid_kind(changes.kind)
    note = None if changes.note is None else clean_note(changes.note)
    given, taken = tags.normalise_all(changes.added), tags.normalise_all(changes.removed)
    _refuse_wrong(changes.values)

    def edit(mark: Annotation) -> Annotation:
        kept = with_tags(mark.tags, add=given, remove=taken)
        return replace(
            mark,
            kind=mark.kind if kind is None else kind,
            note=mark.note if note is None else note,
            tags=mark.tags if kept == mark.tags else kept,
            claim=_with_values(mark.claim, changes.values),
        )

    return edit_marks(library, "Edit", marks, edit, now=now, progress=progress)


def delete_all(
    library: Library,
    marks: Sequence[Annotation],
    *,
    now: datetime,
    progress: Progress = to_the_end,
) -> BatchEdit:
    """Delete the marks, including what other programs changed in them."""
    return edit_marks(library, "Delete", marks, lambda _: None, now=now, progress=progress)


def _set_values(
    library: Library,
    name: str,
    marks: Sequence[Annotation],
    values: Mapping[str, str],
    *,
    now: datetime,
    progress: Progress,
) -> BatchEdit:
    _refuse_wrong(values)

    def edit(mark: Annotation) -> Annotation:
        return replace(mark, claim=_with_values(mark.claim, values))

    return edit_marks(library, name, marks, edit, now=now, progress=progress)


def _refuse_wrong(values: Mapping[str, str]) -> None:
    """Raise `InvalidInput` for a field or a value that no claim has, before any is changed."""
    unknown = values.keys() - {field.name for field in CLAIM_FIELDS}
    if unknown:
        names = ", ".join(field.name for field in CLAIM_FIELDS)
        raise InvalidInput(f"A claim has no field “{min(unknown)}”.", f"It has: {names}.")
    Claim().with_values(values)


def _with_values(claim: Claim | None, values: Mapping[str, str]) -> Claim | None:
    """Return the claim with these values; a mark without details gets none if all are empty."""
    changed = (claim or Claim()).with_values(values)
    return None if claim is None and changed == Claim() else changed
