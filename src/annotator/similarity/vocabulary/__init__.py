"""Words of news in ten languages: of grammar, of numbers, and those that mean the same.

`concepts.tsv` has a line for each concept and a column for each language, `places.tsv`
the same for countries, regions and cities whose names differ between languages. A word
that ends with `*` stands for all words with this beginning; in Chinese and Japanese a
word is found anywhere in a sentence. Concepts that differ only in `+` and `-` are
opposites. Only words with one usual meaning in news are there: a wrong one is worse
than none.

`opposites.tsv` has words that can turn a sentence into the opposite of another one, before a
slash, and those that turn it round, after it. Many have several meanings, and each word may be
in several lines: they are compared only where two sentences have the same words around them.

`grammar.tsv` has words by what they do in a sentence: `stop` words say nothing about a
subject (articles, pronouns, verbs of being, saying and counting), `negation` words turn a
statement round, by a `saying` word a source says something, and a source comes after one
that is `before_source`. What is said with a `possible` word may be so, with a `hedge` probably
is; `must` and `should` words say what has to be, or had better be.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from annotator.model.data_file import WordTable, word_table

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "ru", "zh", "ja")

# Words that set two things against each other, in this order.
COMPARISONS = frozenset({"than", "als", "que", "che", "dan", "чем"})


class VocabularyEntry(NamedTuple):
    """The words for a concept or a place, by language."""

    name: str
    words: dict[str, str]
    is_place: bool


def entries() -> Iterator[VocabularyEntry]:
    """Yield all concepts, then all places."""
    for file, is_place in (("concepts.tsv", False), ("places.tsv", True)):
        for name, words in word_table(__name__, file).items():
            yield VocabularyEntry(name, dict(words), is_place)


def opposites(language: str) -> Iterator[tuple[str, int, str]]:
    """Yield the name of each pair of opposites of a language, a sign, and the words for it."""
    for name, cells in word_table(__name__, "opposites.tsv").items():
        ends = cells.get(language, "").split(" / ")
        for sign, words in zip((1, -1), ends, strict=False):
            yield name, sign, words


@cache
def grammar() -> WordTable:
    """Return the words of grammar by what they do, then by language."""
    return word_table(__name__, "grammar.tsv")
