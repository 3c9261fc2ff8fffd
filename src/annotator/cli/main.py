"""The way in and the way out: every error becomes words and an exit code, none a traceback."""

import gc
from collections.abc import Callable

import click

from annotator.cli import output, streams
from annotator.cli.group import annotator
from annotator.errors import AnnotatorError
from annotator.model.text import clean_line

PROGRAM = "annotator"
INTERRUPTED = 130  # what shells report of a program that Ctrl-C ended
UNCOLLECTED = 50_000  # objects; a list makes many and leaves no rings of them behind
UNFORESEEN = 70  # EX_SOFTWARE of sysexits.h


def main() -> int:
    """Run the command line, and return its exit code."""
    streams.prepare()
    gc.set_threshold(UNCOLLECTED)
    code = _reported(_run)
    return _reported(_flush) or code


def _reported(action: Callable[[], int]) -> int:
    try:
        return action()
    except (KeyboardInterrupt, click.Abort):
        output.clear_progress()
        return INTERRUPTED
    except click.ClickException as error:
        return _complain_of_usage(error)
    except AnnotatorError as error:
        output.complain(error)
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - the one place that reports what nobody foresaw
        return _complain_of_ourselves(error)


def _run() -> int:
    code = annotator.main(prog_name=PROGRAM, standalone_mode=False)
    return code if isinstance(code, int) else 0


def _flush() -> int:
    streams.flush()
    return 0


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


def _complain_of_ourselves(error: Exception) -> int:
    from annotator.cli.crash import write_report

    report = write_report(error)
    where = f"The details are in {report}." if report else "The details could not be written down."
    what = clean_line(repr(error))
    output.tell(output.Styled("Error:", "alarm"), f" annotator itself failed: {what}. {where}")
    return UNFORESEEN
