"""`annotator list`: the articles of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import click

from annotator.cli.output import console
from annotator.cli.params import (
    QueryCommand,
    json_option,
    query_argument,
    query_of,
    tag_query_option,
)
from annotator.model.query import EVERYTHING, Field, Query, every
from annotator.model.vocabulary import ReadState
from annotator.store import questions
from annotator.usecases.articles.lookup import article_lines, articles, progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from annotator.cli.context import CliContext
    from annotator.store import Library

EMPTY = "The library is empty. Add an article with: annotator add https://…"


@click.command("list", cls=QueryCommand)
@query_argument
@tag_query_option
@click.option(
    "--state", type=click.Choice(get_args(ReadState)), help="Only articles in this state."
)
@json_option
@click.pass_obj
def list_command(
    context: CliContext,
    *,
    query: Sequence[str],
    tag: str | None,
    state: ReadState | None,
    as_json: bool,
) -> None:
    """List articles, newest first.

    With QUERY, only matching articles: words from text, notes or tags, or
    filters such as tag:energy site:example.org is:unread added:2026-01.. -coal.
    """
    wanted = every(query_of(query, tag=tag), Field("is", state) if state else EVERYTHING)
    if as_json:
        console.echo_json_list(_json_values(context.library, wanted))
    else:
        print_list(context.library, wanted)


def print_list(library: Library, query: Query = EVERYTHING) -> None:
    """Print matching articles: a table on a terminal, else a line of fields for each."""
    if console.is_terminal():
        from annotator.cli.output.article_table import print_table  # loads values

        records = articles(library, query)
        has_any = bool(records)
        print_table(records, library.ask(questions.marks.mark_counts()), progress(library))
    else:
        has_any = _print_lines(article_lines(library, query))
    if not has_any:
        console.tell(EMPTY if query == EVERYTHING else "No articles match.")


def _print_lines(lines: Sequence[str]) -> bool:
    console.echo_lines(lines)
    return bool(lines)


def _json_values(library: Library, query: Query) -> Iterator[Mapping[str, object]]:
    from msgspec.structs import asdict  # a table does without it

    records = articles(library, query)
    marks, read = library.ask(questions.marks.mark_counts()), progress(library)
    for record in records:
        fields = asdict(record)
        del fields["choices"], fields["edits"]  # how machines are merged is of no use to others
        yield {
            **fields,
            "completeness": record.access,
            "marks": marks.get(record.id, 0),
            "progress": read.get(record.id, 0.0),
        }
