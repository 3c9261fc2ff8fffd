"""Tags: short names, with slashes between levels, normalised so that spellings agree."""

import re
import unicodedata
from collections.abc import Iterable

from annotator.errors import InvalidTag
from annotator.model.text import clean_line

SEPARATOR = "/"
MAX_LENGTH = 100  # longer ones are pasted sentences, and break every column

# Compiled with the first tag: the first frame needs neither.
_NOT_IN_A_TAG = r"[\s#,;]+"
_DASHES = r"-{2,}"


def normalise(tag: str) -> str:
    """Return `tag` in NFC, without `#`, with `-` for spaces, and without empty levels.

    Raises `InvalidTag` if nothing is left.
    """
    line = unicodedata.normalize("NFC", clean_line(tag, limit=MAX_LENGTH))
    dashed = re.sub(_DASHES, "-", re.sub(_NOT_IN_A_TAG, "-", line))
    levels = [part.strip("-") for part in dashed.split(SEPARATOR)]
    name = SEPARATOR.join(level for level in levels if level)
    if not name:
        message = f"“{clean_line(tag)}” is not a valid tag."
        raise InvalidTag(message, "Give it at least one letter or digit.")
    return name


def normalise_all(tags: Iterable[str]) -> tuple[str, ...]:
    """Return the tags normalised, each once, in the order of their first occurrence."""
    kept: dict[str, str] = {}
    for tag in tags:
        name = normalise(tag)
        kept.setdefault(key(name), name)
    return tuple(kept.values())


def key(tag: str) -> str:
    """Return the form that is the same for two spellings of one tag."""
    return unicodedata.normalize("NFC", tag).casefold()


def is_within(tag: str, ancestor: str) -> bool:
    """Return whether `tag` is `ancestor` or a tag below it."""
    inner, outer = key(tag), key(ancestor)
    return inner == outer or inner.startswith(outer + SEPARATOR)


def ancestors(tag: str) -> tuple[str, ...]:
    """Return the tags above `tag`, the outermost first."""
    levels = tag.split(SEPARATOR)
    return tuple(SEPARATOR.join(levels[:depth]) for depth in range(1, len(levels)))
