"""The command line: one module a command; standard output is data, all else is on standard error.

Commands import what is heavy inside their functions, so that listing costs
neither the screens nor the network nor the parser.
"""

import gc
import os
import sys

from annotator.fastpath import start, terminal

INTERRUPTED = 130  # what shells report of a program that Ctrl-C ended


def main() -> int:
    """Run the command line, and return its exit code.

    What it is asked to show may be on the screen before the rest is imported.
    """
    try:
        start.paint(sys.argv[1:], os.environ)
        gc.disable()  # what is imported stays
        from annotator.cli.program import run

        return run()
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        terminal.leave()
        gc.freeze()  # so that Python, ending, does not look for rings in all that was imported
