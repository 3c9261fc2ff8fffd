"""`annotator search`: the best matching articles and marks, with the passages that match."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import click

from annotator.cli.output import console
from annotator.cli.output.console import attributes
from annotator.cli.output.marks import bare, to_json
from annotator.cli.output.tables import print_titled, text_width, wrapped
from annotator.cli.params import QueryCommand, query_of
from annotator.model.text import clean_line
from annotator.store import Marked, Snippet
from annotator.usecases.queries.search import BEST, places, search

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.cli.context import CliContext
    from annotator.store import Found

INDENT = "    "


@click.command("search", cls=QueryCommand)
@click.argument("query", nargs=-1, required=True)
@click.option(
    "--limit",
    type=click.IntRange(1, 10_000),
    metavar="NUMBER",
    default=BEST,
    show_default=True,
    help="Number of articles, and of marks, to show at most.",
)
def search_command(context: CliContext, *, query: Sequence[str], limit: int, as_json: bool) -> None:
    """Search articles and marks, best matches first.

    QUERY can be words (other inflections match too), a '"quoted phrase"', a
    prefix*, and filters such as tag:energy kind:claim status:disputed
    speaker:lee site:example.org author:lee is:unread has:note added:2026-01..
    A - in front excludes; `or` matches either side.
    """
    results = search(context.library, query_of(query), limit=limit)
    if as_json:
        console.echo_json(_to_json(context, results))
    elif console.is_terminal():
        _print(context, results)
    else:
        for article in results.articles:
            console.echo_fields(
                "article", article.record.id, article.record.title, article.snippet.text
            )
        for mark in results.marks:
            console.echo_fields("mark", mark.annotation.id, mark.record.id, mark.annotation.quote)
    if not results.articles and not results.marks:
        console.tell("No matches.")


def _print(context: CliContext, results: Found) -> None:
    for article in results.articles:
        record, snippet = article.record, article.snippet
        title, name = record.title or record.url, console.short(record.id)
        print_titled(title, name)
        _print_snippet(snippet if snippet.text else Snippet(record.excerpt))
    if results.articles and results.marks:
        console.echo()
    for match in results.marks:
        annotation = match.annotation
        look = context.settings.kind(annotation.kind)
        tags = "".join(f"  #{tag}" for tag in annotation.tags)
        title = (
            match.record.title if console.is_spoken() else clean_line(match.record.title, limit=40)
        )
        about = f"{console.sign(look.glyph if look else '·')}{title}{tags}"
        print_titled(about, annotation.id, style=str)
        _print_snippet(match.snippet if match.snippet.text else Snippet(annotation.quote))
    for kind, shown, count in (
        ("articles", results.articles, results.article_count),
        ("marks", results.marks, results.mark_count),
    ):
        if count > len(shown):
            console.tell(f"The best {len(shown)} of {count:,} {kind}; --limit shows more.")


def _print_snippet(snippet: Snippet) -> None:
    """Print a passage in wrapped lines, with the words that match in bold."""
    at = 0
    for line in wrapped(clean_line(snippet.text), text_width(INDENT)):
        at = snippet.text.find(line, at)
        console.echo(INDENT, *_pieces(snippet, at, at + len(line)))
        at += len(line)


def _pieces(snippet: Snippet, start: int, end: int) -> list[console.Piece]:
    edges = [start, *(min(max(edge, start), end) for hit in snippet.hits for edge in hit), end]
    parts = [snippet.text[one:other] for one, other in pairwise(edges)]
    return [console.strong(part) if number % 2 else part for number, part in enumerate(parts)]


def _to_json(context: CliContext, results: Found) -> Mapping[str, object]:
    marks = [Marked(match.record, match.annotation) for match in results.marks]
    where = places(context.library, marks)
    return {
        "articles": [
            {"article": bare(article.record), "snippet": attributes(article.snippet, "text hits")}
            for article in results.articles
        ],
        "marks": [
            {
                **to_json(mark, where[mark.annotation.id]),
                "snippet": attributes(match.snippet, "text hits"),
            }
            for mark, match in zip(marks, results.marks, strict=True)
        ],
        **attributes(results, "article_count mark_count"),
    }
