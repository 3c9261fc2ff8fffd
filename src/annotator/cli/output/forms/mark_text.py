"""Marks as text for people: kind, judgement, quote, note, claim, and what they are linked to."""

from collections.abc import Iterator

from annotator.cli.output import console
from annotator.cli.output.console import Piece
from annotator.cli.output.tables import cells, print_wrapped, short_quote, text_width, wrapped
from annotator.model import Annotation, Claim, Kind
from annotator.model.labels import STATUS_GLYPHS, long_date, page_words, relation_words
from annotator.store import Marked
from annotator.usecases.marks.claims import LinkEnds

QUOTE_INDENT, TEXT_INDENT = "  ", "    "
_QUOTATION_MARKS = tuple('"“”„«»「」『』')

STATUS_COLORS = {
    "checking": "cyan",
    "supported": "green",
    "disputed": "yellow",
    "refuted": "red",
    "unverifiable": "magenta",
}
LINK_COLORS = {
    "supports": "green",
    "opposes": "red",
    "same-as": "cyan",
    "informs": "faint",
    "source-of": "faint",
}


def print_lines(annotation: Annotation, kind: Kind | None, ends: LinkEnds | None = None) -> None:
    """Print a mark for people: what it is, its quote, note and claim, and what it is linked to."""
    width = text_width(TEXT_INDENT)
    _print_heading(annotation, kind, width + len(TEXT_INDENT))
    if console.is_session():  # who has just typed its number knows the rest
        console.echo(short_quote(annotation.quote))
        return
    print_wrapped(in_quotes(annotation.quote), TEXT_INDENT)
    if annotation.note:
        label = "note: " if console.is_spoken() else ""
        print_wrapped(f"{label}{annotation.note}", TEXT_INDENT, color="strong")
    for label, color, text in _details(annotation, ends):
        first, *rest = wrapped(f"{label}: {text}", width)
        start = len(label) + 1
        console.echo(TEXT_INDENT, console.colored(first[:start], color), first[start:])
        for line in rest:
            console.echo(TEXT_INDENT, line)


def known_facts(marked: Marked) -> list[str]:
    """Return what is known about a mark: status, speaker, article, date; empty if unknown."""
    record, annotation = marked
    claim = annotation.claim
    return [
        status_text(claim) if claim and annotation.status else annotation.kind,
        claim.speaker if claim else "",
        record.title or record.url,
        long_date(record.published),
    ]


def status_text(claim: Claim) -> str:
    """Return how a claim was judged, behind the sign for that."""
    return f"{console.sign(STATUS_GLYPHS[claim.status])}{claim.status}"


def _print_heading(annotation: Annotation, kind: Kind | None, width: int) -> None:
    """Print the first line of a mark, with its id, or that on the next line if it does not fit."""
    pieces = list(_heading(annotation, kind))
    texts = [piece if isinstance(piece, str) else piece.text for piece in pieces]
    text = "".join(texts)
    if console.is_spoken():
        name = "" if console.is_session() else annotation.id
        console.echo(", ".join(filter(None, (*map(str.strip, texts), name))))
    elif cells(f"{QUOTE_INDENT}{text}  {annotation.id}") <= width:
        console.echo(QUOTE_INDENT, *pieces, "  ", console.faint(annotation.id))
    else:
        console.echo(QUOTE_INDENT, *pieces)
        console.echo(TEXT_INDENT, console.faint(annotation.id))


def _heading(annotation: Annotation, kind: Kind | None) -> Iterator[Piece]:
    """Yield the kind of a mark in its color, and what is known of its claim."""
    color = kind.colour if kind else ""
    glyph = kind.glyph if kind else "·"
    yield console.colored(f"{console.sign(glyph)}{annotation.kind}", color)
    if claim := annotation.claim:
        if annotation.status not in (None, "open"):
            yield console.colored(f"  {status_text(claim)}", STATUS_COLORS[claim.status])
        if said := list(filter(None, (claim.speaker, claim.said_on and long_date(claim.said_on)))):
            yield f"  {', '.join(said)}"
    if page := page_words(annotation.target.pages):
        yield console.faint(f"  {page}")
    for tag in annotation.tags:
        yield console.colored(f"  #{tag}", "cyan")


def _details(annotation: Annotation, ends: LinkEnds | None) -> Iterator[tuple[str, str, str]]:
    """Yield the lines below a mark: a word for each, its color, and its text."""
    if claim := annotation.claim:
        if claim.statement:
            yield "statement", "faint", claim.statement
        if claim.verdict:
            yield "verdict", STATUS_COLORS.get(claim.status, "faint"), claim.verdict
    quotes = ends.quotes if ends else {}
    for link in annotation.links:
        words = relation_words(link.relation, is_back=link.is_reversed)
        other = in_quotes(quotes[link.target]) if link.target in quotes else link.target
        yield words, LINK_COLORS[link.relation], other + _because(link.note)
    for backlink in ends.backlinks.get(annotation.id, ()) if ends else ():
        color = LINK_COLORS[backlink.relation]
        other = in_quotes(backlink.mark.quote)
        yield (
            relation_words(backlink.relation, is_back=True),
            color,
            other + _because(backlink.note),
        )


def in_quotes(words: str) -> str:
    """Return words in quotation marks, or as they are if they begin or end with some."""
    has_marks = words[:1] in _QUOTATION_MARKS or words[-1:] in _QUOTATION_MARKS
    return words if has_marks else f"“{words}”"


def _because(note: str) -> str:
    return f" ({note})" if note else ""
