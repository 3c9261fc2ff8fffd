"""The user's templates of notes: a folder of files, which may be missing."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import SettingsError
from annotator.export.markdown.presets import preset_named
from annotator.model.text import clean_line

if TYPE_CHECKING:
    from annotator.usecases.exporting.template_worker import TemplateWorker

SUFFIX = ".jinja"
MAX_SIZE = 100_000  # bytes of a template


def read_templates(folder: Path) -> Mapping[str, str]:
    """Return the templates in a folder by the names of their files; raises `SettingsError`."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.name.endswith(SUFFIX))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise _unreadable(folder, error.strerror or "it failed") from error
    return {path.name: _read(path) for path in paths if not path.name.startswith(".")}


def write_templates(folder: Path, preset: str) -> tuple[tuple[Path, bool], ...]:
    """Write the templates of a preset; return the path of each, and whether it is new.

    One that exists is left as it is.
    """
    texts = preset_named(preset).templates.items()
    return tuple((folder / name, _write(folder / name, text)) for name, text in texts)


def check_templates(folder: Path, preset: str) -> Mapping[str, str]:
    """Return the templates in a folder after they were tried; raises `SettingsError`."""
    sources = read_templates(folder)
    if sources:
        checked_worker(sources, preset)
    return sources


def checked_worker(sources: Mapping[str, str], preset: str) -> "TemplateWorker":
    """Return what runs templates, after they were tried; raises `SettingsError` for a mistake."""
    from annotator.usecases.exporting.template_worker import TemplateWorker  # takes long to load

    worker = TemplateWorker(preset, sources)
    worker.check()
    return worker


def _read(path: Path) -> str:
    try:
        data = path.read_bytes()
        if len(data) > MAX_SIZE:
            raise _unreadable(path, f"it has more than {MAX_SIZE:,} bytes")
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise _unreadable(path, "it is not UTF-8") from error
    except OSError as error:
        raise _unreadable(path, error.strerror or "it failed") from error


def _write(path: Path, text: str) -> bool:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        if path.parent.is_dir():
            return False
        raise SettingsError(
            f"{clean_line(str(path.parent))} is not a folder.", "Move it away."
        ) from None
    except OSError as error:
        raise SettingsError(
            f"Can't write {clean_line(str(path))}: {error.strerror}.",
            "Check the permissions of the folder.",
        ) from error
    return True


def _unreadable(path: Path, reason: str) -> SettingsError:
    return SettingsError(
        f"Can't read {clean_line(str(path))}: {reason}.", "Mend the file, or move it away."
    )
