"""`annotator cite`: the sources of a draft, as footnotes in it and as a list of what lacks one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, get_args

import click

from annotator.citing.checking import Verdict
from annotator.cli.completing import complete_query
from annotator.cli.context import CliContext
from annotator.cli.launch import standard_input
from annotator.cli.output import console
from annotator.cli.output.tables import WIDEST_TEXT, cut, print_wrapped, text_width, wrapped
from annotator.cli.params import Command
from annotator.errors import InvalidInput
from annotator.export.hyperlinks import deep_link
from annotator.model.labels import count, long_date
from annotator.model.query_parser import parse
from annotator.store import TextFile, decoded
from annotator.usecases.articles.lookup import mark_address
from annotator.usecases.articles.sources import STANDARD_INPUT
from annotator.usecases.exporting.cite import (
    SHARPEST,
    CheckedSentence,
    CitedDraft,
    SentenceSource,
    cite,
    doubt,
    hints,
    told,
    warnings_of,
)

NEEDS_WORK: Final = 1  # the exit code of --check if a sentence differs or has no source
PLAIN = frozenset({".txt", ".text"})  # files without Markdown


@click.command("cite", cls=Command)
@click.argument("draft", metavar="DRAFT", type=click.Path(allow_dash=True))
@click.option(
    "--in",
    "query",
    default="",
    metavar="QUERY",
    shell_complete=complete_query,
    help="Only articles that match, such as tag:energy.",
)
@click.option("--in-place", is_flag=True, help="Write the footnotes into the file.")
@click.option("--report", "is_report", is_flag=True, help="Print what was found, not the draft.")
@click.option(
    "--check",
    "is_check",
    is_flag=True,
    help="Exit with 1 if a sentence differs, has no source, or one that you doubt.",
)
def cite_command(
    context: CliContext,
    *,
    draft: str,
    query: str,
    in_place: bool,
    is_report: bool,
    is_check: bool,
    as_json: bool,
) -> int:
    """Find the sources of a draft in your library, and add them as footnotes.

    DRAFT: a file (.md, .txt) or - for standard input. Quotations are compared
    with the articles word for word, other sentences by their numbers, names
    and words. What differs is told: the source says 640, the draft 460.

    The draft with its footnotes goes to standard output, and the list of what
    differs or has no source to standard error. A terminal shows the list alone.
    """
    data = standard_input(draft)
    file = TextFile.read(Path(draft)) if data is None else None
    text = file.text if file else decoded(data or b"", STANDARD_INPUT)
    if in_place and file is None:
        raise InvalidInput("Standard input cannot be changed.", "Leave --in-place out.")
    console.show_progress("Looking for sources …")
    is_markdown = Path(draft).suffix.lower() not in PLAIN
    checked = cite(
        context.library,
        text,
        is_markdown=is_markdown,
        query=parse(query) if query else None,
        address=Path(draft).resolve().as_uri() if file else "",
        show_progress=lambda done, total: console.show_progress(
            f"{done:,} of {count(total, 'sentence')} …"
        ),
    )
    console.clear_progress()
    for title, error in checked.unread:
        console.complain(error, about=title)
    if file and in_place and checked.text != text:
        file.replace(checked.text)
    if as_json:
        console.echo_json(to_json(checked))
    elif console.is_terminal():
        print_report(checked)
    elif is_report or in_place:
        print_fields(checked)
    else:
        console.echo_exactly(checked.text)
        tell_report(checked)
    if not as_json:
        has_sources = any(sentence.sources for sentence in checked.sentences)
        is_empty = not (has_sources or context.library.records())
        _tell(checked, is_written=in_place, is_empty=is_empty, name=draft)
    return NEEDS_WORK if is_check and checked.needs_work else 0


def _tell(draft: CitedDraft, *, is_written: bool, is_empty: bool, name: str) -> None:
    counts = Counter(sentence.verdict for sentence in draft.sentences)
    parts = [f"{counts[arg]} {arg}" for arg in get_args(Verdict) if counts[arg]]
    total = count(len(draft.sentences), "sentence")
    console.tell(f"{total}: {', '.join(parts)}." if parts else "The draft has no sentences.")
    if is_empty:
        console.tell(
            "The library is empty, so nothing can be found. `annotator add` adds articles."
        )
    if draft.itself:
        title = draft.itself.title
        console.tell(f"The draft is in your library as “{title}”, and is no source of itself.")
    new, revised = count(draft.footnotes, "footnote"), count(draft.revised, "footnote")
    if is_written:
        if draft.footnotes:
            console.tell(f"{new} added to {name}.")
        if draft.revised:
            console.tell(f"{revised} brought up to date in {name}.")
    elif console.is_terminal() and (draft.footnotes or draft.revised):
        does = [f"writes {new} into the draft"] * bool(draft.footnotes)
        does += [f"brings {revised} up to date"] * bool(draft.revised)
        console.tell(f"--in-place {' and '.join(does)}; > FILE writes a copy with them.")


INDENT = "       "

# What each verdict is called, and its color, in the order of the report.
HEADINGS: dict[Verdict, tuple[str, str]] = {
    "other number": ("Another number or date than the source", "alarm"),
    "other words": ("Other words than the source", "red"),
    "no source": ("No source found", "yellow"),
    "copied": ("Words of a source without quotation marks", "yellow"),
    "partly said": ("Said by a source, but for some words", "yellow"),
    "quoted": ("Quoted word for word", "green"),
    "paraphrased": ("Said by a source in other words, probably", "cyan"),
    "cited": ("Cited already, and nothing found that differs", "faint"),
}


def print_report(draft: CitedDraft) -> None:
    """Print what was found for people, what needs work first."""
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
            _print(sentence)


def _print(sentence: CheckedSentence) -> None:
    room = text_width(INDENT)
    needs_work = sentence.verdict in SHARPEST
    first, *rest = wrapped(sentence.text, room) if needs_work else [cut(sentence.text, room)]
    console.echo(f"{sentence.line:5}  ", first)
    for line in rest:
        console.echo(INDENT, line)
    for words in sentence.lost:
        console.echo(INDENT, console.colored(cut(f"not found: “{words}”", room), "yellow"))
    if sentence.verdict != "cited":
        for source in sentence.sources:
            _print_source(source)


def _print_source(source: SentenceSource) -> None:
    for difference in source.differences:
        color = "alarm" if difference.kind in {"number", "date"} else "red"
        print_wrapped(told(difference), INDENT, color=color)
    if judged := doubt(source):
        print_wrapped(judged, INDENT, color="red")
    for hint in hints(source):
        print_wrapped(hint, INDENT, color="yellow")
    if not source.is_quotation or source.differences:
        print_wrapped(f"“{' '.join(source.passage.split())}”", INDENT)
    record = source.record
    facts = [record.title or record.url, ", ".join(record.byline), long_date(record.published)]
    about = f"{console.short(record.id)}  {' · '.join(filter(None, facts))}"
    print_wrapped(about, INDENT, color="faint")
    if source.mark:
        console.echo(INDENT, console.faint(f"mark {source.mark.id}"))


def tell_report(draft: CitedDraft) -> None:
    """Tell on standard error what differs from its source, or has none."""
    for sentence in draft.sentences:
        if sentence.verdict in SHARPEST or any(map(doubt, sentence.sources)):
            console.tell(
                f"line {sentence.line}: {sentence.verdict}: {cut(sentence.text, WIDEST_TEXT)}"
            )
            for source in sentence.sources:
                for warning in warnings_of(source):
                    console.tell(INDENT, warning)


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
                " ".join([*warnings_of(source), *hints(source)]) if source else "",
                sentence.text,
            )


def _address(source: SentenceSource) -> str:
    return mark_address(source.record.id, source.mark.id) if source.mark else source.record.id


def to_json(draft: CitedDraft) -> Mapping[str, object]:
    """Return all that was found, and the draft with its footnotes, for `--json`."""
    return {
        "sentences": [
            {
                **console.attributes(sentence, "line text verdict is_cited"),
                **console.attributes(sentence.span, "start end"),
                "quotations_not_found": sentence.lost,
                "sources": [_source_to_json(source) for source in sentence.sources],
            }
            for sentence in draft.sentences
        ],
        "footnotes": draft.footnotes,
        "revised": draft.revised,
        "draft": draft.text,
        "unread": [{"title": title, "error": error.message} for title, error in draft.unread],
    }


def _source_to_json(source: SentenceSource) -> Mapping[str, object]:
    record = source.record
    return {
        "article": console.attributes(record, "id url title byline site_name published"),
        "mark": source.mark.id if source.mark else None,
        "status": source.mark.status if source.mark else None,
        "address": _address(source),
        **console.attributes(source.span, "start end"),
        **console.attributes(source, "passage words is_quotation score"),
        "deep_link": deep_link(record.url, source.target),
        "differences": [difference._asdict() for difference in source.differences],
        "not_in_source": source.unsaid,
        "only_in_source": source.beyond,
        "copied": source.copied,
    }
