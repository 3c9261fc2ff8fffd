"""Runs a command and turns every error into a message and an exit code."""

import gc
import os
import sys
from collections.abc import Callable
from contextlib import closing

from annotator import model
from annotator.cli import INTERRUPTED
from annotator.cli.context import CliContext
from annotator.cli.log import write_report
from annotator.cli.output import console, streams
from annotator.errors import AnnotatorError, ProgramCrashed
from annotator.fastpath import start
from annotator.model.text import clean_line

GC_THRESHOLD = 50_000  # objects; a list makes many and leaves no cycles behind


def run() -> int:
    """Run the command line, and return its exit code."""
    streams.prepare()
    gc.set_threshold(GC_THRESHOLD)
    gc.enable()
    code = _report_errors(_run_command)
    return _report_errors(_flush) or code


def _report_errors(action: Callable[[], int]) -> int:
    try:
        return action()
    except KeyboardInterrupt:
        console.clear_progress()
        return INTERRUPTED
    except AnnotatorError as error:
        console.complain(error)
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - the one place that reports what was not foreseen
        return _report_crash(error)


def _run_command() -> int:
    folder, source = start.asked(sys.argv[1:], os.environ)
    if source:  # the most frequent command needs no parser of options
        from annotator.cli.launch import read

        with closing(CliContext(folder or None)) as context:
            return read(context, source)
    from annotator.cli.group import call  # which loads the parser of options

    return call()


def _flush() -> int:
    streams.flush()
    return 0


def _report_crash(error: Exception) -> int:
    report = write_report(error)
    where = f"The details are in {report}." if report else "The details could not be saved."
    what = clean_line(model.secrets.without_secrets(repr(error)))
    crash = ProgramCrashed(f"annotator crashed: {what}. {where}")
    console.complain(crash)
    return crash.exit_code
