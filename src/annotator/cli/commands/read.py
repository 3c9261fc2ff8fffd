"""`annotator read`: an article in the reader."""

from collections.abc import Sequence

import click

from annotator.cli.completing import complete_article
from annotator.cli.context import CliContext
from annotator.cli.launch import read
from annotator.cli.params import (
    FILE_OR_ADDRESS,
    TextCommand,
    render_option,
    tags_option,
    url_option,
)


@click.command("read", cls=TextCommand)
@click.argument("source", type=FILE_OR_ADDRESS, shell_complete=complete_article)
@tags_option
@url_option
@render_option
@click.option(
    "--plain", "is_plain", is_flag=True, help="Read and mark line by line, for screen readers."
)
@click.pass_obj
def read_command(
    context: CliContext, *, source: str, tags: Sequence[str], url: str, is_plain: bool
) -> int:
    """Read an article; a new one is added to the library.

    SOURCE: a URL, a file (.html, .pdf, .epub, .eml), - for standard input, or an
    article's id or its first few characters. A URL that is in the library
    opens the saved article; to fetch it again, use `annotator refresh`.
    The id of a mark, alone or as ARTICLE#MARK, opens its article there.

    With --plain, or on a terminal that can only print, it prints numbered
    sentences and asks what to do. If the output is not a terminal, it prints
    the text of the article.
    """
    return read(context, source, tags=tags, url=url, is_plain=is_plain)
