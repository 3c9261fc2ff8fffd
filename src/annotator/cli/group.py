"""The command `annotator`, its help, and the list of its subcommands.

A subcommand's module is imported when the subcommand is called. What click
does not understand becomes an error of this program.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, cast

import click

from annotator import __version__
from annotator.cli.context import CliContext
from annotator.cli.log import log_to_file
from annotator.cli.output import console, streams
from annotator.errors import AnnotatorError, InvalidInput, did_you_mean
from annotator.fastpath.start import PLAIN_VARIABLE
from annotator.model.text import clean_line
from annotator.registry import load_part

PROGRAM = "annotator"
USUAL: Final[Mapping[str, Any]] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

# The module of each command and its line in the help, in groups and in the order of use.
GROUPS: dict[str, dict[str, tuple[str, str]]] = {}
_OF_THE_PROGRAM = {"--library": "--library DIR", "--debug": "--debug"}  # before the command
for _line in Path(__file__).with_name("commands.tsv").read_text("utf-8").splitlines():
    _title, _name, _module, _summary = _line.split("\t")
    GROUPS.setdefault(_title, {})[_name] = _module, _summary
COMMANDS = {name: entry for group in GROUPS.values() for name, entry in group.items()}

HELP = """Read web articles in a terminal, mark what they claim, and keep them for good.

Without a command it opens the library: all your articles, to read and to mark.

\b
annotator read https://example.org/story   read a page and keep it
annotator mark 3f2a "the exact words"      mark a claim in it
annotator claims status:open               find your claims again
annotator export --to ~/vault              take them elsewhere
"""

# What each exit code means: its words in errors as JSON, in short, and in full.
EXIT_CODES: dict[int, tuple[str, str, str]] = {}
for _line in Path(__file__).with_name("exit_codes.tsv").read_text("utf-8").splitlines():
    _code, _words_of_it, _short, _in_full = _line.split("\t")
    EXIT_CODES[int(_code)] = _words_of_it, _short, _in_full
_CODES = ", ".join(f"{code} {short}" for code, (_, short, _) in EXIT_CODES.items())
EPILOG = f"Exit codes: {_CODES}."


def load_command(name: str) -> click.Command:
    """Return a command, whose module is imported now."""
    module = f"annotator.cli.commands.{COMMANDS[name][0]}"
    return cast("click.Command", load_part(f"{module}:{name.replace('-', '_')}_command"))


class CommandGroup(click.Group):
    """A command with commands below it."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command called `args[0]`, or suggest one that may have been meant."""
        names, name = self.list_commands(ctx), clean_line(args[0])
        if name == "help" and name not in names:
            if not args[1:]:
                console.echo(ctx.get_help())
                ctx.exit()
            return self.resolve_command(ctx, [*args[1:], "--help"])
        if args[0] not in names:
            ctx.fail(f"Unknown command “{name}”.{self.hint(name) or did_you_mean(name, names)}")
        return super().resolve_command(ctx, args)

    def hint(self, name: str) -> str:
        """Return a hint about an unknown name: all commands, unless one is like it."""
        return "" if did_you_mean(name, self.commands) else f" Choose {', '.join(self.commands)}."


class LazyGroup(CommandGroup):
    """A group whose commands are imported when they are called."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name; in its module it is called `NAME_command`."""
        return load_command(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands in their groups, without importing any."""
        width = max(map(len, COMMANDS))
        for title, commands in GROUPS.items():
            with formatter.section(title):
                formatter.write_dl(
                    [(name.ljust(width), summary) for name, (_, summary) in commands.items()]
                )

    def hint(self, name: str) -> str:
        """Return how to read a word that is not a command, if it looks like a source."""
        is_source = "/" in name or "." in name or name == "-"
        return f" To read it: annotator read {name}" if is_source else ""


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    help=HELP,
    epilog=EPILOG,
    context_settings=USUAL,
)
@click.option(
    "--library",
    "folder",
    type=click.Path(file_okay=False),
    metavar="DIR",
    envvar="ANNOTATOR_LIBRARY",
    help="Use the library in this folder (default: $ANNOTATOR_LIBRARY).",
)
@click.option(
    "--plain",
    "is_plain",
    is_flag=True,
    help="Draw nothing: everything is lines of text, for screen readers. "
    f"{PLAIN_VARIABLE}=1 does it for good.",
)
@click.option(
    "--debug", "is_debug", is_flag=True, help="Write what the program does to its log file."
)
@click.version_option(__version__, "-V", "--version", message="%(prog)s %(version)s")
@click.pass_context
def annotator(ctx: click.Context, folder: str | None, *, is_plain: bool, is_debug: bool) -> None:
    """Open the library, or run the command that is called."""
    if is_plain:
        os.environ[PLAIN_VARIABLE] = "1"
        ctx.default_map = {"read": {"is_plain": True}}
    if is_debug:
        console.tell(f"Logging to {log_to_file(is_debug=True)}")
    ctx.obj = context = CliContext(folder)
    ctx.call_on_close(context.close)
    if ctx.invoked_subcommand is not None:
        return
    if not (is_plain or streams.is_in_tab() or console.is_terminal()):
        load_command("list").main([], PROGRAM, obj=context, standalone_mode=False)
        return
    from annotator.cli.launch import run_screens  # other commands do without it

    ctx.exit(run_screens(context))


def call() -> int:
    """Run the command in `sys.argv`, and return its exit code."""
    try:
        code = annotator.main(prog_name=PROGRAM, standalone_mode=False)
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        console.complain(usage_error(error, PROGRAM))
        return error.exit_code
    return code if isinstance(code, int) else 0


def usage_error(error: click.ClickException, program: str) -> AnnotatorError:
    """Return what click found wrong as an error of this program."""
    return InvalidInput(_words(error), _hint(error, program))


def _words(error: click.ClickException) -> str:
    told = _quoted(error.message)
    if isinstance(error, click.NoSuchOption):
        name, context = clean_line(error.option_name), error.ctx
        known = (
            [option for param in context.command.params for option in param.opts] if context else []
        )
        return f"Unknown option {name}.{did_you_mean(name, known)}"
    if isinstance(error, click.BadOptionUsage):  # its value is missing, or not wanted
        wants = "needs a value" if "requires" in told else "takes no value"
        return f"{clean_line(error.option_name)} {wants}."
    if isinstance(error, click.BadParameter) and error.param:
        return _of_value(error, error.param, told)
    extra = told.removeprefix("Got unexpected extra argument").removeprefix("s")
    return f"Unexpected{extra.replace('(', '“').replace(')', '”')}." if extra != told else told


def _of_value(error: click.BadParameter, param: click.Parameter, told: str) -> str:
    """Return what is wrong with the value of an option or argument."""
    is_option = isinstance(param, click.Option)
    name = max(param.opts, key=len) if is_option else param.human_readable_name.strip(".[]")
    choices = (
        f" Choose one of: {', '.join(map(str, param.type.choices))}."
        if isinstance(param.type, click.Choice)
        else ""
    )
    if isinstance(error, click.MissingParameter):
        return f"{name} is missing.{choices}"
    if choices:
        return f"Unknown {name}: {told.rpartition(' is not one of ')[0]}.{choices}"
    if isinstance(param.type, click.IntRange):
        least, most = param.type.min, param.type.max
        room = f"from {least} to {most}" if most is not None else f"of at least {least}"
        return f"{name} must be a whole number {room}."
    return told


def _quoted(told: str) -> str:
    """Return a sentence of click with the words and quotation marks of this program."""
    told = re.sub(r"'([^']*)'", r"“\1”", told)
    return re.sub("^(File|Directory|Path) (?=“)", "", told).replace(" directory", " folder")


def _hint(error: click.ClickException, program: str) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        return ""
    if isinstance(error, click.NoSuchOption) and error.option_name in _OF_THE_PROGRAM:
        option = _OF_THE_PROGRAM[error.option_name]
        return f"Put it before the command: {program} {option} {context.info_name}"
    return f"See {context.command_path} --help"
