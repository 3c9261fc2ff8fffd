"""What a shell offers to complete: articles, tags and kinds of the person's own library."""

from typing import TYPE_CHECKING

from annotator.errors import AnnotatorError

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem

    from annotator.cli.workspace import Workspace

MAX_TAGS = 50  # more are no help while typing


def complete_article(
    ctx: "click.Context", _param: "click.Parameter", incomplete: str
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
    ctx: "click.Context", _param: "click.Parameter", incomplete: str
) -> "list[CompletionItem]":
    """Return the tags in use that begin so."""
    from click.shell_completion import CompletionItem

    from annotator.usecases.tagging import suggest

    try:
        uses = suggest(_workspace(ctx).library, incomplete, limit=MAX_TAGS)
    except AnnotatorError:
        return []
    return [CompletionItem(use.name) for use in uses if use.name.startswith(incomplete)]


def complete_kind(
    ctx: "click.Context", _param: "click.Parameter", incomplete: str
) -> "list[CompletionItem]":
    """Return the kinds of marks that begin so."""
    from click.shell_completion import CompletionItem

    try:
        kinds = _workspace(ctx).settings.kinds
    except AnnotatorError:
        return []
    return [CompletionItem(kind.name) for kind in kinds if kind.name.startswith(incomplete)]


def _workspace(ctx: "click.Context") -> "Workspace":
    # A shell asks before any command has run, so there is no workspace yet.
    from annotator.cli.workspace import Workspace

    folder = ctx.find_root().params.get("folder")
    return Workspace(folder or None)
