"""`annotator publish`: send marks to a service, and take in what was edited there."""

import os
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

import click
from msgspec.structs import replace

from annotator.cli.batch import DECLINED, has_consent
from annotator.cli.completing import complete_query, names_from
from annotator.cli.context import CliContext
from annotator.cli.output import console
from annotator.cli.params import QueryCommand, yes_option
from annotator.errors import FetchError, InvalidInput, NotInLibrary
from annotator.store import PublishMemory
from annotator.usecases.publishing.accounts import (
    PUBLISHERS,
    account_named,
    address_of,
    headers_of,
    publisher_of,
)
from annotator.usecases.publishing.publish import PublishLine, PublishOptions, PublishRun
from annotator.usecases.publishing.publisher import Publisher, Sendable
from annotator.usecases.service_session import ServiceSession

_WORDS = {"create": "send", "update": "change", "merge": "take in"}  # in place of an action
_DONE = {"create": "sent", "update": "changed", "delete": "deleted", "merge": "taken in"}


@click.command("publish", cls=QueryCommand)
@click.argument("account", metavar="SERVICE", shell_complete=names_from(PUBLISHERS.names))
@click.argument("query", nargs=-1, metavar="[QUERY]...", shell_complete=complete_query)
@click.option("--group", default="", metavar="GROUP", help="Where it goes, as the service says it.")
@click.option("--dry-run", "is_tried", is_flag=True, help="Print what would be sent; send nothing.")
@click.option("--pull", "is_pull", is_flag=True, help="Only take in: edits there, marks of others.")
@click.option(
    "--gone",
    type=click.Choice(["keep", "send"]),
    default="keep",
    help="Of marks that were deleted there: keep them here, or send them again.",
)
@click.option("--undo", "is_undone", is_flag=True, help="Delete there what the last run made.")
@yes_option
def publish_command(  # noqa: PLR0913  its options
    context: CliContext,
    *,
    account: str,
    query: Sequence[str],
    group: str,
    is_tried: bool,
    is_pull: bool,
    gone: str,
    is_undone: bool,
    is_sure: bool,
    as_json: bool,
) -> int:
    """Send marks to a service, and take in what was edited there.

    SERVICE: an account of the settings, or a service, whose token is then in the
    variable ANNOTATOR_SERVICE_TOKEN. QUERY: only marks that match. Kinds and fields
    are those of the account. Before anything goes to an account for the first time,
    you see how it will appear, and are asked.

    A run that was interrupted goes on with the same command. What was sent and
    hasn't changed isn't sent again. Edits on both sides are merged; what was deleted
    here is deleted there, and what was deleted there stays here.
    """
    if is_undone and (query or is_pull):
        raise InvalidInput("--undo goes with no query.", "It takes back the whole last run.")
    chosen = account_named(context.settings, account)
    publisher = publisher_of(replace(chosen, group=group) if group else chosen)
    lines: list[PublishLine] = []
    options = PublishOptions(
        show=lines.append if as_json else partial(_print, lines, is_tried),
        agree=partial(_agree, publisher, is_sure),
        is_tried=is_tried,
        sends=not is_pull,
        sends_again=gone == "send",
    )
    try:
        is_done = context.run(_work(context, publisher, query, options, is_undone=is_undone))
    finally:
        console.clear_progress()
        if as_json:
            console.echo_json(lines)
    if not lines and is_done and not as_json:
        console.tell("Nothing to do: there is nothing new, and nothing that changed.")
    return 0 if is_done else DECLINED


async def _work(
    context: CliContext,
    publisher: Publisher,
    query: Sequence[str],
    options: PublishOptions,
    *,
    is_undone: bool,
) -> bool:
    """Do what was asked for; return False if the user did not want it after all."""
    address, headers, missing = "http://localhost", dict[str, str](), None
    try:
        address, headers = address_of(publisher), headers_of(publisher, os.environ)
    except InvalidInput as error:
        if is_undone or not options.is_tried:
            raise
        missing = FetchError(error.message, error.hint)
    session = ServiceSession(
        address,
        headers,
        pace=publisher.pace,
        on_wait=lambda seconds: console.show_progress(f"It asks to wait {seconds} seconds …"),
        missing=missing,
    )
    with PublishMemory(context.library.state) as memory, memory.lock.held():
        run = PublishRun(
            context.library, publisher, session, memory=memory, options=options, now=context.now
        )
        try:
            if is_undone:
                await run.undo()
                return True
            if options.sends:
                return await run.publish(query)
            with suppress(NotInLibrary):  # an article without marks may have those of others
                await run.publish(query)
            await run.fetch_guests(query)
        finally:
            if run.edits:
                context.remember(*run.edits)
            _tell_rest(run, publisher)
    return True


def _tell_rest(run: PublishRun, publisher: Publisher) -> None:
    if run.unasked:
        console.tell(f"What is at {publisher.title} already was not asked: {run.unasked}")
    if count := len(run.left_out):
        marks = "1 mark of other kinds is" if count == 1 else f"{count:,} marks of other kinds are"
        hint = f"only {', '.join(publisher.account.marks)}. The marks of the account"
        console.tell(f"{marks} not sent, {hint} in the settings say which kinds are.")


def _print(lines: list[PublishLine], is_tried: bool, line: PublishLine) -> None:  # noqa: FBT001 - for partial
    lines.append(line)
    done, action = _DONE.get(line.action), line.action
    word = f"would {_WORDS.get(action, action)}" if done and is_tried else done or action
    console.echo_fields(word, line.label, line.address, line.reason)
    if is_tried and line.body is not None:
        console.echo_json(line.body)


def _agree(publisher: Publisher, is_sure: bool, body: Sendable) -> bool:  # noqa: FBT001 - for partial
    console.tell(f"This is how it will appear at {address_of(publisher)}:")
    for line in publisher.preview(body).splitlines():
        console.tell(line)
    change = f"send marks to {publisher.title}, where others may see them"
    return has_consent(change, is_sure=is_sure)
