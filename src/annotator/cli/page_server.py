"""`annotator serve --read` and `--web`: what a browser is shown, until the program is ended."""

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager, suppress
from typing import Any

import click

from annotator.cli.context import CliContext
from annotator.cli.output import console, streams
from annotator.errors import InvalidInput
from annotator.serve.door import LOOPBACK_ADDRESS, open_door
from annotator.serve.page_walls import MIN_PASSWORD, Entrance, Password
from annotator.serve.reading import reading_door
from annotator.usecases.exporting.served_pages import ServedPages

PASSWORD_VARIABLE = "ANNOTATOR_PASSWORD"  # noqa: S105 - its name
AFTER_DOOR = {"--read": 1, "--web": 2}  # ports; so that all can run beside each other
NOT_ENCRYPTED = (
    "What is sent is not encrypted: whoever controls this network can read it, and the password. "
    "Use it only in a network that you trust."
)


def serve_pages(context: CliContext, mode: str, port: int | None, address: str) -> None:
    """Serve what `--read` or `--web` stands for."""
    port = port or context.settings.serve_port + AFTER_DOOR[mode]
    if mode == "--read":
        _serve_reading(context, port, address)


def _serve_reading(context: CliContext, port: int, address: str) -> None:
    """Let a browser of this computer read the library; at an address, all who know a password."""
    guard = Password(_password()) if address else Entrance(port, _tell_address)
    pages = ServedPages(context.library, context.settings)
    door = reading_door(pages, port, guard, address=address)

    def tell() -> None:
        if isinstance(guard, Entrance):
            _tell_address(guard.address)
        else:
            console.tell(NOT_ENCRYPTED)
            console.tell(f"Whoever knows the password can read at http://{address}:{port}/")

    served = open_door(door, port=port, address=address or LOOPBACK_ADDRESS)
    context.run(until_ended(served, tell))


def _tell_address(link: str) -> None:
    console.tell("This address opens in one browser, once (Ctrl-C ends all):")
    console.echo(link)
    streams.flush()


def _password() -> str:
    """Return the password of the environment, or ask for one."""
    password = os.environ.get(PASSWORD_VARIABLE, "")
    if not password and console.is_terminal():
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    if len(password) < MIN_PASSWORD:
        raise InvalidInput(
            f"The password has fewer than {MIN_PASSWORD} characters.",
            f"Type a longer one, or set ${PASSWORD_VARIABLE}. Without one nobody else can read.",
        )
    return password


async def until_ended(
    served: AbstractAsyncContextManager[object],
    tell: Callable[[], None],
    *work: Coroutine[Any, Any, object],
) -> None:
    """Serve, tell where, and wait until the program is asked to end, or fails at `work`."""
    ended = asyncio.Event()
    with suppress(NotImplementedError):
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    async with served:
        tell()
        tasks = [asyncio.ensure_future(task) for task in (ended.wait(), *work)]
        done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        for task in done:
            task.result()
