"""Words of news in ten languages: of grammar, of numbers, and those that mean the same.

`concepts.tsv` has a line for each concept and a column for each language, `places.tsv`
the same for countries, regions and cities whose names differ between languages. A word
that ends with `*` stands for all words with this beginning; in Chinese and Japanese a
word is found anywhere in a sentence. Concepts that differ only in `+` and `-` are
opposites. Only words with one usual meaning in news are there: a wrong one is worse
than none.
"""

from collections.abc import Iterator
from pkgutil import get_data
from typing import NamedTuple

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "ru", "zh", "ja")


class VocabularyEntry(NamedTuple):
    """The words for a concept or a place, by language."""

    name: str
    words: dict[str, str]
    is_place: bool


def entries() -> Iterator[VocabularyEntry]:
    """Yield all concepts, then all places."""
    for file, is_place in (("concepts.tsv", False), ("places.tsv", True)):
        lines = (get_data(__name__, file) or b"").decode().splitlines()
        for line in lines[1:]:
            name, *cells = line.split("\t")
            yield VocabularyEntry(name, dict(zip(LANGUAGES, cells, strict=True)), is_place)
