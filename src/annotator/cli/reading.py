"""What `annotator read` does, in whatever form it is asked."""

from collections.abc import Sequence
from datetime import UTC, datetime

from annotator.cli import output
from annotator.cli.opening import open_reader
from annotator.cli.source import is_outside, standard_input
from annotator.cli.workspace import Workspace
from annotator.fastpath import start
from annotator.model.identity import is_web_address
from annotator.model.labels import ACCESS
from annotator.usecases.articles import find_article, kept_from
from annotator.usecases.sources import STANDARD_INPUT


def read(
    workspace: Workspace,
    source: str,
    *,
    tags: Sequence[str] = (),
    url: str = "",
    is_plain: bool = False,
) -> int:
    """Open the reader on the article that `source` means; return the exit code."""
    article_id = kept(workspace, source, tags=tags, url=url)
    code = open_reader(workspace, article_id, is_plain=is_plain)
    if source != STANDARD_INPUT:
        led = start.written(source, article_id)
        workspace.library.pages.keep(start.name_of(source), led)
    return code


def kept(workspace: Workspace, source: str, *, tags: Sequence[str] = (), url: str = "") -> str:
    """Return the id of the article that `source` means, kept if it was not, with these tags."""
    if not tags:
        return _found(workspace, source) or _add(workspace, source, url)
    from annotator.model.tags import normalise_all
    from annotator.usecases.tagging import tag_article

    names = normalise_all(tags)
    article_id = kept(workspace, source, url=url)
    tag_article(workspace.library, article_id, add=names, now=datetime.now(UTC))
    return article_id


def _found(workspace: Workspace, source: str) -> str | None:
    library = workspace.library
    if not is_outside(source):
        return find_article(library, source)
    kept = kept_from(library, source) if is_web_address(source) else None
    has_article = kept is not None and ACCESS[library.record(kept).access].holds_article
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
