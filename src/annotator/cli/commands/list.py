"""`annotator list`: the articles of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import click

from annotator.cli.output import console
from annotator.cli.output.tables import cut, fitted
from annotator.cli.params import (
    QueryCommand,
    json_option,
    query_argument,
    query_of,
    tag_query_option,
)
from annotator.model.query import EVERYTHING, Field, Query, every
from annotator.model.vocabulary import ReadState
from annotator.usecases.articles import article_lines, articles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.cli.context import CliContext
    from annotator.model import ArticleRecord
    from annotator.store import Library

SITE_CELLS, TAGS_CELLS = 24, 24  # wider columns leave no room for the title
DAY = len("2024-01-31")
HEADINGS = ("ID", "TITLE", "SITE", "DATE", "MIN", "STATE", "TAGS")

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
        console.echo_json(articles(context.library, wanted))
    else:
        print_list(context.library, wanted)


def print_list(library: Library, query: Query = EVERYTHING) -> None:
    """Print matching articles: a table on a terminal, else a line of fields for each."""
    if console.is_terminal():
        has_any = _print_table(articles(library, query))
    else:
        has_any = _print_lines(article_lines(library, query))
    if not has_any:
        console.tell(EMPTY if query == EVERYTHING else "No articles match.")


def _print_lines(lines: Sequence[str]) -> bool:
    console.echo_lines(lines)
    return bool(lines)


def _print_table(records: Sequence[ArticleRecord]) -> bool:
    if not records:
        return False
    rows = [HEADINGS, *(_row(record) for record in records)]
    heading, *lines = fitted(rows, width=console.width(), flexible=HEADINGS.index("TITLE"))
    console.echo(console.faint(heading))
    for line in lines:
        console.echo(line)
    return True


def _row(record: ArticleRecord) -> tuple[str, ...]:
    state = record.state if record.access == "full" else f"{record.state}, {record.access}"
    return (
        record.id[: console.ID_LENGTH],
        record.title or record.url or "Untitled",
        cut(record.site_name, SITE_CELLS),
        record.published[:DAY],
        str(record.minutes),
        state.replace("_", " "),
        cut(" ".join(f"#{tag}" for tag in record.tags), TAGS_CELLS),
    )
