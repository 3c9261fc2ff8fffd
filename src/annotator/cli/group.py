"""The command `annotator` and the list of its commands, each imported when it is called."""

from importlib import import_module
from typing import cast

import click

from annotator import __version__
from annotator.cli.workspace import Workspace
from annotator.model.text import clean_line

# In the order of a person's work, which is that of the help.
COMMANDS = {
    "add": "annotator.cli.add",
    "read": "annotator.cli.read",
    "list": "annotator.cli.listing",
    "search": "annotator.cli.search",
    "show": "annotator.cli.show",
    "mark": "annotator.cli.mark",
    "tag": "annotator.cli.tag",
    "notes": "annotator.cli.notes",
    "refresh": "annotator.cli.refresh",
    "changes": "annotator.cli.changes",
    "export": "annotator.cli.export",
    "remove": "annotator.cli.remove",
    "restore": "annotator.cli.restore",
    "backup": "annotator.cli.backup",
    "restore-backup": "annotator.cli.restore_backup",
    "doctor": "annotator.cli.doctor",
    "config": "annotator.cli.config",
    "completion": "annotator.cli.completion",
}

HELP = """Read the web in a terminal; mark what it claims; keep it for good.

Without a command it opens the library: all your articles, to read and to mark.

\b
annotator read https://example.org/story   read a page, and keep it
annotator mark 3f2a "the exact words"      mark a claim in it
annotator notes --tag energy               find your marks again
annotator export --to ~/vault              take them elsewhere
"""

EPILOG = """Exit codes: 0 done, 2 not understood, 3 source not to be had, 4 not to be cleaned,
5 library, 6 export, 7 settings, 1 anything else, 70 our own fault, 130 interrupted.
"""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called, or the help lists them."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order of a person's work."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name; its module calls it `command`."""
        module = COMMANDS.get(cmd_name)
        return cast("click.Command", import_module(module).command) if module else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is meant, or say what may have been meant."""
        name = args[0]
        if name not in COMMANDS:
            ctx.fail(f"“{clean_line(name)}” is no command. {_meant(name)}".strip())
        return super().resolve_command(ctx, args)


def _meant(name: str) -> str:
    from difflib import get_close_matches

    if "/" in name or "." in name or name == "-":
        return f"To read it: annotator read {clean_line(name)}"
    likely = get_close_matches(name, COMMANDS, n=1)
    return f"Did you mean {likely[0]}?" if likely else ""


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    help=HELP,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--library",
    "folder",
    type=click.Path(file_okay=False),
    metavar="DIR",
    envvar="ANNOTATOR_LIBRARY",
    help="Keep everything in this folder. Also: the variable ANNOTATOR_LIBRARY.",
)
@click.version_option(__version__, "-V", "--version", message="%(prog)s %(version)s")
@click.pass_context
def annotator(ctx: click.Context, folder: str | None) -> None:
    """Open the library, or run the command that is called."""
    ctx.obj = workspace = Workspace(folder)
    ctx.call_on_close(workspace.close)
    if ctx.invoked_subcommand is None:
        from annotator.cli.opening import open_library

        ctx.exit(open_library(workspace))
