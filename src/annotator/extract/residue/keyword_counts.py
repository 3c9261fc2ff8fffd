"""What the words of a line say, in each language that it may be written in.

An article that speaks of subscriptions or cookies soon needs words that no
prompt does: they are unknown to the lexicons.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pkgutil import get_data

from msgspec import Struct

from annotator.extract.patterns import later
from annotator.model.text import is_latin

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
        for term in _of_families(known.terms.items()):
            self._heads[term.partition(" ")[0]].add(language)
        for stem in _of_families(known.stems.items()):
            head, space, _ = stem.partition(" ")
            (self._heads if space else self._stems)[head].add(language)
        self._infixes += ((part, language) for part in _of_families(known.infixes))

    def __missing__(self, word: str) -> frozenset[str]:
        if len(self) > MOST_KNOWN:
            self.clear()
        found = set(self._heads.get(word, ()))
        for end in range(1, len(word) + 1):
            found |= self._stems.get(word[:end], frozenset())
        found.update(language for part, language in self._infixes if part in word)
        self[word] = frozenset(found)
        return self[word]


def _of_families(terms: Iterable[tuple[str, str]]) -> Iterator[str]:
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


LATIN = ("en", "de", "fr", "es", "it", "pt", "nl", "pl")
WIDE_WORD = 2  # characters of Chinese or Japanese that count as a word

_WORD = later(r"[^\W\d_]+|\d[\d.,]*")
_SCRIPTS = (
    (later(r"[\u3040-\u30ff]"), "ja"),
    (later(r"[\u4e00-\u9fff]"), "zh"),
    (later(r"[\u0370-\u03ff]"), "el"),
    (later(r"[\u0400-\u04ff]"), "ru"),
)
_NO_LETTER = later(r"[\W\d_]")
_ADDRESS = later(r"\S+@\S+|@\w+|https?://\S+")


class Count(Struct):
    """How many words of each kind are in a line.

    `step` is the family that most of its topics belong to; `strong` are the
    topics that are no words of anybody, `names` the unknown words that begin
    with a capital, `own` the topics of that family.
    """

    language: str = ""
    step: str = ""
    words: int = 0
    topics: int = 0
    strong: int = 0
    topic_words: int = 0
    site: int = 0
    you: int = 0
    is_command: bool = False
    tells: int = 0
    unknown: int = 0
    names: int = 0
    own: int = 0


def counts(text: str, *, most_unknown: float = 1.0, with_topics: bool = False) -> Iterator[Count]:
    """Yield what a line says in each language of which it holds no larger share of unknown words.

    Names do not count as unknown here. If it is to be `with_topics`, languages
    in which it has none may be left out.
    """
    text = _ADDRESS.sub(" 0 ", text)
    script = "" if is_latin(text) else _script_of(text)
    if script in WIDE:  # a short line of Japanese may do without its own letters
        yield from (
            _count_wide(text.lower(), language) for language in dict.fromkeys((script, "ja"))
        )
        return
    words = _WORD.findall(text)
    lower = ["0" if word[0].isdigit() else word.lower() for word in words]
    languages: tuple[str, ...] = (script,) if script else LATIN
    if with_topics and not script:
        topical = frozenset[str]().union(*map(_topics().__getitem__, lower))
        languages = tuple(filter(topical.__contains__, LATIN))
    for language in languages:
        count = _count(words, lower, language, most_unknown)
        if count:
            yield count


def _script_of(text: str) -> str:
    """Return the language that other letters than Latin ones tell."""
    return next((language for letters, language in _SCRIPTS if letters.search(text)), "")


@cache
def _topics() -> Topics:
    return Topics(LATIN)


def _count(words: list[str], lower: list[str], language: str, most_unknown: float) -> Count | None:
    known = lexicon(language)
    count = Count(
        language, words=len(words), is_command=lower[:1] != [] and lower[0] in known.commands
    )
    most = most_unknown * len(words)
    steps: dict[str, int] = {}
    index = 0
    while index < len(words):
        word, length = lower[index], 1
        if word in known.heads:
            kind, length = known.longest(lower, index)
        else:
            kind = known.words[word]
        if not kind:
            count.unknown += 1
            count.names += words[index][0].isupper()
            if count.unknown - count.names > most:
                return None
        elif kind != "plain":
            _add(count, kind, steps, length)
            if length > 1 and kind not in NO_FAMILIES:
                _add_parts(count, lower[index : index + length], known)
        index += length
    return _with_step(count, steps)


def _add_parts(count: Count, words: list[str], known: Lexicon) -> None:
    """Count the words within a term by which a site speaks of itself and to its reader."""
    for word in words:
        kind = known.words[word]
        count.site += kind == "site"
        count.you += kind == "you"


def _count_wide(line: str, language: str) -> Count:
    """Count in a script that puts no spaces between words."""
    known = lexicon(language)
    count = Count(language)
    steps: dict[str, int] = {}
    for match in known.pattern.finditer(line):
        _add(count, known.terms[match.group()], steps, 1)
        count.words += 1
        count.is_command = count.is_command or match.group() in known.commands
    rest = _NO_LETTER.sub("", known.pattern.sub(" ", line))
    count.unknown += -(-len(rest) // WIDE_WORD)
    count.words += count.unknown
    return _with_step(count, steps)


def _add(count: Count, kind: str, steps: dict[str, int], words: int) -> None:
    if kind == "other":
        count.unknown += 1
    elif kind not in NO_FAMILIES:
        step = kind.removesuffix(WEAK)
        steps[step] = steps.get(step, 0) + 1
        count.topics += 1
        count.strong += step == kind
        count.topic_words += words
    elif kind == "site":
        count.site += 1
    elif kind == "you":
        count.you += 1
    elif kind == "tells":
        count.tells += 1


def _with_step(count: Count, steps: dict[str, int]) -> Count:
    count.step = max(steps, key=lambda step: steps[step], default="")
    count.own = steps.get(count.step, 0)
    return count
