"""`annotator tag`: the tags of articles and marks."""

from collections.abc import Iterator, Sequence

import click

from annotator import usecases
from annotator.cli.batch import DECLINED, BatchProgress, has_consent
from annotator.cli.completing import complete_target
from annotator.cli.context import CliContext
from annotator.cli.output import console
from annotator.cli.output.tables import print_rows
from annotator.cli.params import QueryCommand, tags_given, yes_option
from annotator.errors import NotInLibrary
from annotator.model import Annotation, ArticleRecord
from annotator.model.labels import count
from annotator.model.tags import normalise_all
from annotator.usecases.queries.selection import ChosenThings, choose_targets

Target = ArticleRecord | Annotation


@click.command("tag", cls=QueryCommand)
@click.argument(
    "wanted",
    nargs=-1,
    required=True,
    metavar="MARK_OR_ARTICLE_OR_QUERY...",
    shell_complete=complete_target,
)
@tags_given("--add", "added", "Add this tag.")
@tags_given("--remove", "removed", "Remove this tag.")
@click.option("--marks", "of_marks", is_flag=True, help="The marks that match, not the articles.")
@yes_option
def tag_command(
    context: CliContext,
    *,
    wanted: Sequence[str],
    added: Sequence[str],
    removed: Sequence[str],
    of_marks: bool,
    is_sure: bool,
    as_json: bool,
) -> int:
    """Show or change the tags of articles and marks.

    MARK_OR_ARTICLE_OR_QUERY: ids, unique prefixes or addresses, or a query such
    as site:example.org. Without options, the tags are printed. `annotator tags`
    renames and deletes tags everywhere.
    """
    add, remove = normalise_all(added), normalise_all(removed)
    chosen = choose_targets(context.library, wanted, of_marks=of_marks)
    if not chosen.things:
        raise NotInLibrary(f"No {'marks' if of_marks else 'articles'} match.", "Try other words.")
    targets = chosen.things
    if add or remove:
        if not _may_go_on(chosen, of_marks=of_marks, is_sure=is_sure):
            return DECLINED
        targets = tuple(_tagged(context, chosen.things, add, remove))
    values = [{"id": target.id, "tags": target.tags} for target in targets]
    if chosen.by_query or len(targets) > 1:
        rows = [(target.id, ",".join(target.tags)) for target in targets]
        shown = [(_named(target), ", ".join(target.tags)) for target in targets]
        print_rows(
            rows, json=values if as_json else None, headings=("ID", "TAGS"), shown=shown, flexible=1
        )
    elif as_json:
        console.echo_json(values[0])
    else:
        _print(targets[0].tags)
    return 0


def _named(target: Target) -> str:
    """Return what people know a target by: its id, or its title where they hear it."""
    if isinstance(target, Annotation):
        return target.quote if console.is_session() else target.id
    return target.title if console.is_session() else console.short(target.id)


def _may_go_on(chosen: ChosenThings[object], *, of_marks: bool, is_sure: bool) -> bool:
    if not chosen.by_query or len(chosen.things) == 1:
        return True
    these = count(len(chosen.things), "mark" if of_marks else "article")
    return has_consent(f"change the tags of {these}", is_sure=is_sure)


def _tagged(
    context: CliContext, targets: Sequence[Target], add: Sequence[str], remove: Sequence[str]
) -> Iterator[Target]:
    now, library = context.now, context.library
    marks = [target for target in targets if isinstance(target, Annotation)]
    records = [target for target in targets if not isinstance(target, Annotation)]
    show, annotate = BatchProgress(), usecases.marks.annotate
    changes = annotate.Changes(added=tuple(add), removed=tuple(remove))
    of_marks = annotate.change(library, marks, changes, now=now, progress=show)
    edits = usecases.articles.article_edits
    of_articles = edits.retag(library, records, add=add, remove=remove, now=now, progress=show)
    console.clear_progress()
    context.remember(of_marks, of_articles)
    changed: dict[str, Target] = {mark.id: mark for mark in of_marks.after}
    changed |= {record.id: record for record in of_articles.after}
    for target in targets:
        yield changed.get(target.id, target)


def _print(tags: Sequence[str]) -> None:
    if not tags:
        console.tell("It has no tags.")
    if tags and console.is_spoken():
        console.echo(f"Tags: {', '.join(tags)}")
        return
    for tag in tags:
        console.echo(tag)
