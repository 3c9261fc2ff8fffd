"""The dialog that asks where and what to export, and the one that shows how far it is."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import ClassVar, Final, NamedTuple, TypeVar, cast

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from annotator.errors import InvalidInput
from annotator.export import exporters
from annotator.model.labels import count
from annotator.model.text import clean_line
from annotator.settings import Settings, expanded
from annotator.settings.settings import PRESET_NAMES
from annotator.tui.dialogs.dialog import Dialog, Hints, ProgressDialog, text_input
from annotator.tui.frame.notifications import tell_error
from annotator.tui.keys.keymap import Keymap
from annotator.tui.textual_internals import show_text
from annotator.tui.widgets.fields import Cycle
from annotator.usecases.exporting.export_collection import file_name
from annotator.usecases.exporting.vault import NOTES, OUTLINES, vault_around
from annotator.usecases.marks.claims import GROUPINGS, Grouping

Report = TypeVar("Report")

DIGEST: Final = "digest"  # beside the formats: one note of all marks
USUAL: Final = Settings()
MANY = 50  # articles; a few are exported before a dialog could be read

_BEGIN = "Looking at the folder …"
_OFTEN = 0.1  # seconds between two looks at how far it is
_MARKED, _ALL = "with marks", "all"
_NO_TEXT, _TEXT = "marks only", "with the whole text"
_STRUCK, _REMOVED = "struck through", "removed"
_OFF_ON = ("off", "on")
_OF_NOTES = "A file for each article. What you wrote in a file stays."
_OF_DIGEST = "One note, with the evidence. What you wrote in it stays."
_OF_MARKS = "One note of these marks with the evidence. What you wrote in it stays."


class ExportChoice(NamedTuple):
    """A choice of what to export, and the place: a folder, or a file for a format that has one.

    `format_name` is a format or `DIGEST`. `is_folder` says that the target was meant to be
    one. The rest is for notes (`has_unmarked`, `prunes`, `has_text`) and for a digest; `preset` is
    the program that these are for. With `is_automatic` what is changed later is exported then.
    """

    format_name: str
    target: Path
    is_folder: bool = True
    has_unmarked: bool = False
    prunes: bool = False
    name: str = ""
    grouping: Grouping = "tag"
    preset: str = PRESET_NAMES[0]
    has_text: bool = False
    is_automatic: bool = False


class ExportDialog(Dialog[ExportChoice]):
    """Returns what was chosen, with `~` expanded in the folder.

    `marks` has the number of marks of each article. `title` is the name that
    a digest would have, and `grouping` that of its marks. With `of_marks` there is nothing but
    a digest to choose: it is of so many marks. So many of the articles are `archived`.
    `settings` are the choices at first.
    """

    AUTO_FOCUS = "Cycle"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", show=False)]
    HINTS: ClassVar[Hints] = (
        ("enter", "export"),
        ("tab", "next field"),
        ("right", "choose"),
        ("dialog.leave", "cancel"),
    )

    def __init__(
        self,
        keymap: Keymap,
        marks: Sequence[int],
        folder: Path,
        settings: Settings = USUAL,
        *,
        title: str = "All marks",
        grouping: Grouping = "tag",
        of_marks: int = 0,
        archived: int = 0,
    ) -> None:
        what = count(of_marks, "mark") if of_marks else count(len(marks), "article")
        super().__init__(keymap, f"Export {what}{f', {archived:,} archived' if archived else ''}")
        self._marks = marks
        self._is_single = len(marks) == 1  # which is asked for, with marks or without
        self._folder = folder
        self._suggested = str(folder)
        self._settings = settings
        self._digest = title
        self._grouping = grouping
        self._is_of_marks = bool(of_marks)

    def parts(self) -> Sequence[Widget]:
        """Return the format, where to, the choices that it has, and the explanation."""
        books = exporters.built_in_formats("book")
        formats = [NOTES, DIGEST, *exporters.possible_formats("collection"), *books]
        if self._is_of_marks:
            formats = [DIGEST]
        chosen = _ALL if self._settings.export_unmarked or self._is_single else _MARKED
        return (
            _field("Format", Cycle(formats, formats[0], id="format")),
            _field("Folder", text_input(self._suggested, placeholder="~/vault", id="target")),
            _field("Articles", Cycle((_MARKED, _ALL), chosen, id="articles")),
            _field("Deleted marks", Cycle((_STRUCK, _REMOVED), _STRUCK, id="deleted")),
            _field("Name", text_input(self._digest, id="name")),
            _field("Groups", Cycle(GROUPINGS, self._grouping, id="grouping")),
            _field("Preset", Cycle(PRESET_NAMES, self._settings.export_preset, id="preset")),
            _field("Text", Cycle((_NO_TEXT, _TEXT), _NO_TEXT, id="text")),
            _field(
                "Export on change",
                Cycle(_OFF_ON, _OFF_ON[self._settings.export_on_change], id="when"),
            ),
            Static(id="export-room"),
            Static(id="export-explanation"),
        )

    def on_mount(self) -> None:
        self._show_fields()
        if self._is_of_marks:
            self.query_one("#target").focus()

    def action_submit(self) -> None:
        """Return what was chosen."""
        target = self.query_one("#target", Input).value.strip()
        if not target:
            return
        is_folder = self._format in {NOTES, DIGEST} or target.endswith("/")
        grouping = self.query_one("#grouping", Cycle).value
        try:
            choice = ExportChoice(
                self._format,
                expanded(Path(target)),
                is_folder,
                has_unmarked=self.query_one("#articles", Cycle).value == _ALL,
                prunes=self.query_one("#deleted", Cycle).value == _REMOVED,
                name=clean_line(self.query_one("#name", Input).value) or self._digest,
                grouping=cast("Grouping", grouping),
                preset=self.query_one("#preset", Cycle).value,
                has_text=self._has_text_field and self.query_one("#text", Cycle).value == _TEXT,
                is_automatic=self.query_one("#when", Cycle).value == _OFF_ON[True],
            )
        except InvalidInput as error:
            tell_error(self, error)
        else:
            self.dismiss(choice)

    @property
    def _format(self) -> str:
        return self.query_one("#format", Cycle).value

    @property
    def _has_text_field(self) -> bool:
        return self._format == NOTES and self.query_one("#preset", Cycle).value not in OUTLINES

    @property
    def _about(self) -> str:
        """What will be written."""
        if self._is_of_marks:
            return _OF_MARKS
        name, marked = self._format, sum(map(bool, self._marks))
        if name == DIGEST:
            extent = f"{count(sum(self._marks), 'mark')} of {count(marked, 'article')}."
            return f"{extent} {_OF_DIGEST}"
        if name != NOTES:
            return exporters.about_format(name)
        of_notes = _OF_NOTES
        with suppress(InvalidInput):
            around = vault_around(expanded(Path(self.query_one("#target", Input).value.strip())))
            of_notes += f" One that you moved in the vault {around} is found." if around else ""
        left_out = len(self._marks) - marked
        if self.query_one("#articles", Cycle).value == _ALL or not left_out:
            return of_notes
        have = "has" if left_out == 1 else "have"
        return f"{marked:,} of {len(self._marks):,}: {left_out:,} {have} no marks. {of_notes}"

    @on(Input.Changed, "#target")
    def _show_about(self) -> None:
        show_text(self.query_one("#export-explanation", Static), Content(self._about))

    @on(Cycle.Changed, "#format")
    @on(Cycle.Changed, "#articles")
    @on(Cycle.Changed, "#preset")
    def _show_fields(self) -> None:
        """Show the fields that the format has, and where its file would be."""
        name, is_notes = self._format, self._format == NOTES
        is_book = name in exporters.built_in_formats("book")  # a file of each
        is_file = name not in {NOTES, DIGEST} and not is_book
        suggested, about = f"{self._folder}{'/' * is_book}", self._about
        if is_file:
            try:
                suggested = str(self._folder / file_name(exporters.exporter(name)))
            except InvalidInput as error:  # a package that is broken
                about = f"{error.message} {error.hint}"
        shown = {
            "format": not self._is_of_marks,
            "articles": is_notes and not self._is_single,
            "deleted": is_notes,
            "name": name == DIGEST,
            "grouping": name == DIGEST,
            "preset": not (is_file or is_book),
            "text": self._has_text_field,
            "when": is_notes,
        }
        for field, is_shown in shown.items():
            self.query_one(f"#{field}-field").display = is_shown
        self.query_one("#export-room").display = is_file  # the frame stays where it is
        target = self.query_one("#target", Input)
        label = self.query_one("#target-field > .label", Static)
        show_text(label, Content("File" if is_file else "Folder"))
        if target.value == self._suggested:
            target.value = self._suggested = suggested
            target.cursor_position = len(suggested)  # the end of a long path is what differs
        show_text(self.query_one("#export-explanation", Static), Content(about))


class ExportProgress(ProgressDialog[Report]):
    """Exports many articles, and returns the report, or None if it is cancelled.

    `run` gets a function to which it tells how many of how many articles are done, and
    which raises `ExportStopped` when it is to end. What was written by then stays.
    """

    HINTS: ClassVar[Hints] = (("dialog.leave", "stop"),)

    def __init__(
        self, keymap: Keymap, articles: int, run: Callable[[Callable[[int, int], None]], Report]
    ) -> None:
        work = partial(asyncio.to_thread, run, self._note)
        super().__init__(keymap, f"Export {count(articles, 'article')}", _BEGIN, work)
        self._done = (0, articles)
        self._is_stopped = False

    def on_mount(self) -> None:
        self.set_interval(_OFTEN, self._show)

    def action_cancel(self) -> None:
        """Stop after the article at hand."""
        self._is_stopped = True

    def _note(self, done: int, total: int) -> None:
        self._done = (done, total)
        if self._is_stopped:
            raise ExportStopped

    def _show(self) -> None:
        done, total = self._done
        words = f"{done:,} of {count(total, 'article')} …" if done else _BEGIN
        show_text(self.query_one("#work-progress", Static), Content(words))

    async def _run(self) -> None:
        try:
            await super()._run()
        except ExportStopped:
            self.dismiss(None)


class ExportStopped(Exception):
    """Ends an export that the user stops."""


def _field(label: str, entry: Widget) -> Horizontal:
    name = Static(label, classes="label")
    return Horizontal(name, entry, id=f"{entry.id}-field", classes="field")
