"""Mistakes in settings, collected so that a person mends them in one go."""

from collections.abc import Iterable
from pathlib import Path

from annotator.errors import SettingsError
from annotator.model.text import clean_line
from annotator.settings.lines import Lines

_WAY_TO_SETTINGS = "Mend it: annotator config edit"

MAX_SHOWN = 60  # characters of a wrong value; more hides what is wrong with it


class Mistakes:
    """What is wrong in the settings `text`, each a sentence without its full stop.

    `at` is the path to what is wrong, as `Lines` has it.
    """

    def __init__(self, text: str = "") -> None:
        self._lines = Lines(text)
        self._sentences: list[tuple[int, str]] = []

    def __bool__(self) -> bool:
        return bool(self._sentences)

    def as_error(self, file: Path, *, hint: str = _WAY_TO_SETTINGS) -> SettingsError:
        """Return all that is wrong with the settings in `file`, in the order of its lines."""
        told = " ".join(f"{sentence}." for _, sentence in sorted(self._sentences))
        what = f"{clean_line(str(file))} has mistakes. {told}"
        return SettingsError(what, hint)

    def add(self, sentence: str, *, at: str) -> None:
        """Add a mistake, with the line that it is in."""
        line = self._lines.of(at)
        self._sentences.append((line or 0, f"Line {line}: {sentence}" if line else sentence))

    def wrong_value(self, name: str, value: object, allowed: str, *, at: str = "") -> None:
        """Add that the setting `name` has `value`, and must be what is `allowed`."""
        self.add(f"{name} is {shown(value)}; it must be {allowed}", at=at or name)

    def unknown_name(self, name: str, known: Iterable[str], *, at: str = "") -> None:
        """Add that there is no setting `name`, and which one was likely meant, or all."""
        self.add(f"{shown(name)} is no setting{_meant(name, list(known))}", at=at or name)


def shown(value: object) -> str:
    """Return a value as it is written in TOML, on one short line."""
    if value is None:
        return "missing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{clean_line(value, limit=MAX_SHOWN)}"'
    return clean_line(str(value), limit=MAX_SHOWN)


def _meant(name: str, known: list[str]) -> str:
    from difflib import get_close_matches

    likely = get_close_matches(name, known, n=1)
    if likely:
        return f"; did you mean {likely[0]}?"
    return f"; there are {', '.join(known[:-1])} and {known[-1]}"
