"""Marks as fields separated by tabs and as JSON; `mark_text` has them as text for people."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from annotator.cli.output import console, forms
from annotator.cli.output.tables import print_titled
from annotator.model.tsv import mark_fields
from annotator.usecases.articles.lookup import mark_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from annotator.model import Anchored, Annotation, ArticleRecord, Orphan, Span
    from annotator.settings import Settings
    from annotator.usecases.marks.claims import LinkEnds
    from annotator.usecases.queries.search import Note


# Of a mark, as JSON has them.
_FIELDS = "id kind quote tags note claim links created modified author proposed"

_OF_MERGING = ("choices", "edits")


def print_note(note: Note, settings: Settings, ends: LinkEnds | None = None) -> None:
    """Print a mark: a few lines on a terminal, else one line of fields."""
    if console.is_terminal():
        forms.mark_text.print_lines(note.annotation, settings.kind(note.annotation.kind), ends)
    else:
        console.echo_fields(*mark_fields(note.annotation))


def print_notes(notes: Iterable[Note], settings: Settings, ends: LinkEnds | None = None) -> None:
    """Print marks, on a terminal below the titles of their articles."""
    for number, (_, group) in enumerate(groupby(notes, key=lambda note: note.record.id)):
        marks = list(group)
        if console.is_terminal():
            if number:
                console.echo()
            record = marks[0].record
            print_titled(record.title or record.url, console.short(record.id))
        for note in marks:
            print_note(note, settings, ends)


def to_json(note: Note, place: Anchored | Orphan) -> Mapping[str, object]:
    """Return a mark for `--json`, with its position in the current text of the article."""
    from annotator.export.hyperlinks import deep_link  # for JSON only

    record, annotation = note.record, note.annotation
    return {
        **console.attributes(annotation, _FIELDS),
        "address": mark_address(record.id, annotation.id),
        "article": console.attributes(record, "id url title"),
        "place": _place_to_json(place),
        **({"page": annotation.target.pages} if annotation.target.pages else {}),
        "deep_link": deep_link(record.url, annotation.target),
    }


def bare(value: ArticleRecord | Annotation) -> dict[str, object]:
    """Return a record or mark for `--json`, without that by which versions of it are merged."""
    fields = {name: getattr(value, name) for name in value.__struct_fields__}
    if "doi" in fields:
        fields["doi"] = fields["doi"] or ""
    return {name: held for name, held in fields.items() if name not in _OF_MERGING}


def _place_to_json(place: Anchored | Orphan) -> Mapping[str, object]:
    span: Span | None = getattr(place, "span", None)  # an orphan has none
    return {
        "fit": getattr(place, "fit", "orphan"),
        "start": span.start if span else None,
        "end": span.end if span else None,
    }
