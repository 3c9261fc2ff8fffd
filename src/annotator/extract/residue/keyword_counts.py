"""Count the keywords and the other known words of a line, in each language it may be written in.

A lexicon knows only the words that lines of residue consist of. The families
have the keywords (`newsletter`, `sign in`), of which the weak ones say little by
themselves (`account`). `words/<language>.txt` has what all families share:

- `site`: words by which a site speaks of itself (`we`, `our`, `this article`)
- `you`: words that address the reader
- `do`: the verbs that prompts begin with (`subscribe`, `read`, `join`)
- `tells`: words of reports (`said`, `according`, `he`), which prompts lack
- `other`: terms that only look like keywords (`account of`)
- `plain`: all other words that such lines contain

An article that speaks of subscriptions or cookies soon needs words that no
prompt does: they are unknown, and `keyword_rules` counts them against the line.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pkgutil import get_data

from msgspec import Struct

from annotator.extract.residue.families import FAMILIES
from annotator.model.text import is_latin

LONGEST_TERM = 4  # words
WIDE = frozenset({"zh", "ja"})  # written without spaces
SHARED_KINDS = frozenset({"site", "you", "plain", "tells", "other"})
WEAK = "?"  # after the name of a family: a weak keyword
ANY = "any"  # the code of what all languages share
MOST_KNOWN = 50_000  # words that are remembered
LATIN = ("en", "de", "fr", "es", "it", "pt", "nl", "pl")
WIDE_WORD = 2  # characters of Chinese or Japanese that count as a word

_WORD = re.compile(r"[^\W\d_]+|\d[\d.,]*")
_SCRIPTS = (
    (re.compile(r"[\u3040-\u30ff]"), "ja"),
    (re.compile(r"[\u4e00-\u9fff]"), "zh"),
    (re.compile(r"[\u0370-\u03ff]"), "el"),
    (re.compile(r"[\u0400-\u04ff]"), "ru"),
)
_NO_LETTER = re.compile(r"[\W\d_]")
_ADDRESS = re.compile(r"\S+@\S+|@\w+|https?://\S+")


class Lexicon:
    """The terms of a language with their kinds: a family, a weak one, or a shared kind.

    `heads` are the first words of terms of several words, `commands` the verbs
    that begin a prompt; `words` remembers the kinds of single words.
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
        """The pattern that finds terms in a script without spaces, the longest first."""
        return re.compile("|".join(map(re.escape, sorted(self.terms, key=len, reverse=True))))

    def longest(self, words: list[str], index: int) -> tuple[str, int]:
        """Return the kind of the longest term at an index, and its number of words."""
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
        """Return the kind of a single word, empty if it is unknown."""
        kind = self._of_term(word) or next(
            (kind for part, kind in self.infixes if part in word), ""
        )
        return kind or ("plain" if word in self.commands or word == "0" else "")


class _Words(dict[str, str]):
    """The kinds of words, each looked up once."""

    def __init__(self, known: Lexicon) -> None:
        self._known = known

    def __missing__(self, word: str) -> str:
        if len(self) > MOST_KNOWN:
            self.clear()
        kind = self[word] = self._known.of_word(word)
        return kind


class Topics(dict[str, frozenset[str]]):
    """The languages in which a word can be a keyword, or begin one of several words.

    All languages are looked up at once, since most words are a keyword in none.
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
    """Yield the terms that are keywords of a family."""
    return (term for term, kind in terms if kind not in SHARED_KINDS)


@cache
def lexicon(language: str) -> Lexicon:
    """Return the lexicon of a language: keywords of all families, then the words they share."""
    terms: dict[str, str] = {}
    stems: dict[str, str] = {}
    infixes: list[tuple[str, str]] = []
    commands: frozenset[str] = frozenset()
    for kind, listed in _listed_terms(language):
        if kind == "do":
            commands = frozenset(listed)
            continue
        for term in listed:
            if term.startswith("*"):
                infixes.append((term[1:], kind))
            elif term.endswith("*"):
                stems.setdefault(term[:-1], kind)
            else:
                terms.setdefault(term, kind)
    if language in WIDE:
        terms = dict.fromkeys(commands, "plain") | terms
    return Lexicon(terms, stems, infixes, commands)


def _listed_terms(language: str) -> Iterator[tuple[str, list[str]]]:
    """Yield kinds with their terms, the language's own before those of all languages."""
    for code in (language, ANY):
        for family in FAMILIES:
            yield family.name, _split(family.keywords.get(code, ""))
            yield family.name + WEAK, _split(family.weak_keywords.get(code, ""))
        text = get_data(__package__, f"words/{code}.txt") or b""
        for row in text.decode().splitlines():
            kind, _, listed = row.partition(": ")
            yield kind, _split(listed)


def _split(listed: str) -> list[str]:
    return " ".join(listed.split()).split(", ") if listed else []


class Count(Struct):
    """Numbers of the words of each kind in a line.

    `topics` are its keywords, `strong` those that are not weak; `family` is the
    one that most of them belong to, and `own` their number. `names` are the
    unknown words that begin with a capital.
    """

    language: str = ""
    family: str = ""
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
    """Yield the counts of a line in each language with at most this share of unknown words.

    Names do not count as unknown here. `with_topics` may leave out languages
    in which the line has no keyword.
    """
    text = _ADDRESS.sub(" 0 ", text)
    script = "" if is_latin(text) else _script_of(text)
    if script in WIDE:  # a short line of Japanese can do without its own letters
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
    """Return the language of a script other than Latin, empty if there is none."""
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
    families: dict[str, int] = {}
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
            _add(count, kind, families, length)
            if length > 1 and kind not in SHARED_KINDS:
                _add_parts(count, lower[index : index + length], known)
        index += length
    return _with_family(count, families)


def _add_parts(count: Count, words: list[str], known: Lexicon) -> None:
    """Count the words of a keyword by which a site speaks of itself and to its reader."""
    for word in words:
        kind = known.words[word]
        count.site += kind == "site"
        count.you += kind == "you"


def _count_wide(line: str, language: str) -> Count:
    """Count in a script that puts no spaces between words."""
    known = lexicon(language)
    count = Count(language)
    families: dict[str, int] = {}
    for match in known.pattern.finditer(line):
        _add(count, known.terms[match.group()], families, 1)
        count.words += 1
        count.is_command = count.is_command or match.group() in known.commands
    rest = _NO_LETTER.sub("", known.pattern.sub(" ", line))
    count.unknown += -(-len(rest) // WIDE_WORD)
    count.words += count.unknown
    return _with_family(count, families)


def _add(count: Count, kind: str, families: dict[str, int], words: int) -> None:
    if kind == "other":
        count.unknown += 1
    elif kind not in SHARED_KINDS:
        family = kind.removesuffix(WEAK)
        families[family] = families.get(family, 0) + 1
        count.topics += 1
        count.strong += family == kind
        count.topic_words += words
    elif kind == "site":
        count.site += 1
    elif kind == "you":
        count.you += 1
    elif kind == "tells":
        count.tells += 1


def _with_family(count: Count, families: dict[str, int]) -> Count:
    count.family = max(families, key=lambda family: families[family], default="")
    count.own = families.get(count.family, 0)
    return count
