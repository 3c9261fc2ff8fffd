"""`annotator list`: the articles of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import click

from annotator.cli import params
from annotator.cli.output import console, forms
from annotator.cli.output.marks import bare
from annotator.model.query import EVERYTHING, Field, Query, every
from annotator.model.vocabulary import ReadState
from annotator.store import questions
from annotator.usecases.articles.lookup import article_lines, articles, progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from annotator.cli.context import CliContext
    from annotator.store import Library

EMPTY = "The library is empty. Add an article with: annotator add https://…"


@click.command("list", cls=params.QueryCommand)
@params.query_argument
@params.tag_query_option
@click.option(
    "--state", type=click.Choice(get_args(ReadState)), help="Only articles in this state."
)
@params.header_option("id title site date minutes state completeness tags")
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
    wanted = every(params.query_of(query, tag=tag), Field("is", state) if state else EVERYTHING)
    if as_json:
        console.echo_json_list(_json_values(context.library, wanted))
        return
    if console.is_terminal():
        records = articles(context.library, wanted)
        marks, read = context.library.ask(questions.marks.mark_counts()), progress(context.library)
        forms.article_table.print_table(records, marks, read)
        has_any = bool(records)
    else:
        lines = article_lines(context.library, wanted)
        console.echo_lines(lines)
        has_any = bool(lines)
    if not has_any and wanted == EVERYTHING:
        console.tell(EMPTY)
    elif not has_any:
        params.tell_no_match(context.library, "articles", query, tag)


def _json_values(library: Library, query: Query) -> Iterator[Mapping[str, object]]:
    records = articles(library, query)
    marks, read = library.ask(questions.marks.mark_counts()), progress(library)
    for record in records:
        yield {
            **bare(record),
            "completeness": record.access,
            "marks": marks.get(record.id, 0),
            "progress": read.get(record.id, 0.0),
        }
