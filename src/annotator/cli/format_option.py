"""The option `--format`, apart from the other shared options: lists never load exporters."""

from collections.abc import Callable, Iterable, Sequence

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
    *own: str, name: str, contents: Sequence[Content], default: str, explanation: str
) -> Decorator:
    """Return `--format`, for a command's `own` formats and those that hold one of `contents`.

    Plug-ins are looked for only when a format is not known without them, and
    loaded only for the list of formats in an error.
    """
    known = (*own, *_of_all(built_in_formats, contents))

    def check(ctx: click.Context, _param: click.Parameter, value: str) -> str:
        if value in known or value in _of_all(possible_formats, contents):
            return value
        holds = "marks" if "note" in contents else "articles without marks"
        problem = (
            f"{value} cannot hold {holds}" if value in BUILT_IN else f"Unknown format: {value}"
        )
        return ctx.fail(
            f"{problem}. Choose one of: {', '.join((*own, *_of_all(formats, contents)))}."
        )

    def complete(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
        return [
            name for name in (*own, *_of_all(possible_formats, contents)) if name.startswith(begun)
        ]

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


def _of_all(
    names: Callable[[Content], Iterable[str]], contents: Sequence[Content]
) -> tuple[str, ...]:
    """Return the names of the formats that hold any of `contents`, each once, plug-ins last."""
    names_of_all = dict.fromkeys(name for content in contents for name in names(content))
    built_in = (name for name in names_of_all if name in BUILT_IN)
    return (*built_in, *(name for name in names_of_all if name not in BUILT_IN))
