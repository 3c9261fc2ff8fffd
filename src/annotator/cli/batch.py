"""Work on many marks or articles: asked about before, for a query may match too much.

It tells how far it is, and ends where Ctrl+C wants it to.
"""

import signal
import sys
from collections import Counter
from collections.abc import Callable
from types import FrameType
from typing import Generic, Self, TypeVar

import click

from annotator.cli.output import console, streams
from annotator.errors import InvalidInput
from annotator.model.labels import count

Attempt = TypeVar("Attempt")

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


class AttemptReport(Generic[Attempt]):
    """Tells what became of many articles, one after another, and counts them at the end.

    `verb` is what is done, such as `Adding`, `tell` prints an attempt, and `outcome` is a word
    for it. With `to_json`, all of them are printed as JSON at the end.
    """

    def __init__(
        self,
        verb: str,
        total: int,
        *,
        tell: Callable[[Attempt], None],
        outcome: Callable[[Attempt], str],
        to_json: Callable[[Attempt], object] | None,
    ) -> None:
        self.done: list[Attempt] = []
        self._total = total
        self._tell = tell
        self._outcome = outcome
        self._to_json = to_json
        if total:
            console.show_progress(f"{verb} {total} …" if total > 1 else f"{verb} …")

    def __call__(self, attempt: Attempt) -> None:
        """Tell an attempt that is done, and how many are."""
        self.done.append(attempt)
        self._tell(attempt)
        if len(self.done) < self._total:
            console.show_progress(f"{len(self.done)} of {self._total} …")

    def tell_end(self) -> None:
        """Print what was done as JSON, or count it, with what is left if the user stopped it."""
        console.clear_progress()
        if self._to_json is not None:
            console.echo_json([*map(self._to_json, self.done)])
            return
        left = self._total - len(self.done)
        counts = Counter(map(self._outcome, self.done)).most_common()
        told = [f"{number:,} {outcome}" for outcome, number in counts]
        told += [f"{left:,} not done"] if left else []
        console.tell(f"{'Stopped: ' if left else ''}{', '.join(told)}.")


def has_consent(change: str, *, is_sure: bool) -> bool:
    """Return whether the user wants a change, such as `delete 3 marks`.

    They say so with --yes, or on a terminal when they are asked. Raises `InvalidInput` where
    nobody can answer, so that a script never waits.
    """
    if is_sure:
        return True
    if console.is_session():
        typed = console.ask(f"{change[0].upper()}{change[1:]}? Type yes to do it: ") or ""
        if typed.lower() in ("y", "yes"):
            return True
        console.tell("Nothing was changed.")
        return False
    if not (streams.is_terminal(sys.stdin) and streams.is_terminal(sys.stderr)):
        raise InvalidInput(
            f"This would {change}. Nothing was changed.", "If you mean it, add --yes."
        )
    console.clear_progress()
    if click.confirm(f"{change[0].upper()}{change[1:]}?", err=True):
        return True
    console.tell("Nothing was changed.")
    return False
