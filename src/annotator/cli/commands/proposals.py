"""`annotator proposals`: what programs propose as marks, to take it or to dismiss it."""

from collections.abc import Mapping, Sequence

import click

from annotator.cli.context import CliContext
from annotator.cli.group import CommandGroup
from annotator.cli.output import console
from annotator.cli.output.tables import print_outcome, print_titled, print_wrapped
from annotator.cli.params import Command, json_option
from annotator.usecases.marks.proposals import (
    PlacedProposal,
    ProposalEdit,
    dismiss,
    named,
    offered_words,
    take,
    waiting,
)

_NONE = "No proposals wait. Programs that you let propose marks are in:  annotator mcp --help"
_names = click.argument("names", nargs=-1, required=True, metavar="ID...")


@click.group("proposals", cls=CommandGroup, invoke_without_command=True)
@json_option
@click.pass_context
def proposals_command(ctx: click.Context, *, as_json: bool) -> None:
    """List the marks that programs propose, and take or dismiss them.

    They wait, and are no marks, until you take them. Programs propose them by
    `annotator mcp --allow propose`, or are commands of your own. What you take
    keeps the name of the program: annotator notes is:proposed
    """
    if ctx.invoked_subcommand is not None:
        return
    listed = waiting(ctx.obj.library)
    if as_json:
        console.echo_json([_of(one) for one in listed])
    elif not listed:
        console.tell(_NONE)
    for one in () if as_json else listed:
        _print(one)


@proposals_command.command("take", cls=Command)
@_names
def take_proposals(context: CliContext, *, names: Sequence[str], as_json: bool) -> None:
    """Make marks of proposals; ID is as `annotator proposals` lists it."""
    edit = take(context.library, named(context.library, names), now=context.now)
    _tell(context, edit, "taken", as_json=as_json)
    if edit.size < len(names):
        left = len(names) - edit.size
        console.tell(f"{left:,} left: their words are not in the text exactly once.")


@proposals_command.command("dismiss", cls=Command)
@_names
def dismiss_proposals(context: CliContext, *, names: Sequence[str], as_json: bool) -> None:
    """Dismiss proposals; they do not come back when they are proposed again."""
    edit = dismiss(context.library, named(context.library, names), now=context.now)
    _tell(context, edit, "dismissed", as_json=as_json)


def _tell(context: CliContext, edit: ProposalEdit, done: str, *, as_json: bool) -> None:
    context.remember(edit)
    values = [
        {"outcome": done, "id": key, "quote": one.mark.quote} for key, one in edit.proposals.items()
    ]
    if as_json:
        console.echo_json(values)
    for value in () if as_json else values:
        print_outcome(done, value["id"], " ".join(value["quote"].split()))


def _print(one: PlacedProposal) -> None:
    mark, title = one.mark, one.record.title or one.record.url
    if not console.is_terminal():
        fields = (mark.id, one.record.id, mark.kind, mark.quote, mark.proposed)
        console.echo_fields(*fields, one.proposal.reason, one.remark)
        return
    print_titled(f"“{' '.join(mark.quote.split())}”", console.short(mark.id))
    for line in filter(None, (offered_words(mark), mark.note, one.proposal.reason, one.remark)):
        print_wrapped(line, "    ")
    print_wrapped(f"{mark.proposed}, in: {title}", "    ", color="faint")


def _of(one: PlacedProposal) -> Mapping[str, object]:
    mark = one.mark
    return {
        **console.attributes(mark, "id kind quote tags note claim links proposed created"),
        "reason": one.proposal.reason,
        "article": console.attributes(one.record, "id url title"),
        "start": one.span and one.span.start,
        "end": one.span and one.span.end,
        "remark": one.remark,
    }
