"""`annotator export`: articles with their marks as Markdown files, and what was written."""

import time
from collections.abc import Callable, Mapping, Sequence
from difflib import unified_diff
from functools import partial
from pathlib import Path
from typing import Final

import click

from annotator import usecases
from annotator.cli.completing import complete_query
from annotator.cli.context import CliContext
from annotator.cli.export_options import NoteChoices, format_option, note_options
from annotator.cli.output import console, forms, streams
from annotator.cli.params import QueryCommand, json_option
from annotator.errors import AnnotatorError, InvalidInput, NotInLibrary
from annotator.export import exporters
from annotator.model.labels import count
from annotator.model.text import clean_line
from annotator.settings import expanded
from annotator.store import questions
from annotator.usecases.exporting.export import ExportOptions, export_articles
from annotator.usecases.exporting.report import Exported, ExportReport
from annotator.usecases.exporting.vault import NOTES, OUTLINES, Vault
from annotator.usecases.queries.selection import choose_articles

TEMPLATES: Final = "templates"  # in place of articles: about the templates of notes
DIFFERENT: Final = 1  # the exit code of --check if something would be written
WATCH_EVERY: Final = 1.0  # seconds between two looks at the library
WATCH_REST: Final = 20  # times as long as a look takes
PAGE: Final = "html"  # the only format of one file that can be a digest
EACH: Final = 10  # articles between two looks at the progress

MANY = 20  # files; where there are more, people are not told of those that did not change


@click.command("export", cls=QueryCommand)
@click.argument("wanted", nargs=-1, metavar="[ARTICLE_OR_QUERY]...", shell_complete=complete_query)
@click.option(
    "--to",
    "target",
    type=click.Path(),  # as it was written: a slash at the end says that it is a folder
    metavar="DIR|FILE",
    help="Output folder (default: that of the last export inside the program, else export_folder "
    "in the settings, else annotator in ~/Documents). For formats of one file: that file, a "
    "folder, or - for standard output (the default). Books: a folder, or a file for one of all.",
)
@format_option(
    name="format_name",
    contents=["note", "collection", "book"],
    default="markdown",
    explanation="Notes in a folder, or one file for all: "
    f"{', '.join(exporters.built_in_formats('collection'))}. "
    "Books: epub, for e-readers.",
)
@json_option
@note_options
def export_command(
    context: CliContext,
    *,
    wanted: Sequence[str],
    target: str | None,
    format_name: str,
    as_json: bool,
    choices: NoteChoices,
) -> int:
    """Write articles with their marks to a folder, as Markdown for Obsidian and others.

    With --format, all of them in one file for other programs: json, csv and others.

    All articles with marks, those given by their ids, or those that match a query
    such as tag:energy. Exporting again updates the files, wherever in the folder
    you moved them. What you wrote in them stays. With --digest, one note of all
    marks that match.

    `annotator export templates` lists the templates with which you can change
    what notes look like, and what can be used in them.
    """
    if tuple(wanted) == (TEMPLATES,):
        return forms.collections.show_templates(
            context, is_init=choices.is_init, preset=choices.preset, as_json=as_json
        )
    exporter = exporters.exporter(format_name)
    is_book = exporter.can_hold("book")
    is_of_notes = not (is_book or exporter.can_hold("collection"))
    check = partial(_problem, as_json=as_json) if is_of_notes else _problem_of_collection
    if problem := check(choices, format_name):
        raise InvalidInput(*problem)
    if is_of_notes and target == "-":
        raise InvalidInput("Notes go to a folder.", "Name it with --to DIR. html can be printed.")
    if not (is_of_notes or (is_book and _is_folder(target))):
        words = (*wanted, "marked:today") if choices.is_daily else wanted
        return forms.collections.export_collection(
            context,
            words,
            choices,
            format_name=format_name,
            target=target,
            as_json=as_json,
            title=usecases.exporting.digest.digest_title(
                clean_line(choices.name), wanted, now=context.now, is_daily=choices.is_daily
            )
            if choices.is_one_note
            else "",
        )
    folder = Path(target) if target else None
    run = partial(
        _export, context, wanted, folder, format_name=format_name, choices=choices, as_json=as_json
    )
    if choices.is_watched:
        return _watch(context, run)
    report, titles = run()
    if choices.is_digest and not report.exported:
        raise NotInLibrary("No marks match.", "`annotator notes` lists your marks.")
    _tell_problems(report)
    if as_json:
        console.echo_json([_to_json(export, titles) for export in report.exported])
    elif choices.is_tried:
        _print_differences(report)
    else:
        _print_report(report, is_check=choices.is_check)
    if report.first_error:
        return report.first_error.exit_code
    return DIFFERENT if choices.is_check and report.changes else 0


def _is_folder(target: str | None) -> bool:
    return bool(target) and (str(target).endswith("/") or expanded(Path(str(target))).is_dir())


def _problem(choices: NoteChoices, format_name: str, *, as_json: bool) -> tuple[str, str] | None:
    """Return what is wrong with the options for notes, and what to do about it."""
    if choices.is_init:
        return "--init is only for templates.", "Write:  annotator export templates --init"
    if choices.is_one_note and format_name != NOTES:
        return "A digest is Markdown or html.", "Leave out --format."
    one_note, others = ("--name", "--group"), ("--all", "--prune", "--full-text")
    if wrong := choices.given(*(others if choices.is_one_note else one_note)):
        said, hint = ("Not", "Leave it out.") if choices.is_one_note else ("Only", "Add --digest.")
        return f"{said} for a digest: {wrong}.", hint
    if choices.has_text and choices.preset in OUTLINES:
        return "--full-text is only for obsidian and plain.", "Leave it out."
    if choices.is_watched and (as_json or not choices.writes):
        return "--watch writes files, and prints what it wrote.", "Use it without --json."
    return None


def _problem_of_collection(choices: NoteChoices, format_name: str) -> tuple[str, str] | None:
    """Return what is wrong with the options for a file of many articles."""
    if choices.is_one_note and format_name != PAGE:
        return "A digest is Markdown or html.", "Leave out --digest and --daily, or --format."
    if choices.name and not choices.is_one_note:
        return "Only for a digest: --name.", "Leave it out."
    only_notes = ("--all", "--prune", "--watch", "--preset", "--full-text", "--init", "--group")
    if given := choices.given(*only_notes):
        return f"Only for notes: {given}.", "Leave it out."
    return None


def _export(
    context: CliContext,
    wanted: Sequence[str],
    target: Path | None,
    *,
    format_name: str,
    choices: NoteChoices,
    as_json: bool,
) -> tuple[ExportReport, Mapping[str, str]]:
    """Return the report of an export, and the titles of the articles."""
    if target and exporters.exporter(format_name).can_hold("book"):
        export = usecases.exporting.export_collection
        report = usecases.exporting.books.export_books(
            context.library,
            wanted,
            expanded(target),
            state=context.folders.state,
            options=export.CollectionOptions.of_user(context.settings),
            writes=choices.writes,
            progress=_show_progress,
        )
        console.clear_progress()
        return report, {}
    vault = Vault.of_user(
        context.settings,
        state=context.folders.state,
        folder=target,
        format_name=format_name,
        preset=choices.preset,
        writes=choices.writes,
    )
    if choices.is_one_note:
        return _export_digest(context, wanted, vault, choices), {}
    by_query, titles = True, {}
    if wanted or as_json:
        records, by_query = choose_articles(context.library, wanted)
        titles = {record.id: record.title for record in records}
        if wanted and not records:
            raise NotInLibrary("No articles match.", "`annotator list` lists your articles.")
    has_unmarked = choices.has_unmarked or context.settings.export_unmarked or not by_query
    if not (has_unmarked or choices.is_watched) and (console.is_terminal() or choices.is_tried):
        ids = titles.keys() or {record.id for record in context.library.records()}
        if bare := len(ids - context.library.ask(questions.marks.mark_counts()).keys()):
            have = "has no marks, and gets" if bare == 1 else "have no marks, and get"
            told = f"{bare:,} of {count(len(ids), 'article')} {have} no new file without --all."
            console.tell(told)
    report = export_articles(
        context.library,
        tuple(titles) or None,  # of all, since their titles take long to read
        vault,
        options=ExportOptions(
            has_text=choices.has_text, prunes=choices.prunes, has_unmarked=has_unmarked
        ),
        progress=_show_progress,
    )
    console.clear_progress()
    return report, titles


def _export_digest(
    context: CliContext, words: Sequence[str], vault: Vault, choices: NoteChoices
) -> ExportReport:
    digest = usecases.exporting.digest
    options = digest.DigestOptions(
        clean_line(choices.name),
        choices.grouping or ("article" if choices.is_daily else "tag"),
        is_daily=choices.is_daily,
    )
    console.show_progress("Writing the digest …")
    report = digest.export_digest(context.library, words, vault, options=options, now=context.now)
    console.clear_progress()
    return report


def _watch(
    context: CliContext, export: Callable[[], tuple[ExportReport, Mapping[str, str]]]
) -> int:
    """Export whenever the library has changed, until the user stops it.

    Looking takes longer in a large library, and is done less often there.
    """
    seen, told = object(), ""
    console.tell("Exporting whatever changes. Ctrl+C ends it.")
    try:
        while True:
            start = time.monotonic()
            now: object = context.library.fingerprint()
            spent = time.monotonic() - start
            if now != seen:
                seen = now
                try:
                    _print_changes(export()[0])
                    told = ""
                except AnnotatorError as error:
                    if error.message != told:
                        console.complain(error)
                    told = error.message
            time.sleep(max(WATCH_EVERY, WATCH_REST * spent))
    except KeyboardInterrupt:
        console.tell("Stopped.")
        return 0


def _show_progress(done: int, total: int) -> None:
    if done and done % EACH == 0:
        console.show_progress(f"{done:,} of {total:,} articles …")


def _print_report(report: ExportReport, *, is_check: bool = False) -> None:
    """Print a line for each file, and below them what happened to all of them, or would."""
    exported = report.exported
    is_brief = console.is_terminal() and len(exported) > MANY
    for export in exported:
        if export.written and not (is_brief and export.outcome == "unchanged"):
            console.echo_fields(export.outcome, export.written.place)
    if not exported and not report.left_out:
        console.tell("Nothing to export: there are no marks.")
    elif is_check:
        _tell_changes(report)
    elif len(exported) > 1:
        console.tell(report.summary)


def _print_changes(report: ExportReport) -> None:
    """Print a line for each file that was written, and tell the user what went wrong."""
    changed = tuple(
        export
        for export in report.exported
        if export.error or (export.written and export.written.before != export.written.after)
    )
    _tell_problems(ExportReport(report.folder, changed))
    for export in changed:
        if export.written:
            console.echo_fields(export.outcome, export.written.place)
    streams.flush()


def _print_differences(report: ExportReport) -> None:
    """Print what would change, as a difference that `patch` and people can read."""
    for change in report.changes:
        name = str(change.path.relative_to(change.path.anchor))
        if not (change.before or change.after):  # of a book
            console.echo_fields(change.outcome, change.place)
        old, new = change.before.splitlines(), change.after.splitlines()
        for line in unified_diff(old, new, f"a/{name}", f"b/{name}", lineterm="", n=2):
            console.echo(line)
    _tell_changes(report)


def _tell_changes(report: ExportReport) -> None:
    console.tell(f"{count(len(report.changes), 'file')} would change.")


def _tell_problems(report: ExportReport) -> None:
    """Tell the user of errors, of files that were kept, and of what was left as it is."""
    failed = {export.error.message: export for export in reversed(report.exported) if export.error}
    for export in reversed(failed.values()):  # a full disk is reported once, not for each article
        if export.error:
            console.complain(export.error, about=export.title or export.article_id)
    for export in report.exported:
        if export.written is None:
            continue
        name = export.written.name
        if export.written.outcome == "kept":
            console.tell(f"{name} has been edited, and was not overwritten.")
        for problem in export.told:
            console.tell(f"{name}: {problem}")
    for remark in report.remarks:
        console.tell(remark)
    if report.left_out and not console.is_terminal():
        console.tell("To export articles without marks too:  annotator export --all")


def _to_json(exported: Exported, titles: Mapping[str, str]) -> Mapping[str, object]:
    title = titles.get(exported.article_id, exported.title)
    said: dict[str, object] = {"id": exported.article_id, "title": title}
    if exported.written and not exported.error:
        said |= console.attributes(exported, "outcome marks problems kept orphans with_care")
        said |= {"path": exported.written.place}
    return said | console.error_to_json(exported.error)
