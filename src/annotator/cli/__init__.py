"""The command line. Data goes to standard output, everything else to standard error.

Commands import slow modules inside their functions, so that listing articles
loads neither the screens nor the network client nor the parser.
"""

import gc
import os
import sys

if sys.platform == "win32":  # there are no terminals, locks and limits of POSIX
    sys.exit(
        "annotator runs on Linux and macOS. "
        "On Windows, install it in the Windows Subsystem for Linux (WSL)."
    )

from annotator.fastpath import start, terminal

INTERRUPTED = 130  # the exit code that shells give to a program that Ctrl-C ended


def main() -> int:
    """Run the command line, and return its exit code.

    An article that was read before is on the screen before the rest is imported.
    A process that cleans a page loads the parser meanwhile.
    """
    try:
        start.choose_plain(os.environ)
        start.paint(sys.argv[1:], os.environ)
        if start.cleans_page(sys.argv[1:]):
            from annotator.usecases.sandbox.spawn import start_ahead  # others do without it

            start_ahead()
        gc.disable()  # imported modules stay
        from annotator.cli.program import run

        return run()
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        terminal.leave()
        gc.freeze()  # so that Python does not search all modules for cycles when it exits
