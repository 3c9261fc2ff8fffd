"""`annotator refresh`: articles asked for anew, and what became of the marks on them."""

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

import click

from annotator.cli.commands.list import ID_LENGTH
from annotator.cli.context import Workspace
from annotator.cli.output import console
from annotator.cli.output.changes import plain, print_changes
from annotator.cli.params import QueryCommand, asked, complete_article, json_option
from annotator.errors import NotInLibrary
from annotator.model import ArticleRecord
from annotator.model.identity import is_web_address
from annotator.usecases.articles import find_article
from annotator.usecases.refresh import (
    RefreshAttempt,
    Refreshed,
    Visit,
    reclean,
    refresh,
    refresh_all,
)

_ID = re.compile(r"[0-9a-f]{4,64}", re.IGNORECASE)  # what is shorter is rather a word


@click.command("refresh", cls=QueryCommand)
@click.argument(
    "wanted", nargs=-1, metavar="[ARTICLE_OR_QUERY]...", shell_complete=complete_article
)
@click.option(
    "--reclean", "only_cleaned", is_flag=True, help="Clean the kept pages anew; ask no server."
)
@json_option
@click.pass_obj
def refresh_command(
    workspace: Workspace, *, wanted: Sequence[str], only_cleaned: bool, as_json: bool
) -> int:
    """Ask for articles anew, and keep the new version of those that changed.

    All articles, those given, or those that fit a query such as tag:energy.
    Marked passages that were reworded are shown. Old versions and all marks
    stay, and less than is kept never takes its place. Articles that an older
    annotator cleaned are cleaned anew.
    """
    records = _meant(workspace, wanted)
    visit: Visit = partial(reclean, now=datetime.now(UTC))
    if not only_cleaned:
        visit = partial(refresh, now=datetime.now(UTC), options=workspace.fetch_options)
    tell = partial(_tell_failure if as_json else _print_attempt, workspace)
    report = _reporter(len(records), tell)
    attempts = asyncio.run(refresh_all(workspace.library, records, visit, report=report))
    console.clear_progress()
    if as_json:
        console.echo_json([_plain(attempt) for attempt in attempts])
    else:
        _tell_counts(attempts)
    return next((each.error.exit_code for each in attempts if each.error), 0)


def _meant(workspace: Workspace, wanted: Sequence[str]) -> Sequence[ArticleRecord]:
    """Return the articles that are named, or else those that fit a query."""
    library = workspace.library
    if not wanted:
        return library.records()
    if all(is_web_address(each) or _ID.fullmatch(each) for each in wanted):
        try:
            ids = dict.fromkeys(find_article(library, each) for each in wanted)
            return [library.record(each) for each in ids]
        except NotInLibrary:  # words such as “decade” look like ids
            if not all(map(str.isalpha, wanted)):
                raise
    return library.find_articles(asked(wanted))


def _reporter(
    total: int, tell: Callable[[RefreshAttempt], None]
) -> Callable[[RefreshAttempt], None]:
    done = 0
    if total:
        console.show_progress(f"Refreshing {total} …" if total > 1 else "Refreshing …")

    def report(attempt: RefreshAttempt) -> None:
        nonlocal done
        done += 1
        tell(attempt)
        if done < total:
            console.show_progress(f"{done} of {total} …")

    return report


def _print_attempt(workspace: Workspace, attempt: RefreshAttempt) -> None:
    _tell_failure(workspace, attempt)
    refreshed = attempt.refreshed
    if refreshed is None:
        return
    if console.is_terminal():
        if refreshed.outcome != "unchanged":
            _print_for_people(workspace, refreshed)
        return
    if refreshed.changes:
        print_changes(refreshed.changes, workspace.settings)
    record = refreshed.record
    console.echo_fields(refreshed.outcome, record.id, record.title, refreshed.reason)


def _print_for_people(workspace: Workspace, refreshed: Refreshed) -> None:
    console.clear_progress()
    record = refreshed.record
    title = record.title or record.url or "Untitled"
    console.echo(f"{refreshed.outcome}  ", console.faint(record.id[:ID_LENGTH]), "  ", title)
    if told := refreshed.explanation:
        console.echo("  ", told)
    if refreshed.changes:
        print_changes(refreshed.changes, workspace.settings)


def _tell_failure(_: Workspace, attempt: RefreshAttempt) -> None:
    if attempt.error:
        console.complain(attempt.error, about=attempt.record.title or attempt.record.id)


def _tell_counts(attempts: Sequence[RefreshAttempt]) -> None:
    if not attempts:
        console.tell("There is nothing to refresh.")
        return
    counts = Counter(each.refreshed.outcome if each.refreshed else "failed" for each in attempts)
    told = ", ".join(f"{count} {outcome}" for outcome, count in counts.most_common())
    console.tell(f"{told}.")


def _plain(attempt: RefreshAttempt) -> Mapping[str, object]:
    said: dict[str, object] = {"article": attempt.record}
    if refreshed := attempt.refreshed:
        said |= {"article": refreshed.record, "outcome": refreshed.outcome}
        said |= {"reason": refreshed.reason} if refreshed.reason else {}
        said |= {"changes": plain(refreshed.changes)} if refreshed.changes else {}
    if attempt.error:
        said |= {"error": attempt.error.message, "hint": attempt.error.hint}
    return said
