"""Articles asked for anew from the screens, and what came of it in words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from annotator.model import ArticleRecord
from annotator.tui.desk import Desk
from annotator.tui.screens.asking import answer
from annotator.tui.toasts import tell, tell_error
from annotator.tui.wording import count

if TYPE_CHECKING:
    from annotator.tui.dialogs.refresh_dialog import Report
    from annotator.usecases.changes import MarkChanges
    from annotator.usecases.refresh import RefreshAttempt, Refreshed

_UNCHANGED = "Nothing has changed since it was last asked for."
_REVISED = "There is a newer version."
_GONE = "What is kept stays."


async def refresh_articles(
    screen: Screen[Any], desk: Desk, records: Sequence[ArticleRecord], shown_by: str
) -> "Sequence[RefreshAttempt]":
    """Refresh articles in a dialog that can be left, and tell what came of it.

    Returns the attempts that ended. `shown_by` is the key that shows what is new of marks.
    """
    from annotator.tui.dialogs.refresh_dialog import RefreshDialog

    dialog = RefreshDialog(desk.keymap, len(records), partial(_refresh_all, desk, records))
    attempts = await answer(screen, dialog) or ()
    refreshed = [each.refreshed for each in attempts if each.refreshed]
    marks = [each.changes.marks for each in refreshed if each.changes]
    words = [_told(refreshed[0])] if len(records) == 1 and refreshed else [_counted(attempts)]
    if any(words):
        tell(screen, " ".join(filter(None, (*words, told_of_marks(marks, shown_by)))))
    failed = next((each.error for each in attempts if each.error), None)
    if failed:
        tell_error(screen, failed)
    return attempts


def told_of_marks(found: "Iterable[MarkChanges]", shown_by: str) -> str:
    """Return what became of marks in a sentence; nothing if nothing did."""
    found = tuple(found)
    reworded = sum(len(each.reworded) for each in found)
    lost = sum(len(each.lost) for each in found)
    were = f"{count(reworded, 'marked passage')} {'was' if reworded == 1 else 'were'} reworded"
    are = f"{count(lost, 'mark')} lost {'its' if lost == 1 else 'their'} passage"
    told = ", ".join([were] * bool(reworded) + [are] * bool(lost))
    return f"{told}: {shown_by} shows {'it' if reworded + lost == 1 else 'them'}." if told else ""


async def _refresh_all(
    desk: Desk, records: Sequence[ArticleRecord], report: "Report"
) -> "Sequence[RefreshAttempt]":
    from annotator.fetch import FetchOptions
    from annotator.usecases.refresh import refresh, refresh_all

    options = FetchOptions(cookies=desk.settings.cookies)
    visit = partial(refresh, now=desk.now(), options=options)
    return await refresh_all(desk.library, records, visit, report=report)


def _told(refreshed: "Refreshed") -> str:
    match refreshed.outcome:
        case "unchanged":
            return _UNCHANGED
        case "revised":
            return _REVISED
        case "gone":
            return f"{refreshed.explanation} {_GONE}"
        case _:
            return refreshed.explanation


def _counted(attempts: "Sequence[RefreshAttempt]") -> str:
    counts = Counter(each.refreshed.outcome if each.refreshed else "failed" for each in attempts)
    told = ", ".join(f"{number} {outcome}" for outcome, number in counts.most_common())
    return f"{told}." if told else ""
