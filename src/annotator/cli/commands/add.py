"""`annotator add`: add articles to the library."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

import click

from annotator.cli.context import CliContext
from annotator.cli.launch import standard_input, tell_access, tell_offers
from annotator.cli.output import console
from annotator.cli.params import json_option, tags_option, url_option
from annotator.errors import InvalidInput
from annotator.model.text import clean_line
from annotator.usecases.add import Attempt, add_all
from annotator.usecases.sources import Source, addresses_in

Reporter = Callable[[Attempt], None]

_OUTCOMES = {
    "unchanged": "Already in your library.",
    "revised": "It has changed since it was saved; both versions are kept.",
    "kept": "Your saved copy is better, so it was kept.",
}


@click.command("add")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@tags_option
@url_option
@click.option(
    "--all-parts", is_flag=True, help="If the article is split over several pages, add them all."
)
@json_option
@click.pass_obj
def add_command(
    context: CliContext,
    *,
    sources: Sequence[str],
    tags: Sequence[str],
    url: str,
    all_parts: bool,
    as_json: bool,
) -> int:
    """Add articles to the library.

    SOURCE: a URL, a file (.html, .txt, .md) or - for standard input: a page, a
    text, or a list of URLs, one on each line. Several are fetched in parallel; a
    failure doesn't stop the rest.
    """
    if url and len(sources) > 1:
        raise InvalidInput("--url is for a single source.", "Add them one by one.")
    wanted = [each for name in dict.fromkeys(sources) for each in _sources(name, url)]
    tell = partial(_print_attempt, is_one_of_many=len(wanted) > 1)
    done: list[Attempt] = []
    work = add_all(
        context.library,
        wanted,
        tags=tags,
        now=datetime.now(UTC),
        report=_reporter(len(wanted), done, _tell_failure if as_json else tell),
        options=context.fetch_options,
        all_parts=all_parts,
    )
    try:
        context.run(work)
    except KeyboardInterrupt:
        _tell_end(done, len(wanted), as_json=as_json)
        raise
    _tell_end(done, len(wanted), as_json=as_json)
    return next((each.error.exit_code for each in done if each.error), 0)


def _sources(name: str, url: str) -> Sequence[Source]:
    """Return the source, or those in a list on standard input."""
    stdin = standard_input(name)
    addresses = addresses_in(stdin) if stdin and not url else ()
    return [Source(each) for each in addresses] or [Source(name, url, stdin)]


def _tell_end(done: Sequence[Attempt], total: int, *, as_json: bool) -> None:
    """Print what was done as JSON, or count it, with what is left if the user stopped it."""
    console.clear_progress()
    if as_json:
        console.echo_json([_to_json(attempt) for attempt in done])
        return
    if total == 1:
        return
    counts = Counter(each.added.outcome if each.added else "failed" for each in done)
    left = total - len(done)
    told = [f"{number:,} {outcome}" for outcome, number in counts.most_common()]
    told += [f"{left:,} not done"] if left else []
    console.tell(f"{'Stopped: ' if left else ''}{', '.join(told)}.")


def _reporter(total: int, done: list[Attempt], tell: Reporter) -> Reporter:
    """Return what tells each attempt, and adds it to those that are done."""
    console.show_progress(f"Adding {total} …" if total > 1 else "Adding …")

    def report(attempt: Attempt) -> None:
        done.append(attempt)
        tell(attempt)
        if len(done) < total:
            console.show_progress(f"{len(done)} of {total} …")

    return report


def _print_attempt(attempt: Attempt, *, is_one_of_many: bool) -> None:
    _tell_failure(attempt)
    if not attempt.added:
        return
    record, outcome = attempt.added.record, attempt.added.outcome
    console.clear_progress()
    if console.is_terminal():
        console.echo(
            f"{outcome}  ", console.faint(record.id[: console.ID_LENGTH]), f"  {record.title}"
        )
    else:
        console.echo_fields(outcome, record.id, record.title)
    about = f"{clean_line(record.title or record.url)}: " if is_one_of_many else ""
    tell_access(attempt.added.completeness, about=about)
    tell_offers(attempt.added.completeness, attempt.added.offers, about=about)
    if outcome in _OUTCOMES:
        console.tell(about + _OUTCOMES[outcome])


def _tell_failure(attempt: Attempt) -> None:
    if attempt.error:
        console.complain(attempt.error)


def _to_json(attempt: Attempt) -> dict[str, object]:
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
