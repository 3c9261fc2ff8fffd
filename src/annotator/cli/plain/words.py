"""The words that are typed line by line, and the commands of the program that they stand for."""

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from annotator.errors import InvalidInput

EVERYWHERE = "*"

_DIGITS = 9  # of the longest number of a row
_NUMBERS = re.compile(r"(all|\d+(?:\s*-\s*\d+)?(?:,\s*\d+(?:\s*-\s*\d+)?)*)(?![^\s:])\s*(.*)")


class TypedWord(NamedTuple):
    """A word: its names and letters, what follows it, what it does, a sentence, and its keys.

    `does` is a method of a place behind a dot, a place behind @, or else a command line. `keys`
    are the ids of keys of the screens, or their patterns, that do the same.
    """

    places: tuple[str, ...]
    names: tuple[str, ...]
    letters: tuple[str, ...]
    takes: str
    does: str
    sentence: str
    keys: Sequence[str]

    @property
    def help(self) -> str:
        """What is typed, and what it does."""
        also = f", or {' or '.join(more)}" if (more := (*self.names[1:], *self.letters)) else ""
        return f"{self.names[0]}{self.takes and f' {self.takes}'}{also}: {self.sentence}."


@cache
def all_words() -> tuple[TypedWord, ...]:
    """Return the table of all words."""
    lines = Path(__file__).with_suffix(".tsv").read_text("utf-8").splitlines()
    words = []
    for line in lines:
        places, names, letters, takes, does, sentence, keys = line.split("\t")
        typed = tuple(names.split()), tuple(letters.split())
        words.append(
            TypedWord(tuple(places.split()), *typed, takes, does, sentence, tuple(keys.split()))
        )
    return tuple(words)


@cache
def words_of(place: str) -> Mapping[str, TypedWord]:
    """Return the words of a place by their names and letters, then those of all places."""
    fitting = sorted(
        (word for word in all_words() if {place, EVERYWHERE} & {*word.places}),
        key=lambda word: EVERYWHERE in word.places,
    )
    known: dict[str, TypedWord] = {}
    for word in fitting:
        for typed in (*word.names, *word.letters):
            known.setdefault(typed, word)
    return known


def number_of(digits: str) -> int:
    """Return a number; of one that is longer than any list, only its first digits."""
    return int(digits.strip()[:_DIGITS])


def split_numbers(rest: str, last: int) -> tuple[Sequence[int], str]:
    """Return the numbers that an argument begins with, such as `3` or `2,5-7`, and the rest.

    Raises `InvalidInput` for one above `last`.
    """
    match = _NUMBERS.fullmatch(rest)
    if match is None:
        return (), rest
    named, rest = match.groups()
    numbers: list[int] = []
    for part in f"1-{last}".split(",") if named == "all" else named.split(","):
        first, end = (2 * [number_of(digits) for digits in part.split("-")])[:2]
        if not 0 < first <= end <= last:
            shown = named if len(named) <= _DIGITS else f"{named[:_DIGITS]}…"
            raise InvalidInput(f"No number {shown} here.", f"The last one is {last}." * bool(last))
        numbers += range(first, end + 1)
    return tuple(dict.fromkeys(numbers)), rest


def command_line(does: str, rest: str, fills: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the command line that a word stands for.

    A part in braces becomes the values in `fills`, or what was typed; the option before it stands
    before each value, and goes if there is none.
    """
    typed = words_in(rest)
    known = {
        "words": typed,
        "text": [rest] if rest else [],
        "1": typed[:1],
        "2": typed[1:2],
        "sources": [*_sources(typed)],
        "tags": [*_tags(rest.split())],
        **fills,
    }
    arguments: list[str] = []
    for part in does.split():
        name, end = re.fullmatch(r"(?:\{(.+)\})?(.*)", part).groups()  # type: ignore[union-attr]
        values = [f"{value}{end}" for value in known[name]] if name else [part]
        option = [arguments.pop()] if arguments and arguments[-1].startswith("--") else []
        arguments += [word for value in values for word in (*option, value)]
    return arguments


def words_in(rest: str) -> list[str]:
    """Return the words of an argument; quotation marks hold some together, as in a shell."""
    try:
        is_file = Path(rest).expanduser().is_file()
        return [rest] if is_file else shlex.split(rest)
    except (ValueError, OSError, RuntimeError):  # an apostrophe, or what no file can be called
        return rest.split()


def _sources(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        yield from ("--tag", word[1:]) if word.startswith("#") and word[1:] else (word,)


def _tags(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        yield from ("--remove" if word.startswith("-") else "--add", word.lstrip("-#"))
