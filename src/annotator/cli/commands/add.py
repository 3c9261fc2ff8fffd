"""`annotator add`: add articles to the library."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click
from msgspec.structs import replace

from annotator.cli.batch import AttemptReport
from annotator.cli.context import CliContext
from annotator.cli.launch import standard_input, tell_access, tell_offers
from annotator.cli.output import console
from annotator.cli.output.marks import bare
from annotator.cli.output.tables import print_outcome, print_rows
from annotator.cli.params import (
    FILE_OR_ADDRESS,
    Command,
    password_option,
    render_option,
    tags_option,
    url_option,
)
from annotator.errors import InvalidInput
from annotator.fetch import looks_like_address
from annotator.model.labels import count
from annotator.model.text import clean_line
from annotator.settings import expanded
from annotator.store import FailedAddress
from annotator.usecases.articles.add import Attempt, add_all
from annotator.usecases.articles.new_files import finished_files, note_seen
from annotator.usecases.articles.retry import as_sources, chosen, worth_retrying
from annotator.usecases.articles.sources import (
    Source,
    addresses_in,
    in_clipboard,
    looks_like_source,
    messages_in,
)

_RETRY = "annotator add --retry"
_HEADINGS = ("ADDRESS", "LAST TRIED", "TRIES", "TRY AGAIN", "WHY")
_OUTCOMES = {
    "unchanged": "Already in your library.",
    "revised": "It has changed since it was saved; both versions are kept.",
    "kept": "Your saved copy is better, so it was kept.",
}


@click.command("add", cls=Command)
@click.argument("sources", nargs=-1, metavar="SOURCE...", type=FILE_OR_ADDRESS)
@tags_option
@url_option
@click.option("--title", default="", metavar="TITLE", help="Title in place of its own.")
@click.option("--clipboard", is_flag=True, help="Add what was copied: an address, or a text.")
@render_option
@password_option
@click.option(
    "--all-parts", is_flag=True, help="If the article is split over several pages, add them all."
)
@click.option("--new", "is_folder", is_flag=True, help="Add what came into the folder SOURCE.")
@click.option("--retry", is_flag=True, help="Add the addresses that failed before, or SOURCE.")
@click.option("--list", "instead", flag_value="list", help="With --retry or --new: only list them.")
@click.option(
    "--forget", "instead", flag_value="forget", help="With --retry or --new: forget them."
)
def add_command(  # noqa: PLR0913 - an argument for each option
    context: CliContext,
    *,
    sources: Sequence[str],
    tags: Sequence[str],
    url: str,
    title: str,
    clipboard: bool,
    password: str,
    all_parts: bool,
    is_folder: bool,
    retry: bool,
    instead: str | None,
    as_json: bool,
) -> int:
    """Add articles to the library.

    SOURCE: a URL, a file (.html, .pdf, .epub, .eml) or - for standard input: a page, a
    text, or a list of URLs, one on each line. Several are fetched in parallel; a
    failure doesn't stop the rest. Addresses that failed are remembered for --retry.
    With --new, SOURCE is a folder: pages, books, PDFs and mail in it are added that
    were not there the last time.
    """
    if is_folder:
        return _add_new(context, sources, tags, instead, as_json=as_json)
    if instead and not retry:
        raise InvalidInput(
            "--list and --forget need --retry, or --new.", "See: annotator add --help"
        )
    if not retry:
        copied = in_clipboard() if clipboard else ()
        wanted = [*copied, *(_wanted(sources, url) if sources or not copied else ())]
        if (url or title) and len(wanted) > 1:
            raise InvalidInput("--url and --title are for one source.", "Add them one by one.")
        wanted = [
            replace(source, title=title, url=url or source.url, password=password)
            for source in wanted
        ]
        return _add(context, wanted, tags, all_parts=all_parts, as_json=as_json)
    if url or title or clipboard:
        raise InvalidInput("--url, --title and --clipboard don't go with --retry.")
    failed = chosen(context.library, sources)
    if instead == "list":
        return _list_failed(failed, as_json=as_json)
    if instead == "forget":
        number = context.library.failures.forget([failure.address for failure in failed])
        console.tell(f"{count(number, 'address', 'addresses')} forgotten.")
        return 0
    wanted = [*as_sources([failure for failure in failed if failure.may_pass or sources])]
    if wanted:
        return _add(context, wanted, tags, all_parts=all_parts, as_json=as_json)
    if as_json:
        console.echo_json([])
    console.tell(f"Nothing to try again. {_described(failed)}")
    return 0


def _add_new(
    context: CliContext,
    names: Sequence[str],
    tags: Sequence[str],
    instead: str | None,
    *,
    as_json: bool,
) -> int:
    """Add what is new in a folder, list it, or leave it out from now on."""
    name = names[0] if names else context.settings.download_folder
    if not name or names[1:]:
        raise InvalidInput("Give one folder.", "Or set download_folder, and give none.")
    new = context.run(finished_files(context.library, expanded(Path(name))))
    sources = new.sources
    for path in new.unfinished:
        console.tell(f"{clean_line(path.name)} is still being written; it waits.")
    if instead == "list":
        names = [source.name for source in sources]
        console.echo_json(names) if as_json else print_rows([(name,) for name in names])
    elif instead == "forget":
        for source in sources:
            note_seen(context.library, source)
        console.tell(f"{count(len(sources), 'file')} left out, until they change.")
    elif sources:
        return _add(context, sources, tags, all_parts=False, as_json=as_json)
    else:
        console.echo_json([]) if as_json else console.tell("Nothing new.")
    return 0


def _wanted(sources: Sequence[str], url: str) -> Sequence[Source]:
    """Return the sources that the arguments name, and those of lists on standard input."""
    if not sources:
        raise InvalidInput("No SOURCE is given.", "Give a URL, a file, or - for standard input.")
    wanted: list[Source] = []
    first, *others = dict.fromkeys(sources)
    if looks_like_address(first) and (words := [*filter(_is_prose, others)]):
        # As newsboat calls it for a bookmark: address, title, description, name of the feed.
        console.tell(f"Left out, for it is no address or file: {', '.join(filter(None, words))}.")
        others = [name for name in others if name not in words]
    for name in (first, *others):
        stdin = standard_input(name)
        addresses = addresses_in(stdin) if stdin and not url else ()
        wanted += (
            [Source(address) for address in addresses]
            or messages_in(name)
            or [Source(name, url, stdin)]
        )
    return wanted


def _is_prose(name: str) -> bool:
    """Return whether a name is a title or a word, and not a file that may be missing."""
    return not looks_like_source(name) and (" " in name or not {"/", "."} & {*name})


def _add(
    context: CliContext,
    wanted: Sequence[Source],
    tags: Sequence[str],
    *,
    all_parts: bool,
    as_json: bool,
) -> int:
    """Add sources, tell what became of each, and return the exit code."""
    tell = partial(print_attempt, is_one_of_many=len(wanted) > 1)
    report = AttemptReport[Attempt](
        "Adding",
        len(wanted),
        tell=partial(tell_failure, is_one_of_many=len(wanted) > 1) if as_json else tell,
        outcome=lambda attempt: attempt.added.outcome if attempt.added else "failed",
        to_json=attempt_to_json if as_json else None,
    )
    work = add_all(
        context.library,
        wanted,
        tags=tags,
        now=context.now,
        report=report,
        options=context.fetch_options,
        all_parts=all_parts,
    )
    try:
        context.run(work)
    finally:
        console.clear_progress()
        if as_json or len(wanted) != 1:
            report.tell_end()
    failed = [attempt for attempt in report.done if attempt.error]
    sources = [attempt.source for attempt in failed]
    if number := len(worth_retrying(context.library, sources)) if failed else 0:
        console.tell(f"{count(number, 'address', 'addresses')} to try again: {_RETRY}")
    return next((attempt.error.exit_code for attempt in failed if attempt.error), 0)


def print_attempt(attempt: Attempt, *, is_one_of_many: bool) -> None:
    """Print what became of a source, and say what is to be known about it."""
    tell_failure(attempt, is_one_of_many=is_one_of_many)
    if not attempt.added:
        return
    record, outcome = attempt.added.record, attempt.added.outcome
    console.clear_progress()
    print_outcome(outcome, record.id, record.title)
    about = f"{clean_line(record.title or record.url)}: " if is_one_of_many else ""
    tell_access(attempt.added.completeness, about=about)
    tell_offers(attempt.added.completeness, attempt.added.offers, about=about)
    if outcome in _OUTCOMES:
        console.tell(about + _OUTCOMES[outcome])
    if url := clean_line(attempt.added.not_taken):
        kept = "at its file, which" if attempt.source.stdin is None else "without an address, as it"
        console.tell(f"{about}Kept {kept} names an address of your own network: {url}")
        how = "annotator add FILE --url ADDRESS, or the field url of SingleFile"
        console.tell(f"To keep it there, if you trust the file: {how}")
    if record.state == "archived":
        console.tell(f"{about}It is archived: Z in the library shows it, z takes it out.")
    for other in attempt.added.same_doi:
        name = f"“{clean_line(other.title)}”, {console.short(other.id)},"
        console.tell(f"{about}{name} has the same DOI.")
    if attempt.added.in_bin:
        console.tell(
            about + attempt.added.in_bin.offer + f"  annotator restore {console.short(record.id)}"
        )


def tell_failure(attempt: Attempt, *, is_one_of_many: bool = False) -> None:
    """Print why a source was not added, if it was not."""
    if attempt.error:
        name = clean_line(attempt.source.name)
        needs_name = is_one_of_many and name not in attempt.error.message
        console.complain(attempt.error, about=name if needs_name else "")


def _list_failed(failed: Sequence[FailedAddress], *, as_json: bool) -> int:
    rows = [
        (
            "passing" if failure.may_pass else "lasting",
            failure.last.astimezone().strftime("%Y-%m-%d %H:%M"),
            str(failure.tries),
            failure.address,
            failure.reason,
        )
        for failure in failed
    ]
    print_rows(
        rows,
        json=failed if as_json else None,
        headings=_HEADINGS,
        shown=[
            (row[3], *row[1:3], "yes" if failure.may_pass else "no use", row[4])
            for row, failure in zip(rows, failed, strict=True)
        ],
        flexible=4,
    )
    if not as_json:
        console.tell(_described(failed))
    return 0


def _described(failed: Sequence[FailedAddress]) -> str:
    """Return how many of the failures are worth another try."""
    if not failed:
        return "No address has failed."
    passing = sum(failure.may_pass for failure in failed)
    lasting = len(failed) - passing
    words = [f"{passing:,} to try again: {_RETRY}."] * bool(passing)
    words += [f"{lasting:,} for which another try is no use."] * bool(lasting)
    return " ".join([*words, f"{_RETRY} --forget forgets them."])


def attempt_to_json(attempt: Attempt) -> dict[str, object]:
    """Return what became of a source, for programs."""
    said: dict[str, object] = {"source": attempt.source.name}
    if attempt.added:
        said |= console.attributes(attempt.added, "outcome completeness offers")
        said |= {"article": bare(attempt.added.record)}
    return said | console.error_to_json(attempt.error)
