"""`annotator add`: sources into the library."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import click

from annotator.cli.commands.list import ID_LENGTH
from annotator.cli.context import Workspace
from annotator.cli.launch import standard_input, tell_access, tell_offers
from annotator.cli.output import console
from annotator.cli.params import json_option, tags_option, url_option
from annotator.errors import InvalidInput
from annotator.usecases.add import Attempt, add_all
from annotator.usecases.sources import Source

Reporter = Callable[[Attempt], None]

_OUTCOMES = {
    "unchanged": "It is in the library already.",
    "revised": "It has changed since it was kept; both versions are kept.",
    "kept": "What is kept is better than what is served now, and stays.",
}


@click.command("add")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@tags_option
@url_option
@click.option("--all-parts", is_flag=True, help="Of an article in parts, add all of them.")
@json_option
@click.pass_obj
def add_command(
    workspace: Workspace,
    *,
    sources: Sequence[str],
    tags: Sequence[str],
    url: str,
    all_parts: bool,
    as_json: bool,
) -> int:
    """Put articles into the library.

    SOURCE is an address, a file (.html, .txt, .md) or - for standard input.
    Several are had at the same time; one that fails does not stop the others.
    """
    if url and len(sources) > 1:
        raise InvalidInput("--url says where one source came from.", "Add them one by one.")
    wanted = [Source(name, url, standard_input(name)) for name in dict.fromkeys(sources)]
    attempts = asyncio.run(
        add_all(
            workspace.library,
            wanted,
            tags=tags,
            now=datetime.now(UTC),
            report=_reporter(len(wanted), _tell_failure if as_json else _print_attempt),
            options=workspace.fetch_options,
            all_parts=all_parts,
        )
    )
    console.clear_progress()
    if as_json:
        console.echo_json([_plain(attempt) for attempt in attempts])
    return next((each.error.exit_code for each in attempts if each.error), 0)


def _reporter(total: int, tell: Reporter) -> Reporter:
    done = 0
    console.show_progress(f"Adding {total} …" if total > 1 else "Adding …")

    def report(attempt: Attempt) -> None:
        nonlocal done
        done += 1
        tell(attempt)
        if done < total:
            console.show_progress(f"{done} of {total} …")

    return report


def _print_attempt(attempt: Attempt) -> None:
    _tell_failure(attempt)
    if not attempt.added:
        return
    record, outcome = attempt.added.record, attempt.added.outcome
    console.clear_progress()
    if console.is_terminal():
        console.echo(f"{outcome}  ", console.faint(record.id[:ID_LENGTH]), f"  {record.title}")
    else:
        console.echo_fields(outcome, record.id, record.title)
    tell_access(attempt.added.completeness)
    tell_offers(attempt.added.completeness, attempt.added.offers)
    if outcome in _OUTCOMES:
        console.tell(_OUTCOMES[outcome])


def _tell_failure(attempt: Attempt) -> None:
    if attempt.error:
        console.complain(attempt.error)


def _plain(attempt: Attempt) -> dict[str, object]:
    said: dict[str, object] = {"source": attempt.source.name}
    if attempt.added:
        said |= {
            "outcome": attempt.added.outcome,
            "article": attempt.added.record,
            "completeness": attempt.added.completeness,
            "offers": attempt.added.offers,
        }
    if attempt.error:
        said |= {"error": attempt.error.message, "hint": attempt.error.hint}
    return said
