"""Marks as lines of text, as fields separated by tabs, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator import model
from annotator.cli.output import console
from annotator.cli.output.tables import wrapped
from annotator.model.tsv import mark_fields
from annotator.usecases.articles import mark_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.model import Anchored, Annotation, Kind, Orphan
    from annotator.settings import Settings
    from annotator.usecases.search import Note

QUOTE_INDENT, TEXT_INDENT = "  ", "    "
NARROWEST, WIDEST = 20, 100  # cells; longer and shorter lines are hard to read


def print_note(note: Note, settings: Settings) -> None:
    """Print a mark: a few lines on a terminal, else one line of fields."""
    if console.is_terminal():
        _print_lines(note.annotation, settings.kind(note.annotation.kind))
    else:
        console.echo_fields(*mark_fields(note.annotation))


def print_heading(note: Note) -> None:
    """Print the title of the article that the following marks are on."""
    console.echo(console.strong(note.record.title), "  ", console.faint(note.record.id))


def to_json(note: Note, place: Anchored | Orphan) -> Mapping[str, object]:
    """Return a mark for `--json`, with its position in the current text of the article."""
    from annotator.export.hyperlinks import deep_link  # for JSON only

    record, annotation = note.record, note.annotation
    return {
        "id": annotation.id,
        "address": mark_address(record.id, annotation.id),
        "article": {"id": record.id, "url": record.url, "title": record.title},
        "kind": annotation.kind,
        "quote": annotation.quote,
        "tags": annotation.tags,
        "note": annotation.note,
        "claim": annotation.claim,
        "links": annotation.links,
        "place": _place_to_json(place),
        "deep_link": deep_link(record.url, annotation.target.quote),
        "created": annotation.created,
        "modified": annotation.modified,
    }


def _place_to_json(place: Anchored | Orphan) -> Mapping[str, object]:
    if isinstance(place, model.Orphan):
        return {"fit": "orphan", "start": None, "end": None}
    return {"fit": place.fit, "start": place.span.start, "end": place.span.end}


def _print_lines(annotation: Annotation, kind: Kind | None) -> None:
    width = max(NARROWEST, min(console.width(), WIDEST) - len(TEXT_INDENT))
    glyph = kind.glyph if kind else "·"
    tags = "".join(f"  #{tag}" for tag in annotation.tags)
    console.echo(f"{QUOTE_INDENT}{glyph} {annotation.kind}{tags}  ", console.faint(annotation.id))
    for line in wrapped(f"“{annotation.quote}”", width):
        console.echo(TEXT_INDENT, line)
    for line in wrapped(annotation.note, width) if annotation.note else ():
        console.echo(TEXT_INDENT, console.strong(line))
