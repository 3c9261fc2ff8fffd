"""Mistakes in settings, collected so that a person mends them in one go."""

from collections.abc import Iterable

from annotator.model.text import clean_line

MAX_SHOWN = 60  # characters of a wrong value; more hides what is wrong with it


class Mistakes:
    """What is wrong, each a sentence without its full stop."""

    def __init__(self) -> None:
        self._sentences: list[str] = []

    def __bool__(self) -> bool:
        return bool(self._sentences)

    def __str__(self) -> str:
        return " ".join(f"{sentence}." for sentence in self._sentences)

    def add(self, sentence: str) -> None:
        """Add a mistake."""
        self._sentences.append(sentence)

    def wrong_value(self, name: str, value: object, allowed: str) -> None:
        """Add that the setting `name` has `value`, and must be what is `allowed`."""
        self.add(f"{name} is {shown(value)}; it must be {allowed}")

    def unknown_name(self, name: str, known: Iterable[str], *, place: str = "") -> None:
        """Add that there is no setting `name`, and which one was likely meant, or all."""
        self.add(f"{place}{shown(name)} is no setting{_meant(name, list(known))}")


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
