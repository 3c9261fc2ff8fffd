"""`annotator similar`: claims of other articles that say the same as a mark, or contradict it."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Final

import click

from annotator.cli.completing import complete_mark
from annotator.cli.context import CliContext
from annotator.cli.output import console
from annotator.cli.output.forms.mark_text import LINK_COLORS, known_facts
from annotator.cli.output.marks import to_json
from annotator.cli.output.tables import (
    cells,
    cut,
    facts_line,
    print_rows,
    print_wrapped,
    text_width,
)
from annotator.cli.params import Command
from annotator.errors import AnnotatorError
from annotator.model import Annotation
from annotator.model.labels import SIMILAR, count
from annotator.registry import Registry
from annotator.store import Library
from annotator.usecases.articles.lookup import mark_address
from annotator.usecases.marks.similar import LIMIT, Suggestion, similar_marks
from annotator.usecases.queries.search import places
from annotator.usecases.queries.selection import named_mark
from annotator.usecases.sandbox.model_name import is_wanted

_SEARCHES: Final = Registry[Callable[..., Coroutine[object, object, tuple[Suggestion, ...]]]](
    {"meaning": "annotator.usecases.marks.meaning:similar_by_meaning"}  # which loads asyncio
)
INDENT = "    "
NONE = "Nothing similar in other articles, or all of it is linked already."


@click.command("similar", cls=Command)
@click.argument("mark", shell_complete=complete_mark)
@click.option(
    "--limit",
    type=click.IntRange(1, 100),
    metavar="NUMBER",
    default=LIMIT,
    show_default=True,
    help="Number of claims to show at most.",
)
def similar_command(context: CliContext, *, mark: str, limit: int, as_json: bool) -> None:
    """Find claims in other articles that may say the same, or contradict a mark.

    MARK: an id, a unique prefix of one, or an address (ARTICLE#MARK). Claims are
    compared by their numbers, names, dates and words, without a network, and
    with the extra annotator-tui[meaning] also by meaning. They are suggestions:
    link those that are right with `annotator link`.
    """
    annotation = named_mark(context.library, mark)
    suggestions = similar_claims(context, annotation, limit)
    if suggestions and not as_json and console.is_terminal():
        _print(annotation, suggestions)
    else:
        values = _to_json(context.library, suggestions) if as_json else None
        print_rows([*map(_row, suggestions)], json=values, empty=NONE)


def similar_claims(
    context: CliContext, annotation: Annotation, limit: int = LIMIT
) -> tuple[Suggestion, ...]:
    """Return the claims that are similar to a mark: by meaning, if that is there and wanted."""
    if is_wanted(context.settings, context.library):
        try:
            search = _SEARCHES.load("meaning")(context.library, annotation, tell=_tell, limit=limit)
            return context.run(search)
        except AnnotatorError as error:
            console.complain(error)
        finally:
            console.clear_progress()
    return similar_marks(context.library, annotation, limit=limit)


def _tell(done: int, total: int) -> None:
    console.show_progress(f"{done:,} of {count(total, 'new claim')} …")


def _row(suggestion: Suggestion) -> tuple[str, ...]:
    record, mark = suggestion.marked
    address, score = mark_address(record.id, mark.id), f"{suggestion.score:.2f}"
    return suggestion.judgement, score, address, suggestion.reason, mark.quote


def _print(annotation: Annotation, suggestions: Sequence[Suggestion]) -> None:
    width = text_width()
    console.echo(f"“{cut(' '.join(annotation.quote.split()), width - 2)}”")
    for suggestion in suggestions:
        mark = suggestion.marked.annotation
        console.echo()
        words = SIMILAR[suggestion.judgement]
        relation = console.colored(words, LINK_COLORS[suggestion.relation])
        if console.is_spoken():
            console.echo(
                f"{words[0].upper()}{words[1:]}{'' if console.is_session() else f', {mark.id}'}:"
            )
        elif cells(f"  {words}  {mark.id}") <= width:
            console.echo("  ", relation, "  ", console.faint(mark.id))
        else:
            console.echo("  ", relation)
            console.echo(INDENT, console.faint(mark.id))
        print_wrapped(f"“{mark.quote}”", INDENT)
        for line in (suggestion.reason, facts_line(known_facts(suggestion.marked))):
            print_wrapped(cut(line, text_width(INDENT)), INDENT, color="faint")


def _to_json(library: Library, suggestions: Sequence[Suggestion]) -> Sequence[Mapping[str, object]]:
    marks = [suggestion.marked for suggestion in suggestions]
    where = places(library, marks)
    return [
        {
            **console.attributes(suggestion, "judgement score reason relation"),
            "mark": to_json(suggestion.marked, where[suggestion.marked.annotation.id]),
        }
        for suggestion in suggestions
    ]
