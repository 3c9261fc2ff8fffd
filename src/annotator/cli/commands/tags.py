"""`annotator tags` and `annotator speakers`: the names in use, changed over the whole library."""

from collections.abc import Sequence

import click

from annotator.cli.batch import DECLINED, BatchProgress, has_consent
from annotator.cli.completing import Complete, complete_speaker, complete_tag, names_from
from annotator.cli.context import CliContext
from annotator.cli.group import CommandGroup
from annotator.cli.output import console
from annotator.cli.output.tables import print_rows
from annotator.cli.params import Command, json_option, yes_option
from annotator.store import TagNode
from annotator.usecases.tags import speakers, tag_library
from annotator.usecases.tags.tag_library import COLOURS, SPEAKERS, TAGS, Vocabulary

NO_TAGS = 'No mark or article has a tag. Give one with:  annotator tag ID --add "energy"'
NO_SPEAKERS = "No mark has a speaker."

_TAG_HEADINGS = ("TAG", "MARKS", "ARTICLES", "COLOUR")
_SPEAKER_HEADINGS = ("SPEAKER", "MARKS")
_PAIR_FIELDS = ("keep", "merge", "reason")
_PAIR_HEADINGS = ("KEEP", "MERGE", "WHY")

_SWATCH, _NO_SWATCH = "■ ", "  "


@click.group("tags", cls=CommandGroup, invoke_without_command=True)
@json_option
@click.pass_context
def tags_command(ctx: click.Context, *, as_json: bool) -> None:
    """List all tags, or rename, merge, delete or colour them in the whole library.

    The numbers of marks and articles include those with a tag below it, such as
    energy/grid below energy. Everything else is done to the tags below it too.
    """
    if ctx.invoked_subcommand is None:
        _list_tags(tag_library.tag_tree(ctx.obj.library), as_json=as_json)


@tags_command.command("colour", cls=Command)
@click.argument("name", metavar="TAG", shell_complete=complete_tag)
@click.argument("colour", default="", metavar="[COLOUR]", shell_complete=names_from(COLOURS.keys))
def colour_tag(context: CliContext, *, name: str, colour: str, as_json: bool) -> None:
    """Give a tag a colour, such as blue or #4c9ed9; without one, take it away.

    Tags below it have it too, unless they have one of their own.
    """
    step = tag_library.colour_tags(context.library, [name], colour, now=context.now)
    context.remember(step)
    ((_, after),) = step.after.items()
    if as_json:
        console.echo_json({"tag": step.words, "colour": after})
    else:
        console.echo_fields("coloured", step.words, after)


@click.group("speakers", cls=CommandGroup, invoke_without_command=True)
@json_option
@click.pass_context
def speakers_command(ctx: click.Context, *, as_json: bool) -> None:
    """List who is quoted, or give speakers one name in the whole library."""
    if ctx.invoked_subcommand is None:
        uses = speakers.speaker_uses(ctx.obj.library)
        values = [{"speaker": use.name, "marks": use.count} for use in uses]
        print_rows(
            [(use.name, str(use.count)) for use in uses],
            json=values if as_json else None,
            headings=_SPEAKER_HEADINGS,
            empty=NO_SPEAKERS,
        )


@speakers_command.command("suggest", cls=Command)
def suggest_speakers(context: CliContext, *, as_json: bool) -> None:
    """List names that may be of one person; nothing is changed."""
    pairs = speakers.suggested_merges(speakers.speaker_uses(context.library))
    rows = [(pair.keep.name, pair.other.name, pair.reason) for pair in pairs]
    print_rows(
        rows,
        json=[dict(zip(_PAIR_FIELDS, row, strict=True)) for row in rows] if as_json else None,
        headings=_PAIR_HEADINGS,
        empty="No two names look like one person's.",
    )
    if rows and console.is_terminal() and not as_json:
        console.tell("To give both one name:  annotator speakers merge MERGE KEEP")


def _add_changes(
    group: click.Group,
    vocabulary: Vocabulary,
    complete: Complete,
    *,
    name: str,
    rename: str,
    merge: str,
) -> None:
    """Add the commands that give names of a vocabulary another name; the last two are help."""

    @group.command("rename", help=rename, cls=Command)
    @click.argument("old", metavar=name, shell_complete=complete)
    @click.argument("new", metavar="NEW", shell_complete=complete)
    def rename_name(context: CliContext, *, old: str, new: str, as_json: bool) -> None:
        """Rename a name."""
        _change(context, vocabulary, "renamed", old=[old], new=new, as_json=as_json)

    @group.command("merge", help=merge, cls=Command)
    @click.argument("names", nargs=-1, required=True, metavar=f"{name}...", shell_complete=complete)
    @click.argument("into", metavar="INTO", shell_complete=complete)
    def merge_names(context: CliContext, *, names: Sequence[str], into: str, as_json: bool) -> None:
        """Merge names into one."""
        _change(context, vocabulary, "merged", old=names, new=into, as_json=as_json)


_add_changes(
    tags_command,
    TAGS,
    complete_tag,
    name="TAG",
    rename="""Rename a tag; NEW may have levels, such as world/energy.

    If NEW is in use already, both become one.
    """,
    merge="Give everything that has one of the tags the last one instead.",
)
_add_changes(
    speakers_command,
    SPEAKERS,
    complete_speaker,
    name="NAME",
    rename="Rename a speaker; if NEW speaks already, both become one.",
    merge="Give all marks of the speakers the last name.",
)


@tags_command.command("delete", cls=Command)
@click.argument("names", nargs=-1, required=True, metavar="TAG...", shell_complete=complete_tag)
@yes_option
def delete_tags(
    context: CliContext, *, names: Sequence[str], is_sure: bool, as_json: bool
) -> int | None:
    """Remove tags from all marks and articles, which stay."""
    tag_library.known_tags(context.library, names)  # else there is nothing to ask
    if not has_consent(f"remove {', '.join(names)} from all marks and articles", is_sure=is_sure):
        return DECLINED
    _change(context, TAGS, "deleted", old=names, new=None, as_json=as_json)
    return None


def _list_tags(tags: Sequence[TagNode], *, as_json: bool) -> None:
    values = [
        {
            "tag": tag.name,
            "marks": tag.all_marks,
            "articles": tag.all_articles,
            "own_marks": tag.marks,
            "own_articles": tag.articles,
            "colour": tag.colour,
        }
        for tag in tags
    ]
    named = {colour: name for name, colour in COLOURS.items()}
    print_rows(
        [(tag.name, str(tag.all_marks), str(tag.all_articles), tag.colour) for tag in tags],
        json=values if as_json else None,
        headings=_TAG_HEADINGS,
        shown=[
            (
                tag.name,
                str(tag.all_marks or ""),
                str(tag.all_articles or ""),
                named.get(tag.colour, tag.colour),
            )
            for tag in tags
        ],
        signs=[console.colored(_SWATCH, tag.colour) if tag.colour else _NO_SWATCH for tag in tags],
        empty=NO_TAGS,
    )


def _change(
    context: CliContext,
    vocabulary: Vocabulary,
    done: str,
    *,
    old: Sequence[str],
    new: str | None,
    as_json: bool,
) -> None:
    """Give names of a vocabulary a new one, or delete tags, and print in how many places."""
    library, now = context.library, context.now
    with BatchProgress() as progress:
        if new is None:
            step = tag_library.delete_tags(library, old, now=now, progress=progress)
        else:
            step = vocabulary.merge(library, old, new, now=now, progress=progress)
        context.remember(step)
        console.clear_progress()
        if as_json:
            counts = {"marks": len(step.mark_ids), "articles": len(step.tags), "left": step.left}
            console.echo_json({done: old, "into": new or "", **counts})
        else:
            console.echo_fields(done, ", ".join(old), *([new] if new else []), step.extent)
            if step.remark:
                console.tell(step.remark)
        if sentence := vocabulary.warn(library, [name for name in old if name != new]):
            console.tell(sentence)
