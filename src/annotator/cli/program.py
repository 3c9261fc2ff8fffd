"""The way in and the way out: every error becomes words and an exit code, none a traceback."""

import gc
import os
import sys
from collections.abc import Callable
from contextlib import closing

from annotator.cli import INTERRUPTED
from annotator.cli.context import Workspace
from annotator.cli.output import console, streams
from annotator.errors import AnnotatorError
from annotator.fastpath import start
from annotator.model.text import clean_line

UNCOLLECTED = 50_000  # objects; a list makes many and leaves no rings of them behind
UNFORESEEN = 70  # EX_SOFTWARE of sysexits.h


def run() -> int:
    """Run the command line, and return its exit code."""
    streams.prepare()
    gc.set_threshold(UNCOLLECTED)
    gc.enable()
    code = _reported(_run)
    return _reported(_flush) or code


def _reported(action: Callable[[], int]) -> int:
    try:
        return action()
    except KeyboardInterrupt:
        console.clear_progress()
        return INTERRUPTED
    except AnnotatorError as error:
        console.complain(error)
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - the one place that reports what nobody foresaw
        return _complain_of_ourselves(error)


def _run() -> int:
    folder, source = start.asked(sys.argv[1:], os.environ)
    if source:  # the command of every day, which needs no parser of options
        from annotator.cli.launch import read

        with closing(Workspace(folder or None)) as workspace:
            return read(workspace, source)
    from annotator.cli.group import call

    return call()


def _flush() -> int:
    streams.flush()
    return 0


def _complain_of_ourselves(error: Exception) -> int:
    from annotator.cli.log import write_report

    report = write_report(error)
    where = f"The details are in {report}." if report else "The details could not be written down."
    what = clean_line(repr(error))
    console.tell(console.Styled("Error:", "alarm"), f" annotator itself failed: {what}. {where}")
    return UNFORESEEN
