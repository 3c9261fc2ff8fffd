"""The whole library examined, and what can be put right put right."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

from msgspec import Struct

from annotator.errors import AnnotatorError
from annotator.store import Library
from annotator.store.repair.checks import CheckReport, Finding
from annotator.store.repair.maintenance import (
    ArticleLocation,
    DamagedRevision,
    DamagedRevisions,
    LibraryMaintenance,
)
from annotator.usecases.sandbox.clean import clean

Tell = Callable[[int, int], None]  # how many articles of how many


class Report(Struct, frozen=True):
    """What is wrong, what was and is no longer, and what there is.

    `kept_aside` are damaged files that were repaired and copies that were merged:
    nothing needs them, but nobody but the person throws them away.
    """

    found: tuple[Finding, ...] = ()
    repaired: tuple[Finding, ...] = ()
    kept_aside: tuple[str, ...] = ()
    articles: int = 0
    in_bin: int = 0
    marks: int = 0
    versions: int = 0


def examine(library: Library, *, tell: Tell = lambda _done, _all: None) -> Report:
    """Return what is wrong with the library. Nothing is changed."""
    maintenance = library.maintenance
    places = maintenance.locations()
    seen = [maintenance.check_library()]
    for number, place in enumerate(places):
        tell(number, len(places))
        seen.append(maintenance.check(place))
    return _report(places, [*seen, _index(library, places, seen[1:])], repaired=())


async def repair(
    library: Library, *, now: datetime, tell: Tell = lambda _done, _all: None
) -> Report:
    """Put right what can be, and return what is still wrong and what is so no longer.

    Raises `LibraryReadOnly` where nothing may be changed.
    """
    maintenance = library.maintenance
    places = maintenance.locations()
    before, after = [maintenance.check_library()], []
    maintenance.repair_library()
    after.append(maintenance.check_library())
    for number, place in enumerate(places):
        tell(number, len(places))
        before.append(maintenance.check(place))
        if before[-1].findings:
            await _repair(maintenance, place, now=now)
        after.append(maintenance.check(place) if before[-1].findings else before[-1])
    before.append(_index(library, places, after[1:]))
    if before[-1].findings:
        maintenance.rebuild_index()
    after.append(_index(library, places, after[1:]))
    return _report(places, after, repaired=_gone(before, after))


def _index(
    library: Library, places: Sequence[ArticleLocation], seen: Sequence[CheckReport]
) -> CheckReport:
    """Compare what is listed with what the files hold; only of sound files, which it leaves so."""
    kept = [each for place, each in zip(places, seen, strict=True) if not _is_in_bin(place)]
    records = {each.record for each in kept if each.record}
    if len(records) < len(kept):
        return CheckReport()
    marks = sum(each.marks for each in kept)
    if records == set(library.records()) and marks == len(library.find_marks()):
        return CheckReport()
    sentence = "What is listed and found is not what the files hold."
    return CheckReport((Finding("index", "index", sentence),))


def _is_in_bin(place: ArticleLocation) -> bool:
    return place.path.startswith("bin/")


async def _repair(
    maintenance: LibraryMaintenance, place: ArticleLocation, *, now: datetime
) -> None:
    maintenance.repair(place, now=now)
    versions = maintenance.damaged_revisions(place)
    for damaged in versions.found():
        await _clean_again(versions, damaged)


async def _clean_again(versions: DamagedRevisions, damaged: DamagedRevision) -> None:
    """Write a damaged version anew from its page; else keep its text, if that was not altered."""
    for page in damaged.pages:
        with suppress(AnnotatorError):  # a page that cannot be cleaned, or not as this kind
            if versions.replace(damaged.revision, await clean(page), page):
                return
    versions.accept(damaged)


def _gone(before: Sequence[CheckReport], after: Sequence[CheckReport]) -> tuple[Finding, ...]:
    left = {finding.key for each in after for finding in each.findings}
    return tuple(finding for each in before for finding in each.findings if finding.key not in left)


def _report(
    places: Sequence[ArticleLocation], seen: Sequence[CheckReport], *, repaired: tuple[Finding, ...]
) -> Report:
    in_bin = sum(map(_is_in_bin, places))
    return Report(
        tuple(finding for each in seen for finding in each.findings),
        repaired,
        tuple(name for each in seen for name in each.kept_aside),
        articles=len(places) - in_bin,
        in_bin=in_bin,
        marks=sum(each.marks for each in seen),
        versions=sum(each.versions for each in seen),
    )
