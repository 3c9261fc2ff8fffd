"""Printing the sources of a draft: as a report for people, as fields, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.cli.output import console
from annotator.cli.output.tables import cut, wrapped
from annotator.export.hyperlinks import deep_link
from annotator.model.labels import long_date
from annotator.usecases.articles.lookup import mark_address
from annotator.usecases.exporting.cite import SHARPEST, told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.citing.checking import Verdict
    from annotator.usecases.exporting.cite import CheckedSentence, CitedDraft, SentenceSource

INDENT = "       "
NARROWEST, WIDEST = 30, 100  # cells; longer and shorter lines are hard to read

# What each verdict is called, and its color, in the order of the report.
HEADINGS: dict[Verdict, tuple[str, str]] = {
    "other number": ("Another number or date than the source", "alarm"),
    "other words": ("Other words than the source", "red"),
    "no source": ("No source found", "yellow"),
    "copied": ("Words of a source without quotation marks", "yellow"),
    "quoted": ("Quoted word for word", "green"),
    "paraphrased": ("Said by a source in other words, probably", "cyan"),
    "cited": ("Cited already, and nothing found that differs", "faint"),
}


def print_report(draft: CitedDraft) -> None:
    """Print what was found for people, what needs work first."""
    width = max(NARROWEST, min(console.width(), WIDEST))
    is_first = True
    for verdict, (heading, color) in HEADINGS.items():
        sentences = [sentence for sentence in draft.sentences if sentence.verdict == verdict]
        if not sentences:
            continue
        if not is_first:
            console.echo()
        is_first = False
        console.echo(console.colored(f"{heading} ({len(sentences)})", color))
        for sentence in sentences:
            _print(sentence, width)


def _print(sentence: CheckedSentence, width: int) -> None:
    room = width - len(INDENT)
    needs_work = sentence.verdict in SHARPEST
    first, *rest = wrapped(sentence.text, room) if needs_work else [cut(sentence.text, room)]
    console.echo(f"{sentence.line:5}  ", first)
    for line in rest:
        console.echo(INDENT, line)
    for words in sentence.lost:
        console.echo(INDENT, console.colored(cut(f"not found: “{words}”", room), "yellow"))
    if sentence.verdict != "cited":
        for source in sentence.sources:
            _print_source(source, room)


def _print_source(source: SentenceSource, room: int) -> None:
    for difference in source.differences:
        color = "alarm" if difference.kind in {"number", "date"} else "red"
        for line in wrapped(told(difference), room):
            console.echo(INDENT, console.colored(line, color))
    if source.unsaid:
        for line in wrapped(f"Not in the source: {', '.join(source.unsaid)}.", room):
            console.echo(INDENT, console.colored(line, "yellow"))
    if not source.is_quotation or source.differences:
        for line in wrapped(f"“{' '.join(source.passage.split())}”", room):
            console.echo(INDENT, line)
    record = source.record
    facts = [record.title or record.url, ", ".join(record.byline), long_date(record.published)]
    for line in wrapped(
        f"{record.id[: console.ID_LENGTH]}  {' · '.join(filter(None, facts))}", room
    ):
        console.echo(INDENT, console.faint(line))
    if source.mark:
        console.echo(INDENT, console.faint(f"mark {source.mark.id}"))


def tell_report(draft: CitedDraft) -> None:
    """Tell on standard error what differs from its source, or has none."""
    for sentence in draft.sentences:
        if sentence.verdict in SHARPEST:
            console.tell(f"line {sentence.line}: {sentence.verdict}: {cut(sentence.text, WIDEST)}")
            for source in sentence.sources:
                for difference in source.differences:
                    console.tell(INDENT, told(difference))


def print_fields(draft: CitedDraft) -> None:
    """Print a line of fields for each source, and for each sentence without one.

    The fields: verdict, line, certainty, address of the mark or id of the article,
    differences, sentence.
    """
    for sentence in draft.sentences:
        sources: Sequence[SentenceSource | None] = sentence.sources or (None,)
        for source in sources:
            console.echo_fields(
                sentence.verdict,
                str(sentence.line),
                f"{source.score:.2f}" if source else "",
                _address(source) if source else "",
                " ".join(map(told, source.differences)) if source else "",
                sentence.text,
            )


def _address(source: SentenceSource) -> str:
    return mark_address(source.record.id, source.mark.id) if source.mark else source.record.id


def to_json(draft: CitedDraft) -> Mapping[str, object]:
    """Return all that was found, and the draft with its footnotes, for `--json`."""
    return {
        "sentences": [_sentence_to_json(sentence) for sentence in draft.sentences],
        "footnotes": draft.footnotes,
        "draft": draft.text,
        "unread": [{"title": title, "error": error.message} for title, error in draft.unread],
    }


def _sentence_to_json(sentence: CheckedSentence) -> Mapping[str, object]:
    return {
        "line": sentence.line,
        "start": sentence.span.start,
        "end": sentence.span.end,
        "text": sentence.text,
        "verdict": sentence.verdict,
        "is_cited": sentence.is_cited,
        "quotations_not_found": sentence.lost,
        "sources": [_source_to_json(source) for source in sentence.sources],
    }


def _source_to_json(source: SentenceSource) -> Mapping[str, object]:
    record = source.record
    return {
        "article": {
            "id": record.id,
            "url": record.url,
            "title": record.title,
            "byline": record.byline,
            "site_name": record.site_name,
            "published": record.published,
        },
        "mark": source.mark.id if source.mark else None,
        "address": _address(source),
        "start": source.span.start,
        "end": source.span.end,
        "passage": source.passage,
        "deep_link": deep_link(record.url, source.quote),
        "words": source.words,
        "is_quotation": source.is_quotation,
        "score": source.score,
        "differences": [difference._asdict() for difference in source.differences],
        "not_in_source": source.unsaid,
    }
