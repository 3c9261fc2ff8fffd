"""`annotator review`: today's round of the daily review, and answers to its marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from annotator.cli.completing import complete_mark
from annotator.cli.output import console
from annotator.cli.output.marks import print_notes, to_json
from annotator.cli.params import Command
from annotator.errors import InvalidInput
from annotator.model.daily_round import ANSWERS, MAX_SIZE
from annotator.model.labels import count, long_date
from annotator.usecases.marks.daily import answer, todays_round
from annotator.usecases.queries.search import places
from annotator.usecases.queries.selection import named_mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.cli.context import CliContext
    from annotator.model.daily_round import Answer
    from annotator.usecases.marks.daily import Answered, DailyMark, DailyRound

NOTHING_DUE = "No mark is due today. A new mark first comes up on the day after it was made."
DONE = "Done for today. `annotator review --more` shows another round."


@click.command("review", cls=Command)
@click.option(
    "--done",
    "given",
    multiple=True,
    metavar="ID[=ANSWER]",
    shell_complete=complete_mark,
    help="Answer a mark: good, which is usual, again or later. Can be repeated.",
)
@click.option(
    "--count",
    "size",
    type=click.IntRange(1, MAX_SIZE),
    metavar="NUMBER",
    help="Marks in a round (default: daily_marks in the settings).",
)
@click.option("--more", "is_extra", is_flag=True, help="Show another round after today's.")
def review_command(
    context: CliContext, *, given: Sequence[str], size: int | None, is_extra: bool, as_json: bool
) -> None:
    """List the marks of today's review, or answer them with --done.

    A small round of marks that you made some time ago: open claims first, then
    others, then highlights. After “good” a mark comes up again after a longer time,
    after “again” or “later” tomorrow. Days are those of this computer's time zone.

    For what you marked this week: annotator notes marked:week
    """
    answers = [_parsed(text) for text in given]
    now = context.now
    marks = [named_mark(context.library, mark_id) for mark_id, _ in answers]  # all, or no answer
    answered = [
        answer(context.library, mark, name, now=now)
        for mark, (_, name) in zip(marks, answers, strict=True)
    ]
    context.remember(*answered)
    if answered and not as_json:
        _print_answers(answered)
        return
    wanted = size or context.settings.daily_marks
    todays = todays_round(context.library, now=now, size=wanted, is_extra=is_extra)
    if as_json:
        console.echo_json(_to_json(context, todays, answered))
    else:
        _print(context, todays)


def _parsed(given: str) -> tuple[str, Answer]:
    """Return the id of a mark, and the answer to it."""
    mark_id, sign, name = given.partition("=")
    wanted = name.strip().casefold() if sign else "good"
    for known in ANSWERS:
        if known == wanted:
            return mark_id, known
    raise InvalidInput(
        f"Unknown answer “{name}”.",
        f"Choose one of: {', '.join(ANSWERS)}; such as --done ID=again.",
    )


def _print_answers(answered: Sequence[Answered]) -> None:
    for answered_mark in answered:
        name, due = answered_mark.answer, answered_mark.after.due.isoformat()
        if console.is_terminal():
            quote = " ".join(answered_mark.annotation.quote.split())
            console.echo(f"{answered_mark.name}: “{quote}” comes up again on {long_date(due)}.")
        else:
            console.echo_fields(name, answered_mark.annotation.id, due)


def _print(context: CliContext, todays: DailyRound) -> None:
    print_notes((daily.marked for daily in todays.marks), context.settings)
    if todays.marks:
        done = f", {todays.done:,} done" if todays.done else ""
        console.tell(f"{count(len(todays.marks), 'mark')} left today{done}.")
        console.tell("Answer with: annotator review --done ID, or ID=again, or ID=later")
    else:
        console.tell(DONE if todays.done else NOTHING_DUE)


def _to_json(
    context: CliContext, todays: DailyRound, answered: Sequence[Answered]
) -> Mapping[str, object]:
    where = places(context.library, [mark.marked for mark in todays.marks])
    return {
        "done": todays.done,
        "marks": [
            {**to_json(mark.marked, where[mark.marked.annotation.id]), "review": _review(mark)}
            for mark in todays.marks
        ],
        "answered": [
            {"id": answer.annotation.id, "answer": answer.answer, "due": answer.after.due}
            for answer in answered
        ],
    }


def _review(mark: DailyMark) -> Mapping[str, object] | None:
    """Return when a mark was reviewed and due; None for one that never was in a round."""
    return console.attributes(mark.reviewed, "seen due step") if mark.reviewed else None
