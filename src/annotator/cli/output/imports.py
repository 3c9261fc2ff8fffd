"""Reports of imports, for people and for programs."""

from collections.abc import Sequence

from annotator import codec
from annotator.cli.output import console
from annotator.cli.output.rows import print_rows
from annotator.importing import importers
from annotator.model.labels import count
from annotator.usecases.importing.report import LABELS, ImportReport, ReportLine

_FIELDS = ("name", "title", "hint")
MANY = 40  # lines of one sort that people are shown; --last --json has them all


def print_formats(*, as_json: bool) -> None:
    """Print the formats with their names and titles."""
    rows = [(known.name, known.title, known.hint) for known in importers.importers()]
    if as_json or not console.is_terminal():
        values = [dict(zip(_FIELDS, row, strict=True)) for row in rows]
        print_rows(rows, json=values if as_json else None)
        return
    width = max(len(name) for name, _, _ in rows)
    for name, title, hint in rows:
        console.echo(console.strong(name.ljust(width)), f"  {title}")
        if hint:
            console.echo(" " * width, "  ", console.faint(hint))


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
