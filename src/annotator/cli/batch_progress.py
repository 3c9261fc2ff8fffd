"""Edits of many marks on the command line: how far they are, and what Ctrl+C does to them."""

import signal
from types import FrameType
from typing import Self

from annotator.cli.output import console
from annotator.model.labels import count


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
