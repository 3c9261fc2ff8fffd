"""Choices made inside the program, which hold until the setting of the same name changes."""

from contextlib import suppress
from pathlib import Path

from annotator.errors import LibraryError
from annotator.settings.settings import PRESET_NAMES, Settings
from annotator.settings.user_folders import suggested_export_folder
from annotator.store.disk import files


def chosen(state: Path, name: str, setting: str) -> str:
    """Return what was chosen last for a setting, or its value if it was changed since."""
    try:
        before, _, choice = files.read(state / name)[0].decode().partition("\n")
    except (OSError, UnicodeDecodeError):
        return setting
    return choice if before == setting and choice else setting


def remember(state: Path, name: str, setting: str, choice: str) -> None:
    """Remember what was chosen while a setting had this value.

    Raises `LibraryError` if the state folder cannot be written.
    """
    try:
        files.make_folder(state)
        files.replace(state / name, f"{setting}\n{choice}".encode())
    except OSError as error:
        words = name.replace("_", " ")
        raise LibraryError(
            f"Couldn’t save the {words}: {error.strerror}.", "It stays until you quit."
        ) from error


def forget(state: Path, name: str) -> None:
    """Forget what was chosen for a setting, because it was set in the settings themselves."""
    with suppress(OSError):
        (state / name).unlink(missing_ok=True)


def export_place(state: Path, settings: Settings) -> tuple[Path, str]:
    """Return the folder and the preset of the notes that are exported inside the program."""
    folder = chosen(state, "export_folder", str(settings.export_folder or ""))
    preset = chosen(state, "export_preset", settings.export_preset)
    known = preset if preset in PRESET_NAMES else settings.export_preset
    return Path(folder) if folder else suggested_export_folder(), known


def remember_export_place(state: Path, settings: Settings, folder: Path, preset: str) -> None:
    """Remember a folder and a preset for the next export, if the disk allows it."""
    if export_place(state, settings) == (folder, preset):
        return
    with suppress(LibraryError, UnicodeEncodeError):  # the export itself says what is wrong
        remember(state, "export_folder", str(settings.export_folder or ""), str(folder))
        remember(state, "export_preset", settings.export_preset, preset)
