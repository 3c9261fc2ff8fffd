"""Completion by a shell: ids, tags, speakers, sites and filters of the library."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

import click
from click.shell_completion import CompletionItem

from annotator import usecases
from annotator.cli.context import CliContext
from annotator.errors import AnnotatorError
from annotator.model.query import DAYS_OF, EVERYTHING, FIELDS, VALUES, as_filter
from annotator.model.query_parser import FILTERS
from annotator.store import questions

MAX_ITEMS = 50  # of a completion; more do not fit on a screen

Items = list[CompletionItem]
Complete = Callable[[click.Context, click.Parameter, str], Items]
Lookup = Callable[[CliContext, str], Items]  # in the library, for what was typed


def names_from(names: Callable[[], Iterable[str]]) -> Complete:
    """Return a completion of names that are known without the library."""

    def complete(_ctx: click.Context, _param: click.Parameter, begun: str) -> Items:
        return [CompletionItem(name) for name in names() if name.startswith(begun)]

    return complete


def _from_library(*lookups: Lookup) -> Complete:
    """Return a completion of all that the lookups give for what was typed."""

    def complete(ctx: click.Context, _param: click.Parameter, begun: str) -> Items:
        return [item for lookup in lookups for item in _items(ctx, lookup, begun)]

    return complete


def _articles(context: CliContext, begun: str) -> Items:
    lines = (line.split("\t") for line in context.library.ask(questions.articles.article_lines()))
    return [
        CompletionItem(fields[0], help=fields[1]) for fields in lines if fields[0].startswith(begun)
    ]


def _trashed(context: CliContext, begun: str) -> Items:
    library = context.library
    named = [
        (article.id, article.record.title if article.record else "")
        for article in usecases.articles.trash.trashed(library)
    ]
    marks = usecases.marks.mark_bin.binned_marks(library, now=datetime.now(UTC))
    named += [(mark.id, mark.annotation.quote) for mark in marks]
    return [CompletionItem(key, help=words) for key, words in named if key.startswith(begun)]


def _marks(context: CliContext, begun: str) -> Items:
    items = []
    for line in "\n".join(context.library.ask(questions.marks.mark_lines())).splitlines():
        fields = line.split("\t")
        name = f"{fields[1]}#{fields[0]}" if "#" in begun else fields[0]
        if name.startswith(begun):
            items.append(CompletionItem(name, help=fields[4]))
    return items[:MAX_ITEMS]


def _tags(context: CliContext, begun: str) -> Items:
    return _starting(begun, usecases.tags.tag_library.TAGS.names(context.library))


def _kinds(context: CliContext, begun: str) -> Items:
    return _starting(begun, [kind.name for kind in context.settings.kinds])


def _speakers(context: CliContext, begun: str) -> Items:
    return _starting(begun, usecases.tags.tag_library.SPEAKERS.names(context.library))


def _authors(context: CliContext, begun: str) -> Items:
    return _starting(begun, context.library.ask(questions.names.mark_authors()))


def _saved_queries(context: CliContext, begun: str) -> Items:
    queries = usecases.queries.saved_queries.saved_queries(context.library)
    return _starting(begun, [query.name for query in queries])


def _sites(context: CliContext, begun: str) -> Items:
    groups = usecases.marks.claims.list_marks(context.library, EVERYTHING, grouping="site").groups
    return _starting(begun, [group.label for group in groups if group.label])


def _filters(ctx: click.Context, incomplete: str) -> Items:
    """Return filters that start with `incomplete`; bash passes the parts of one separately."""
    words = ctx.params.get("query") or ctx.params.get("wanted") or ()
    name, last = ("", "", *words)[-2:]
    if incomplete == ":" and last:
        return _items(ctx, _values_of(last), "")
    if last == ":":
        return _items(ctx, _values_of(name), incomplete)
    name, colon, value = incomplete.partition(":")
    if not incomplete:
        return [CompletionItem(f"{field}:", help=FILTERS[field][0]) for field in FIELDS]
    return [
        CompletionItem(as_filter(field, item.value))
        for field in FIELDS
        if (field == name if colon else field.startswith(name))
        for item in _items(ctx, _values_of(field), value)
    ]


def _values_of(field: str) -> Lookup:
    """Return what completes the values of a filter."""
    known = VALUES.get(field, tuple(DAYS_OF) if field == "marked" else ())
    return _OF_FILTERS.get(field, lambda _, begun: _starting(begun, known))


def _starting(begun: str, names: Iterable[str]) -> Items:
    wanted = begun.lstrip('"').casefold()
    fitting = [name for name in names if name.casefold().startswith(wanted)]
    return [CompletionItem(name) for name in fitting[:MAX_ITEMS]]


def _items(ctx: click.Context, lookup: Lookup, begun: str) -> Items:
    # A shell completes before any command has run, so `ctx.obj` is not set yet.
    folder = ctx.find_root().params.get("folder")
    try:
        return lookup(CliContext(folder or None), begun)
    except AnnotatorError:
        return []


_OF_FILTERS: Mapping[str, Lookup] = {
    "tag": _tags,
    "kind": _kinds,
    "speaker": _speakers,
    "by": _authors,
    "site": _sites,
    "article": _articles,
}

complete_article = _from_library(_articles)  # by their ids, with their titles
complete_mark = _from_library(_marks)  # by their ids or addresses, with their quotes
complete_trashed = _from_library(_trashed)  # articles and marks
complete_tag = _from_library(_tags)
complete_kind = _from_library(_kinds)
complete_speaker = _from_library(_speakers)
complete_saved_query = _from_library(_saved_queries)


def complete_query(ctx: click.Context, param: click.Parameter, begun: str) -> Items:
    """Return filters with their values, and the articles whose id starts so."""
    return _filters(ctx, begun) + complete_article(ctx, param, begun)


def complete_target(ctx: click.Context, param: click.Parameter, begun: str) -> Items:
    """Return the articles and marks whose id starts so, and filters."""
    items = complete_article(ctx, param, begun) + complete_mark(ctx, param, begun)
    return items + _filters(ctx, begun)
