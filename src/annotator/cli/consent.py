"""Asking before much is changed by a query, which may match more than was meant."""

import sys

import click

from annotator.cli.output import console, streams
from annotator.errors import InvalidInput

DECLINED = 1  # the exit code if the user says no


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
