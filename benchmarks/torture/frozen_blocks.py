"""Blocks of notes that stay as they were although the library has something new for them.

Words of the user are `user1x`, those of the library `note1x` and `said1x`.
"""

import re
from collections import Counter

from annotator.export.markdown.block_syntax import UPDATED
from annotator.model import Annotation

OF_USER = re.compile(r"user\d+x")
OF_LIBRARY = re.compile(r"(?:note|said)\d+x")
BLOCK = re.compile(
    r"annotator:begin (?P<name>\S+)(?: (?P<stamp>\w+))?(?P<inner>.*?)annotator:end (?P=name)\b",
    re.DOTALL,
)


class FrozenBlocks:
    """Counts blocks that the user edited, where the library has new words in another line.

    A block is frozen if it shows the old words still, or the new ones only below it. What was
    exported may be unknown, because the user has deleted that memory or taken an older version
    of a file back: such blocks are counted by themselves.
    """

    def __init__(self, counts: Counter[str]) -> None:
        self.is_known = True
        self._counts = counts
        self._left: dict[tuple[str, str], re.Match[str]] = {}

    def count(self, place: tuple[str, str], before: str, after: str, mark: Annotation) -> None:
        """Count the block of a mark in a note as it was before an export, and as it is after."""
        had, has = (
            {match["name"]: match for match in BLOCK.finditer(text)} for text in (before, after)
        )
        left = self._left.get(place)
        if mark.id in has:
            self._left[place] = has[mark.id]
        if left is None or mark.id not in had or mark.id not in has:
            return
        inner, merged = (match[mark.id]["inner"].partition(UPDATED)[0] for match in (had, has))
        if not OF_USER.search(inner) and had[mark.id]["inner"].split() == left["inner"].split():
            return
        is_known = self.is_known and had[mark.id]["stamp"] == left["stamp"]
        kind = "" if is_known else ", unknown before"
        said = mark.claim.speaker if mark.claim else ""
        for word in OF_LIBRARY.findall(f"{mark.note} {said}"):
            old = _as_written(word[:4], inner)
            if old and old != word:
                self._counts[f"= edited and changed{kind}"] += 1
                if old in merged or word not in merged:
                    self._counts[f"= frozen{kind}"] += 1


def _as_written(kind: str, inner: str) -> str:
    """Return the only word of a kind in a block, if the user has none in its line."""
    lines = [line for line in inner.split("\n") if kind in line]
    words = [word for word in OF_LIBRARY.findall(inner) if word.startswith(kind)]
    return words[0] if len(words) == len(lines) == 1 and not OF_USER.search(lines[0]) else ""
