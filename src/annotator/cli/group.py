"""The command `annotator` and the list of its commands, each imported when it is called."""

from importlib import import_module
from pathlib import Path
from typing import cast

import click

from annotator import __version__
from annotator.cli.workspace import Workspace

# In the order of a person's work, which is that of the help.
COMMANDS = {
    "add": "annotator.cli.add",
    "read": "annotator.cli.read",
    "list": "annotator.cli.listing",
    "show": "annotator.cli.show",
    "mark": "annotator.cli.mark",
    "tag": "annotator.cli.tag",
    "notes": "annotator.cli.notes",
    "export": "annotator.cli.export",
    "config": "annotator.cli.config",
    "completion": "annotator.cli.completion",
}


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
        """Return the command that is meant, or say how to read what is no command but a source."""
        name = args[0]
        if name not in COMMANDS and (name == "-" or "/" in name or "." in name):
            ctx.fail(f"“{name}” is no command. To read it: annotator read {name}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--library",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    envvar="ANNOTATOR_LIBRARY",
    help="Keep everything in this folder. Also: the variable ANNOTATOR_LIBRARY.",
)
@click.version_option(__version__, "-V", "--version", message="%(prog)s %(version)s")
@click.pass_context
def annotator(ctx: click.Context, folder: Path | None) -> None:
    r"""Read the web in a terminal; mark what it claims; keep it for good.

    Without a command it opens the library: all your articles, to read and to mark.

    \b
    annotator read https://example.org/story   read a page, and keep it
    annotator mark 3f2a "the exact words"      mark a claim in it
    annotator notes --tag energy               find your marks again
    annotator export --to ~/vault              take them elsewhere
    """
    ctx.obj = workspace = Workspace(folder)
    ctx.call_on_close(workspace.close)
    if ctx.invoked_subcommand is None:
        from annotator.cli.opening import open_library

        ctx.exit(open_library(workspace))
