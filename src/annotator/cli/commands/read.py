"""`annotator read`: one article on the screen."""

from collections.abc import Sequence

import click

from annotator.cli.context import Workspace
from annotator.cli.launch import read
from annotator.cli.params import complete_article, tags_option, url_option


@click.command("read")
@click.argument("source", shell_complete=complete_article)
@tags_option
@url_option
@click.option(
    "--plain",
    "is_plain",
    is_flag=True,
    help="Read and mark line by line, with nothing drawn: for screen readers.",
)
@click.pass_obj
def read_command(
    workspace: Workspace, *, source: str, tags: Sequence[str], url: str, is_plain: bool
) -> int:
    """Read an article, and keep it in the library.

    SOURCE is an address, a file (.html, .txt, .md), - for standard input, or
    the id of an article in the library, or how that begins. An address that is
    in the library already is opened as it was kept; `annotator add` asks for it
    anew.

    With --plain, and on a terminal that can do no more, it prints numbered
    sentences, and asks what to do. Where the output is no terminal, the text of
    the article is printed instead.
    """
    return read(workspace, source, tags=tags, url=url, is_plain=is_plain)
