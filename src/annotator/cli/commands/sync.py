"""`annotator sync`: bring the library together with its copies on other machines, by git."""

import os

import click

from annotator import usecases
from annotator.cli.context import CliContext
from annotator.cli.output import console
from annotator.cli.output.tables import print_outcome
from annotator.cli.params import Command
from annotator.errors import InvalidInput
from annotator.model.labels import count
from annotator.usecases.syncing.news import Exchange
from annotator.usecases.syncing.sync import SyncReport, SyncStatus

_MOST_SHOWN = 20  # articles on a terminal, for each direction
_MOST_NAMED = 5  # files in a sentence


@click.command("sync", cls=Command)
@click.argument("url", default="", metavar="[URL]")
@click.option("--init", "is_init", is_flag=True, help="Set it up, with the other side at URL.")
@click.option("--status", "is_status", is_flag=True, help="Show what waits, and the last sync.")
@click.option("--dry-run", is_flag=True, help="Only show what would go and come.")
@click.option("--without-pages", is_flag=True, help="With --init: leave the pages as fetched out.")
@click.option("--accept-deletions", is_flag=True, help="Even if most articles were deleted.")
def sync_command(
    context: CliContext,
    *,
    url: str,
    is_init: bool,
    is_status: bool,
    dry_run: bool,
    without_pages: bool,
    accept_deletions: bool,
    as_json: bool,
) -> None:
    """Bring the library together with its copies on other machines, by git.

    What both sides changed is joined field by field. URL: a repository on a
    server, or a folder on a disk, which is made if it is missing.
    """
    if (url or without_pages) and not is_init:
        raise InvalidInput("A URL and --without-pages go with --init.", "annotator sync --init URL")
    if is_init and (is_status or dry_run):
        raise InvalidInput("--init changes something.", "Leave --status and --dry-run out.")
    syncing, library = usecases.syncing.sync, context.library
    if is_status or dry_run:
        for warning in usecases.library.sync_folders.sync_warnings(library.folder, os.environ):
            console.tell(warning)
        status = syncing.status(library)
        if as_json:
            console.echo_json(status)
        else:
            _show_status(status, is_status=is_status)
        return
    if is_init and syncing.set_up(library, url, without_pages=without_pages):
        console.tell("The repository there is new or empty: this library is the first in it.")
    report = syncing.sync(
        library,
        now=context.now,
        accepts_deletions=accept_deletions,
        tell=lambda doing: console.show_progress(f"{doing} …"),
    )
    console.clear_progress()
    if as_json:
        console.echo_json(report)
    else:
        _show(report)


def _show(report: SyncReport) -> None:
    _list("came", report.came)
    _list("sent", report.sent)
    if report.joined:
        console.tell(f"Both sides had changed {_these(len(report.joined))}: joined field by field.")
    for sentence in report.sentences:
        console.tell(sentence)
    if report.left_out:
        names = ", ".join(report.left_out[:_MOST_NAMED])
        more = " and others" if len(report.left_out) > _MOST_NAMED else ""
        console.tell(f"Damaged or of no library, so not taken from the other side: {names}{more}.")
    if not report.remote:
        console.tell("Committed. To name another side:  annotator sync --init URL")
    elif report.came == report.sent == Exchange():
        console.tell("Both sides are the same.")


def _list(way: str, exchange: Exchange) -> None:
    shown = _MOST_SHOWN if console.is_terminal() else len(exchange.articles)
    for article in exchange.articles[:shown]:
        print_outcome(f"{way}: {article.what}", article.id, article.title)
    if len(exchange.articles) > shown:
        console.tell(f"… and {count(len(exchange.articles) - shown, 'article')} more")
    for section in exchange.sections:
        print_outcome(way, "", section.replace("_", " "))


def _show_status(status: SyncStatus, *, is_status: bool) -> None:
    if not status.engine:
        console.tell(
            "The library is not a repository yet. To make it one:  annotator sync --init [URL]"
        )
        return
    if is_status:
        last = status.last.astimezone().isoformat(timespec="minutes") if status.last else "never"
        names = ("engine", "other side", "branch", "last sync", "last error")
        values = (status.engine, status.remote, status.branch, last, status.failed)
        for name, value in zip(names, values, strict=True):
            if value:
                console.echo_fields(name, value)
    _list("would send", status.going)
    _list("would come", status.coming)
    if status.joining:
        console.tell(f"Both sides have changed {_these(len(status.joining))}.")
    if status.error:
        console.tell(f"The other side could not be asked. {status.error}")
    elif not status.remote:
        console.tell("There is no other side. To name one:  annotator sync --init URL")
    elif status.going == status.coming == Exchange():
        console.tell("Both sides are the same.")


def _these(number: int) -> str:
    return count(number, "article or list", "articles or lists")
