"""Changes of an article as lines of text, as fields separated by tabs, and as JSON."""

from collections.abc import Iterator, Mapping

from annotator.cli.output import console
from annotator.cli.output.tables import print_titled, print_wrapped
from annotator.diffing.paragraphs import ParagraphKind
from annotator.diffing.words import in_short, marked_up
from annotator.model import Annotation, Span
from annotator.model.labels import count
from annotator.settings import Settings
from annotator.usecases.articles.changes import ArticleChanges, Version
from annotator.usecases.articles.lookup import mark_address

_PARAGRAPHS: tuple[ParagraphKind, ...] = ("reworded", "added", "removed", "moved")

INDENT = "    "


def print_changes(changes: ArticleChanges, settings: Settings) -> None:
    """Print the changes of an article: text on a terminal, else fields of the changed marks."""
    if console.is_terminal():
        _print_text_of(changes, settings)
        return
    for mark in changes.marks.reworded:
        console.echo_fields("reworded", *_ids(mark.annotation), mark.then, mark.now)
    for lost in changes.marks.lost:
        console.echo_fields("lost", *_ids(lost.annotation), lost.annotation.quote, lost.guess)
    for moved in changes.marks.moved:
        quote = moved.annotation.quote
        console.echo_fields("moved", *_ids(moved.annotation), quote, quote)


def print_title(changes: ArticleChanges) -> None:
    """Print the title of the article that the changes are of."""
    record = changes.record
    title = record.title or record.url or "Untitled"
    print_titled(title, console.short(record.id))


def to_json(changes: ArticleChanges) -> Mapping[str, object]:
    """Return changes for `--json`; positions are those in the current text of the article."""
    marks, paragraphs = changes.marks, changes.paragraphs
    return {
        "article": console.attributes(changes.record, "id url title"),
        "then": _version_to_json(changes.then),
        "now": _version_to_json(changes.now),
        "is_cleaned_anew": changes.is_extracted_again,
        "reworded": [
            _mark_to_json(mark.annotation, mark.span)
            | {
                **console.attributes(mark, "then now has_other_numbers"),
                "changes": [console.attributes(piece, "then now") for piece in mark.changes],
                "pieces": [console.attributes(piece, "then now is_same") for piece in mark.pieces],
            }
            for mark in marks.reworded
        ],
        "moved": [_mark_to_json(mark.annotation, mark.span) for mark in marks.moved],
        "lost": [
            _mark_to_json(mark.annotation, mark.span) | {"guess": mark.guess} for mark in marks.lost
        ],
        "paragraphs": {what: paragraphs.count(what) for what in _PARAGRAPHS},
    }


def _ids(annotation: Annotation) -> tuple[str, str]:
    return annotation.id, annotation.article_id


def _version_to_json(version: Version) -> Mapping[str, object]:
    said = console.attributes(version, "fetched_at extractor")
    return {**said, "revision": version.article.revision}


def _mark_to_json(annotation: Annotation, span: Span | None) -> dict[str, object]:
    return {
        **console.attributes(annotation, "id kind tags quote"),
        "address": mark_address(annotation.article_id, annotation.id),
        "start": span.start if span else None,
        "end": span.end if span else None,
    }


def _print_text_of(changes: ArticleChanges, settings: Settings) -> None:
    for mark in changes.marks.reworded:
        _print_mark(mark.annotation, "reworded", settings)
        console.echo(INDENT, console.strong(in_short(mark.changes)))
        print_wrapped("".join(text for text, _ in marked_up(mark.pieces)), INDENT)
    for lost in changes.marks.lost:
        _print_mark(lost.annotation, "lost", settings)
        print_wrapped(f"“{lost.annotation.quote}”", INDENT)
        if lost.guess:
            print_wrapped(f"Perhaps now: “{lost.guess}”", INDENT)
    for line in _counts(changes):
        console.echo("  ", line)


def _print_mark(annotation: Annotation, what: str, settings: Settings) -> None:
    kind = settings.kind(annotation.kind)
    tags = "".join(f"  #{tag}" for tag in annotation.tags)
    sign = console.sign(kind.glyph if kind else "·")
    console.echo(f"  {sign}{annotation.kind} {what}{tags}  ", console.faint(annotation.id))


def _counts(changes: ArticleChanges) -> Iterator[str]:
    if moved := len(changes.marks.moved):
        yield f"{count(moved, 'mark')} moved with the text."
    paragraphs = changes.paragraphs
    counts = {what: paragraphs.count(what) for what in _PARAGRAPHS}
    told = ", ".join(f"{number} {what}" for what, number in counts.items() if number)
    if told:
        yield f"Paragraphs: {told}{' by better cleaning' if changes.is_extracted_again else ''}."
