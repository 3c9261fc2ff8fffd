"""Names that every file system, sync tool and vault takes."""

import re
import unicodedata

from annotator.model.text import clean_line

LONGEST = 120  # bytes, so that " (2)", ".md" and a sync tool's own additions still fit into 255
NAMELESS = "untitled"

# What Windows forbids, what Obsidian's links give a meaning to, what shells do.
_UNFIT = re.compile(r"[<>:\"/\\|?*#^\[\]`$;]")
_EDGES = " .-_~"  # hidden files, options, backups; Windows drops dots and spaces at the end
_JOINERS = "\u200d\ufe0f"  # what is left of a character that was cut
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[1-9¹²³])", re.IGNORECASE)
_NOT_IN_AN_ID = re.compile(r"[^0-9A-Za-z-]+")


def file_stem(title: str) -> str:
    """Return a name for a file about `title`, without its extension: never empty."""
    line = unicodedata.normalize("NFC", clean_line(_UNFIT.sub(" ", title)))
    stem = _cut(clean_line(line).strip(_EDGES)) or NAMELESS
    first = stem.split(".")[0].strip()
    return f"_{stem}" if _RESERVED.fullmatch(first) else stem


def block_id(annotation_id: str) -> str:
    """Return the id of a mark's block in a note: letters, digits and dashes."""
    return f"a-{_NOT_IN_AN_ID.sub('-', annotation_id).strip('-').lower()}"


def _cut(name: str) -> str:
    encoded = name.encode("utf-8")
    if len(encoded) <= LONGEST:
        return name
    cut = encoded[:LONGEST].decode("utf-8", "ignore")
    at_word, space, _ = cut.rpartition(" ")
    return (at_word if space else cut).rstrip(_EDGES + _JOINERS)
