"""The page of the words that are typed line by line, written from their table."""

from annotator.cli.plain.session import PLACES
from annotator.cli.plain.words import EVERYWHERE, TypedWord, all_words
from documenting.tables import cell, table

_INTRODUCTION = """# Words line by line

What can be typed in [a session line by line](../manual/reading.md#line-by-line), in each of its
places. `help` lists the words of the place where you are, and `help tag` tells about one. In
brackets is what may be left out.

NUMBER is the number of a row: `tag 3 coal`. `tag 2,5-7 coal` is for several rows, `tag all coal`
for every one. A number alone opens the row.
"""


def page() -> str:
    """Return the page."""
    parts = [_INTRODUCTION, "## Everywhere\n", _table_of(EVERYWHERE)]
    for place in PLACES.names():
        parts += [f"## {place.capitalize()}\n", _table_of(place)]
    return "\n".join(parts)


def _table_of(place: str) -> str:
    rows = [_row(word) for word in all_words() if place in word.places]
    return table(("type", "or", "to tell the program"), rows)


def _row(word: TypedWord) -> tuple[str, str, str]:
    typed = f"`{word.names[0]}`{word.takes and f' {word.takes}'}"
    also = ", ".join(f"`{name}`" for name in (*word.names[1:], *word.letters))
    return cell(typed), cell(also), f"{word.sentence[0].upper()}{word.sentence[1:]}."
