"""The option `--format`, apart from the other shared options: lists never load exporters."""

from collections.abc import Callable

import click

from annotator.export.exporters import BUILT_IN, formats

Decorator = Callable[[Callable[..., object]], Callable[..., object]]


def format_option(*own: str, name: str, default: str, explanation: str) -> Decorator:
    """Return `--format`, for the formats of exports and `own` ones of a command.

    Plug-ins are looked for only when a format is not known without them.
    """

    def check(ctx: click.Context, _param: click.Parameter, value: str) -> str:
        if value in own or value in BUILT_IN or value in formats():
            return value
        known = ", ".join((*own, *formats()))
        return ctx.fail(f"Unknown format: {value}. Choose one of: {known}.")

    def complete(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
        return [known for known in (*own, *formats()) if known.startswith(begun)]

    return click.option(
        "--format",
        name,
        metavar=f"[{'|'.join((*own, *BUILT_IN))}]" if own else "FORMAT",
        default=default,
        show_default=True,
        callback=check,
        shell_complete=complete,
        help=explanation,
    )
