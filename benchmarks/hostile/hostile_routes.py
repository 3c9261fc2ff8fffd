"""The screens and dialogs, and the keys that lead to each."""

import importlib
import pkgutil
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual.screen import Screen

import annotator.tui
from hostile_library import EVIL

_BASES = {"ListScreen", "Dialog", "FieldsDialog", "JobsDialog"}  # of others, never shown themselves
_OF_NUMBERS = {"ExportProgress"}  # has no other words, and comes with hundreds of articles only


class Route(NamedTuple):
    """A screen, and the keys that lead to it from the library.

    Words after `=` are typed, the screen after `@` is waited for, and `WRONG_SETTINGS` writes them
    while the program runs.
    """

    screen: str
    keys: Sequence[str] = ()

    @property
    def name(self) -> str:
        """The screen with its keys."""
        return f"{self.screen} {' '.join(each for each in self.keys if each[0] not in '=@')}"


WRONG_SETTINGS = "!settings"
READER, CLAIMS, TAGS = ("enter",), ("C",), ("T",)
MARK = (*READER, "right_square_bracket")
FILTER = ("slash", "=note", "enter")
IMPORT = ("P", "=a.csv", "enter", "@ImportDialog")
CHANGED = ("down", "enter")  # the article with another text
ROUTES = (
    Route("LibraryScreen"),
    Route("LibraryScreen", (WRONG_SETTINGS,)),
    Route("ReaderScreen", READER),
    Route("ReaderScreen", (*READER, "R")),
    Route("ReaderScreen", (*READER, "W")),
    Route("ReaderScreen", (*READER, "tab")),
    Route("ReaderScreen", (*READER, "H")),
    Route("ReaderScreen", (*READER, "L")),
    Route("ReaderScreen", (*READER, "slash", f"={EVIL}")),
    Route("ClaimsScreen", CLAIMS),
    Route("TagsScreen", TAGS),
    Route("TagsScreen", (*TAGS, "tab")),
    Route("BinScreen", ("B",)),
    Route("InboxScreen", ("W",)),
    Route("ProposalsScreen", ("plus",)),
    Route("DailyScreen", ("D",)),
    Route("StatisticsScreen", ("I",)),
    Route("SettingsScreen", ("colon", "=settings", "enter")),
    Route("EvidenceScreen", (*CLAIMS, "A")),
    Route("ReattachScreen", ("M",)),
    Route("AddDialog", ("a", "={base}/page/5", "enter")),
    Route("AddDialog", ("a", "={base}/error", "enter")),
    Route("AddDialog", ("a", "={base}/type", "enter")),
    Route("AddDialog", ("a", "={base}/redirect", "enter")),
    Route("AddDialog", ("F",)),
    Route("ImportFileDialog", ("P",)),
    Route("ImportDialog", IMPORT),
    Route("ImportReportDialog", (*IMPORT, "enter")),
    Route("ReattachScreen", (*CHANGED, "M")),
    Route("ProgressDialog", (*READER, "f5")),
    Route("RefreshJobsDialog", ("V", "r")),
    Route("DetailsDialog", ("i",)),
    Route("DetailsDialog", (*READER, "i")),
    Route("CommandPalette", ("colon",)),
    Route("CommandPalette", (*READER, "colon")),
    Route("HelpScreen", ("question_mark",)),
    Route("HelpScreen", (*READER, "question_mark")),
    Route("ExportDialog", ("E",)),
    Route("ExportDialog", (*CLAIMS, "E")),
    Route("MarkCard", (*MARK, "enter")),
    Route("Picker", (*READER, "m", "a", "quotation_mark")),
    Route("LinkedPageDialog", (*READER, "at", "enter")),
    Route("Picker", (*READER, "vertical_line")),
    Route("ProgressDialog", (*READER, "f8")),
    Route("OutputDialog", (*READER, "f9")),
    Route("ReaderScreen", (*READER, "f7")),
    Route("ClaimForm", (*CLAIMS, "e")),
    Route("NoteEditor", (*CLAIMS, "a")),
    Route("NoteEditor", (*CLAIMS, "a", "ctrl+t")),
    Route("TagPicker", (*CLAIMS, "t")),
    Route("LinkPicker", (*CLAIMS, "l")),
    Route("SimilarClaims", (*CLAIMS, "S")),
    Route("NamePicker", (*CLAIMS, "p")),
    Route("ChoiceDialog", (*CLAIMS, "d")),
    Route("QueryPicker", (*CLAIMS, "apostrophe")),
    Route("QueryNameDialog", (*CLAIMS, *FILTER, "m")),
    Route("QueryPicker", ("apostrophe",)),
    Route("QueryNameDialog", (*FILTER, "m")),
    Route("LineDialog", (*TAGS, "e")),
    Route("Picker", (*TAGS, "J")),
    Route("Picker", (*TAGS, "colon", "=colour", "enter")),
    Route("QuestionDialog", ("B", "x")),
)


def screens() -> dict[str, type[Screen[object]]]:
    """Return all screens and dialogs that show texts, by name, whether a route leads to them."""
    for module in pkgutil.walk_packages(annotator.tui.__path__, "annotator.tui."):
        importlib.import_module(module.name)
    found = {each.__name__: each for each in _below(Screen)}
    ours = {name: each for name, each in found.items() if each.__module__.startswith("annotator.")}
    return {name: each for name, each in ours.items() if name not in _BASES | _OF_NUMBERS}


def _below(kind: type[Screen[object]]) -> Iterator[type[Screen[object]]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)
