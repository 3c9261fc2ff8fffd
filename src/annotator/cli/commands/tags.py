"""`annotator tags` and `annotator speakers`: the names in use, changed over the whole library."""

from collections.abc import Sequence
from datetime import UTC, datetime

import click
from click.shell_completion import CompletionItem

from annotator.cli.batch_progress import BatchProgress
from annotator.cli.completing import complete_speaker, complete_tag
from annotator.cli.consent import DECLINED, has_consent
from annotator.cli.context import CliContext
from annotator.cli.output import console
from annotator.cli.output.tables import fitted
from annotator.cli.params import json_option, yes_option
from annotator.usecases.marks.mark_edit import MarkEdit
from annotator.usecases.queries import saved_queries
from annotator.usecases.tags import speakers, tag_library
from annotator.usecases.tags.tag_library import COLOURS, TagNode

NO_TAGS = 'No mark or article has a tag. Give one with:  annotator tag ID --add "energy"'
NO_SPEAKERS = "No mark has a speaker."

_TAG_HEADINGS = ("TAG", "MARKS", "ARTICLES", "COLOUR")
_SPEAKER_HEADINGS = ("SPEAKER", "MARKS")
_PAIR_HEADINGS = ("KEEP", "MERGE", "WHY")

_SWATCH, _NO_SWATCH = "■ ", "  "


def _complete_colour(
    _ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    return [CompletionItem(name) for name in COLOURS if name.startswith(incomplete)]


@click.group("tags", invoke_without_command=True)
@json_option
@click.pass_context
def tags_command(ctx: click.Context, *, as_json: bool) -> None:
    """List all tags, or rename, merge, delete or colour them in the whole library.

    The numbers of marks and articles include those with a tag below it, such as
    energy/grid below energy. Everything else is done to the tags below it too.
    """
    if ctx.invoked_subcommand is None:
        _list_tags(tag_library.tag_tree(ctx.obj.library), as_json=as_json)


@tags_command.command("rename")
@click.argument("old", metavar="TAG", shell_complete=complete_tag)
@click.argument("new", metavar="NEW", shell_complete=complete_tag)
@json_option
@click.pass_obj
def rename_tag(context: CliContext, *, old: str, new: str, as_json: bool) -> None:
    """Rename a tag; NEW may have levels, such as world/energy.

    If NEW is in use already, both become one.
    """
    with BatchProgress() as progress:
        step = tag_library.rename_tags(
            context.library, old, new, now=datetime.now(UTC), progress=progress
        )
        context.remember(step)
        _print_step(step, "renamed", [old], new, as_json=as_json)
        _warn_of_queries(context, [old])


@tags_command.command("merge")
@click.argument("names", nargs=-1, required=True, metavar="TAG...", shell_complete=complete_tag)
@click.argument("into", metavar="INTO", shell_complete=complete_tag)
@json_option
@click.pass_obj
def merge_tags(context: CliContext, *, names: Sequence[str], into: str, as_json: bool) -> None:
    """Give everything that has one of the tags the last one instead."""
    with BatchProgress() as progress:
        step = tag_library.merge_tags(
            context.library, names, into, now=datetime.now(UTC), progress=progress
        )
        context.remember(step)
        _print_step(step, "merged", names, into, as_json=as_json)
        _warn_of_queries(context, [name for name in names if name != into])


@tags_command.command("delete")
@click.argument("names", nargs=-1, required=True, metavar="TAG...", shell_complete=complete_tag)
@yes_option
@json_option
@click.pass_obj
def delete_tags(
    context: CliContext, *, names: Sequence[str], is_sure: bool, as_json: bool
) -> int | None:
    """Remove tags from all marks and articles, which stay."""
    if not has_consent(f"remove {', '.join(names)} from all marks and articles", is_sure=is_sure):
        return DECLINED
    with BatchProgress() as progress:
        step = tag_library.delete_tags(
            context.library, names, now=datetime.now(UTC), progress=progress
        )
        context.remember(step)
        _print_step(step, "deleted", names, "", as_json=as_json)
        _warn_of_queries(context, names)
    return None


@tags_command.command("colour")
@click.argument("name", metavar="TAG", shell_complete=complete_tag)
@click.argument("colour", default="", metavar="[COLOUR]", shell_complete=_complete_colour)
@json_option
@click.pass_obj
def colour_tag(context: CliContext, *, name: str, colour: str, as_json: bool) -> None:
    """Give a tag a colour, such as blue or #4c9ed9; without one, take it away.

    Tags below it have it too, unless they have one of their own.
    """
    step = tag_library.colour_tags(context.library, [name], colour, now=datetime.now(UTC))
    context.remember(step)
    ((_, after),) = step.after.items()
    if as_json:
        console.echo_json({"tag": step.words, "colour": after})
    else:
        console.echo_fields("coloured", step.words, after)


@click.group("speakers", invoke_without_command=True)
@json_option
@click.pass_context
def speakers_command(ctx: click.Context, *, as_json: bool) -> None:
    """List who is quoted, or give speakers one name in the whole library."""
    if ctx.invoked_subcommand is None:
        _list_speakers(speakers.speaker_uses(ctx.obj.library), as_json=as_json)


@speakers_command.command("rename")
@click.argument("old", metavar="NAME", shell_complete=complete_speaker)
@click.argument("new", metavar="NEW", shell_complete=complete_speaker)
@json_option
@click.pass_obj
def rename_speaker(context: CliContext, *, old: str, new: str, as_json: bool) -> None:
    """Rename a speaker; if NEW speaks already, both become one."""
    with BatchProgress() as progress:
        step = speakers.rename_speakers(
            context.library, [old], new, now=datetime.now(UTC), progress=progress
        )
        context.remember(step)
        _print_step(step, "renamed", [old], new, as_json=as_json)


@speakers_command.command("merge")
@click.argument(
    "names", nargs=-1, required=True, metavar="NAME...", shell_complete=complete_speaker
)
@click.argument("into", metavar="INTO", shell_complete=complete_speaker)
@json_option
@click.pass_obj
def merge_speakers(context: CliContext, *, names: Sequence[str], into: str, as_json: bool) -> None:
    """Give all marks of the speakers the last name."""
    with BatchProgress() as progress:
        step = speakers.rename_speakers(
            context.library, names, into, now=datetime.now(UTC), progress=progress
        )
        context.remember(step)
        _print_step(step, "merged", names, into, as_json=as_json)


@speakers_command.command("suggest")
@json_option
@click.pass_obj
def suggest_speakers(context: CliContext, *, as_json: bool) -> None:
    """List names that may be of one person; nothing is changed."""
    pairs = speakers.suggested_merges(speakers.speaker_uses(context.library))
    if as_json:
        console.echo_json(
            [{"keep": it.keep.name, "merge": it.other.name, "reason": it.reason} for it in pairs]
        )
        return
    rows = [(it.keep.name, it.other.name, it.reason) for it in pairs]
    _print_table(_PAIR_HEADINGS, rows, empty="No two names look like one person's.")
    if rows and console.is_terminal():
        console.tell("To give both one name:  annotator speakers merge MERGE KEEP")


def _list_tags(tags: Sequence[TagNode], *, as_json: bool) -> None:
    if as_json:
        console.echo_json(
            [
                {
                    "tag": each.name,
                    "marks": each.all_marks,
                    "articles": each.all_articles,
                    "own_marks": each.marks,
                    "own_articles": each.articles,
                    "colour": each.colour,
                }
                for each in tags
            ]
        )
        return
    if not tags or not console.is_terminal():
        rows = [
            (each.name, str(each.all_marks), str(each.all_articles), each.colour) for each in tags
        ]
        _print_table(_TAG_HEADINGS, rows, empty=NO_TAGS)
        return
    named = {colour: name for name, colour in COLOURS.items()}
    rows = [
        (
            each.name,
            str(each.all_marks or ""),
            str(each.all_articles or ""),
            named.get(each.colour, each.colour),
        )
        for each in tags
    ]
    room = console.width() - len(_NO_SWATCH)
    heading, *lines = fitted([_TAG_HEADINGS, *rows], width=room, flexible=0)
    console.echo(console.faint(f"{_NO_SWATCH}{heading}"))
    for each, line in zip(tags, lines, strict=True):
        swatch = console.colored(_SWATCH, each.colour) if each.colour else _NO_SWATCH
        console.echo(swatch, line)


def _list_speakers(uses: Sequence[speakers.SpeakerUse], *, as_json: bool) -> None:
    if as_json:
        console.echo_json([{"speaker": each.name, "marks": each.count} for each in uses])
        return
    rows = [(each.name, str(each.count)) for each in uses]
    _print_table(_SPEAKER_HEADINGS, rows, empty=NO_SPEAKERS)


def _print_table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, empty: str) -> None:
    """Print a table on a terminal, else a line of fields for each row."""
    if not rows:
        console.tell(empty)
    elif console.is_terminal():
        heading, *lines = fitted([headings, *rows], width=console.width(), flexible=0)
        console.echo(console.faint(heading))
        for line in lines:
            console.echo(line)
    else:
        for row in rows:
            console.echo_fields(*row)


def _print_step(step: MarkEdit, done: str, old: Sequence[str], new: str, *, as_json: bool) -> None:
    """Print what was done to how many marks and articles."""
    console.clear_progress()
    if as_json:
        console.echo_json(
            {
                done: old,
                "into": new,
                "marks": len(step.mark_ids),
                "articles": len(step.tags),
                "left": step.left,
            }
        )
        return
    console.echo_fields(done, ", ".join(old), *([new] if new else []), step.extent)
    if step.remark:
        console.tell(step.remark)


def _warn_of_queries(context: CliContext, gone: Sequence[str]) -> None:
    sentence = saved_queries.still_asked(
        saved_queries.queries_with_lost_tags(context.library, gone)
    )
    if sentence:
        console.tell(sentence)
