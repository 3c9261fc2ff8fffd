"""Starts the processes that clean pages.

A command that is certain to clean a page starts one first of all, so that the
process loads the parser while the program itself is being imported. Therefore
this module imports nothing but the standard library.
"""

import atexit
import os
import sys
from contextlib import suppress
from subprocess import DEVNULL, PIPE, Popen

# A worker starts without `site`, because it gets the import path as arguments, and without
# garbage collection, because imports leave no garbage. Together they take a tenth of the start.
_START = (
    "import gc, sys; gc.disable(); sys.path[:] = sys.argv[1:]; "
    "from annotator.usecases.sandbox.worker import main; main()"
)
_ENVIRONMENT = ("LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
# The model of the extra `meaning` would take all processors, and memory for a thread on each.
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
_SOURCE = __file__.rsplit(os.sep, 4)[0]  # the folder that holds the package

_waiting: list["Popen[bytes]"] = []  # started ahead, at most one


def start_ahead() -> None:
    """Start a process for the first page; `take` returns it, or it ends with the program."""
    if _waiting:
        return
    with suppress(OSError):  # which happens again, and is reported, when the process is needed
        _waiting.append(_start())


def take() -> "Popen[bytes]":
    """Return the process that was started ahead, or a new one. Raises `OSError`."""
    return _waiting.pop() if _waiting else _start()


def end(process: "Popen[bytes]") -> None:
    """End a process at once, whatever it does, and close its pipes."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()


def command() -> list[str]:
    """Return the command line of a worker."""
    path = list(filter(None, sys.path))
    if _SOURCE not in path:  # as when an import hook of an editable installation found it
        path.append(_SOURCE)
    return [sys.executable, "-I", "-S", "-c", _START, *path]


def _start() -> "Popen[bytes]":
    """Start a process with nothing of the program but the import path and the language.

    In a session of its own it does not get the terminal's Ctrl-C, which ends
    the program, and with it this process.
    """
    return Popen(  # noqa: S603 - it runs this program's own interpreter
        command(),
        bufsize=0,
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ} | _ONE_THREAD,
        start_new_session=True,
    )


@atexit.register
def _end_waiting() -> None:
    for process in _waiting:
        end(process)
    _waiting.clear()
