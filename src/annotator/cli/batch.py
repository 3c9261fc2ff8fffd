"""Edits of many marks on the command line: asked about before, for a query may match too much.

They tell how far they are, and end where Ctrl+C wants them to.
"""

import signal
import sys
from types import FrameType
from typing import Self

import click

from annotator.cli.output import console, streams
from annotator.errors import InvalidInput
from annotator.model.labels import count

DECLINED = 1  # the exit code if the user says no


class BatchProgress:
    """Shows how far an edit is. Ctrl+C ends it after the article that is being written.

    What is printed inside of the `with` is printed all the same, so that the user learns what
    was done; then the program ends as one that was interrupted. A second Ctrl+C ends it at once.
    """

    def __init__(self) -> None:
        self.is_stopped = False
        self._is_unwanted = False
        self._usual = signal.getsignal(signal.SIGINT)

    def __enter__(self) -> Self:
        """Take Ctrl+C, unless the program is deaf to it."""
        if self._usual is not signal.SIG_IGN:
            signal.signal(signal.SIGINT, self._interrupt)
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """Give Ctrl+C back, and end the program if the edit was stopped."""
        signal.signal(signal.SIGINT, self._usual)
        if self.is_stopped and kind is None:
            console.tell("Stopped; the others are as they were.")
            raise KeyboardInterrupt

    def __call__(self, done: int, total: int) -> bool:
        """Show the progress, and return whether to go on."""
        if self._is_unwanted and done < total:
            self.is_stopped = True
        elif total > 1:
            console.show_progress(f"{done:,} of {count(total, 'article')} …")
        return not self.is_stopped

    def _interrupt(self, _signal: int, _frame: FrameType | None) -> None:
        self._is_unwanted = True
        signal.signal(signal.SIGINT, signal.default_int_handler)


def has_consent(change: str, *, is_sure: bool) -> bool:
    """Return whether the user wants a change, such as `delete 3 marks`.

    They say so with --yes, or on a terminal when they are asked. Raises `InvalidInput` where
    nobody can answer, so that a script never waits.
    """
    if is_sure:
        return True
    if not (streams.is_terminal(sys.stdin) and streams.is_terminal(sys.stderr)):
        raise InvalidInput(
            f"This would {change}. Nothing was changed.", "If you mean it, add --yes."
        )
    console.clear_progress()
    if click.confirm(f"{change[0].upper()}{change[1:]}?", err=True):
        return True
    console.tell("Nothing was changed.")
    return False
