"""`annotator stats`: what was read and marked over time, and by what."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from annotator.cli.output import console
from annotator.cli.output.console import attributes
from annotator.cli.output.tables import cells, cut, print_wrapped
from annotator.cli.params import Command
from annotator.model.labels import MONTHS, STATUS_GLYPHS, bar, count, long_date, period_title
from annotator.model.periods import PERIODS
from annotator.usecases.queries.statistics import statistics

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from annotator.cli.context import CliContext
    from annotator.model.periods import PeriodName, Step
    from annotator.store import Uses
    from annotator.usecases.queries.statistics import Bucket, Statistics

EMPTY = "The library is empty. Add an article with: annotator add https://…"

_OF_ARTICLES_TOO = frozenset({"tag", "site"})  # what an article has, not only its marks

_NUMBERS = "added finished marked"
MOST_NAMES = 10
LABEL_CELLS = 28  # wider names leave no room for the bars
BAR_CELLS = 40


@click.command("stats", cls=Command)
@click.option(
    "--period",
    type=click.Choice(PERIODS),
    default="month",
    show_default=True,
    help="The last 7 days, 30 days, 13 weeks or 12 months, or all.",
)
@click.option(
    "--back",
    type=click.IntRange(0, 1_000),
    default=0,
    metavar="NUMBER",
    help="That many periods earlier.",
)
def stats_command(context: CliContext, *, period: str, back: int, as_json: bool) -> None:
    """Count articles added and finished, and marks made.

    By day, week or month, with claims by status, and marks by kind, tag, speaker
    and site. Days are those of this computer's time zone.
    """
    name = cast("PeriodName", period)
    figures = statistics(context.library, name, now=context.now, back=back)
    if as_json:
        console.echo_json(_to_json(figures))
    elif not console.is_terminal():
        _print_fields(figures)
    elif figures.is_empty:
        console.tell(EMPTY)
    else:
        _print(figures)


def _names(figures: Statistics) -> Mapping[str, Sequence[Uses]]:
    return {
        "status": figures.statuses,
        "kind": figures.kinds,
        "tag": figures.tags,
        "speaker": figures.speakers,
        "site": figures.sites,
    }


def _to_json(figures: Statistics) -> Mapping[str, object]:
    when = figures.period
    return {
        **attributes(figures, "first total finished_some_day"),
        "period": {**attributes(when, "name step since until"), "is_latest": not figures.back},
        "parts": [
            {**attributes(bucket, "since until"), **attributes(bucket.counts, _NUMBERS)}
            for bucket in figures.buckets
        ],
        "by": {
            name: [attributes(use, _columns(name)) for use in uses]
            for name, uses in _names(figures).items()
        },
    }


def _columns(name: str) -> str:
    return "name marks articles" if name in _OF_ARTICLES_TOO else "name marks"


def _print_fields(figures: Statistics) -> None:
    """Print lines of fields: what it is, its name or first day, and its numbers.

    The number of articles is empty for what only marks have.
    """
    for bucket in figures.buckets:
        numbers = map(str, attributes(bucket.counts, _NUMBERS).values())
        console.echo_fields(figures.period.step, bucket.since.isoformat(), *numbers)
    for name, uses in _names(figures).items():
        for use in uses:
            articles = str(use.articles) if name in _OF_ARTICLES_TOO else ""
            console.echo_fields(name, use.name, str(use.marks), articles)


def _print(figures: Statistics) -> None:
    total = figures.total
    claims = f" ({count(figures.claims, 'claim')})" if figures.claims else ""
    console.echo(console.strong(period_title(figures.period, is_latest=not figures.back)))
    print_wrapped(
        f"{count(total.marked, 'mark')} made{claims}, {count(total.added, 'article')} added, "
        f"{total.finished:,} finished",
        "",
    )
    console.echo()
    _print_buckets(figures.buckets, figures.period.step)
    for name, uses in _names(figures).items():
        marked = [use for use in uses if use.marks]
        if marked:
            console.echo()
            _print_names(f"{'Claims' if name == 'status' else 'Marks'} by {name}", marked)
    if figures.finished_some_day:
        articles = count(figures.finished_some_day, "article")
        console.tell(f"{articles} finished before this was noted, so that the day is not known.")


def _print_buckets(buckets: Sequence[Bucket], step: Step) -> None:
    if console.is_spoken():
        for bucket in buckets:
            day, of = _day(bucket.since, step), bucket.counts
            if of.marked or of.added or of.finished:
                made = count(of.marked, "mark")
                console.echo(f"{day}: {made}, {of.added:,} added, {of.finished:,} finished")
        return
    room = _room(len("28 Oct 2026") + len("  00,000  00,000  00,000"))
    most = max(bucket.counts.marked for bucket in buckets)
    heads = f"{step.upper():11}  {'MARKS':{room + 6}}  {'ADDED':>6}  {'FINISHED':>8}"
    console.echo(console.faint(heads))
    for bucket in buckets:
        counts = bucket.counts
        drawn = f"{bar(counts.marked, most, room)} {counts.marked or ''}".strip()
        added, finished = counts.added or "", counts.finished or ""
        line = f"{_day(bucket.since, step):>11}  {drawn:{room + 6}}  {added:>6}  {finished:>8}"
        console.echo(line.rstrip())


def _day(day: date, step: Step) -> str:
    if step == "year":
        return str(day.year)
    if step == "month":
        return f"{MONTHS[day.month - 1]} {day.year}"
    return long_date(day.isoformat())


def _print_names(title: str, uses: Sequence[Uses]) -> None:
    shown, rest = uses[:MOST_NAMES], len(uses) - MOST_NAMES
    if console.is_spoken():
        told = ", ".join(f"{use.name} {use.marks:,}" for use in shown)
        console.echo(f"{title}: {told}{f', and {rest:,} more' if rest > 0 else ''}.")
        return
    labels = [cut(_label(use.name), LABEL_CELLS) for use in shown]
    width = max(map(cells, labels))
    room = _room(width + len("    00,000"))
    console.echo(console.faint(title.upper()))
    for label, use in zip(labels, shown, strict=True):
        padding = " " * (width - cells(label))
        console.echo(f"  {label}{padding}  {bar(use.marks, shown[0].marks, room)} {use.marks:,}")
    if rest > 0:
        console.echo(console.faint(f"  and {rest:,} more"))


def _label(name: str) -> str:
    glyph = {str(status): sign for status, sign in STATUS_GLYPHS.items()}.get(name, "")
    return f"{glyph} {name}".strip()


def _room(taken: int) -> int:
    return max(5, min(BAR_CELLS, console.width() - taken - 2))
