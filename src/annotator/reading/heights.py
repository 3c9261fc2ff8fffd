"""Where each of many stacked things begins, cheap to ask and cheap to correct."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

CHUNK = 128  # about the square root of the number of blocks in a long book


class Heights:
    """Heights in lines, in order from the top."""

    def __init__(self, heights: Iterable[int]) -> None:
        self._heights = list(heights)
        self._chunks = [
            sum(self._heights[start : start + CHUNK])
            for start in range(0, len(self._heights), CHUNK)
        ]
        self._tops = list(accumulate(self._chunks, initial=0))

    @property
    def total(self) -> int:
        """All heights together."""
        return self._tops[-1]

    def __getitem__(self, index: int) -> int:
        return self._heights[index]

    def __setitem__(self, index: int, height: int) -> None:
        chunk = index // CHUNK
        self._chunks[chunk] += height - self._heights[index]
        self._heights[index] = height
        self._tops = list(accumulate(self._chunks, initial=0))

    def top(self, index: int) -> int:
        """Return the first line of the thing at `index`."""
        chunk = index // CHUNK
        return self._tops[chunk] + sum(self._heights[chunk * CHUNK : index])

    def find(self, line: int) -> tuple[int, int]:
        """Return the index of the thing on `line`, and how far below its top the line is."""
        chunk = max(0, min(bisect_right(self._tops, line) - 1, len(self._chunks) - 1))
        start = chunk * CHUNK
        tops = list(accumulate(self._heights[start : start + CHUNK], initial=self._tops[chunk]))
        index = max(0, min(bisect_right(tops, line) - 1, len(tops) - 2))
        return start + index, line - tops[index]
