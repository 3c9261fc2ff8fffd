"""Names of files and blocks that every file system, sync tool and vault accepts."""

import re
import unicodedata

from annotator.model.text import clean_line

LONGEST = 120  # bytes: " (2)", ".md" and the additions of sync tools still fit into 255
NAMELESS = "untitled"

# Characters that Windows forbids, or that mean something in links of Obsidian or in shells.
_UNFIT = re.compile(r"[<>:\"/\\|?*#^\[\]`$;]")
_EDGES = " .-_~"  # hidden files, options, backups; Windows drops dots and spaces at the end
_JOINERS = "\u200d\ufe0f"  # left over when an emoji was cut
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[1-9¹²³])", re.IGNORECASE)
_NOT_IN_AN_ID = re.compile(r"[^0-9A-Za-z-]+")


def file_stem(title: str) -> str:
    """Return a name for the file of `title`, without its extension; never empty."""
    line = unicodedata.normalize("NFC", clean_line(_UNFIT.sub(" ", title)))
    stem = _cut(clean_line(line).strip(_EDGES)) or NAMELESS
    first = stem.split(".")[0].strip()
    return f"_{stem}" if _RESERVED.fullmatch(first) else stem


def shortened(text: str, limit: int) -> str:
    """Return the beginning of a text on one line, whole words if it has some."""
    line = clean_line(text, limit=limit)
    at_word, space, _ = line.rpartition(" ")
    is_cut = line.endswith("…") and not text.rstrip().endswith("…")
    return f"{at_word.rstrip(',;:–—-')}…" if is_cut and space else line


def block_id(annotation_id: str) -> str:
    """Return the id of the block of a mark in a note: letters, digits and dashes."""
    return f"a-{_NOT_IN_AN_ID.sub('-', annotation_id).strip('-').lower()}"


def _cut(name: str) -> str:
    encoded = name.encode("utf-8")
    if len(encoded) <= LONGEST:
        return name
    cut = encoded[:LONGEST].decode("utf-8", "ignore")
    at_word, space, _ = cut.rpartition(" ")
    return (at_word if space else cut).rstrip(_EDGES + _JOINERS)
