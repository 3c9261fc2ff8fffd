"""`annotator search`: the best matching articles and marks, with the passages that match."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import click

from annotator.cli.output import console
from annotator.cli.output.marks import to_json
from annotator.cli.output.tables import wrapped
from annotator.cli.params import QueryCommand, json_option, query_of
from annotator.model.text import clean_line
from annotator.store import Marked, Snippet
from annotator.usecases.queries.search import BEST, places, search

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.cli.context import CliContext
    from annotator.store import Found, FoundArticle, FoundMark

INDENT = "    "
NARROWEST, WIDEST = 20, 100  # cells; longer and shorter lines are hard to read


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
@json_option
@click.pass_obj
def search_command(context: CliContext, *, query: Sequence[str], limit: int, as_json: bool) -> None:
    """Search articles and marks, best matches first.

    QUERY can be words (other inflections match too), a '"quoted phrase"', a
    prefix*, and filters such as tag:energy kind:claim status:disputed
    speaker:lee site:example.org author:lee is:unread has:note added:2026-01..
    A - in front excludes; `or` matches either side.
    """
    found = search(context.library, query_of(query), limit=limit)
    if as_json:
        console.echo_json(_to_json(context, found))
    elif console.is_terminal():
        _print(context, found)
    else:
        _print_fields(found)
    if not found.articles and not found.marks:
        console.tell("No matches.")


def _print_fields(found: Found) -> None:
    for each in found.articles:
        console.echo_fields("article", each.record.id, each.record.title, each.snippet.text)
    for mark in found.marks:
        console.echo_fields("mark", mark.annotation.id, mark.record.id, mark.annotation.quote)


def _print(context: CliContext, found: Found) -> None:
    for each in found.articles:
        _print_article(each)
    if found.articles and found.marks:
        console.echo()
    for mark in found.marks:
        _print_mark(context, mark)
    for kind, shown, count in (
        ("articles", found.articles, found.article_count),
        ("marks", found.marks, found.mark_count),
    ):
        if count > len(shown):
            console.tell(f"The best {len(shown)} of {count:,} {kind}; --limit shows more.")


def _print_article(found: FoundArticle) -> None:
    record = found.record
    console.echo(console.strong(record.title or record.url), "  ", console.faint(record.id))
    _print_snippet(found.snippet if found.snippet.text else Snippet(record.excerpt))


def _print_mark(context: CliContext, found: FoundMark) -> None:
    annotation = found.annotation
    kind = context.settings.kind(annotation.kind)
    tags = "".join(f"  #{tag}" for tag in annotation.tags)
    title = clean_line(found.record.title, limit=40)
    console.echo(f"{kind.glyph if kind else '·'} {title}{tags}  ", console.faint(annotation.id))
    _print_snippet(found.snippet if found.snippet.text else Snippet(annotation.quote))


def _print_snippet(snippet: Snippet) -> None:
    """Print a passage in wrapped lines, with the words that match in bold."""
    width = max(NARROWEST, min(console.width(), WIDEST) - len(INDENT))
    at = 0
    for line in wrapped(clean_line(snippet.text), width):
        at = snippet.text.find(line, at)
        console.echo(INDENT, *_pieces(snippet, at, at + len(line)))
        at += len(line)


def _pieces(snippet: Snippet, start: int, end: int) -> list[console.Piece]:
    edges = [start, *(min(max(edge, start), end) for hit in snippet.hits for edge in hit), end]
    parts = [snippet.text[one:other] for one, other in pairwise(edges)]
    return [console.strong(part) if number % 2 else part for number, part in enumerate(parts)]


def _to_json(context: CliContext, found: Found) -> Mapping[str, object]:
    marks = [Marked(each.record, each.annotation) for each in found.marks]
    where = places(context.library, marks)
    return {
        "articles": [
            {"article": each.record, "snippet": _snippet_to_json(each.snippet)}
            for each in found.articles
        ],
        "marks": [
            {**to_json(mark, where[mark.annotation.id]), "snippet": _snippet_to_json(each.snippet)}
            for mark, each in zip(marks, found.marks, strict=True)
        ],
        "article_count": found.article_count,
        "mark_count": found.mark_count,
    }


def _snippet_to_json(snippet: Snippet) -> Mapping[str, object]:
    return {"text": snippet.text, "hits": snippet.hits}
