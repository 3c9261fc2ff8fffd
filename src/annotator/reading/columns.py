"""How wide the columns of a table are: they shrink to the page as long as words stay whole."""

from collections.abc import Sequence

SEPARATOR = " │ "
SHORT = 14  # cells; a column no wider is not broken if that can be had
LONGEST_WORD = 20  # cells; a longer one, an address say, is broken
COMFORTABLE = 30  # cells of a column in a table that is wider than the page


def fitted(natural: Sequence[int], longest_words: Sequence[int], room: int) -> list[int]:
    """Return the widths of columns in `room` cells, the lines between them not counted.

    `natural` are the widths that need no breaks, `longest_words` those of each
    column's longest word. If words would have to be broken, the widths do not
    fit: such a table slides.
    """
    if sum(natural) <= room:
        return list(natural)
    words = [min(LONGEST_WORD, word) for word in longest_words]
    unbroken = [
        width if width <= SHORT else word for width, word in zip(natural, words, strict=True)
    ]
    for least in (unbroken, words):
        if sum(least) <= room:
            return _grown(least, natural, room - sum(least))
    pairs = zip(natural, words, strict=True)
    return [max(word, min(width, COMFORTABLE)) for width, word in pairs]


def _grown(least: Sequence[int], natural: Sequence[int], spare: int) -> list[int]:
    """Return widths that share `spare` cells: each goes where the cells are the highest."""
    widths = list(least)
    for _ in range(spare):
        highest = max(range(len(widths)), key=lambda index: natural[index] / widths[index])
        widths[highest] += 1
    return widths
