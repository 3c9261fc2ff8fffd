"""`annotator mcp`: let programs such as language models read the library."""

import sys
from io import BytesIO

import click

from annotator.agents.answers import ABOUT, ABOUT_PROPOSING, PROPOSE, AgentScope, Tools
from annotator.agents.call_log import CallLog, LoggedCall, as_line
from annotator.agents.protocol import Json, serve
from annotator.cli.completing import complete_query
from annotator.cli.context import CliContext
from annotator.cli.output import console
from annotator.cli.output.tables import print_rows
from annotator.cli.params import Command
from annotator.model.query_parser import parse


@click.command("mcp", cls=Command)
@click.option(
    "--articles",
    "query",
    default="",
    metavar="QUERY",
    shell_complete=complete_query,
    help="Only show articles that match, such as tag:story/harbour.",
)
@click.option("--without-notes", is_flag=True, help="Leave your notes out.")
@click.option(
    "--allow",
    type=click.Choice([PROPOSE]),
    help="Let the program propose marks, which wait until you take or dismiss them.",
)
@click.option(
    "--by", default="", metavar="NAME", help="Call it so in what it proposes, and not as it says."
)
@click.option("--log", "is_log", is_flag=True, help="Print what programs asked in 90 days.")
def mcp_command(
    context: CliContext,
    *,
    query: str,
    without_notes: bool,
    allow: str | None,
    by: str,
    is_log: bool,
    as_json: bool,
) -> None:
    """Let a program read your library, by the Model Context Protocol.

    Programs such as language models start this command themselves and talk to it
    over its standard input and output. They can search, and read articles, marks
    and evidence. They cannot change anything, and nothing is fetched or sent.

    With `--allow propose` they can also propose marks. Their words must be in the
    article exactly once; they wait, and are no marks, until you take them:
    annotator proposals
    """
    log = CallLog(context.folders.state / "mcp.jsonl")
    if is_log:
        calls = list(log.calls())
        values = calls if as_json else None
        print_rows(
            [as_line(call) for call in calls], json=values, empty="No program has asked yet."
        )
        return
    if sys.stdin is None or sys.stdin.isatty():
        console.tell("A program starts this command and talks to it. End it with Ctrl+C.")
    log.prune(context.now)

    def tell(client: str, tool: str, arguments: Json, rows: int) -> None:
        log.add(LoggedCall(context.now, client, tool, arguments, rows))

    scope, at = (
        AgentScope(parse(query), not without_notes),
        (lambda: context.now) if allow else None,
    )
    tools = Tools(context.library, scope, tell, at=at, by=by)
    source = sys.stdin.buffer if sys.stdin is not None else BytesIO()
    serve(source, sys.stdout.buffer, tools.table(), ABOUT_PROPOSING if allow else ABOUT)
