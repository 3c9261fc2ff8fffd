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


def examine(library: Library, *, tell: Tell = lambda _done, _all: None) -> Report:
    """Return the problems of the library. Nothing is changed."""
    maintenance = library.maintenance
    articles = maintenance.articles()
    seen = [maintenance.check_library()]
    for number, article in enumerate(articles):
        tell(number, len(articles))
        seen.append(maintenance.check(article))
    report = _report(articles, [*seen, _index(library, articles, seen[1:])], repaired=())
    return _with_remarks(report, library)


async def repair(
    library: Library, *, now: datetime, tell: Tell = lambda _done, _all: None
) -> Report:
    """Repair what can be repaired, and return the problems that remain and those that are gone.

    Raises `LibraryReadOnly` if nothing may be changed.
    """
    maintenance = library.maintenance
    articles = maintenance.articles()
    before, after = [maintenance.check_library()], []
    maintenance.repair_library()
    after.append(maintenance.check_library())
    for number, article in enumerate(articles):
        tell(number, len(articles))
        before.append(maintenance.check(article))
        if before[-1].findings:
            maintenance.repair(article, now=now)
            for damaged in maintenance.damaged_revisions(article):
                await _clean_again(damaged)
        after.append(maintenance.check(article) if before[-1].findings else before[-1])
    before.append(_index(library, articles, after[1:]))
    if before[-1].findings:
        maintenance.rebuild_index()
    after.append(_index(library, articles, after[1:]))
    report = _report(maintenance.articles(), after, repaired=_gone(before, after))
    return _with_remarks(report, library)


def _with_remarks(report: Report, library: Library) -> Report:
    """Add warnings, and links to marks that are gone, unless these may be in a damaged file."""
    report = replace(report, warnings=sync_warnings(library.folder, os.environ))
    return report if report.found else replace(report, lost_links=lost_links(library))


def _index(
    library: Library, articles: Sequence[ArticleFolder], seen: Sequence[CheckReport]
) -> CheckReport:
    """Compare the index with the files, if none of them is damaged."""
    kept = [report for article, report in zip(articles, seen, strict=True) if not article.is_in_bin]
    records = {report.record for report in kept if report.record}
    if len(records) < len(kept):
        return CheckReport()
    marks = sum(report.marks for report in kept)
    if records == set(library.records()) and marks == len(
        library.ask(questions.marks.find_marks())
    ):
        return CheckReport()
    sentence = "The index does not match the files."
    return CheckReport((LibraryProblem("index", "index", sentence),))


async def _clean_again(damaged: DamagedRevision) -> None:
    """Extract a damaged revision again from its page; if that fails, trust an unaltered text."""
    for page in damaged.pages:
        with suppress(AnnotatorError):  # a page that cannot be cleaned, or not as this kind
            if damaged.replace(await clean(page), page):
                return
    damaged.accept()


def _gone(
    before: Sequence[CheckReport], after: Sequence[CheckReport]
) -> tuple[LibraryProblem, ...]:
    left = {finding.key for report in after for finding in report.findings}
    return tuple(
        finding for report in before for finding in report.findings if finding.key not in left
    )


def _report(
    articles: Sequence[ArticleFolder],
    seen: Sequence[CheckReport],
    *,
    repaired: tuple[LibraryProblem, ...],
) -> Report:
    in_bin = sum(article.is_in_bin for article in articles)
    return Report(
        tuple(finding for report in seen for finding in report.findings),
        repaired,
        tuple(name for report in seen for name in report.kept_aside),
        articles=len(articles) - in_bin,
        in_bin=in_bin,
        marks=sum(report.marks for report in seen),
        versions=sum(report.versions for report in seen),
    )
