"""A folder of notes: how they are written in it, and bringing one of its files up to date.

Everything that is exported to a folder goes the same way, whatever a file is made of: the file
is found, a note is composed with what its user wrote in it, and the result is reported.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from textwrap import shorten
from typing import Final

from msgspec import Struct

from annotator.export import exporters
from annotator.export.exporters import Exporter, WrittenNote
from annotator.export.markdown.note import Run, note_exporter
from annotator.export.markdown.presets import preset_named
from annotator.settings import Folders, Settings, expanded
from annotator.settings.choices import export_place
from annotator.store import Contents, ExportedFile, ExportFolder, vault_of
from annotator.usecases.exporting.note_templates import checked_worker, read_templates
from annotator.usecases.exporting.report import Exported

NOTES: Final = "markdown"  # the format that has presets
OUTLINES: Final = ("logseq", "org")  # presets without the texts of articles
_SHORT = 40  # characters of the words of a mark
_NOT_IN_A_LINK = re.compile(r"[\[\]#^|\x00-\x1f]")  # of a name that the user gave a file


class Vault(Struct, frozen=True):
    """A folder to which notes are exported again and again, and how they are written.

    `state` is the folder where it is remembered what was exported. `preset` is the program
    for which notes are written, `templates` are the user's for parts of them, by their file
    names. With `writes` false nothing is written, and reports say what would be.
    """

    folder: Path
    state: Path
    format_name: str = NOTES
    preset: str = "obsidian"
    templates: Mapping[str, str] = {}
    writes: bool = True

    @classmethod
    def of_user(
        cls,
        settings: Settings,
        *,
        state: Path,
        folder: Path | None = None,
        format_name: str = NOTES,
        preset: str | None = None,
        writes: bool = True,
    ) -> "Vault":
        """Return the folder and the preset of the last export inside the program, or the settings'.

        Another folder or preset may be chosen for once.
        """
        usual, usual_preset = export_place(state, settings)
        return cls(
            expanded(folder or usual),
            state,
            format_name,
            preset or usual_preset,
            read_templates(Folders.of_user().templates_folder),
            writes,
        )

    def exporter(self) -> Exporter:
        """Return what writes the notes, once the templates of the user were tried.

        Raises `InvalidInput` for an unknown format, `SettingsError` for a mistake in a template.
        """
        if self.format_name != NOTES:
            return exporters.exporter(self.format_name)
        return note_exporter(preset_named(self.preset, self.templates), self.runner())

    def runner(self) -> Run:
        """Return what calls a function with a value and the preset of the notes.

        Templates of the user are tried before, and run where they can be stopped. Raises
        `SettingsError` for a mistake in one.
        """
        preset = preset_named(self.preset, self.templates)
        if not self.templates:
            return lambda function, value: function(value, preset)
        return checked_worker(self.templates, self.preset).run

    def opened(self, exporter: Exporter) -> ExportFolder:
        """Return the folder for the files of an exporter, to be used as a context manager."""
        return ExportFolder(
            self.folder,
            suffix=exporter.suffix,
            identity_of=exporter.identity_of,
            parts_of=exporter.parts_of,
            state=self.state,
            writes=self.writes,
        )


class Composed(Struct, frozen=True):
    """A note as it is to be: its contents and what became of its marks, and what it is called.

    `stem` is the name of a new file, `orphans` the number of marks that were not found,
    `quotes` are the words of marks by their ids.
    """

    note: WrittenNote
    title: str
    stem: str
    stamp: str = ""
    links: Mapping[str, str] = {}
    is_merged: bool = True
    orphans: int = 0
    quotes: Mapping[str, str] = {}

    def words_of(self, outcome: str) -> Sequence[str]:
        """Return the words of the marks with that outcome, in short."""
        ids = [key for key, became in self.note.outcomes.items() if became == outcome]
        return [f"“{shorten(self.quotes.get(key, key), _SHORT, placeholder=' …')}”" for key in ids]


def bring_up_to_date(
    files: ExportFolder, identity: str, compose: Callable[[ExportedFile | None], Composed]
) -> Exported:
    """Write the file of `identity` as it is composed of what it is now, if it is there."""
    file = files.find(identity)
    composed = compose(file)
    note = composed.note
    contents = Contents(
        note.text, composed.stamp, note.memory, is_merged=composed.is_merged, links=composed.links
    )
    written = files.write(identity, contents, stem=composed.stem, file=file)
    return Exported(
        identity,
        composed.title,
        written,
        Counter(note.outcomes.values()),
        in_both=composed.words_of("conflict"),
        again=composed.words_of("again"),
        orphans=composed.orphans,
        kept=note.kept,
        problems=note.problems,
        is_merged=bool(file and file.is_edited and written.before != written.after),
        with_care=bool(file and file.memory is None),
    )


def vault_around(folder: Path) -> str:
    """Return the name of the vault of Obsidian around a folder, empty if it is in none."""
    vault = vault_of(folder.parent)
    return vault.name if vault else ""


def usable_name(files: ExportFolder, identity: str) -> str:
    """Return the name by which notes link to a file; empty if it cannot be linked."""
    name = files.name_of(identity)
    return "" if _NOT_IN_A_LINK.search(name) else name
