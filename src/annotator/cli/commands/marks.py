"""`annotator mark`, `edit` and `unmark`: make marks, change and delete them, one or many.

Each detail of a claim has an option: `--statement`, `--speaker` and so on.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import click

from annotator.cli.batch import DECLINED, BatchProgress, has_consent
from annotator.cli.completing import (
    complete_article,
    complete_kind,
    complete_mark,
    complete_speaker,
    names_from,
)
from annotator.cli.context import CliContext
from annotator.cli.output import console
from annotator.cli.output.marks import print_note, to_json
from annotator.cli.params import Command, QueryCommand, tags_given, tags_option, yes_option
from annotator.errors import InvalidInput, NotInLibrary
from annotator.model import CLAIM_FIELDS, Annotation, Article, Claim, ClaimField, Span
from annotator.model.dates import is_future
from annotator.model.labels import count
from annotator.usecases.articles.lookup import find_article
from annotator.usecases.marks.annotate import (
    Changes,
    Draft,
    change,
    delete,
    find_quote,
    mark,
    parse_span,
)
from annotator.usecases.marks.claims import link_ends
from annotator.usecases.marks.mark_edit import creation
from annotator.usecases.queries.search import Note, places
from annotator.usecases.queries.selection import ChosenThings, choose_marks

Function = Callable[..., object]

_HELP = {
    "statement": "The claim in your own words.",
    "speaker": "Who said it.",
    "said_on": "When: a day, a month or a year.",
    "type": "Kind of statement",
    "status": "Result of checking it",
    "confidence": "How sure you are",
    "verdict": "What you found.",
}

marks_argument = click.argument(
    "wanted", nargs=-1, required=True, metavar="MARK_OR_QUERY...", shell_complete=complete_mark
)


def _option(field: ClaimField) -> Callable[[Function], Function]:
    is_speaker = field.name == "speaker"
    complete = complete_speaker if is_speaker else names_from(lambda: field.choices)
    text = _HELP.get(field.name, f"{field.label}.")
    return click.option(
        f"--{'date' if field.is_date else field.key}",
        field.name,
        metavar="YYYY-MM-DD" if field.is_date else field.label.upper(),
        shell_complete=complete,
        help=f"{text}: {', '.join(field.choices)}." if field.choices else text,
    )


def claim_options(command: Function) -> Function:
    """Give a command an option for each field of a claim; None where it was not given."""
    for field in reversed(CLAIM_FIELDS):
        command = _option(field)(command)
    return command


def given(values: Mapping[str, str | None]) -> dict[str, str]:
    """Return the values of the options that were given, by the names of fields."""
    return {name: value for name, value in values.items() if value is not None}


def tell_future(values: Mapping[str, str]) -> None:
    """Say so if the date is in the future, as the form for a claim does: it is often a slip."""
    said_on = Claim().with_values(values).said_on
    if is_future(said_on, datetime.now().astimezone().date()):
        console.tell(f"Note: {said_on} is in the future.")


@click.command("edit", cls=QueryCommand)
@marks_argument
@click.option("--kind", metavar="KIND", shell_complete=complete_kind, help="Give them this kind.")
@tags_option
@tags_given("--untag", "removed", "Remove this tag.")
@click.option("--note", metavar="TEXT", help="Your note, in place of the one they have.")
@claim_options
@yes_option
def edit_command(
    context: CliContext,
    /,
    *,
    wanted: Sequence[str],
    kind: str | None,
    tags: Sequence[str],
    removed: Sequence[str],
    note: str | None,
    is_sure: bool,
    as_json: bool,
    **fields: str | None,
) -> int:
    """Change marks: kind, tags, note, and what is known of the claim.

    MARK_OR_QUERY: ids as `annotator claims` and `notes` print them, unique
    prefixes or addresses (ARTICLE#MARK), or a query such as speaker:lee
    status:open. Only what is given changes; an empty value removes what is
    there: --verdict "".
    """
    changes = Changes(
        None if kind is None else context.kind(kind),
        note,
        given(fields),
        tuple(tags),
        tuple(removed),
    )
    if changes == Changes():
        raise InvalidInput("Nothing to change.", "Give a value, such as --status disputed.")
    tell_future(changes.values)
    chosen = choose_marks(context.library, wanted)
    if not _may_go_on(chosen, "change", is_sure=is_sure):
        return DECLINED
    with BatchProgress() as progress:
        now = context.now
        done = change(
            context.library, chosen.things, changes, name="Edit", now=now, progress=progress
        )
        context.remember(done)
        console.clear_progress()
        _print(context, done.after, as_json=as_json)
        same = 0 if progress.is_stopped else len(chosen.things) - len(done.after) - done.left
        also = f"; {count(same, 'was', 'were')} like that already" if same else ""
        console.tell(f"Changed {count(len(done.after), 'mark')}{also}.", f" {done.remark}".rstrip())
        kinds = {mark.id: mark.kind for mark in done.before}
        turned = sum(kinds[mark.id] != mark.kind for mark in done.after)
        if turned and kind is None:
            became = "is a claim" if turned == 1 else "are claims"
            console.tell(f"Only claims have a status: {count(turned, 'mark')} {became} now.")
    return 0


@click.command("unmark", cls=QueryCommand)
@marks_argument
@yes_option
def unmark_command(
    context: CliContext, *, wanted: Sequence[str], is_sure: bool, as_json: bool
) -> int:
    """Delete marks: they wait in the bin for 90 days.

    MARK_OR_QUERY: ids as `annotator claims` and `notes` print them, unique
    prefixes or addresses (ARTICLE#MARK), or a query such as tag:draft. The
    deleted marks are printed; `annotator restore` brings them back.
    """
    chosen = choose_marks(context.library, wanted)
    if not _may_go_on(chosen, "delete", is_sure=is_sure):
        return DECLINED
    with BatchProgress() as progress:
        done = delete(context.library, chosen.things, now=context.now, progress=progress)
        context.remember(done)
        console.clear_progress()
        _print(context, done.before, as_json=as_json)
        console.tell(f"Deleted {count(len(done.before), 'mark')}.", f" {done.remark}".rstrip())
    return 0


def _may_go_on(chosen: ChosenThings[Annotation], verb: str, *, is_sure: bool) -> bool:
    """Return whether to change the marks; a query that matches several is asked about first."""
    if not chosen.things:
        raise NotInLibrary("No marks match.", "`annotator notes` lists your marks.")
    if not chosen.by_query or len(chosen.things) == 1:
        return True
    articles = len({mark.article_id for mark in chosen.things})
    where = f"{count(len(chosen.things), 'mark')} in {count(articles, 'article')}"
    return has_consent(f"{verb} {where}", is_sure=is_sure)


def _print(context: CliContext, marks: Sequence[Annotation], *, as_json: bool) -> None:
    record_of = {
        article_id: context.library.article(article_id).record()
        for article_id in {mark.article_id for mark in marks}
    }
    notes = [Note(record_of[mark.article_id], mark) for mark in marks]
    if not as_json:
        ends = link_ends(context.library, marks) if console.is_terminal() else None
        for note in notes:
            print_note(note, context.settings, ends)
        return
    where = places(context.library, notes)
    values = [to_json(note, where[note.annotation.id]) for note in notes]
    console.echo_json(values)


@click.command("mark", cls=Command)
@click.argument("article", shell_complete=complete_article)
@click.argument("quote", default="")
@click.option(
    "--at",
    metavar="START:END",
    default="",
    help="Character offsets of the passage (from show --json).",
)
@click.option(
    "--kind",
    default="claim",
    show_default=True,
    metavar="KIND",
    shell_complete=complete_kind,
    help="Kind of mark.",
)
@tags_option
@click.option("--note", default="", metavar="TEXT", help="Your note.")
@claim_options
def mark_command(
    context: CliContext,
    /,
    *,
    article: str,
    quote: str,
    at: str,
    kind: str,
    tags: Sequence[str],
    note: str,
    as_json: bool,
    **fields: str | None,
) -> None:
    """Mark a passage of an article.

    ARTICLE: an id, a unique prefix of one, or the article's URL. QUOTE: the
    words of the passage. Differences in quotation marks, dashes, spaces and
    capitals are ignored.
    """
    values = given(fields)
    claim = Claim().with_values(values) if values else None
    draft = Draft(context.kind(kind), tuple(tags), note, claim)
    article_id = find_article(context.library, article)
    text = context.library.article(article_id).extraction().article
    tell_future(values)
    made = mark(context.library, text, _span(text, quote, at), draft, now=context.now)
    context.remember(creation(made))
    saved = Note(context.library.article(article_id).record(), made)
    if as_json:
        console.echo_json(to_json(saved, places(context.library, [saved])[made.id]))
    else:
        print_note(saved, context.settings)


def _span(article: Article, quote: str, at: str) -> Span:
    if bool(quote) == bool(at):
        raise InvalidInput("Which passage?", "Give either its words or --at START:END.")
    return parse_span(at) if at else find_quote(article, quote)
