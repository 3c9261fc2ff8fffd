"""Abbreviations by language, and words that decide what a full stop after them means.

All are in lower case and without their last full stop. `abbreviations.tsv` has those of each
language, and the words that begin its sentences, `word_lists.tsv` those of all languages.
"""

from functools import cache

from msgspec import Struct

from annotator.model.word_table import WordTable, word_table


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


class Abbreviations(Struct, frozen=True):
    """The abbreviations of a language.

    Those in `followed` never end a sentence, those in `last` may. `ambiguous` ones
    are also words, unless they have a capital or come before a number. `numbered`
    ones are abbreviations only before a number. `starters` are words that begin
    sentences far more often than they follow an abbreviation; languages are guessed
    by them too.
    """

    followed: frozenset[str]
    last: frozenset[str]
    ambiguous: frozenset[str]
    numbered: frozenset[str]
    starters: frozenset[str]
    all: frozenset[str]


@cache
def words_of(name: str) -> frozenset[str]:
    """Return the words of a list in `word_lists.tsv`, such as `titles`."""
    return _words(word_table(__package__ or "", "word_lists.tsv")[name]["words"])


@cache
def abbreviations_of(language: str) -> Abbreviations:
    """Return the abbreviations of a language; of all languages for an unknown one."""
    table = _table()
    chosen = [table[language]] if language in table else list(table.values())
    columns = ("followed", "last", "ambiguous", "numbered", "starters")
    followed, last, ambiguous, numbered, starters = (
        _words(" ".join(row[column] for row in chosen)) for column in columns
    )
    every = followed | last | numbered | words_of("titles") | words_of("companies")
    return Abbreviations(followed, last, ambiguous, numbered, starters, every)


@cache
def starters() -> dict[str, frozenset[str]]:
    """Return the words that often begin sentences, by language."""
    return {language: _words(row["starters"]) for language, row in _table().items()}


@cache
def _table() -> WordTable:
    return word_table(__package__ or "", "abbreviations.tsv")
