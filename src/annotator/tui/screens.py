"""The screens and dialogs that are loaded when they are first opened.

The first screen opens the others by their names here, so that it does not load them.
"""

from typing import TYPE_CHECKING, Final

from annotator.lazy import lazy_names

if TYPE_CHECKING:
    from annotator.tui.bin.screen import BinScreen
    from annotator.tui.claims.screen import ClaimsScreen
    from annotator.tui.daily.screen import DailyScreen
    from annotator.tui.dialogs.question import Question
    from annotator.tui.evidence.screen import EvidenceScreen
    from annotator.tui.importing.dialogs import (
        ImportDialog,
        ImportFileDialog,
        ImportReportDialog,
    )
    from annotator.tui.jobs.background import ArticleJobs
    from annotator.tui.jobs.dialog import AddDialog, RefreshJobsDialog
    from annotator.tui.library.screen import LibraryScreen
    from annotator.tui.reattach.screen import LibraryReattach, ReattachScreen
    from annotator.tui.statistics.screen import StatisticsScreen
    from annotator.tui.tags.screen import TagsScreen

__all__ = [
    "AddDialog",
    "ArticleJobs",
    "BinScreen",
    "ClaimsScreen",
    "DailyScreen",
    "EvidenceScreen",
    "ImportDialog",
    "ImportFileDialog",
    "ImportReportDialog",
    "LibraryReattach",
    "LibraryScreen",
    "Question",
    "ReattachScreen",
    "RefreshJobsDialog",
    "StatisticsScreen",
    "TagsScreen",
]

_NAMES: Final = {
    "bin.screen": "BinScreen",
    "claims.screen": "ClaimsScreen",
    "daily.screen": "DailyScreen",
    "dialogs.question": "Question",
    "evidence.screen": "EvidenceScreen",
    "importing.dialogs": "ImportDialog ImportFileDialog ImportReportDialog",
    "jobs.background": "ArticleJobs",
    "jobs.dialog": "AddDialog RefreshJobsDialog",
    "library.screen": "LibraryScreen",
    "reattach.screen": "LibraryReattach ReattachScreen",
    "statistics.screen": "StatisticsScreen",
    "tags.screen": "TagsScreen",
}

__getattr__ = lazy_names("annotator.tui", _NAMES)
