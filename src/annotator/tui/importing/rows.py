"""The lines of a report as rows of a list, with a heading for each sort."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from annotator.tui.lists.rows import Heading, Line, Piece, Remark, Row
from annotator.tui.lists.text_fit import truncate, wrap
from annotator.usecases.importing.report import LABELS, ImportReport, ReportLine

MANY = 500  # lines of one sort; the others are in the report that the command line prints
_MOST_LINES = 3  # of a reason
_MARGIN = 3  # cells


class ReportRow(Struct, frozen=True):
    """A row of the report: an item or highlight, its line in the file, and the reason."""

    line: ReportLine
    number: int

    @property
    def key(self) -> str:
        """The number of the line of the report."""
        return str(self.number)

    def height(self, width: int) -> int:
        """Return the number of lines."""
        return len(self.lines(width))

    def lines(self, width: int) -> Sequence[Line]:
        """Return the title with the place in the file, and the reason below."""
        line = self.line
        place = f"{line.file}, line {line.line}" if line.line else line.file
        space = max(1, width - _MARGIN - 2)
        title = truncate(line.title or "–", max(space - len(place) - 2, space // 2))
        shown = truncate(place, max(1, space - len(title) - 2))
        reason = wrap(line.reason, space, lines=_MOST_LINES)
        first = (Piece(f" {title}"), Piece(f"  {shown}", "quiet"))
        return (first, *((Piece(" " * _MARGIN), Piece(line, "quiet")) for line in reason))


def report_rows(report: ImportReport) -> Sequence[Row]:
    """Return the lines of a report, the most important sorts first."""
    numbered = list(enumerate(report.lines))
    rows: list[Row] = []
    for what, label in LABELS.items():
        lines = [(number, line) for number, line in numbered if line.what == what]
        if lines:
            rows.append(Heading(f" {label} ({len(lines):,})", air=1 if rows else 0))
            rows += _rows(lines)
    return rows


def _rows(lines: Sequence[tuple[int, ReportLine]]) -> Iterator[Row]:
    yield from (ReportRow(line, number) for number, line in lines[:MANY])
    if len(lines) > MANY:
        yield Remark("   The others: annotator import --last --json")
