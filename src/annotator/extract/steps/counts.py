"""What the words of a line say, in each language that it may be written in.

An article that speaks of subscriptions or cookies soon needs words that no
prompt does: they are unknown to the lexicons.
"""

from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from annotator.extract.patterns import later
from annotator.extract.steps.lexicon import (
    NO_FAMILIES,
    WEAK,
    WIDE,
    Lexicon,
    Topics,
    lexicon,
)
from annotator.model.text import is_latin

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
