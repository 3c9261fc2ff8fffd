"""The option `--format`, apart from the other shared options: lists never load exporters."""

from collections.abc import Callable

import click

from annotator.export.exporters import (
    BUILT_IN,
    Content,
    built_in_formats,
    formats,
    possible_formats,
)

Decorator = Callable[[Callable[..., object]], Callable[..., object]]


def format_option(
    *own: str, name: str, content: Content, default: str, explanation: str
) -> Decorator:
    """Return `--format`, for a command's `own` formats and those of exports that hold `content`.

    Plug-ins are looked for only when a format is not known without them, and
    loaded only for the list of formats in an error.
    """
    known = (*own, *built_in_formats(content))

    def check(ctx: click.Context, _param: click.Parameter, value: str) -> str:
        if value in known or value in possible_formats(content):
            return value
        holds = "marks" if content == "note" else "articles without marks"
        problem = (
            f"{value} cannot hold {holds}" if value in BUILT_IN else f"Unknown format: {value}"
        )
        return ctx.fail(f"{problem}. Choose one of: {', '.join((*own, *formats(content)))}.")

    def complete(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
        return [each for each in (*own, *possible_formats(content)) if each.startswith(begun)]

    return click.option(
        "--format",
        name,
        metavar=f"[{'|'.join(known)}]" if own else "FORMAT",
        default=default,
        show_default=True,
        callback=check,
        shell_complete=complete,
        help=explanation,
    )
