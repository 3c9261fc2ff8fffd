"""`annotator serve --read`, `--web` and `--books`: what is shown, until the program is ended."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from typing import Any, cast

import click

from annotator.cli.context import CliContext
from annotator.cli.output import console, streams
from annotator.errors import AnnotatorError, InvalidInput
from annotator.fetch import OF_A_FILE
from annotator.registry import load_part
from annotator.serve.capture import CaptureRoutes
from annotator.serve.e_readers import DeviceChecks, device_routes
from annotator.serve.page_checks import MIN_PASSWORD, CookieGuard, PasswordGuard
from annotator.serve.reading import reading_server
from annotator.serve.request_checks import LOOPBACK
from annotator.serve.server import LOOPBACK_ADDRESS, HttpServer, open_server, own_address
from annotator.usecases.articles.add import Attempt
from annotator.usecases.articles.captures import Captures, serve_token
from annotator.usecases.exporting.device_library import DeviceLibrary
from annotator.usecases.exporting.served_pages import ServedPages
from annotator.usecases.library.installing import how_to_install

Served = AbstractAsyncContextManager[object]
OpenTabs = Callable[[Sequence[str], int, CookieGuard], Served]

PACKAGES = "textual-serve==1.1.3"
PASSWORD_VARIABLE = "ANNOTATOR_PASSWORD"  # noqa: S105 - its name
PORT_OFFSETS = {"--read": 1, "--web": 2, "--books": 3}  # so that all can run at once
NOT_ENCRYPTED = (
    "What is sent is not encrypted: in this network it can be read, and so can the password. "
    "Use it only in a network that you trust."
)


def serve_pages(context: CliContext, mode: str, port: int | None, address: str) -> None:
    """Show the library as pages, or with `--web` the program in tabs, until the end.

    They are for a browser of this computer; pages at an address for all who know a password.
    """
    port = port or context.settings.serve_port + PORT_OFFSETS[mode]
    cookie = CookieGuard(port, _tell_address)
    tell = partial(_tell_address, cookie.address)
    if mode == "--web":
        served = _open_tabs(context, port, cookie)
    else:
        guard = PasswordGuard(_password()) if address else cookie
        pages = ServedPages(context.library, context.settings)
        server = reading_server(pages, port, guard, address=address)
        served = open_server(server, port=port, address=address or LOOPBACK_ADDRESS)
        tell = partial(_tell_network, address, port) if address else tell
    context.run(until_ended(served, tell))


def serve_books(
    context: CliContext, report: Callable[[Attempt], None], port: int | None, address: str
) -> None:
    """Give books to e-readers that know a password, and take what they send, until the end.

    Addresses that they send are those of others: none of a private network is fetched.
    """
    options = replace(context.fetch_options, linked_from=OF_A_FILE)
    captures = Captures(context.library, report, options, "from_devices")
    port = port or context.settings.serve_port + PORT_OFFSETS["--books"]
    secret, own = serve_token(context.folders), address or LOOPBACK_ADDRESS
    checks = DeviceChecks(port, PasswordGuard(_password()), secret, address)
    devices = DeviceLibrary(context.library, context.settings, context.remember)
    server = HttpServer(device_routes(devices, CaptureRoutes(captures), checks), checks)

    tell = partial(_tell_network, own, port, "opds")
    served = open_server(server, port=port, address=own)
    context.run(until_ended(served, tell, captures.work))


def _open_tabs(context: CliContext, port: int, guard: CookieGuard) -> Served:
    if find_spec("textual_serve") is None:
        how = how_to_install(PACKAGES)
        raise AnnotatorError("A tab needs one more package.", f"Install it with: {how}")
    library = str(context.library_folder.resolve())
    command = [sys.executable, "-P", "-m", "annotator", "--library", library]
    open_tabs = cast("OpenTabs", load_part("annotator.serve.tabs:open_tabs"))
    return open_tabs(command, port, guard)


def _tell_network(address: str, port: int, path: str = "") -> None:
    host = own_address(address)
    host = f"[{host}]" if ":" in host else host
    console.tell("Only this computer can open it." if host in LOOPBACK else NOT_ENCRYPTED)
    console.tell(f"Whoever knows the password can read at http://{host}:{port}/{path}")


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
            f"Type a longer one, or set ${PASSWORD_VARIABLE}.",
        )
    return password


async def until_ended(
    served: Served, tell: Callable[[], None], *work: Callable[[], Coroutine[Any, Any, object]]
) -> None:
    """Serve, tell where, and do `work`, until the program is asked to end."""
    async with served:
        tell()
        running = asyncio.gather(asyncio.Event().wait(), *(task() for task in work))
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, running.cancel)
        with suppress(asyncio.CancelledError):
            await running
