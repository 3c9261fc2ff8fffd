"""The words that residue is made of, language by language.

A lexicon is a file in `words/`: the words of each family of residue, those by
which a site speaks of itself (`site`) and to its reader (`you`), verbs that
prompts begin with (`do`), those of reports (`tells`), and those which such
lines consist of otherwise (`plain`). `weak` says which words of the families
are anybody's, `other` what only looks like them. A `*` stands for any ending,
or in German and Dutch for what a compound begins with.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pkgutil import get_data

LONGEST_TERM = 4  # words
WIDE = frozenset({"zh", "ja"})  # written without spaces
NO_FAMILIES = frozenset({"site", "you", "plain", "tells", "other"})
WEAK = "?"  # behind a family: the word says little by itself
ANY = "any"  # the file of words that all languages share
MOST_KNOWN = 50_000  # words that are remembered


class Lexicon:
    """The terms of a language with what they stand for; `commands` begin a prompt.

    `heads` are the first words of terms of several; `words` remembers what single ones stand for.
    """

    def __init__(
        self,
        terms: dict[str, str],
        stems: dict[str, str],
        infixes: list[tuple[str, str]],
        commands: frozenset[str],
    ) -> None:
        self.terms = terms
        self.commands = commands
        self.words = _Words(self)
        self.heads = frozenset(term.partition(" ")[0] for term in (*terms, *stems) if " " in term)
        self.stems = stems
        self.infixes = infixes
        self._lengths = sorted(set(map(len, stems)), reverse=True)
        self._shortest = min(self._lengths, default=0)
        self._beginnings = frozenset(stem[: self._shortest] for stem in stems)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds the terms in a script without spaces, the longest first."""
        return re.compile("|".join(map(re.escape, sorted(self.terms, key=len, reverse=True))))

    def longest(self, words: list[str], index: int) -> tuple[str, int]:
        """Return what the longest term at a place stands for, and its number of words."""
        word = words[index]
        if word in self.heads:
            for length in range(min(LONGEST_TERM, len(words) - index), 1, -1):
                kind = self._of_term(" ".join(words[index : index + length]))
                if kind:
                    return kind, length
        return self.words[word], 1

    def _of_term(self, term: str) -> str:
        exact = self.terms.get(term, "")
        if exact and exact != "plain":
            return exact
        if term[: self._shortest] not in self._beginnings:
            return exact
        for length in self._lengths:
            kind = self.stems.get(term[:length], "")
            if kind and " " not in term[length:]:
                return kind
        return exact

    def of_word(self, word: str) -> str:
        """Return what a single word stands for."""
        kind = self._of_term(word) or next(
            (kind for part, kind in self.infixes if part in word), ""
        )
        return kind or ("plain" if word in self.commands or word == "0" else "")


class _Words(dict[str, str]):
    """What words stand for, found out when one is first asked for."""

    def __init__(self, known: Lexicon) -> None:
        self._known = known

    def __missing__(self, word: str) -> str:
        if len(self) > MOST_KNOWN:
            self.clear()
        kind = self[word] = self._known.of_word(word)
        return kind


class Topics(dict[str, frozenset[str]]):
    """The languages in which words may be of a family of residue, or begin a term that is.

    All languages are asked at once, for most words are such in none.
    """

    def __init__(self, languages: Iterable[str]) -> None:
        self._heads: defaultdict[str, set[str]] = defaultdict(set)
        self._stems: defaultdict[str, set[str]] = defaultdict(set)
        self._infixes: list[tuple[str, str]] = []
        for language in languages:
            self._add(language, lexicon(language))

    def _add(self, language: str, known: Lexicon) -> None:
        for term in _topics(known.terms.items()):
            self._heads[term.partition(" ")[0]].add(language)
        for stem in _topics(known.stems.items()):
            head, space, _ = stem.partition(" ")
            (self._heads if space else self._stems)[head].add(language)
        self._infixes += ((part, language) for part in _topics(known.infixes))

    def __missing__(self, word: str) -> frozenset[str]:
        if len(self) > MOST_KNOWN:
            self.clear()
        found = set(self._heads.get(word, ()))
        for end in range(1, len(word) + 1):
            found |= self._stems.get(word[:end], frozenset())
        found.update(language for part, language in self._infixes if part in word)
        self[word] = frozenset(found)
        return self[word]


def _topics(terms: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield those of some terms that are of a family."""
    return (term for term, kind in terms if kind not in NO_FAMILIES)


@cache
def lexicon(language: str) -> Lexicon:
    """Return the lexicon of a language."""
    terms: dict[str, str] = {}
    stems: dict[str, str] = {}
    infixes: list[tuple[str, str]] = []
    rows: dict[str, list[str]] = {}
    for kind, listed in (*_rows(language), *_rows(ANY)):
        rows.setdefault(kind, []).extend(listed.split(", "))
    weak = frozenset(rows.pop("weak"))
    commands = frozenset(rows.pop("do"))
    for kind, found in rows.items():
        for term in found:
            mark = WEAK if term in weak and kind not in NO_FAMILIES else ""
            if term.startswith("*"):
                infixes.append((term[1:], kind + mark))
            elif term.endswith("*"):
                stems.setdefault(term[:-1], kind + mark)
            else:
                terms.setdefault(term, kind + mark)
    if language in WIDE:
        terms = dict.fromkeys(commands, "plain") | terms
    return Lexicon(terms, stems, infixes, commands)


def _rows(language: str) -> Iterator[tuple[str, str]]:
    """Yield the lines of a lexicon's file: a kind, and its terms."""
    text = get_data(__package__, f"words/{language}.txt") or b""
    for row in text.decode().splitlines():
        kind, _, listed = row.partition(": ")
        yield kind, listed
