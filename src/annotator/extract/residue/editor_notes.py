"""Recognise corrections and notes of the editors, which are part of an article wherever they are.

Such a note begins with its name and a colon, a dash or a date, or has brackets
around it: "Correction, March 4: …", "[Ed. note: …]", "訂正：…".
"""

import re
from functools import lru_cache

from annotator.model.data_file import pattern_of, toml_beside

LONGEST_NAME = 60  # characters up to the colon

_NAMES = toml_beside(__package__, "editor_notes.toml")
_QUOTED = re.compile(r"\s*[\"“„«「].*[\"”“»」]\W*")
_OPENS = re.compile(
    rf"[\[(（【*※\s]*(?:{pattern_of(_NAMES.values())})"
    r"(?:\s*[:：\]）】)]|\s*[—–-]\s|[,，、(（ ][^:：]{0,40}[:：])",
    re.IGNORECASE,
)


def is_editors_note(text: str) -> bool:
    """Return whether a text opens as a correction or a note of the editors does."""
    return _OPENS.match(text[: 2 * LONGEST_NAME].replace("’", "'")) is not None


@lru_cache(maxsize=4096)
def belongs_to_text(text: str) -> bool:
    """Return whether a line is text whatever it says: an editors' note, or all in quotes."""
    return _QUOTED.fullmatch(text) is not None or is_editors_note(text)
