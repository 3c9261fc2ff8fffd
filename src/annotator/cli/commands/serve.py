"""`annotator serve`: take pages from the user's own browser."""

import sys
from collections.abc import Sequence
from functools import partial
from html import escape
from pathlib import Path
from pkgutil import get_data

import click

from annotator.cli.commands.add import attempt_to_json, print_attempt
from annotator.cli.context import CliContext
from annotator.cli.output import console, streams
from annotator.cli.output.tables import print_outcome
from annotator.cli.page_server import serve_books, serve_pages, until_ended
from annotator.cli.params import Command, one_of
from annotator.errors import InvalidInput
from annotator.model.text import clean_line
from annotator.serve.capture import SINGLEFILE_PATH, CaptureRoutes
from annotator.serve.clip import bookmarklet, clip_routes
from annotator.serve.http import MAX_BODY, Incoming, Refused, Route
from annotator.serve.request_checks import RequestChecks
from annotator.serve.server import LOOPBACK_ADDRESS, HttpServer, open_server
from annotator.serve.wallabag import wallabag_routes
from annotator.usecases.articles.add import Attempt
from annotator.usecases.articles.captures import Captures, serve_token

UNITS = {"systemd": "annotator.service", "launchd": "annotator.plist"}


@click.command("serve", cls=Command)
@click.option(
    "--port",
    type=click.IntRange(1024, 65_535),
    metavar="PORT",
    help="Listen here (default: serve_port in the settings, 7741).",
)
@click.option("--allow-host", "hosts", multiple=True, metavar="HOST", help="Also known as HOST.")
@click.option(
    "--print-unit", "system", type=click.Choice(tuple(UNITS)), help="Print how to run it always."
)
@one_of(
    "mode",
    token="Print the token for your browser.",  # noqa: S106 - words about it
    new_token="Make a new token, and print it.",  # noqa: S106 - as above
    bookmarklet="Print a bookmark that saves the page in your browser.",
    read="Instead show your library as pages in a browser, to read only.",
    books="Instead give books to e-readers, with a password (OPDS, KOReader’s wallabag).",
    web="Instead open the whole program in a browser (experimental).",
)
@click.option(
    "--address",
    default="",
    metavar="ADDRESS",
    help="With --read or --books: for your other devices, at this address of the computer, "
    "with a password.",
)
def serve_command(
    context: CliContext,
    *,
    mode: str,
    address: str,
    port: int | None,
    hosts: Sequence[str],
    system: str | None,
    as_json: bool,
) -> None:
    """Take pages from your browser, as long as this command runs.

    Only programs on this computer that know the token can give it pages, and none
    can read anything.
    """
    if address and mode not in {"--read", "--books"}:
        raise InvalidInput(
            "--address is for --read and --books.", "Nothing else leaves this computer."
        )
    place = port or context.settings.serve_port
    if mode in {"--token", "--new-token", "--bookmarklet"} or system:
        printed = {
            "--token": lambda: serve_token(context.folders),
            "--new-token": lambda: serve_token(context.folders, is_new=True),
            "--bookmarklet": lambda: bookmarklet(place),
        }.get(mode, lambda: _unit(system or "", context.library_folder))()
        key = mode.removeprefix("--") or "unit"
        console.echo_json({key: printed}) if as_json else console.echo(printed)
    elif mode in {"--read", "--web"}:
        serve_pages(context, mode, port, address)
    else:
        report = partial(_print, as_json=as_json)
        serve_token(context.folders)  # which is wanted soon; so its problems are told now
        if mode:
            serve_books(context, report, port, address)
            return
        captures = Captures(context.library, report, context.fetch_options)
        server = _server(context, captures, place, hosts)
        tell = partial(_tell_start, f"http://{LOOPBACK_ADDRESS}:{place}")
        context.run(until_ended(open_server(server, port=place), tell, captures.work))


def _tell_start(where: str) -> None:
    console.tell(f"Waiting for pages at {where}  (Ctrl-C ends it)")
    console.tell(f"SingleFile needs {where}{SINGLEFILE_PATH}")
    console.tell("and the token, which is printed by: annotator serve --token")
    console.tell(f"A bookmark instead of it: {where}/clip")


def _server(context: CliContext, captures: Captures, port: int, hosts: Sequence[str]) -> HttpServer:
    checks = RequestChecks(port, lambda: serve_token(context.folders), allowed=hosts)
    taking = CaptureRoutes(captures)
    form = Route("POST", SINGLEFILE_PATH, taking.singlefile, takes=MAX_BODY)
    others = (*wallabag_routes(taking, checks), *clip_routes(taking, checks, port))
    return HttpServer((form, *others), checks, tell=_tell_refusal)


def _unit(system: str, library: Path) -> str:
    """Return a file with which a system starts the server for its user."""
    words = [sys.executable, "-m", "annotator", "--library", str(library), "serve"]
    if system == "systemd":
        signs = str.maketrans({"\\": r"\\", '"': r"\"", "%": "%%", "$": "$$"})
        command = " ".join(f'"{word.translate(signs)}"' for word in words)
    else:
        command = "".join(f"<string>{escape(word)}</string>" for word in words)
    template = get_data("annotator.serve", UNITS[system]) or b""
    return template.decode().replace("COMMAND", command).rstrip("\n")


def _print(attempt: Attempt, *, as_json: bool) -> None:
    if as_json:
        console.echo_json(attempt_to_json(attempt))
    elif attempt.added and attempt.added.outcome == "unchanged":  # which is no news, so one line
        record = attempt.added.record
        print_outcome("unchanged", record.id, f"{record.title}  {record.url}".strip())
    else:
        print_attempt(attempt, is_one_of_many=True)
    streams.flush()  # a log or another program reads it as it comes


def _tell_refusal(request: Incoming | None, refused: Refused) -> None:
    asked = f"{request.method} {request.path}" if request else "A request"
    origin = f" from {request.field('origin')}" if request and request.field("origin") else ""
    about = f" {clean_line(refused.page)}:" if refused.page else ""
    console.tell(f"{asked}{origin} refused ({refused.status}):{about} {refused.sentence}")
