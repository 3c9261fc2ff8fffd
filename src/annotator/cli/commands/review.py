"""`annotator review`: today's round of the daily review, and answers to its marks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

import click

from annotator.cli.completing import complete_mark
from annotator.cli.output import console
from annotator.cli.output.marks import print_heading, print_note, to_json
from annotator.cli.params import json_option
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


class _Given(NamedTuple):
    """An answer on the command line."""

    mark_id: str
    answer: Answer


@click.command("review")
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
@json_option
@click.pass_obj
def review_command(
    context: CliContext,
    *,
    given: Sequence[str],
    size: int | None,
    is_extra: bool,
    as_json: bool,
) -> None:
    """List the marks of today's review, or answer them with --done.

    A small round of marks that you made some time ago: open claims first, then
    others, then highlights. After “good” a mark comes up again after a longer time,
    after “again” or “later” tomorrow. Days are those of this computer's time zone.

    For what you marked this week: annotator notes marked:week
    """
    answers = [_parsed(each) for each in given]
    now = datetime.now(UTC)
    marks = [named_mark(context.library, each.mark_id) for each in answers]  # all, or no answer
    answered = [
        answer(context.library, mark, each.answer, now=now)
        for mark, each in zip(marks, answers, strict=True)
    ]
    context.remember(*answered)
    if answered and not as_json:
        _print_answers(answered)
        return
    wanted = size or context.settings.daily_marks
    found = todays_round(context.library, now=now, size=wanted, is_extra=is_extra)
    if as_json:
        console.echo_json(_to_json(context, found, answered))
    else:
        _print(context, found)


def _parsed(given: str) -> _Given:
    mark_id, sign, name = given.partition("=")
    wanted = name.strip().casefold() if sign else "good"
    for each in ANSWERS:
        if each == wanted:
            return _Given(mark_id, each)
    raise InvalidInput(
        f"Unknown answer “{name}”.", f"Choose one of: {', '.join(ANSWERS)}; such as --done ID=again"
    )


def _print_answers(answered: Sequence[Answered]) -> None:
    for each in answered:
        name, due = each.answer, each.after.due.isoformat()
        if console.is_terminal():
            quote = " ".join(each.annotation.quote.split())
            console.echo(f"{each.name}: “{quote}” comes up again on {long_date(due)}.")
        else:
            console.echo_fields(name, each.annotation.id, due)


def _print(context: CliContext, found: DailyRound) -> None:
    for number, each in enumerate(found.marks):
        if console.is_terminal():
            if number:
                console.echo()
            print_heading(each.marked)
        print_note(each.marked, context.settings)
    if found.marks:
        done = f", {found.done:,} done" if found.done else ""
        console.tell(f"{count(len(found.marks), 'mark')} left today{done}.")
        console.tell("Answer with: annotator review --done ID, or ID=again, or ID=later")
    else:
        console.tell(DONE if found.done else NOTHING_DUE)


def _to_json(
    context: CliContext, found: DailyRound, answered: Sequence[Answered]
) -> Mapping[str, object]:
    where = places(context.library, [each.marked for each in found.marks])
    return {
        "done": found.done,
        "marks": [
            {**to_json(each.marked, where[each.marked.annotation.id]), "review": _review(each)}
            for each in found.marks
        ],
        "answered": [
            {"id": each.annotation.id, "answer": each.answer, "due": each.after.due}
            for each in answered
        ],
    }


def _review(mark: DailyMark) -> Mapping[str, object] | None:
    """Return when a mark was reviewed and due; None for one that never was in a round."""
    reviewed = mark.reviewed
    return {"seen": reviewed.seen, "due": reviewed.due, "step": reviewed.step} if reviewed else None
