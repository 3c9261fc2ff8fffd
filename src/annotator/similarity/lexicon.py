"""Looking up words: concepts in ten languages, stop words and negations, folded."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Generic, Literal, NamedTuple, TypeVar, get_args

from annotator.similarity.vocabulary import LANGUAGES, entries, grammar, opposites

T = TypeVar("T")

UNSPACED = ("zh", "ja")  # languages whose words are found anywhere in a run of characters

WORDS_CACHED = 8192
_BY_STOP_WORDS = tuple(language for language in LANGUAGES if language not in {*UNSPACED, "ru"})

_ACCENTS = re.compile("[\u0300-\u036f]+")
_RESPELLED = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "’": "'"})
_KANA, _HAN = re.compile("[\u3040-\u30ff]"), re.compile("[\u3400-\u9fff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_WORD = re.compile(r"[^\W\d_]+")


class Concept(NamedTuple):
    """The meaning of a word. Opposites have the same name, and the signs 1 and -1; others, 0."""

    name: str
    sign: int = 0
    is_place: bool = False


class WordTable(NamedTuple, Generic[T]):
    """The meanings of words: those that must be equal, and those that a word begins with."""

    whole: Mapping[str, T]
    begun: Mapping[str, T]
    longest: int  # letters of a beginning; a word can be as long as a page
    starts: frozenset[str]  # the first two letters of the beginnings: most words have others

    def get(self, word: str, shortest: int = 2) -> T | None:
        """Return the meaning of a folded word, or of its longest beginning, `shortest` letters."""
        entry = self.whole.get(word)
        if entry is not None or word[:2] not in self.starts:
            return entry
        for length in range(min(len(word), self.longest), shortest - 1, -1):
            entry = self.begun.get(word[:length])
            if entry is not None:
                return entry
        return None


Modality = Literal["possible", "hedge", "must", "should"]
MODALITIES: tuple[Modality, ...] = get_args(Modality)


class Meaning(NamedTuple):
    """Everything known about a word; it may have a concept and be a word of grammar as well."""

    concept: Concept | None = None
    is_stop: bool = False
    is_negation: bool = False
    is_saying: bool = False  # a verb by which a source says something
    is_before_source: bool = False  # as `according`
    modalities: frozenset[Modality] = frozenset()
    opposites: Mapping[str, int] = {}  # by the name of the pair, 1 or -1
    is_turn: bool = False  # whether it can decide which way a statement points


class Lexicon(NamedTuple):
    """The words of a language that mean something, and those of some pairs of opposites."""

    concepts: WordTable[Concept]
    opposites: WordTable[Mapping[str, int]]


NO_MEANING = Meaning()


def words(listed: str) -> frozenset[str]:
    """Return some words, folded."""
    return frozenset(map(fold, listed.split()))


@lru_cache(maxsize=WORDS_CACHED)
def fold(word: str) -> str:
    """Return a word without capitals and accents."""
    folded = word.casefold().translate(_RESPELLED)
    if folded.isascii():
        return folded
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", folded))


def language_of(text: str, declared: str = "", *, around: str = "") -> str:
    """Return the language of a text, of those that there are words for; or nothing.

    The script decides before what the page declares; without either, the stop words do,
    and of languages with as many the one of the text `around`.
    """
    if _KANA.search(text):
        return "ja"
    if _HAN.search(text):
        return "zh"
    if _CYRILLIC.search(text):
        return "ru"
    language = declared.partition("-")[0].partition("_")[0].lower()
    if language:
        return language if language in _BY_STOP_WORDS else ""
    counts = Counter(
        language for word in _WORD.findall(text) for language in _languages_of(fold(word))
    )
    if not counts:
        return ""
    return max(_BY_STOP_WORDS, key=lambda name: (counts[name], name == around))


@lru_cache(maxsize=WORDS_CACHED)
def _languages_of(word: str) -> tuple[str, ...]:
    """Return the languages of which a word is a stop word."""
    return tuple(language for language in _BY_STOP_WORDS if is_of_grammar("stop", word, language))


def meanings(entries: Iterable[tuple[str, T]], keep: Callable[[str], str] = fold) -> WordTable[T]:
    """Return a table of words, each entry with some words and what they mean; the first counts.

    A word that ends with `*` stands for all words with this beginning.
    """
    whole: dict[str, T] = {}
    begun: dict[str, T] = {}
    for words, meaning in entries:
        for word in words.split():
            table = begun if word.endswith("*") else whole
            table.setdefault(keep(word.rstrip("*")), meaning)
    return _table(whole, begun)


def _table(whole: Mapping[str, T], begun: Mapping[str, T]) -> WordTable[T]:
    starts = frozenset(word[:2] for word in begun)
    return WordTable(whole, begun, max(map(len, begun), default=0), starts)


@cache
def lexicon(language: str) -> Lexicon:
    """Return the words of a language; none for a language that is not known."""
    keep = _keep(language)
    return Lexicon(meanings(_concepts(language), keep), _opposites(language, keep))


def _keep(language: str) -> Callable[[str], str]:
    return str if language in UNSPACED else fold


@cache
def _of_role(role: str, language: str) -> WordTable[bool]:
    return meanings([(grammar()[role].get(language, ""), True)], _keep(language))


def is_of_grammar(roles: str, folded: str, language: str) -> bool:
    """Return whether a folded word does in a sentence what one of some roles is for."""
    return any(_of_role(role, language).get(folded) for role in roles.split())


def _opposites(language: str, keep: Callable[[str], str]) -> WordTable[Mapping[str, int]]:
    """Return the pairs of each word; a word that begins as another has the pairs of both."""
    whole: dict[str, dict[str, int]] = {}
    begun: dict[str, dict[str, int]] = {}
    for name, sign, words in opposites(language):
        for word in words.split():
            table = begun if word.endswith("*") else whole
            table.setdefault(keep(word.rstrip("*")), {})[name] = sign
    for word, pairs in [*whole.items(), *begun.items()]:
        for length in range(2, len(word) + 1):
            for name, sign in begun.get(word[:length], {}).items():
                pairs.setdefault(name, sign)
    return _table(whole, begun)


@lru_cache(maxsize=WORDS_CACHED)
def meaning_of(folded: str, language: str) -> Meaning:
    """Return what is known about a folded word of a language."""
    known = lexicon(language)
    is_negation = is_of_grammar("negation", folded, language)
    modalities = frozenset(name for name in MODALITIES if is_of_grammar(name, folded, language))
    pairs = known.opposites.get(folded) or {}
    return Meaning(
        known.concepts.get(folded),
        is_of_grammar("stop", folded, language),
        is_negation,
        is_of_grammar("saying", folded, language),
        is_of_grammar("before_source", folded, language),
        modalities,
        pairs,
        bool(is_negation or modalities or pairs),
    )


@cache
def words_anywhere(language: str) -> re.Pattern[str]:
    """Return the pattern of the concepts, negations and stop words of an unspaced language."""
    stops, negations = (_of_role(name, language).whole for name in ("stop", "negation"))
    return _any_of({*lexicon(language).concepts.whole, *stops, *negations})


@cache
def phrases(language: str) -> frozenset[str]:
    """Return the two words, with a hyphen between them, that can turn a statement round."""
    return frozenset(word for word in _turning(language) if "-" in word)


def _turning(language: str) -> Iterator[str]:
    """Yield the words that can turn a statement round, but for those known by their beginnings."""
    for name in ("negation", *MODALITIES):
        yield from _of_role(name, language).whole
    yield from lexicon(language).opposites.whole


@cache
def phrase_beginnings(language: str) -> frozenset[str]:
    """Return the first words of concepts, and of turns of a statement, that are two words."""
    two = (*phrases(language), *lexicon(language).concepts.whole)
    return frozenset(word.partition("-")[0] for word in two if "-" in word)


@cache
def turns_anywhere(language: str) -> re.Pattern[str]:
    """Return the pattern of the words of an unspaced language that can turn a statement round.

    Longer words that only contain a negation, such as 不断, are in it as well, so that the
    negation is not found in them.
    """
    negations = _of_role("negation", language).whole
    stops = _of_role("stop", language).whole
    harmless = {word for word in stops if any(negation in word for negation in negations)}
    return _any_of(harmless.union(_turning(language)))


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))


@cache
def words_of(name: str, language: str = "") -> tuple[str, ...]:
    """Return the words for a concept or place, with `*` for a beginning; of one language or all."""
    texts = (
        entry.words[language] if language else " ".join(entry.words.values())
        for entry in entries()
        if entry.name.rstrip("+-") == name and (not language or language in entry.words)
    )
    return tuple(dict.fromkeys(" ".join(texts).split()))


def _concepts(language: str) -> Iterator[tuple[str, Concept]]:
    for name, words, is_place in entries():
        sign = {"+": 1, "-": -1}.get(name[-1], 0)
        yield words.get(language, ""), Concept(name.rstrip("+-"), sign, is_place)
