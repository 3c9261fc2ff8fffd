"""`annotator feeds`: follow feeds, ask them for what is new, and exchange lists of them."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import click

from annotator.cli.batch import AttemptReport
from annotator.cli.commands.add import attempt_to_json, print_attempt, tell_failure
from annotator.cli.context import CliContext
from annotator.cli.group import CommandGroup
from annotator.cli.launch import standard_input
from annotator.cli.output import console
from annotator.cli.output.tables import print_outcome, print_rows
from annotator.cli.params import Command, json_option, tags_given
from annotator.errors import AnnotatorError
from annotator.model.labels import count
from annotator.usecases.articles.add import Attempt
from annotator.usecases.articles.sources import Source
from annotator.usecases.feeds.answers import FeedCheck
from annotator.usecases.feeds.inbox import InboxEntry, dismiss, find_entries, inbox
from annotator.usecases.feeds.subscriptions import (
    as_opml,
    feeds_in,
    find_feeds,
    follow,
    subscribe,
    subscriptions,
    unsubscribe,
)
from annotator.usecases.feeds.sync import keep, sync

_HEADINGS = ("ID", "FEED", "NEW", "TAGS", "PROBLEM")
_INBOX_HEADINGS = ("ID", "ENTRY", "FEED", "DATE")
_EMPTY = "You follow no feeds. Add one with:  annotator feeds add URL"
_NOTHING_NEW = "Nothing waits in the inbox. To ask your feeds:  annotator feeds sync"

_tags_option = tags_given("--tag", "tags", "Tag what is kept of its entries.")


@click.group("feeds", cls=CommandGroup, invoke_without_command=True)
@json_option
@click.pass_context
def feeds_command(ctx: click.Context, *, as_json: bool) -> None:
    """Follow feeds: RSS, Atom and JSON Feed. What is new waits in the inbox.

    `annotator feeds inbox` lists it, and so does a screen of the library (W): there
    an entry is read and kept with one key, or dismissed with another.
    """
    if ctx.invoked_subcommand is None:
        _list(ctx.obj, as_json=as_json)


@feeds_command.command("add", cls=Command)
@click.argument("addresses", nargs=-1, required=True, metavar="URL...")
@_tags_option
@click.option("--keep", "adds_all", is_flag=True, help="Add new entries as articles at once.")
def add_feeds(
    context: CliContext,
    *,
    addresses: Sequence[str],
    tags: Sequence[str],
    adds_all: bool,
    as_json: bool,
) -> int:
    """Follow feeds; URL is the address of one, or that of a page of its site.

    What it has by now goes into the inbox, also with --keep.
    """
    options, now = context.fetch_options, context.now
    follow_one = partial(subscribe, tags=tags, adds_all=adds_all, now=now, options=options)
    told, codes = list[Mapping[str, object]](), list[int]()
    for address in addresses:
        console.show_progress("Looking for the feed …")
        try:
            added = context.run(follow_one(context.library, address))
        except AnnotatorError as error:
            console.complain(error, about=address if len(addresses) > 1 else "")
            told.append({"address": address} | console.error_to_json(error))
            codes.append(error.exit_code)
            continue
        console.clear_progress()
        checked, outcome = added.checked, "added" if added.is_new else "followed already"
        told.append({"outcome": outcome, **_of_check(checked), "others": added.others})
        if as_json:
            continue
        print_outcome(outcome, checked.id, checked.feed.name, checked.feed.address)
        console.tell(f"{count(checked.new, 'new entry', 'new entries')} in the inbox.")
        if added.others:
            others = ", ".join(link.address for link in added.others)
            console.tell(f"Other feeds of this page: {others}")
    if as_json:
        console.echo_json(told)
    return next(iter(codes), 0)


@feeds_command.command("list", cls=Command)
def list_feeds(context: CliContext, *, as_json: bool) -> None:
    """List the feeds, with what waits of each, and why one has nothing new."""
    _list(context, as_json=as_json)


@feeds_command.command("sync", cls=Command)
@click.argument("names", nargs=-1, metavar="[FEED]...")
@click.option("--all", "is_forced", is_flag=True, help="Also feeds that are not due yet.")
def sync_feeds(context: CliContext, *, names: Sequence[str], is_forced: bool, as_json: bool) -> int:
    """Ask feeds for what is new; run it from cron as often as you like.

    Each feed is asked when it is due: often if it has much that is new, and as its
    server wishes. FEED is an id, an address or a title; those that are named are
    asked now. A feed that fails is told once, and listed by `annotator feeds`. The
    exit code is 3 only if no feed could be reached.
    """
    wanted = find_feeds(context.library, names) if names else None
    console.show_progress("Asking the feeds …")
    work = sync(
        context.library,
        now=context.now,
        options=context.fetch_options,
        wanted=wanted,
        is_forced=is_forced or bool(names),
        report=_tell_failure if as_json else _tell_check,
    )
    checked = context.run(work)
    console.clear_progress()
    failed = [check.error for check in checked if check.error]
    if as_json:
        console.echo_json([_of_check(check) for check in checked])
    elif console.is_terminal():
        new = count(sum(check.new for check in checked), "new entry", "new entries")
        told = f"{count(len(checked), 'feed')} asked, {new}"
        console.tell(f"{told}, {len(failed):,} failed." if failed else f"{told}.")
    return failed[0].exit_code if failed and len(failed) == len(checked) else 0


@feeds_command.command("inbox", cls=Command)
@click.argument("words", nargs=-1, metavar="[WORDS]...")
def list_inbox(context: CliContext, *, words: Sequence[str], as_json: bool) -> None:
    """List what waits in the inbox, newest first.

    With WORDS, only entries that have them in their title or in the name of their feed.
    """
    waiting = inbox(context.library, now=context.now)
    listed = [entry for entry in waiting if entry.has(" ".join(words))]
    rows = [(e.name, e.row.name, e.feed.name, e.row.date.date().isoformat()) for e in listed]
    print_rows(
        [(*row, entry.row.link) for entry, row in zip(listed, rows, strict=True)],
        json=[*map(_of_entry, listed)] if as_json else None,
        headings=_INBOX_HEADINGS,
        shown=[(console.short(name), *rest) for name, *rest in rows],
        flexible=1,
        empty="Nothing matches." if waiting else _NOTHING_NEW,
    )


@feeds_command.command("keep", cls=Command)
@click.argument("names", nargs=-1, required=True, metavar="ENTRY...")
def keep_entries(context: CliContext, *, names: Sequence[str], as_json: bool) -> int:
    """Add entries of the inbox to the library.

    ENTRY is an id, an address or a title. Its page is fetched; the text in the feed
    stands for one that fails. What cannot be kept stays in the inbox.
    """
    entries = find_entries(context.library, names, now=context.now)
    is_one_of_many = len(entries) > 1
    report = AttemptReport[Attempt](
        "Keeping",
        len(entries),
        tell=partial(tell_failure if as_json else print_attempt, is_one_of_many=is_one_of_many),
        outcome=lambda attempt: attempt.added.outcome if attempt.added else "failed",
        to_json=attempt_to_json if as_json else None,
    )
    try:
        for entry in entries:
            report(_kept(context, entry))
    finally:
        if as_json or is_one_of_many:
            report.tell_end()
    return next((attempt.error.exit_code for attempt in report.done if attempt.error), 0)


@feeds_command.command("dismiss", cls=Command)
@click.argument("names", nargs=-1, required=True, metavar="ENTRY...")
def dismiss_entries(context: CliContext, *, names: Sequence[str], as_json: bool) -> None:
    """Take entries out of the inbox.

    ENTRY is an id, an address or a title. `annotator undo` puts them back.
    """
    entries = find_entries(context.library, names, now=context.now)
    context.remember(dismiss(context.library, [e.id for e in entries], now=context.now))
    if as_json:
        console.echo_json([*map(_of_entry, entries)])
        return
    for entry in entries:
        print_outcome("dismissed", entry.name, entry.row.name)


@feeds_command.command("remove", cls=Command)
@click.argument("names", nargs=-1, required=True, metavar="FEED...")
def remove_feeds(context: CliContext, *, names: Sequence[str], as_json: bool) -> None:
    """Follow feeds no longer, and take their entries out of the inbox.

    FEED is an id, an address or a title. Articles that were kept stay.
    """
    ids = find_feeds(context.library, names)
    edit = unsubscribe(context.library, ids, now=context.now)
    context.remember(edit)
    if as_json:
        console.echo_json([{"id": key, **_of_feed(feed)} for key, feed in edit.feeds.items()])
        return
    for key, feed in edit.feeds.items():
        print_outcome("removed", key, feed.name)


@feeds_command.command("import", cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@_tags_option
def import_feeds(context: CliContext, *, file: Path, tags: Sequence[str], as_json: bool) -> None:
    """Follow the feeds that a file lists: OPML of another program, or - for standard input.

    Folders become tags. The next sync asks them.
    """
    now = context.now
    listed = feeds_in(file, standard_input(str(file)), tags=tags, now=now)
    new = follow(context.library, listed, now=now)
    if as_json:
        console.echo_json({"added": new, "listed": len(listed)})
        return
    number = len(listed) - len(new)
    known = count(number, "is followed already", "are followed already")
    told = f"{count(len(new), 'feed')} added{f', {known}' if number else ''}."
    console.tell(f"{told} To ask them:  annotator feeds sync")


@feeds_command.command("export", cls=Command)
def export_feeds(context: CliContext, *, as_json: bool) -> None:
    """Print the feeds as OPML, for other programs; a tag is a folder."""
    known = subscriptions(context.library, now=context.now)
    if as_json:
        console.echo_json([_of_feed(subscription.feed) for subscription in known])
    else:
        console.echo_document([as_opml(known)])


def _list(context: CliContext, *, as_json: bool) -> None:
    known = subscriptions(context.library, now=context.now)
    values = [
        {
            "id": feed.id,
            **_of_feed(feed.feed),
            "waiting": feed.waiting,
            "problem": feed.problem,
            "checked": feed.state and feed.state.checked,
            "due": feed.state and feed.state.due,
        }
        for feed in known
    ]
    rows = [
        (feed.id, feed.feed.name, str(feed.waiting), ",".join(feed.feed.tags), feed.problem)
        for feed in known
    ]
    print_rows(
        [(*row, feed.feed.address) for feed, row in zip(known, rows, strict=True)],
        json=values if as_json else None,
        headings=_HEADINGS,
        shown=[(console.short(key), *rest) for key, *rest in rows],
        flexible=1,
        empty=_EMPTY,
    )


def _kept(context: CliContext, entry: InboxEntry) -> Attempt:
    """Return what became of an entry: an article, or an error."""
    source = Source(entry.row.link or entry.row.name)
    options = context.fetch_options
    try:
        work = keep(context.library, entry, now=context.now, options=options)
        return Attempt(source, added=context.run(work))
    except AnnotatorError as error:
        return Attempt(source, error=error)


def _tell_check(check: FeedCheck) -> None:
    if check.new:
        entries = count(check.new, "new entry", "new entries")
        print_outcome(entries, check.id, check.feed.name)
    _tell_failure(check)


def _tell_failure(check: FeedCheck) -> None:
    """Tell why a feed failed, in a pipe only the first time, so that cron sends one letter."""
    if check.error and (check.errors <= 1 or console.is_terminal()):
        console.complain(check.error, about=check.feed.name)


def _of_check(check: FeedCheck) -> Mapping[str, object]:
    counted = {"id": check.id, **_of_feed(check.feed), "new": check.new, "kept": check.kept}
    return counted | console.error_to_json(check.error)


def _of_entry(entry: InboxEntry) -> Mapping[str, object]:
    return {
        "id": entry.name,
        "url": entry.row.link,
        **console.attributes(entry.row, "title byline published added summary words"),
        "feed": {"id": entry.row.feed, **_of_feed(entry.feed)},
    }


def _of_feed(feed: object) -> dict[str, object]:
    return console.attributes(feed, "title address site tags adds_all stopped")
