"""The options and commands as they are typed, and what is said where they are not understood."""

import click

from annotator.cli import output
from annotator.cli.group import annotator
from annotator.errors import AnnotatorError

PROGRAM = "annotator"


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
    output.complain(AnnotatorError(error.format_message(), _hint(error)))
    return error.exit_code


def _hint(error: click.ClickException) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        return ""
    if isinstance(error, click.NoSuchOption) and error.option_name == "--library":
        return f"Put it before the command: {PROGRAM} --library DIR {context.info_name}"
    return f"See {context.command_path} --help"
