"""The options `--statement`, `--speaker` and so on: one for each detail of a claim."""

from collections.abc import Callable, Mapping
from datetime import datetime

import click

from annotator.cli.completing import complete_speaker, names_from
from annotator.cli.output import console
from annotator.model import CLAIM_FIELDS, Claim, ClaimField
from annotator.model.dates import is_future

Command = Callable[..., object]

_HELP = {
    "statement": "The claim in your own words.",
    "speaker": "Who said it.",
    "said_on": "When: a day, a month or a year.",
    "type": "Kind of statement",
    "status": "Result of checking it",
    "confidence": "How sure you are",
    "verdict": "What you found.",
}


def claim_options(command: Command) -> Command:
    """Give a command an option for each field of a claim; None where it was not given."""
    for field in reversed(CLAIM_FIELDS):
        command = _option(field)(command)
    return command


def given(values: Mapping[str, str | None]) -> dict[str, str]:
    """Return the values of the options that were given, by the names of fields."""
    return {name: value for name, value in values.items() if value is not None}


def tell_future(values: Mapping[str, str]) -> None:
    """Say so if the date is in the future, as the form for a claim does: it is often a slip."""
    said_on = Claim().with_values(values).said_on
    if is_future(said_on, datetime.now().astimezone().date()):
        console.tell(f"Note: {said_on} is in the future.")


def _option(field: ClaimField) -> Callable[[Command], Command]:
    is_speaker = field.name == "speaker"
    complete = complete_speaker if is_speaker else names_from(lambda: field.choices)
    text = _HELP.get(field.name, f"{field.label}.")
    return click.option(
        f"--{'date' if field.is_date else field.key}",
        field.name,
        metavar="YYYY-MM-DD" if field.is_date else field.label.upper(),
        shell_complete=complete,
        help=f"{text}: {', '.join(field.choices)}." if field.choices else text,
    )
