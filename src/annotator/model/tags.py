"""Tags: short names, hierarchical with a slash, the same however they are typed."""

import re
import unicodedata
from collections.abc import Iterable

from annotator.errors import InvalidTag
from annotator.model.text import clean_line

SEPARATOR = "/"
MAX_LENGTH = 100  # longer ones are pasted sentences, and break every column

_NOT_IN_A_TAG = re.compile(r"[\s#,;]+")
_DASHES = re.compile(r"-{2,}")


def normalise(tag: str) -> str:
    """Return `tag` as it is kept: NFC, no `#`, spaces as `-`, no empty level.

    Raises `InvalidTag` if nothing is left.
    """
    line = unicodedata.normalize("NFC", clean_line(tag, limit=MAX_LENGTH))
    levels = [_level(part) for part in line.split(SEPARATOR)]
    name = SEPARATOR.join(level for level in levels if level)
    if not name:
        raise InvalidTag(f"“{clean_line(tag)}” is no tag.", "Give it at least one letter or digit.")
    return name


def normalise_all(tags: Iterable[str]) -> tuple[str, ...]:
    """Return the tags as they are kept, each once, in the order of their first use."""
    kept: dict[str, str] = {}
    for tag in tags:
        name = normalise(tag)
        kept.setdefault(key(name), name)
    return tuple(kept.values())


def key(tag: str) -> str:
    """Return what two spellings of one tag have in common."""
    return unicodedata.normalize("NFC", tag).casefold()


def is_within(tag: str, ancestor: str) -> bool:
    """Tell whether `tag` is `ancestor` or stands below it."""
    inner, outer = key(tag), key(ancestor)
    return inner == outer or inner.startswith(outer + SEPARATOR)


def _level(part: str) -> str:
    return _DASHES.sub("-", _NOT_IN_A_TAG.sub("-", part)).strip("-")
