"""The screen of the settings that are a line of their file, each with its value and a sentence."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from annotator import settings, usecases
from annotator.model.text import clean_line
from annotator.settings import Settings, suggested_export_folder
from annotator.settings.readers import choices_of, mistake_in
from annotator.tui.dialogs.choice import LineDialog
from annotator.tui.dialogs.picker import Picker
from annotator.tui.frame.context import AppContext, change_setting, value_in_use
from annotator.tui.frame.list_screen import ListScreen, Status
from annotator.tui.frame.workers import as_opening
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.rows import ChoiceRow, Line, Piece, Remark, Row, pad, truncate, wrap
from annotator.tui.theming import THEME_NAMES

_NAME_WIDTH = 20  # cells
_TERMINAL = "auto"  # no theme, so that the terminal decides
_REST = (
    " Kinds of marks, keys of your own, commands and the colours of imports are set in the file."
)


class SettingRow(Struct, frozen=True):
    """A setting: its name and value on one line, and below them what it is."""

    key: str
    value: str
    sentence: str
    is_changed: bool
    samples: Sequence[str] = ()

    def lines(self, width: int) -> Sequence[Line]:
        name = pad(settings.writing.label_of(self.key), _NAME_WIDTH)
        value = truncate(self.value, max(1, width - _NAME_WIDTH - 3))
        role = "strong" if self.is_changed else ""
        below = wrap(self.sentence, max(1, width - 6), lines=3)
        return (
            (Piece("  "), Piece(name, role), Piece(value, "key" if self.is_changed else role)),
            *((Piece("    "), Piece(line, "quiet")) for line in below),
            *((Piece("    "), Piece(line)) for line in self.samples),
        )


class SettingsScreen(ListScreen[None], keys="settings"):
    """Lists the settings, the cursor on the one `at`. `Enter` changes one, in the file as well."""

    def __init__(self, context: AppContext, *, at: str = "") -> None:
        super().__init__(context)
        self._at = at
        self._values: Mapping[str, object] = {}
        self._samples: Sequence[str] = ()  # of letters that run to the left
        self._sentences = settings.writing.explanations()

    async def read(self) -> None:
        in_use = partial(value_in_use, self._app_context)
        self._values = await asyncio.to_thread(lambda: {x: in_use(x) for x in self._sentences})
        order = self._app_context.line_order
        self._samples = [
            f"{mode:<9} {order.as_it_is(line) if order else line}"
            for mode, line in usecases.library.config_files.bidi_samples().items()
        ]

    async def load(self, at: str | None = None) -> None:
        """Read the values, and show them; the first time with the cursor where it was wanted."""
        at, self._at = at or self._at or None, ""
        await super().load(at)

    def head(self, width: int) -> Line:
        watch = self._app_context.settings_watch
        place = f"in {_shown(watch.path)}" if watch else ""
        return Piece("  Settings  ", "heading"), Piece(truncate(place, width - 14), "quiet")

    def rows(self) -> Sequence[Row]:
        now, usual = self._app_context.settings, Settings()
        rows: list[Row] = [
            SettingRow(
                name,
                _shown(self._values[name]),
                sentence,
                is_changed=getattr(now, name) != getattr(usual, name),
                samples=self._samples if name == "bidi" else (),
            )
            for name, sentence in self._sentences.items()
            if name in self._values
        ]
        return [*rows, Remark(""), Remark(f" {_REST}")]

    def on_settings_changed(self) -> None:
        """Show what was changed in the file."""
        self.reload()

    @as_opening
    async def chosen(self, row: Listing.Chosen) -> None:
        """Turn a setting on or off, or ask for its value, and set it."""
        name, before = row.key, self._values[row.key]
        value: str | int | None
        if isinstance(before, bool):
            value = not before
        elif choices := (_TERMINAL, *THEME_NAMES) if name == "theme" else choices_of(name):
            value = await self._ui.show_dialog(self._picker(name, choices, str(before)))
            value = "" if (name, value) == ("theme", _TERMINAL) else value
        else:
            value = await self._ui.show_dialog(self._line(name, _shown(before)))
            value = settings.writing.typed_value(name, value) if value is not None else None
        if value is not None:
            await change_setting(self, self._app_context, name, value)

    def _picker(self, name: str, choices: Sequence[str], at: str) -> Picker[str]:
        rows = [ChoiceRow(choice, choice, "in use" if choice == at else "") for choice in choices]
        return Picker(
            self._keymap,
            settings.writing.label_of(name),
            "Type a part of it",
            lambda typed: [row for row in rows if typed.casefold() in row.label],
            at=at,
        )

    def _line(self, name: str, before: str) -> LineDialog:
        def wrong(typed: str) -> str:
            return mistake_in(name, settings.writing.typed_value(name, typed)) if typed else ""

        is_folder = name == "export_folder"
        usual = _shown(suggested_export_folder() if is_folder else getattr(Settings(), name))
        empty = f"the usual one: {usual}" if usual else "none"
        sentence = f"{self._sentences[name]} Leave it empty for {empty}."
        return LineDialog(
            self._keymap,
            settings.writing.label_of(name),
            before,
            explain=lambda typed: wrong(typed) or sentence,
            wrong=wrong,
            does="save",
            is_name=False,
        )

    def status(self) -> Status:
        return Status("settings")


def _shown(value: object) -> str:
    """Return a value as the list shows it."""
    if isinstance(value, bool):
        return "on" if value else "off"
    home = str(Path.home())
    words = "" if value is None else str(value)
    is_below = isinstance(value, Path) and words.startswith(f"{home}/")
    return clean_line(f"~{words.removeprefix(home)}" if is_below else words)
