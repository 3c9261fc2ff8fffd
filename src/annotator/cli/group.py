"""The command `annotator` and the list of its commands, each imported when it is called."""

from importlib import import_module
from typing import cast

import click

from annotator import __version__
from annotator.cli.context import Workspace
from annotator.cli.output import console
from annotator.errors import AnnotatorError
from annotator.model.text import clean_line

PROGRAM = "annotator"

# Each with its module and what the help says of it, in the order of a person's work.
COMMANDS = {
    "add": ("add", "Put articles into the library."),
    "read": ("read", "Read an article, and keep it in the library."),
    "list": ("list", "List the articles in the library, the latest first."),
    "search": ("search", "Search articles and marks, the best first."),
    "show": ("show", "Print an article, clean, without keeping it."),
    "mark": ("mark", "Mark a passage of an article."),
    "tag": ("tag", "Show or change the tags of an article or a mark."),
    "notes": ("notes", "List your marks with their notes and tags."),
    "refresh": ("refresh", "Ask for articles anew, and keep what changed."),
    "changes": ("changes", "Show what changed from one version to another."),
    "export": ("export", "Write articles with their marks into a folder."),
    "remove": ("trash", "Move articles with their marks to the bin."),
    "restore": ("trash", "Have an article back from the bin."),
    "backup": ("backup", "Write the whole library into one file."),
    "restore-backup": ("backup", "Put back what such a file holds."),
    "doctor": ("doctor", "Examine every file of the library; --fix mends it."),
    "config": ("config", "Change and check the settings; see where files are."),
    "completion": ("completion", "Print the completion of a shell, or install it."),
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
    """A group whose commands are imported when they are called."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order of a person's work."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name; in its module it is called `NAME_command`."""
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        function = f"{cmd_name.replace('-', '_')}_command"
        return cast(
            "click.Command", getattr(import_module(f"annotator.cli.commands.{module}"), function)
        )

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the commands do, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, said) for name, (_, said) in COMMANDS.items()])

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
        from annotator.cli.launch import open_library

        ctx.exit(open_library(workspace))


def call() -> int:
    """Run the command that the command line names, and return its exit code."""
    try:
        code = annotator.main(prog_name=PROGRAM, standalone_mode=False)
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        return _complain_of_usage(error)
    return code if isinstance(code, int) else 0


def _complain_of_usage(error: click.ClickException) -> int:
    console.complain(AnnotatorError(error.format_message(), _hint(error)))
    return error.exit_code


def _hint(error: click.ClickException) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        return ""
    if isinstance(error, click.NoSuchOption) and error.option_name == "--library":
        return f"Put it before the command: {PROGRAM} --library DIR {context.info_name}"
    return f"See {context.command_path} --help"
