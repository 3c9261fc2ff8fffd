"""The report of an import: counts, and a line for all that did not go as wished.

While it runs: how far it is, and an estimate of the time that is left.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct

from annotator.codec import decode
from annotator.model.labels import count
from annotator.store import ImportMemory, Library

Outcome = Literal["added", "updated", "unchanged", "removed"]
Placed = Literal["exact", "changed", "not_found", "known"]
What = Literal[
    "skipped",  # not imported at all
    "no-text",  # imported without the text of its page
    "not-found",  # a highlight whose words are not in the text
    "changed",  # a highlight on words that differ from its own
    "removed",  # was deleted here since it was imported
    "gone",  # is no longer in the book on the device, but stays here
    "kept",  # a change of the service that gave way to one of the user
    "remark",  # such as a date that is none
]

LABELS: Mapping[What, str] = {  # in the order in which they are shown
    "skipped": "Not imported",
    "not-found": "Highlights that are not in the text",
    "changed": "Highlights on words that have changed",
    "no-text": "Without the text of the page",
    "gone": "Deleted on the device; they stay here",
    "kept": "Changed by you here and by the service; yours stays",
    "removed": "Removed here, and not imported again",
    "remark": "Remarks",
}

_MINUTE, _HOUR = 60, 3600
_FEW = 20  # items after which the time can be estimated


class ReportLine(Struct, frozen=True, kw_only=True):
    """Something that the user may want to look at, with its line in the file."""

    what: What
    reason: str
    title: str = ""
    line: int = 0
    file: str = ""
    article_id: str = ""


class FileReport(Struct, frozen=True, kw_only=True):
    """A file: its format, and how many items and highlights are in it."""

    file: str
    format: str
    items: int = 0
    highlights: int = 0
    skipped: int = 0


class ImportReport(Struct, frozen=True, kw_only=True):
    """The report of an import: the outcome of each item of some files.

    `merged` counts items that were in the files twice. `exact`, `changed` and `not_found` are
    highlights that were placed now, `known` those that were there already.
    """

    files: tuple[FileReport, ...] = ()
    when: datetime | None = None
    is_dry_run: bool = False
    is_complete: bool = True
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    merged: int = 0
    fetched: int = 0
    exact: int = 0
    changed: int = 0
    not_found: int = 0
    known: int = 0
    lines: tuple[ReportLine, ...] = ()

    @property
    def counts(self) -> Counter[What]:
        """The number of lines of each sort."""
        return Counter(line.what for line in self.lines)

    @property
    def items(self) -> int:
        """The number of items in the files."""
        return sum(file.items for file in self.files)

    @property
    def highlights(self) -> int:
        """The number of highlights in the files."""
        return sum(file.highlights for file in self.files)

    @property
    def summary(self) -> Sequence[str]:
        """The outcome in a few sentences."""
        return (*map(_of_file, self.files), *_of_items(self), *_of_highlights(self))


def _of_file(file: FileReport) -> str:
    held = [count(file.items, "item"), count(file.highlights, "highlight")]
    if file.skipped and not file.items:
        held = []
    held += [f"{file.skipped:,} skipped"] if file.skipped else []
    return f"{file.file} ({file.format}): {', '.join(held)}."


def _of_items(report: ImportReport) -> Iterator[str]:
    done = {
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "removed here before": report.removed,
        "there twice": report.merged,
    }
    told = ", ".join(f"{number:,} {name}" for name, number in done.items() if number)
    if report.is_dry_run:
        told = told.replace("added", "new").replace("updated", "in the library")
        yield f"A trial, nothing was changed: {told or 'nothing to import'}."
        return
    fetched = f" {count(report.fetched, 'page')} fetched." if report.fetched else ""
    stopped = "" if report.is_complete else "It was stopped. "
    yield f"{stopped}Items: {told or 'none'}.{fetched}"


def _of_highlights(report: ImportReport) -> Iterator[str]:
    placed = {
        "placed on their words": report.exact,
        "on changed words": report.changed,
        "not found": report.not_found,
        "there already": report.known,
    }
    told = [f"{number:,} {name}" for name, number in placed.items() if number]
    if told:
        yield f"Highlights and notes: {', '.join(told)}."


def last_report(library: Library) -> ImportReport | None:
    """Return the report of the last import, None if there was none."""
    with ImportMemory(library.state) as memory:
        data = memory.report()
    try:
        return decode(data, ImportReport) if data else None
    except ValueError:
        return None


class ImportProgress(Struct, frozen=True):
    """The numbers of items done, of all items, and of pages fetched so far."""

    done: int
    total: int
    fetched: int = 0


def time_left(progress: ImportProgress, passed: float) -> str:
    """Return how long an import will take, as `, about 3 min left`; empty if it is unknown.

    `passed` are the seconds since it began.
    """
    if not _FEW <= progress.done < progress.total:
        return ""
    seconds = passed / progress.done * (progress.total - progress.done)
    if seconds < _MINUTE:
        return ", less than a minute left"
    if seconds < _HOUR:
        return f", about {round(seconds / _MINUTE)} min left"
    return f", about {round(seconds / _HOUR)} h left"
