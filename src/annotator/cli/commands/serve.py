"""`annotator serve`: take pages from the user's own browser."""

import asyncio
import signal
from collections.abc import Sequence
from contextlib import suppress

import click

from annotator.cli.context import CliContext
from annotator.cli.output import console
from annotator.cli.params import Command
from annotator.errors import InvalidInput
from annotator.serve.door import LOOPBACK_ADDRESS, Door, open_door
from annotator.serve.http import Incoming, Refused, Reply, Route
from annotator.serve.walls import Walls
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
def serve_command(
    context: CliContext,
    *,
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
    if shows_token or renews_token:
        make = new_door_token if renews_token else door_token
        token = make(context.folders)
        console.echo_json({"token": token}) if as_json else console.echo(token)
        return
    context.run(_serve(context, port or context.settings.serve_port, hosts))


async def _serve(context: CliContext, port: int, hosts: Sequence[str]) -> None:
    """Serve until the program is asked to end."""
    door_token(context.folders)  # which is wanted soon; so its problems are told now
    walls = Walls.of(port, lambda: door_token(context.folders), allowed=tuple(hosts))
    door = Door(_routes(context), walls, tell=_tell_refusal)
    ended = asyncio.Event()
    with suppress(NotImplementedError):
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    try:
        async with open_door(door, port=port):
            console.tell(f"Waiting for pages at http://{LOOPBACK_ADDRESS}:{port}  (Ctrl-C ends it)")
            await ended.wait()
    except OSError as error:
        raise InvalidInput(
            f"Port {port} cannot be used: {error.strerror}.",
            "annotator may be serving already; --port chooses another one.",
        ) from error


def _routes(_context: CliContext) -> tuple[Route, ...]:
    """Return what the door answers; the routes of other parts are added here."""
    return (Route("GET", "/api/version", _version, needs_token=False),)


async def _version(_request: Incoming) -> Reply:
    return Reply.of("2.6.13")  # of wallabag, whose programs ask for it


def _tell_refusal(request: Incoming | None, refused: Refused) -> None:
    asked = f"{request.method} {request.path}" if request else "A request"
    origin = f" from {request.field('origin')}" if request and request.field("origin") else ""
    console.tell(f"{asked}{origin} refused ({refused.status}): {refused.sentence}")
