"""`annotator claims`: the claims of all articles, and how they were judged."""

from __future__ import annotations

from itertools import chain, islice, repeat
from typing import TYPE_CHECKING

import click

from annotator.cli import params
from annotator.cli.completing import complete_query
from annotator.cli.output import console
from annotator.cli.output.forms.mark_text import TEXT_INDENT, print_lines
from annotator.cli.output.marks import to_json
from annotator.cli.output.tables import print_titled
from annotator.model import Annotation, Claim
from annotator.model.labels import NOT_GROUPED, count, relation_name
from annotator.model.query import Field, every
from annotator.usecases.articles.lookup import mark_address
from annotator.usecases.marks.claims import GROUPINGS, ORDERS, link_ends, list_marks, load_marks
from annotator.usecases.queries.search import places
from annotator.usecases.queries.selection import split_article

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from annotator.cli.context import CliContext
    from annotator.store import Library, Marked, MarkGroup, MarkListing
    from annotator.usecases.marks.claims import Grouping, IncomingLink, LinkEnds, Order

BATCH = 500  # claims that are loaded and printed together

NONE = 'There are no claims yet. Make one with: annotator mark ARTICLE "the exact words"'

_NAMED_ANYWAY = frozenset({"none", "article"})  # groups that the fields of a claim tell already


@click.command("claims", cls=params.QueryCommand)
@click.argument("query", nargs=-1, metavar="[ARTICLE] [QUERY]...", shell_complete=complete_query)
@click.option(
    "--group",
    "grouping",
    type=click.Choice(GROUPINGS),
    default="article",
    show_default=True,
    help="What to list together.",
)
@click.option(
    "--sort",
    "order",
    type=click.Choice(ORDERS),
    default="place",
    show_default=True,
    help="Order in a group; place is the newest article first, in the order of its text.",
)
@click.option("--reverse", "is_reversed", is_flag=True, help="Turn the order round.")
@params.tag_query_option
@params.saved_option
@params.save_option
@params.header_option("address status kind speaker date tags quote statement verdict note links")
def claims_command(  # noqa: PLR0913 - an argument for each option
    context: CliContext,
    *,
    query: Sequence[str],
    grouping: Grouping,
    order: Order,
    is_reversed: bool,
    tag: str | None,
    saved: str,
    save_as: str,
    as_json: bool,
) -> None:
    """List claims: who said them, how they were judged, what supports and opposes them.

    ARTICLE: an article's id, a unique prefix of one, or the article's URL. With
    QUERY, only matching claims: words, or filters such as status:disputed
    speaker:lee tag:energy has:opposition said:2026-03 marked:week
    site:example.org. `annotator notes` lists marks of all kinds.
    """
    params.save_words(context.library, query, save_as)
    article_id, typed = split_article(context.library, query)
    wanted = typed, params.query_of((), tag=tag)
    of_article = (Field("article", article_id),) if article_id else ()
    listing = list_marks(
        context.library,
        every(
            Field("has", "claim"), *of_article, params.saved_query(context.library, saved), *wanted
        ),
        grouping=grouping,
        order=order,
        is_reversed=is_reversed,
    )
    if as_json:
        console.echo_json_list(_json_values(context.library, listing, grouping))
    elif console.is_terminal():
        _print(context, listing, grouping)
    else:
        for rows, ends in _parts(context.library, listing):
            for group, marked in rows:
                labels = () if grouping in _NAMED_ANYWAY else (group.label,)
                console.echo_fields(*_fields(marked.annotation, ends), *labels)
    if not listing.total and not as_json:
        if query or saved or tag:
            params.tell_no_match(context.library, "claims", query, tag)
        else:
            console.tell(NONE)


def _print(context: CliContext, listing: MarkListing, grouping: Grouping) -> None:
    shown: MarkGroup | None = None
    for rows, ends in _parts(context.library, listing):
        for group, (record, annotation) in rows:
            if group is not shown and grouping != "none":
                if shown is not None:
                    console.echo()
                title = group.label or NOT_GROUPED.get(grouping, "Others")
                about = (
                    console.short(group.key)
                    if grouping == "article"
                    else count(group.count, "claim")
                )
                print_titled(title, about)
            shown = group
            print_lines(annotation, context.settings.kind(annotation.kind), ends)
            if grouping != "article":
                title, name = record.title or record.url, console.short(record.id)
                print_titled(title, name, indent=TEXT_INDENT, style=console.faint)
    if shown:
        console.tell(f"{count(listing.total, 'claim')}.")


def _json_values(
    library: Library, listing: MarkListing, grouping: Grouping
) -> Iterator[Mapping[str, object]]:
    for rows, ends in _parts(library, listing):
        place_of = places(library, [marked for _, marked in rows])
        for group, marked in rows:
            mark_id = marked.annotation.id
            said = to_json(marked, place_of[mark_id])
            linked_from = _backlinks_to_json(ends.backlinks.get(mark_id, ()))
            label = {} if grouping in _NAMED_ANYWAY else {"group": group.label}
            yield {**said, "linked_from": linked_from, **label}


def _parts(
    library: Library, listing: MarkListing
) -> Iterator[tuple[Sequence[tuple[MarkGroup, Marked]], LinkEnds]]:
    """Yield some claims of the list, each with its group, and what they are linked to."""
    groups = chain.from_iterable(repeat(group, group.count) for group in listing.groups)
    for start in range(0, len(listing.numbers), BATCH):
        numbers = listing.numbers[start : start + BATCH]
        marks = _loaded(library, numbers)
        ends = link_ends(library, [mark.annotation for mark in marks if mark])
        of_rows = zip(islice(groups, len(numbers)), marks, strict=True)
        yield [(group, marked) for group, marked in of_rows if marked], ends


def _loaded(library: Library, numbers: Sequence[int]) -> Sequence[Marked | None]:
    """Return the marks; None for one that another program deleted since they were listed."""
    loaded = load_marks(library, numbers)
    if len(loaded) == len(numbers):
        return loaded
    return [next(iter(load_marks(library, [number])), None) for number in numbers]


def _fields(annotation: Annotation, ends: LinkEnds) -> tuple[str, ...]:
    """Return the fields of a claim: address, status, kind, speaker, date, tags, quote and more.

    After the quote: statement, verdict, note, and links as `opposed-by:` and an id.
    """
    claim = annotation.claim or Claim()
    links = [
        f"{relation_name(link.relation, is_back=link.is_reversed)}:{link.target}"
        for link in annotation.links
    ]
    links += [
        f"{relation_name(backlink.relation, is_back=True)}:{backlink.mark.id}"
        for backlink in ends.backlinks.get(annotation.id, ())
    ]
    return (
        mark_address(annotation.article_id, annotation.id),
        claim.status,
        annotation.kind,
        claim.speaker,
        claim.said_on,
        ",".join(annotation.tags),
        annotation.quote,
        claim.statement,
        claim.verdict,
        annotation.note,
        ",".join(links),
    )


def _backlinks_to_json(backlinks: Sequence[IncomingLink]) -> Sequence[Mapping[str, object]]:
    """Return for `--json` the marks that link to a mark."""
    return [
        {
            **console.attributes(backlink, "relation note"),
            **console.attributes(backlink.mark, "id quote"),
            "address": mark_address(backlink.mark.article_id, backlink.mark.id),
        }
        for backlink in backlinks
    ]
