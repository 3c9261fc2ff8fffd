"""`annotator undo`: take back the last change of the command line."""

from functools import reduce
from operator import or_
from typing import Final, cast

import click

from annotator.cli.context import CliContext
from annotator.cli.output import console
from annotator.cli.output.tables import short_quote
from annotator.cli.params import Command
from annotator.errors import LibraryError
from annotator.registry import Registry
from annotator.store import Library
from annotator.usecases.articles.article_edits import BinMove, RecordEdit
from annotator.usecases.library.undo import Step, described, take_back
from annotator.usecases.tags.tag_library import TagRecolouring

_ARTICLES, _MARKS = "annotator.usecases.articles.article_edits", "annotator.usecases.marks"
_KINDS: Final = Registry[type](  # of steps that commands leave
    {
        "marks": f"{_MARKS}.mark_edit:MarkEdit",
        "articles": f"{_ARTICLES}:RecordEdit",
        "bin": f"{_ARTICLES}:BinMove",
        "colours": "annotator.usecases.tags.tag_library:TagRecolouring",
        "imports": "annotator.usecases.importing.undo_step:ImportStep",
        "review": f"{_MARKS}.daily:Answered",
        "proposals": f"{_MARKS}.proposals:ProposalEdit",
        "feeds": "annotator.usecases.feeds.inbox:InboxEdit",
    }
)


@click.command("undo", cls=Command)
def undo_command(context: CliContext, *, as_json: bool) -> None:
    """Take back the last change that was made with a command.

    That is the last mark, edit, unmark, tag, link, unlink, remove or restore, change
    of tags and speakers, import, removed feed, proposal, answer of the review, or
    what was marked and changed with `annotator read --plain`. Again, it takes back the one before.
    What was changed elsewhere since then stays as it is. There is no redo: give the
    command again that made the change.
    """
    library = context.library
    kinds = cast("type[Step]", reduce(or_, _KINDS.parts()))
    console.show_progress("Taking back the last change …")
    taken = take_back(library, kinds, now=context.now)
    console.clear_progress()
    if as_json:
        steps = taken.steps if taken else ()
        console.echo_json(
            [
                {
                    **console.attributes(step, "words remark"),
                    "undone": step.name,
                    "articles": step.article_ids,
                    "number": step.size,
                }
                for step in steps
            ]
        )
    elif taken is None:
        console.tell("Nothing more to undo: no change of a command is left to take back.")
    else:
        for step in taken.steps:
            console.echo(f"Undid: {described(step, short_quote, where=_title(library, step))}")
        for error in taken.refused:
            console.tell(f"{error.message} {error.hint}".strip())


def _title(library: Library, step: Step) -> str:
    """Return the title of the article whose marks were edited, if it is one."""
    if isinstance(step, RecordEdit | BinMove | TagRecolouring) or len(step.article_ids) != 1:
        return ""
    try:
        return library.article(step.article_ids[0]).record().title
    except LibraryError:
        return ""
