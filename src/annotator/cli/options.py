"""Options that several commands share, so that they are called and explained alike."""

import click

from annotator.cli.completing import complete_kind, complete_tag

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
tags_option = click.option(
    "--tag",
    "tags",
    multiple=True,
    metavar="TAG",
    shell_complete=complete_tag,
    help="Give it this tag. Can be repeated.",
)
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
