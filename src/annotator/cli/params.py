"""Options and arguments that several commands share."""

from collections.abc import Sequence

import click

from annotator.cli.completing import complete_kind, complete_query, complete_tag
from annotator.model.query import Field, Query, every


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
query_argument = click.argument(
    "query", nargs=-1, metavar="[QUERY]...", shell_complete=complete_query
)
yes_option = click.option("--yes", "is_sure", is_flag=True, help="Don't ask before the change.")
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
