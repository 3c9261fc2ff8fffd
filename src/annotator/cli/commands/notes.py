"""`annotator notes`: the marks of all articles."""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import groupby
from typing import TYPE_CHECKING

import click

from annotator.cli.output import console
from annotator.cli.output.marks import plain, print_heading, print_note
from annotator.cli.params import (
    QueryCommand,
    asked,
    complete_article,
    json_option,
    kind_query_option,
    tag_query_option,
)
from annotator.errors import NotInLibrary
from annotator.model.identity import is_web_address
from annotator.model.query import EVERYTHING, Words, every
from annotator.usecases.articles import find_article
from annotator.usecases.search import note_lines, notes, places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.cli.context import Workspace
    from annotator.usecases.search import Note

_MAY_BE_ID = re.compile(r"[0-9A-Fa-f]{4,64}")  # shorter ones are words

NONE = 'There are no marks yet. Make one with: annotator mark ARTICLE "the exact words"'


@click.command("notes", cls=QueryCommand)
@click.argument("query", nargs=-1, metavar="[ARTICLE] [QUERY]...", shell_complete=complete_article)
@kind_query_option
@tag_query_option
@click.option("--text", default="", metavar="WORDS", help="Only with these words, anywhere.")
@json_option
@click.pass_obj
def notes_command(
    workspace: Workspace, *, query: Sequence[str], kind: str, tag: str, text: str, as_json: bool
) -> None:
    """List your marks with their notes and tags.

    All of them, or those on ARTICLE: its id, or how that begins, or its
    address. Only those that fit QUERY, if it is given: words, or such as
    tag:energy kind:claim status:disputed speaker:lee has:note is:orphaned.
    """
    article, words = _parted(workspace, query)
    kind = workspace.kind(kind) if kind else ""
    wanted = every(asked(words, kind=kind, tag=tag), *map(Words, text.split()))
    is_all = wanted == EVERYTHING and not article
    if is_all and not as_json and not console.is_terminal():
        _print_all(workspace)
        return
    found = notes(workspace.library, wanted, article_id=article)
    if as_json:
        where = places(workspace.library, found)
        console.echo_json([plain(note, where[note.annotation.id]) for note in found])
    elif found:
        _print(workspace, found)
    else:
        console.tell(NONE if is_all else "No mark fits.")


def _parted(workspace: Workspace, query: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Return the article that a query begins with, if it does, and the rest."""
    if query and is_web_address(query[0]):
        return find_article(workspace.library, query[0]), query[1:]
    if query and _MAY_BE_ID.fullmatch(query[0]):
        with suppress(NotInLibrary):
            return find_article(workspace.library, query[0]), query[1:]
    return "", query


def _print_all(workspace: Workspace) -> None:
    """Print every mark as fields; of a hundred thousand none is looked at more closely."""
    lines = note_lines(workspace.library)
    console.echo_lines(lines)
    if not lines:
        console.tell(NONE)


def _print(workspace: Workspace, found: Sequence[Note]) -> None:
    for number, (_, group) in enumerate(groupby(found, key=lambda note: note.record.id)):
        marks = list(group)
        if console.is_terminal():
            if number:
                console.echo()
            print_heading(marks[0])
        for note in marks:
            print_note(note, workspace.settings)
