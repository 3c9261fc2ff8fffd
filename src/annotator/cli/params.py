"""Options and arguments that several commands share, and their shell completion."""

from collections.abc import Sequence

import click
from click.shell_completion import CompletionItem

from annotator import usecases
from annotator.cli.context import CliContext
from annotator.errors import AnnotatorError
from annotator.model.query import Field, Query, every

MAX_NAMES = 50  # of a completion; a longer list is no help


def complete_article(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the articles whose id starts with `incomplete`, each with its title."""
    try:
        records = _context(ctx).library.records()
    except AnnotatorError:
        return []
    return [
        CompletionItem(each.id, help=each.title)
        for each in records
        if each.id.startswith(incomplete)
    ]


def complete_tag(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the tags in use that start with `incomplete`."""
    try:
        uses = usecases.tags.tag_uses(_context(ctx).library)
    except AnnotatorError:
        return []
    names = [use.name for use in uses if use.name.startswith(incomplete)]
    return [CompletionItem(name) for name in names[:MAX_NAMES]]


def complete_speaker(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the speakers whose names start with `incomplete`."""
    try:
        uses = usecases.speakers.speaker_uses(_context(ctx).library)
    except AnnotatorError:
        return []
    wanted = incomplete.casefold()
    names = [use.name for use in uses if use.key.startswith(wanted)]
    return [CompletionItem(name) for name in names[:MAX_NAMES]]


def complete_kind(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the kinds of marks that start with `incomplete`."""
    try:
        kinds = _context(ctx).settings.kinds
    except AnnotatorError:
        return []
    return [CompletionItem(kind.name) for kind in kinds if kind.name.startswith(incomplete)]


def _context(ctx: click.Context) -> CliContext:
    # A shell completes before any command has run, so `ctx.obj` is not set yet.
    folder = ctx.find_root().params.get("folder")
    return CliContext(folder or None)


class QueryCommand(click.Command):
    """A command that reads `-tag:draft` as part of its query, not as an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put parentheses around arguments that start with a dash and are not options."""
        return super().parse_args(ctx, [_parenthesized(each) for each in args])


def _parenthesized(argument: str) -> str:
    is_negation = argument[:1] == "-" and argument[1:2] not in ("", "-") and argument != "-h"
    return f"({argument})" if is_negation else argument


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
tags_option = click.option(
    "--tag",
    "tags",
    multiple=True,
    metavar="TAG",
    shell_complete=complete_tag,
    help="Add this tag. Can be repeated.",
)
query_argument = click.argument("query", nargs=-1, metavar="[QUERY]...")
tag_query_option = click.option(
    "--tag",
    metavar="TAG",
    shell_complete=complete_tag,
    help="Only with this tag or one below it.",
)
kind_query_option = click.option(
    "--kind",
    default="",
    metavar="KIND",
    shell_complete=complete_kind,
    help="Only of this kind, such as claim or question.",
)
url_option = click.option(
    "--url",
    default="",
    metavar="URL",
    help="Original URL of a file or of standard input.",
)


def query_of(words: Sequence[str], *, tag: str | None = None, kind: str = "") -> Query:
    """Return the query that the words on the command line and the options make together."""
    parts: list[Query] = []
    if tag is not None:
        from annotator.model.tags import normalise  # not needed to list everything

        parts.append(Field("tag", normalise(tag)))
    if kind:
        parts.append(Field("kind", kind))
    if words:
        from annotator.model.query_parser import parse  # not needed either

        parts.append(parse(" ".join(words)))
    return every(*parts)
