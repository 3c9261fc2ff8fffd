"""Checking the whole library for damage, and repairing it."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from annotator.errors import AnnotatorError
from annotator.store import Library, questions
from annotator.store.articles.article_folder import ArticleFolder
from annotator.store.maintenance import DamagedRevision
from annotator.store.repair import CheckReport, LibraryProblem
from annotator.usecases.library.sync_folders import sync_warnings
from annotator.usecases.marks.links import lost_links
from annotator.usecases.sandbox.clean import clean

Tell = Callable[[int, int], None]  # called with the number of checked articles, and of all


class Report(Struct, frozen=True):
    """The problems found, those repaired, and counts of the contents.

    `kept_aside` are damaged files that were repaired and copies that were merged.
    Nothing needs them, but only the user may delete them. `lost_links` are links to marks
    that are gone, neither in the library nor in the bin: each the id of the mark that has
    the link, and of the one that it leads to. They stay, since a mark may come back. `warnings`
    are sentences about sync programs that would lose changes.
    """

    found: tuple[LibraryProblem, ...] = ()
    repaired: tuple[LibraryProblem, ...] = ()
    kept_aside: tuple[str, ...] = ()
    articles: int = 0
    in_bin: int = 0
    marks: int = 0
    versions: int = 0
    lost_links: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()


class _Seen:
    """What checks have found so far; of each article only a hash, for there may be 100,000."""

    def __init__(self) -> None:
        self.findings: list[LibraryProblem] = []
        self._kept_aside: list[str] = []
        self._articles = self._in_bin = self._marks = self._marks_in_bin = self._versions = 0
        self._records: set[int] = set()

    def add(self, report: CheckReport, article: ArticleFolder | None = None) -> None:
        """Add the report of a check: that of an article, or of the rest of the library."""
        self.findings += report.findings
        self._kept_aside += report.kept_aside
        self._marks += report.marks
        self._versions += report.versions
        if article and not article.path.exists():
            return  # the repair has removed what was never written
        if article and article.is_in_bin:
            self._in_bin += 1
            self._marks_in_bin += report.marks
        elif article:
            self._articles += 1
            self._records |= {hash(report.record)} if report.record else set()

    def add_index(self, library: Library) -> bool:
        """Compare the index with the files, if none of them is damaged; return if it matches."""
        if len(self._records) < self._articles:
            return True
        records = library.ask(questions.articles.record_hashes())
        marks = sum(library.ask(questions.marks.mark_counts()).values())
        if records == self._records and marks == self._marks - self._marks_in_bin:
            return True
        sentence = "The index does not match the files."
        self.findings.append(LibraryProblem("index", "index", sentence))
        return False

    def report(self, library: Library, before: Sequence[LibraryProblem] = ()) -> Report:
        """Return all of it; what was found `before` and is gone was repaired."""
        left = {finding.key for finding in self.findings}
        report = Report(
            tuple(self.findings),
            tuple(finding for finding in before if finding.key not in left),
            tuple(self._kept_aside),
            articles=self._articles,
            in_bin=self._in_bin,
            marks=self._marks,
            versions=self._versions,
            warnings=sync_warnings(library.folder, os.environ),
        )
        # Links to marks that are gone may be to those in a damaged file.
        return report if report.found else replace(report, lost_links=lost_links(library))


def examine(library: Library, *, tell: Tell = lambda _done, _all: None) -> Report:
    """Return the problems of the library. Nothing is changed."""
    maintenance, seen = library.maintenance, _Seen()
    seen.add(maintenance.check_library())
    total = maintenance.article_count()
    for number, article in enumerate(maintenance.articles()):
        tell(number, total)
        seen.add(maintenance.check(article), article)
    seen.add_index(library)
    return seen.report(library)


async def repair(
    library: Library, *, now: datetime, tell: Tell = lambda _done, _all: None
) -> Report:
    """Repair what can be repaired, and return the problems that remain and those that are gone.

    Raises `LibraryReadOnly` if nothing may be changed.
    """
    maintenance, before, seen = library.maintenance, list[LibraryProblem](), _Seen()
    before += maintenance.check_library().findings
    maintenance.repair_library()
    seen.add(maintenance.check_library())
    total = maintenance.article_count()
    for number, article in enumerate(maintenance.articles()):
        tell(number, total)
        report = maintenance.check(article)
        if report.findings:
            before += report.findings
            maintenance.repair(article, now=now)
            for damaged in maintenance.damaged_revisions(article):
                await _clean_again(damaged)
            report = maintenance.check(article)
        seen.add(report, article)
    if not seen.add_index(library):
        before.append(seen.findings.pop())
        maintenance.rebuild_index()
        seen.add_index(library)
    return seen.report(library, before)


async def _clean_again(damaged: DamagedRevision) -> None:
    """Extract a damaged revision again from its page; if that fails, trust an unaltered text."""
    for page in damaged.pages:
        with suppress(AnnotatorError):  # a page that cannot be cleaned, or not as this kind
            if damaged.replace(await clean(page), page):
                return
    damaged.accept()
