"""What is said of a mark beside its words, for services that have one text for it."""

from collections.abc import Sequence

from annotator.model import Annotation
from annotator.model.claim import filled_fields


def comment_of(mark: Annotation, sent: Sequence[str]) -> str:
    """Return the note of a mark and the details of its claim, as far as they are `sent`."""
    note = [mark.note] if mark.note and "note" in sent else []
    fields = filled_fields(mark.claim) if "claim" in sent else ()
    return "\n\n".join((*note, *(f"{field.label}: {value}" for field, value in fields)))


def tags_of(mark: Annotation, sent: Sequence[str]) -> list[str]:
    """Return the tags of a mark, its kind, and the status of its claim as `status:open`."""
    status = [f"status:{mark.status}"] if mark.status and "claim" in sent else []
    return list(dict.fromkeys((*(mark.tags if "tags" in sent else ()), mark.kind, *status)))
