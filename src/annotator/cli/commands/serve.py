"""`annotator serve`: take pages from the user's own browser."""

import asyncio
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

import click

from annotator.cli.commands.add import attempt_to_json, print_attempt
from annotator.cli.context import CliContext
from annotator.cli.output import console
from annotator.cli.page_server import serve_pages
from annotator.cli.params import Command, one_of
from annotator.errors import InvalidInput
from annotator.serve.capture import CaptureRoutes
from annotator.serve.door import LOOPBACK_ADDRESS, Door, open_door
from annotator.serve.http import Incoming, Refused
from annotator.serve.wallabag import WallabagRoutes
from annotator.serve.walls import Walls
from annotator.usecases.articles.add import Attempt
from annotator.usecases.articles.captures import Captures
from annotator.usecases.library.door_token import door_token, new_door_token


@click.command("serve", cls=Command)
@click.option(
    "--port",
    type=click.IntRange(1024, 65_535),
    metavar="PORT",
    help="Listen here (default: serve_port in the settings, 7741).",
)
@click.option("--allow-host", "hosts", multiple=True, metavar="HOST", help="Also known as HOST.")
@click.option("--token", "shows_token", is_flag=True, help="Print the token for your browser.")
@click.option("--new-token", "renews_token", is_flag=True, help="Make a new token, and print it.")
@one_of(
    "mode",
    read="Instead show your library as pages in a browser, to read only.",
    web="Instead open the whole program in a browser (experimental).",
)
@click.option(
    "--address",
    default="",
    metavar="ADDRESS",
    help="With --read: for your phone, at this address of the computer, with a password.",
)
def serve_command(
    context: CliContext,
    *,
    mode: str,
    address: str,
    port: int | None,
    hosts: Sequence[str],
    shows_token: bool,
    renews_token: bool,
    as_json: bool,
) -> None:
    """Take pages from your browser, as long as this command runs.

    Only programs on this computer that know the token can give it pages, and none
    can read anything.
    """
    if address and mode != "--read":
        raise InvalidInput("--address is for --read.", "Nothing else leaves this computer.")
    if mode:
        serve_pages(context, mode, port, address)
        return
    if shows_token or renews_token:
        make = new_door_token if renews_token else door_token
        token = make(context.folders)
        console.echo_json({"token": token}) if as_json else console.echo(token)
        return
    report = _echo_attempt if as_json else partial(print_attempt, is_one_of_many=True)
    context.run(_serve(context, port or context.settings.serve_port, hosts, report))


async def _serve(
    context: CliContext, port: int, hosts: Sequence[str], report: Callable[[Attempt], None]
) -> None:
    """Serve until the program is asked to end."""
    door_token(context.folders)  # which is wanted soon; so its problems are told now
    captures = Captures(context.library, options=context.fetch_options, report=report)
    taking = CaptureRoutes(captures)
    walls = Walls.of(port, lambda: door_token(context.folders), allowed=tuple(hosts))
    door = Door(
        (*taking.routes(), *WallabagRoutes(taking, walls).routes()), walls, tell=_tell_refusal
    )
    ended = asyncio.Event()
    with suppress(NotImplementedError):
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    async with open_door(door, port=port):
        console.tell(f"Waiting for pages at http://{LOOPBACK_ADDRESS}:{port}  (Ctrl-C ends it)")
        work = asyncio.create_task(captures.work())
        await asyncio.wait(
            [work, asyncio.create_task(ended.wait())], return_when=asyncio.FIRST_COMPLETED
        )
        if work.done():
            work.result()
        work.cancel()


def _echo_attempt(attempt: Attempt) -> None:
    console.echo_json(attempt_to_json(attempt))


def _tell_refusal(request: Incoming | None, refused: Refused) -> None:
    asked = f"{request.method} {request.path}" if request else "A request"
    origin = f" from {request.field('origin')}" if request and request.field("origin") else ""
    console.tell(f"{asked}{origin} refused ({refused.status}): {refused.sentence}")
