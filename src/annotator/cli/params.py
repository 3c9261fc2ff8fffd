"""Options that several commands share, so that they are called and explained alike."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from annotator.errors import AnnotatorError
from annotator.model.query import Field, Query, every

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from annotator.cli.context import Workspace


MAX_TAGS = 50  # more are no help while typing


def complete_article(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> "list[CompletionItem]":
    """Return the articles whose id begins so, each with its title."""
    from click.shell_completion import CompletionItem

    try:
        records = _workspace(ctx).library.records()
    except AnnotatorError:
        return []
    return [
        CompletionItem(each.id, help=each.title)
        for each in records
        if each.id.startswith(incomplete)
    ]


def complete_tag(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> "list[CompletionItem]":
    """Return the tags in use that begin so."""
    from click.shell_completion import CompletionItem

    from annotator.usecases.tags import suggest

    try:
        uses = suggest(_workspace(ctx).library, incomplete, limit=MAX_TAGS)
    except AnnotatorError:
        return []
    return [CompletionItem(use.name) for use in uses if use.name.startswith(incomplete)]


def complete_kind(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> "list[CompletionItem]":
    """Return the kinds of marks that begin so."""
    from click.shell_completion import CompletionItem

    try:
        kinds = _workspace(ctx).settings.kinds
    except AnnotatorError:
        return []
    return [CompletionItem(kind.name) for kind in kinds if kind.name.startswith(incomplete)]


def _workspace(ctx: click.Context) -> "Workspace":
    # A shell asks before any command has run, so there is no workspace yet.
    from annotator.cli.context import Workspace

    folder = ctx.find_root().params.get("folder")
    return Workspace(folder or None)


class QueryCommand(click.Command):
    """A command that takes `-tag:draft` for a part of its query, not for an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put brackets around what begins with a dash and is no option."""
        return super().parse_args(ctx, [_bracketed(each) for each in args])


def _bracketed(argument: str) -> str:
    is_negation = argument[:1] == "-" and argument[1:2] not in ("", "-") and argument != "-h"
    return f"({argument})" if is_negation else argument


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
tags_option = click.option(
    "--tag",
    "tags",
    multiple=True,
    metavar="TAG",
    shell_complete=complete_tag,
    help="Give it this tag. Can be repeated.",
)
query_argument = click.argument("query", nargs=-1, metavar="[QUERY]...")
tag_query_option = click.option(
    "--tag",
    default="",
    metavar="TAG",
    shell_complete=complete_tag,
    help="Only with this tag, or one below it.",
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
    help="Where a file or standard input once came from.",
)


def asked(query: Sequence[str], *, tag: str = "", kind: str = "") -> Query:
    """Return what the words of a query and the options beside them look for together."""
    parts: list[Query] = [Field("tag", _normalised(tag))] if tag else []
    parts += [Field("kind", kind)] if kind else []
    parts += [_parsed(query)] if query else []
    return every(*parts)


def _normalised(tag: str) -> str:
    from annotator.model.tags import normalise

    return normalise(tag)


def _parsed(query: Sequence[str]) -> Query:
    from annotator.model.query_parser import parse

    return parse(" ".join(query))
