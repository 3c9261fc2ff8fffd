"""`annotator notes`: the marks of all articles."""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import groupby
from typing import TYPE_CHECKING

import click

from annotator.cli.output import console
from annotator.cli.output.marks import print_heading, print_note, to_json
from annotator.cli.params import (
    QueryCommand,
    complete_article,
    json_option,
    kind_query_option,
    query_of,
    tag_query_option,
)
from annotator.errors import NotInLibrary
from annotator.model.identity import is_web_address
from annotator.model.query import EVERYTHING, Words, every
from annotator.usecases.articles import find_article
from annotator.usecases.search import note_lines, notes, places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.cli.context import CliContext
    from annotator.usecases.search import Note

_MAY_BE_ID = re.compile(r"[0-9A-Fa-f]{4,64}")  # shorter arguments are words

NONE = 'There are no marks yet. Make one with: annotator mark ARTICLE "the exact words"'


@click.command("notes", cls=QueryCommand)
@click.argument("query", nargs=-1, metavar="[ARTICLE] [QUERY]...", shell_complete=complete_article)
@kind_query_option
@tag_query_option
@click.option("--text", default="", metavar="WORDS", help="Only marks with these words, anywhere.")
@json_option
@click.pass_obj
def notes_command(
    context: CliContext,
    *,
    query: Sequence[str],
    kind: str,
    tag: str | None,
    text: str,
    as_json: bool,
) -> None:
    """List your marks with their notes and tags.

    ARTICLE: an article's id, a unique prefix of one, or the article's URL. With
    QUERY, only matching marks: words, or filters such as tag:energy kind:claim
    status:disputed speaker:lee has:note is:orphaned.
    """
    article, words = _split(context, query)
    kind = context.kind(kind) if kind else ""
    wanted = every(query_of(words, kind=kind, tag=tag), *map(Words, text.split()))
    is_all = wanted == EVERYTHING and not article
    if is_all and not as_json and not console.is_terminal():
        _print_all(context)
        return
    found = notes(context.library, wanted, article_id=article)
    if as_json:
        where = places(context.library, found)
        console.echo_json([to_json(note, where[note.annotation.id]) for note in found])
    elif found:
        _print(context, found)
    else:
        console.tell(NONE if is_all else "No marks match.")


def _split(context: CliContext, query: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Return the id of the article that a query starts with, or nothing, and the rest."""
    if query and is_web_address(query[0]):
        return find_article(context.library, query[0]), query[1:]
    if query and _MAY_BE_ID.fullmatch(query[0]):
        with suppress(NotInLibrary):
            return find_article(context.library, query[0]), query[1:]
    return "", query


def _print_all(context: CliContext) -> None:
    """Print every mark as fields, straight from the index, since there may be 100,000."""
    lines = note_lines(context.library)
    console.echo_lines(lines)
    if not lines:
        console.tell(NONE)


def _print(context: CliContext, found: Sequence[Note]) -> None:
    for number, (_, group) in enumerate(groupby(found, key=lambda note: note.record.id)):
        marks = list(group)
        if console.is_terminal():
            if number:
                console.echo()
            print_heading(marks[0])
        for note in marks:
            print_note(note, context.settings)
