"""Reports of imports, for people and for programs."""

from collections.abc import Mapping, Sequence

from annotator import codec
from annotator.cli.output import console
from annotator.importing import importers
from annotator.model.labels import count
from annotator.usecases.importing.report import LABELS, ImportReport, ReportLine

MANY = 40  # lines of one sort that people are shown; --last --json has them all


def print_formats(*, as_json: bool) -> None:
    """Print the formats with their names and titles."""
    found = importers.importers()
    if as_json:
        console.echo_json([_format(each) for each in found])
        return
    if not console.is_terminal():
        for each in found:
            console.echo_fields(each.name, each.title, each.hint)
        return
    width = max(len(each.name) for each in found)
    for each in found:
        console.echo(console.strong(each.name.ljust(width)), f"  {each.title}")
        if each.hint:
            console.echo(" " * width, "  ", console.faint(each.hint))


def print_report(report: ImportReport, *, as_json: bool) -> None:
    """Print what happened, then what the user may want to look at, with lines of the files."""
    if as_json:
        console.echo_json(codec.to_plain(report))
        return
    if console.is_terminal():
        _print_for_people(report)
        return
    for line in report.lines:
        place = f"{line.file}:{line.line}" if line.line else line.file
        console.echo_fields(line.what, place, line.title, line.reason, line.article_id)
    for sentence in report.summary:
        console.tell(sentence)


def _print_for_people(report: ImportReport) -> None:
    for sentence in report.summary:
        console.echo(sentence)
    by_sort: dict[str, list[ReportLine]] = {}
    for line in report.lines:
        by_sort.setdefault(line.what, []).append(line)
    for what, label in LABELS.items():
        lines = by_sort.get(what, [])
        if lines:
            console.echo()
            console.echo(console.strong(label), f" ({len(lines):,})")
            _print_lines(lines)


def _print_lines(lines: Sequence[ReportLine]) -> None:
    for line in lines[:MANY]:
        place = f"{line.file}, line {line.line}" if line.line else line.file
        console.echo("  ", line.title or "–", "  ", console.faint(place))
        console.echo("    ", line.reason)
    if len(lines) > MANY:
        more = count(len(lines) - MANY, "more line")
        console.echo(f"  {more}: annotator import --last --json")


def _format(found: importers.Importer) -> Mapping[str, str]:
    return {"name": found.name, "title": found.title, "hint": found.hint}
