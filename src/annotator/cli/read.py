"""`annotator read`: one article on the screen."""

from collections.abc import Sequence
from datetime import UTC, datetime

import click

from annotator.cli import output
from annotator.cli.completing import complete_article
from annotator.cli.opening import open_reader
from annotator.cli.options import tags_option, url_option
from annotator.cli.source import is_outside, standard_input
from annotator.cli.workspace import Workspace
from annotator.model.identity import is_web_address
from annotator.model.tags import normalise_all
from annotator.usecases.articles import find_article, kept_from
from annotator.usecases.tagging import tag_article

# What was kept instead, so that one asks again.
NO_ARTICLE = ("consent_wall", "error_page", "no_article")


@click.command("read")
@click.argument("source", shell_complete=complete_article)
@tags_option
@url_option
@click.pass_obj
def command(workspace: Workspace, *, source: str, tags: Sequence[str], url: str) -> int:
    """Read an article, and keep it in the library.

    SOURCE is an address, a file (.html, .txt, .md), - for standard input, or
    the id of an article in the library, or how that begins. An address that is
    in the library already is opened as it was kept; `annotator add` asks for it
    anew.

    Where the output is no terminal, the text of the article is printed instead.
    """
    names = normalise_all(tags)
    article_id = _kept(workspace, source) or _add(workspace, source, url)
    if names:
        tag_article(workspace.library, article_id, add=names, now=datetime.now(UTC))
    return open_reader(workspace, article_id)


def _kept(workspace: Workspace, source: str) -> str | None:
    library = workspace.library
    if not is_outside(source):
        return find_article(library, source)
    kept = kept_from(library, source) if is_web_address(source) else None
    has_article = kept is not None and library.record(kept).access not in NO_ARTICLE
    return kept if has_article else None


def _add(workspace: Workspace, source: str, url: str) -> str:
    import asyncio

    from annotator.usecases.add import add

    output.show_progress(f"Reading {source} …")
    added = asyncio.run(
        add(
            workspace.library,
            source,
            url=url,
            stdin=standard_input(source),
            now=datetime.now(UTC),
            options=workspace.fetch_options,
        )
    )
    output.clear_progress()
    return added.record.id
