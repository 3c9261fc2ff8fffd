"""`annotator cite`: the sources of a draft, as footnotes in it and as a list of what lacks one."""

from collections import Counter
from pathlib import Path
from typing import Final, get_args

import click

from annotator.citing.checking import Verdict
from annotator.cli.completing import complete_query
from annotator.cli.context import CliContext
from annotator.cli.launch import standard_input
from annotator.cli.output import console
from annotator.cli.output.citations import print_fields, print_report, tell_report, to_json
from annotator.cli.params import json_option
from annotator.errors import InvalidInput
from annotator.model.labels import count
from annotator.model.query_parser import parse
from annotator.store import TextFile
from annotator.store.exports.text_file import decoded
from annotator.usecases.articles.sources import STANDARD_INPUT
from annotator.usecases.exporting.cite import CitedDraft, cite

NEEDS_WORK: Final = 1  # the exit code of --check if a sentence differs or has no source
PLAIN = frozenset({".txt", ".text"})  # files without Markdown


@click.command("cite")
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
    "--check", "is_check", is_flag=True, help="Exit with 1 if a sentence differs or has no source."
)
@json_option
@click.pass_obj
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
    file, text = _read(draft)
    if in_place and file is None:
        raise InvalidInput("Standard input cannot be changed.", "Leave --in-place out.")
    console.show_progress("Looking for sources")
    is_markdown = Path(draft).suffix.lower() not in PLAIN
    checked = cite(
        context.library, text, is_markdown=is_markdown, query=parse(query) if query else None
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


def _read(draft: str) -> tuple[TextFile | None, str]:
    data = standard_input(draft)
    if data is not None:
        return None, decoded(data, STANDARD_INPUT)
    file = TextFile.read(Path(draft))
    return file, file.text


def _tell(draft: CitedDraft, *, is_written: bool, is_empty: bool, name: str) -> None:
    counts = Counter(sentence.verdict for sentence in draft.sentences)
    parts = [f"{counts[arg]} {arg}" for arg in get_args(Verdict) if counts[arg]]
    total = count(len(draft.sentences), "sentence")
    console.tell(f"{total}: {', '.join(parts)}." if parts else "The draft has no sentences.")
    if is_empty:
        console.tell(
            "The library is empty, so nothing can be found. `annotator add` adds articles."
        )
    if not draft.footnotes:
        return
    notes = count(draft.footnotes, "footnote")
    if is_written:
        console.tell(f"{notes} added to {name}.")
    elif console.is_terminal():
        console.tell(f"--in-place writes {notes} into the draft; > FILE writes a copy with them.")
