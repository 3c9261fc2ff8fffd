"""Options and arguments that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from annotator import model, usecases
from annotator.cli import completing
from annotator.cli.output import console
from annotator.errors import InvalidInput, did_you_mean
from annotator.model.query import EVERYTHING, Field, Query, every
from annotator.model.text import as_utf8

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.model.query import Query
    from annotator.store import Library


_Command = TypeVar("_Command", bound=Callable[..., object])

FILE_OR_ADDRESS = click.Path(readable=False)  # only what is said of it is another

saved_option = click.option(
    "--saved",
    default="",
    metavar="NAME",
    shell_complete=completing.complete_saved_query,
    help="Only what the saved query of that name finds.",
)
save_option = click.option(
    "--save", "save_as", default="", metavar="NAME", help="Save the query under this name."
)


class TextCommand(click.Command):
    """A command whose words must be text: only the names of files may have any bytes."""

    def invoke(self, ctx: click.Context) -> object:
        self.check_words(ctx)
        return super().invoke(ctx)

    def check_words(self, ctx: click.Context) -> None:
        """End the command if a word of it is not UTF-8."""
        for param in self.params:
            given = ctx.params.get(param.name or "")
            if isinstance(param.type, click.Path | click.File):
                continue
            for word in given if isinstance(given, tuple) else (given,):
                if isinstance(word, str) and as_utf8(word) != word:
                    ctx.fail(f"“{as_utf8(word)}” is not UTF-8.")


class Command(TextCommand):
    """A command of this program: it gets the `CliContext` first, and has the option --json."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - those of click
        super().__init__(*args, **kwargs)
        if all(param.name != "as_json" for param in self.params):
            self.params.append(
                click.Option(
                    ["--json", "as_json"],
                    is_flag=True,
                    is_eager=True,  # so that others know it
                    help="Print JSON, for programs.",
                )
            )

    def invoke(self, ctx: click.Context) -> object:
        self.check_words(ctx)
        return ctx.invoke(self.callback, ctx.obj, **ctx.params) if self.callback else None


class QueryCommand(Command):
    """A command that reads `-tag:draft` as part of its query, not as an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put parentheses around arguments that start with a dash and are not options."""
        return super().parse_args(ctx, [_parenthesized(argument) for argument in args])


def _parenthesized(argument: str) -> str:
    is_negation = argument[:1] == "-" and argument[1:2] not in ("", "-") and argument != "-h"
    return f"({argument})" if is_negation else argument


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
query_argument = click.argument(
    "query", nargs=-1, metavar="[QUERY]...", shell_complete=completing.complete_query
)
yes_option = click.option("--yes", "is_sure", is_flag=True, help="Don't ask before the change.")
tag_query_option = click.option(
    "--tag",
    metavar="TAG",
    shell_complete=completing.complete_tag,
    help="Only with this tag or one below it.",
)
kind_query_option = click.option(
    "--kind",
    default="",
    metavar="KIND",
    shell_complete=completing.complete_kind,
    help="Only of this kind, such as claim or question.",
)
url_option = click.option(
    "--url", default="", metavar="URL", help="Original URL of a file or of standard input."
)
render_option = click.option(
    "--render/--no-render",
    default=None,
    expose_value=False,
    callback=lambda ctx, _param, chosen: setattr(ctx.obj, "renders", chosen),
    help="Run the page's scripts in your own browser, now and for its site; or no longer.",
)

password_option = click.option(
    "--password-file",
    "password",
    type=click.File(encoding="utf-8", errors="replace"),
    metavar="FILE",
    callback=lambda _ctx, _param, file: file.readline(1000).rstrip("\r\n") if file else "",
    help="The first line of FILE opens a locked PDF; it is not stored.",
)


def tags_given(flag: str, name: str, explanation: str) -> Callable[[_Command], _Command]:
    """Return an option with a tag that can be repeated; the command gets all of them as `name`."""
    return click.option(
        flag,
        name,
        multiple=True,
        metavar="TAG",
        shell_complete=completing.complete_tag,
        help=f"{explanation} Can be repeated.",
    )


def header_option(fields: str) -> Callable[[_Command], _Command]:
    """Return a flag to begin with the names of the fields, where lines of fields are printed."""

    def show(ctx: click.Context, _param: click.Parameter, is_given: bool) -> None:  # noqa: FBT001 - as click calls it
        if is_given and not (console.is_terminal() or ctx.params.get("as_json")):
            console.echo_fields(*fields.split())

    text = "In a pipe, begin with a line of the names of the fields."
    return click.option("--header", is_flag=True, expose_value=False, callback=show, help=text)


tags_option = tags_given("--tag", "tags", "Add this tag.")


def one_of(name: str, **helps: str) -> Callable[[_Command], _Command]:
    """Return flags of which one may be given; the command gets it as `name`, or nothing."""
    flags = [f"--{flag.replace('_', '-')}" for flag in helps]

    def choose(ctx: click.Context, param: click.Parameter, is_given: bool) -> None:  # noqa: FBT001 - as click calls it
        flag, chosen = param.opts[0], ctx.params.get(name, "")
        if is_given and chosen:
            both = [known for known in flags if known in {flag, chosen}]
            ctx.fail(f"Choose one of {' and '.join(both)}.")
        ctx.params[name] = flag if is_given else chosen

    def decorate(command: _Command) -> _Command:
        for flag, text in reversed([*zip(flags, helps.values(), strict=True)]):
            option = click.option(
                flag, is_flag=True, expose_value=False, callback=choose, help=text
            )
            command = option(command)
        return command

    return decorate


def query_of(words: Sequence[str], *, tag: str | None = None, kind: str = "") -> Query:
    """Return the query that the words on the command line and the options make together."""
    parts: list[Query] = []
    if tag is not None:
        parts.append(Field("tag", model.tags.normalise(tag)))
    if kind:
        parts.append(Field("kind", kind))
    if words:
        parts.append(model.query_parser.parse(" ".join(words)))
    return every(*parts)


def tell_no_match(library: Library, what: str, words: Sequence[str], tag: str | None = "") -> None:
    """Say that nothing matches a query, and which tag may have been meant."""
    tags = [*filter(None, [tag]), *(word[4:] for word in words if word.startswith("tag:"))]
    names = usecases.tags.tag_library.TAGS.names(library) if tags else ()
    hints = (did_you_mean(name, names) for name in tags if name not in names)
    typed = " ".join(word[1:-1] if word.startswith("(-") else word for word in words)
    query = f" “{typed}”" if words else ""
    console.tell(f"No {what} match{query}.{next(hints, '')}")


def saved_query(library: Library, name: str) -> Query:
    """Return the query that is saved under a name; everything for no name."""
    if not name:
        return EVERYTHING
    return query_of([usecases.queries.saved_queries.find_query(library, name).query])


def save_words(library: Library, words: Sequence[str], name: str) -> None:
    """Save the query that words on the command line make, and report it; not without a name."""
    if not name:
        return
    query = " ".join(words)
    if not query.strip():
        raise InvalidInput("The query to save is missing.", "Write it before --save.")
    saved = usecases.queries.saved_queries.save_query(library, name, query, now=datetime.now(UTC))
    console.tell(f"Saved as “{saved.name}”. To find it again:  --saved NAME")
