"""`annotator notes`: the marks of all articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from annotator import usecases
from annotator.cli import params
from annotator.cli.completing import complete_query
from annotator.cli.output import console
from annotator.cli.output.marks import print_notes, to_json
from annotator.model.query import EVERYTHING, Words, every
from annotator.store import questions
from annotator.usecases.queries.search import notes, notes_in_parts, places

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from annotator.cli.context import CliContext
    from annotator.model.query import Query
    from annotator.store import Library
    from annotator.usecases.queries.search import Note

NONE = 'There are no marks yet. Make one with: annotator mark ARTICLE "the exact words"'


@click.command("notes", cls=params.QueryCommand)
@click.argument("query", nargs=-1, metavar="[ARTICLE] [QUERY]...", shell_complete=complete_query)
@params.kind_query_option
@params.tag_query_option
@click.option("--text", default="", metavar="WORDS", help="Only marks with these words, anywhere.")
@params.saved_option
@params.save_option
@params.header_option("mark article kind tags quote note speaker status")
def notes_command(
    context: CliContext,
    *,
    query: Sequence[str],
    kind: str,
    tag: str | None,
    text: str,
    saved: str,
    save_as: str,
    as_json: bool,
) -> None:
    """List your marks with their notes and tags.

    ARTICLE: an article's id, a unique prefix of one, or the article's URL. With
    QUERY, only matching marks: words, or filters such as tag:energy
    kind:question has:note marked:today is:orphaned. `annotator claims` groups
    and sorts claims, and shows what supports and opposes them.
    """
    params.save_words(context.library, query, save_as)
    split = usecases.queries.selection.split_article
    article, typed = split(context.library, query) if query else ("", EVERYTHING)
    kind = context.kind(kind) if kind else ""
    chosen = (params.saved_query(context.library, saved), params.query_of((), kind=kind, tag=tag))
    wanted = every(typed, *chosen, *map(Words, text.split()))
    is_all = wanted == EVERYTHING and not article
    if as_json:
        console.echo_json_list(_json_values(context.library, wanted, article))
        return
    if is_all and not console.is_terminal():
        # straight from the index: there may be 100,000
        lines = context.library.ask(questions.marks.mark_lines())
        console.echo_lines(lines)
        if not lines:
            console.tell(NONE)
        return
    marked = notes(context.library, wanted, article_id=article)
    if marked:
        _print(context, marked)
    elif is_all:
        console.tell(NONE)
    else:
        params.tell_no_match(context.library, "marks", query, tag)


def _json_values(library: Library, query: Query, article_id: str) -> Iterator[Mapping[str, object]]:
    """Yield marks for `--json`, some at a time, since there may be 100,000."""
    for part in notes_in_parts(library, query, article_id=article_id):
        where = places(library, part)
        for note in part:
            yield to_json(note, where[note.annotation.id])


def _print(context: CliContext, marked: Sequence[Note]) -> None:
    ends = None
    if console.is_terminal():
        annotations = [note.annotation for note in marked]
        ends = usecases.marks.claims.link_ends(context.library, annotations)
    print_notes(marked, context.settings, ends)
