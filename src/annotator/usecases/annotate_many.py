"""Changing many marks at once: kind, tags, details of the claim, and deleting.

Each function changes only what it is about, in the marks as they are stored now, and returns one
step that undoes it for all of them. Marks that are already so are not written. `progress` is told
the number of articles that are done, and of all; it stops the edit by returning False.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from annotator.errors import InvalidInput
from annotator.model import CLAIM_FIELDS, Annotation, Claim, tags
from annotator.store import Library
from annotator.usecases.annotate import valid_kind
from annotator.usecases.batch_edit import BatchEdit, Progress, edit_marks, to_the_end
from annotator.usecases.tags import with_tags


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
    unknown = values.keys() - {field.name for field in CLAIM_FIELDS}
    if unknown:
        names = ", ".join(field.name for field in CLAIM_FIELDS)
        raise InvalidInput(f"A claim has no field “{min(unknown)}”.", f"It has: {names}.")
    Claim().with_values(values)  # refuses a wrong value before anything is changed

    def edit(mark: Annotation) -> Annotation:
        claim = (mark.claim or Claim()).with_values(values)
        is_nothing = mark.claim is None and claim == Claim()
        return mark if is_nothing else replace(mark, claim=claim)

    return edit_marks(library, name, marks, edit, now=now, progress=progress)
