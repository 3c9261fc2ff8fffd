"""Why each passage of a page is of its article or is not, line by line."""

from collections.abc import Sequence

from annotator.cli import output
from annotator.cli.columns import fitted
from annotator.model import PassageDecision
from annotator.model.text import clean_line

_TEXT = 3  # the column that gives way


def print_reasons(judgements: Sequence[PassageDecision], format_: str) -> None:
    """Print what cleaning decided, in the page's order."""
    if format_ == "json":
        output.echo_json(judgements)
    elif output.is_terminal():
        _print_table(judgements)
    else:
        for judgement in judgements:
            *facts, text = _row(judgement)
            output.echo_fields(*facts, judgement.reason, text)


def _print_table(judgements: Sequence[PassageDecision]) -> None:
    rows = [_row(judgement) for judgement in judgements]
    lines = fitted(rows, width=output.width(), flexible=_TEXT)
    for judgement, line in zip(judgements, lines, strict=True):
        output.echo(line if judgement.is_kept else output.faint(line))


def _row(judgement: PassageDecision) -> tuple[str, ...]:
    return (
        "kept" if judgement.is_kept else "dropped",
        "" if judgement.score is None else f"{judgement.score:.2f}",
        f"{judgement.step}/{judgement.rule}",
        clean_line(judgement.text),
    )
