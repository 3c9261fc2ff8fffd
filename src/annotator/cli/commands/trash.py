"""`annotator remove`, `restore` and `empty-bin`: into the bin, back, or gone."""

from collections.abc import Sequence
from datetime import datetime

import click

from annotator.cli.batch import DECLINED, BatchProgress, has_consent
from annotator.cli.completing import complete_query, complete_trashed
from annotator.cli.context import CliContext
from annotator.cli.output import console
from annotator.cli.output.marks import bare
from annotator.cli.output.tables import print_outcome, print_rows
from annotator.cli.params import Command, QueryCommand, yes_option
from annotator.errors import NotInLibrary
from annotator.model import ArticleRecord
from annotator.model.labels import count
from annotator.store import questions
from annotator.usecases.articles.article_edits import move_to_bin, restore_from_bin
from annotator.usecases.articles.lookup import mark_address
from annotator.usecases.articles.trash import Trashed, delete, find_trashed, trashed
from annotator.usecases.marks.mark_bin import (
    BinnedMark,
    binned_marks,
    empty_mark_bin,
    find_binned,
    restore_marks,
)
from annotator.usecases.queries.selection import choose_articles

_HEADINGS = ("ID", "TITLE", "DELETED", "MARKS")
_MARK_HEADINGS = ("ID", "MARK", "DELETED", "KIND")


@click.command("remove", cls=QueryCommand)
@click.argument(
    "wanted", nargs=-1, required=True, metavar="ARTICLE_OR_QUERY...", shell_complete=complete_query
)
@yes_option
def remove_command(
    context: CliContext, *, wanted: Sequence[str], is_sure: bool, as_json: bool
) -> int:
    """Move articles with their marks and versions to the bin.

    ARTICLE_OR_QUERY: ids, unique prefixes, or URLs of articles, or a query such
    as is:archived added:..2025. `annotator restore` brings them back.
    """
    chosen = choose_articles(context.library, wanted)
    if not chosen.things:
        raise NotInLibrary("No articles match.", "`annotator list` lists your articles.")
    number, marks = len(chosen.things), context.library.ask(questions.marks.mark_counts())
    marked = sum(marks.get(record.id, 0) for record in chosen.things)
    these = count(number, "article") + (f" with {count(marked, 'mark')}" if marked else "")
    if chosen.by_query and not has_consent(f"move {these} to the bin", is_sure=is_sure):
        return DECLINED
    with BatchProgress() as progress:
        step = move_to_bin(context.library, chosen.things, progress)
        console.clear_progress()
        context.remember(step)
        records = step.articles
        if as_json:
            console.echo_json([*map(bare, records)])
            return 0
        for record in records:
            print_outcome("removed", record.id, record.title)
        moved = these if len(records) == number else count(len(records), "article")
        console.tell(f"Moved {moved} to the bin. To bring one back:  annotator restore ID")
    return 0


@click.command("restore", cls=Command)
@click.argument("wanted", nargs=-1, metavar="[ARTICLE_OR_MARK]...", shell_complete=complete_trashed)
def restore_command(context: CliContext, *, wanted: Sequence[str], as_json: bool) -> None:
    """Restore articles and marks from the bin, with all that belongs to them.

    ARTICLE_OR_MARK: an id or a unique prefix of one. Without any, the bin is
    listed. Deleted marks are kept for 90 days.
    """
    library, now = context.library, context.now
    if not wanted:
        _list(trashed(library), binned_marks(library, now=now), as_json=as_json)
        return
    chosen = [_in_bin(context, prefix) for prefix in dict.fromkeys(wanted)]
    articles = [thing for thing in chosen if isinstance(thing, Trashed)]
    known = [article.record or ArticleRecord(article.id, "", "") for article in articles]
    move = restore_from_bin(library, known)
    records = [library.article(article.id).record() for article in articles]
    marks = [thing for thing in chosen if isinstance(thing, BinnedMark)]
    context.remember(move, *([restore_marks(library, marks, now=now)] if marks else []))
    if as_json:
        console.echo_json([*map(bare, records), *(bare(mark.annotation) for mark in marks)])
        return
    for record in records:
        print_outcome("restored", record.id, record.title)
    for mark in marks:
        console.echo_fields("restored", "" if console.is_session() else mark.id, _words(mark))


@click.command("empty-bin", cls=Command)
@click.argument("wanted", nargs=-1, metavar="[ARTICLE_OR_MARK]...", shell_complete=complete_trashed)
@click.option("--yes", "is_sure", is_flag=True, help="Don't ask before deleting.")
def empty_bin_command(
    context: CliContext, *, wanted: Sequence[str], is_sure: bool, as_json: bool
) -> int:
    """Delete articles and marks in the bin for good.

    ARTICLE_OR_MARK: an id or a unique prefix of one. Without any, the whole bin
    is emptied. It asks first, because this cannot be undone.
    """
    library, now = context.library, context.now
    chosen = [_in_bin(context, prefix) for prefix in dict.fromkeys(wanted)]
    articles = [thing for thing in chosen if isinstance(thing, Trashed)]
    marks = [thing for thing in chosen if isinstance(thing, BinnedMark)]
    if not wanted:
        articles, marks = list(trashed(library)), list(binned_marks(library, now=now))
    number = sum(article.marks_of_all for article in articles) + len(marks)
    both = [count(len(articles), "article")] if articles or not marks else []
    these = " and ".join([*both, count(number, "mark")])
    if (articles or marks) and not has_consent(f"delete {these} for good", is_sure=is_sure):
        return DECLINED
    with BatchProgress() as progress:
        gone = delete(library, [article.id for article in articles], progress)
        console.clear_progress()
        articles = articles[: len(gone)]
        marks = [] if progress.is_stopped else marks
        empty_mark_bin(library, marks, now=now)
        if as_json:
            _print_json(articles, marks)
            return 0
        for article in articles:
            print_outcome("deleted", article.id, _named(article)[0])
        for mark in marks:
            console.echo_fields("deleted", mark.id, _words(mark))
        if not articles and not marks and not progress.is_stopped:
            console.tell("The bin is empty.")
    return 0


def _in_bin(context: CliContext, prefix: str) -> Trashed | BinnedMark:
    """Return the article or mark in the bin whose id begins so."""
    try:
        (article,) = find_trashed(context.library, [prefix])
    except NotInLibrary as error:
        try:
            return find_binned(context.library, prefix, now=context.now)
        except NotInLibrary:
            raise error from None
    return article


def _list(articles: Sequence[Trashed], marks: Sequence[BinnedMark], *, as_json: bool) -> None:
    if as_json:
        _print_json(articles, marks)
        return
    rows, shown = [], []
    for article in articles:
        title, url = _named(article)
        rows.append((article.id, title, url, article.removed.isoformat(), str(article.marks)))
        name, marked = console.short(article.id), str(article.marks or "")
        shown.append((name, title or url, _day(article.removed), marked))
    print_rows(rows, shown=shown, headings=_HEADINGS, flexible=1)
    rows, shown = [], []
    for mark in marks:
        address, kind = mark_address(mark.record.id, mark.id), mark.annotation.kind
        rows.append((mark.id, _words(mark), address, mark.removed.isoformat(), kind))
        shown.append((mark.id, _words(mark), _day(mark.removed), kind))
    print_rows(rows, shown=shown, headings=_MARK_HEADINGS, flexible=1)
    if not articles and not marks:
        console.tell("The bin is empty.")
    elif console.is_terminal():
        console.tell("To bring one back:  annotator restore ID")


def _print_json(articles: Sequence[Trashed], marks: Sequence[BinnedMark]) -> None:
    fields = "id removed marks marks_of_all"
    said: list[object] = [
        {**console.attributes(article, fields), "record": article.record and bare(article.record)}
        for article in articles
    ]
    said += [
        {"record": bare(mark.record), "annotation": bare(mark.annotation), "removed": mark.removed}
        for mark in marks
    ]
    console.echo_json(said)


def _day(time: datetime) -> str:
    return time.astimezone().date().isoformat()


def _words(mark: BinnedMark) -> str:
    return " ".join(mark.annotation.quote.split())


def _named(article: Trashed) -> tuple[str, str]:
    """Return title and address."""
    if article.record is None:
        return "(damaged)", ""
    return article.record.title, article.record.url
