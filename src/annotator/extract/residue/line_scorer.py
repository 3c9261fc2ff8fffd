"""A learned judge of lines: how much a line reads like the site, and not like an article.

Patterns know the lines that many sites print, and sites find new words every day.
The judge has seen lines that sites print and sentences of articles in some thirty
languages, and gives each word, each piece of a word, each topic, each two topics
(`line_topics`), what its sentences open with and each trait of the shape a weight; the
sum of them is the log-odds that the line is the site's. It is a logistic regression over
hashed features (Weinberger et al., "Feature hashing for large scale multitask learning",
ICML 2009), learned by `benchmarks/cleaning/train_line_scorer.py`. A second regression,
over topics and shape alone, says which family of residue a line of the site is most
likely of.

    "Get the Morning Dispatch in your inbox."       1.5
    "The letter was in her inbox by nine."         -3.4

Sentences of an article are recognised beside that: one that speaks of subscriptions or
cookies quotes somebody, names a year, or has words that no prompt has. A line of the
site does none of this, whatever pattern of a family it matches.
"""

import json
import re
from base64 import b64decode
from collections.abc import Sequence
from functools import cache, lru_cache
from math import exp, sqrt
from operator import mul
from pkgutil import get_data
from typing import Any
from zlib import crc32

from msgspec import Struct

from annotator.extract.families import line_of
from annotator.extract.residue.line_features import (
    EDGE,
    folded,
    pairs_of,
    pieces,
    shape,
    tokens_of,
    words_of,
)
from annotator.extract.residue.line_topics import Subject, openings_of, subject_of, topic_names
from annotator.model.data_file import pattern_of, toml_beside

WEIGHTS = "line_scorer.json"
HOPELESS = -4.5  # log-odds by words and topics that hardly any shape has made likely
HOPELESS_WORDS = -4.0  # the same without the pairs of words
LIKELY = -0.4  # log-odds at which a line among paragraphs goes
SLOTS = 1 << 17  # of the table that words share by their hashes
LONGEST = 1_000  # characters that are read; a longer text is not a line
MOST_KNOWN = 50_000  # terms that are remembered
OPENING = 0.35  # weight of a topic that a sentence opens with
TOPIC, TOPICS = 0.7, 0.7  # weight of all topics of a line, and of all pairs of them
NAMED = 0.4  # probability of a family from which a line is said to be of it
SIGNED = 128  # how the smallest weight is written, of bytes that are all positive

FEW_WORDS = 4  # of a line that is too short to report anything
FOREIGN = -2.8  # log-odds below which a line has words that lines of sites do not have

# The name of a button, or of a newsletter.
_BRIEF = re.compile(r"[\"“„«「]\s?\w+(?: \w+){0,3}\s?[\"”“»」]")
_QUOTED = re.compile('["“”„«»「」]')
_SPEECH = re.compile('["“„«「]\\w.{0,200}\\w[.,!?]?["”“»」]')
_YEAR = re.compile(r"\bin (?:19|20)\d\d\b")

LONGEST_NAME = 60  # characters up to the colon

_NOTES = toml_beside(__package__, "editor_notes.toml")
_IS_QUOTED = re.compile(r"\s*[\"“„«「].*[\"”“»」]\W*")
_OPENS = re.compile(
    rf"[\[(（【*※\s]*(?:{pattern_of(_NOTES.values())})"
    r"(?:\s*[:：\]）】)]|\s*[—–-]\s|[,，、(（ ][^:：]{0,40}[:：])",
    re.IGNORECASE,
)


class FamilyWeights(Struct):
    """The weights of each family as bytes: of the topics, of the shape, and of any line."""

    names: list[str]
    rows: list[bytes]
    scale: float


class LineScorer(Struct):
    """The weights of hashed words as bytes, of topics, of the shape, and of any line.

    `topics` has a row for each topic: its weights together with each other topic,
    and with itself its weight alone.
    """

    words: bytes
    scale: float
    topics: list[bytes]
    topic_scale: float
    shape: list[float]
    bias: float
    families: FamilyWeights
    known: dict[str, float] = {}

    def score(self, text: str) -> float:
        """Return the log-odds that a line is the site's."""
        line = folded(text)
        tokens = tokens_of(line)
        words = words_of(tokens)
        subject = subject_of(line, tokens)
        score = self._of_topics(subject.topics)
        if words:
            weight = self.scale / sqrt(len(words))
            score += weight * self._sum_of(words)
            if score < HOPELESS_WORDS:
                return score + self.bias
            pairs, edges = pairs_of(words, tokens)
            # There are too many pairs to remember their weights.
            slots = [crc32(pair.encode()) % SLOTS for pair in pairs]
            score += weight * self._at(slots)
            score += EDGE * self.scale * self._sum_of(edges)
        if score < HOPELESS:
            return score + self.bias
        score += OPENING * self.scale * self._sum_of(openings_of(tokens))
        traits: float = sum(map(mul, self.shape, shape(line, subject.known)))
        return score + self.bias + traits

    def family(self, text: str) -> str:
        """Return the name of the family that a line of the site is of, empty if that is unsure."""
        line = folded(text)
        subject = subject_of(line, tokens_of(line))
        values = family_values(subject, shape(line, subject.known))
        odds = [
            exp(self.families.scale * sum((row[at] - SIGNED) * value for at, value in values))
            for row in self.families.rows
        ]
        most = max(odds)
        return self.families.names[odds.index(most)] if most >= NAMED * sum(odds) else ""

    def _of_topics(self, topics: list[int]) -> float:
        """Return the log-odds by the topics of a line, alone and together."""
        number = len(topics)
        pairs = number * (number - 1) // 2
        alone, together = -SIGNED * number, -SIGNED * pairs
        for place, topic in enumerate(topics):
            row = self.topics[topic]
            alone += row[topic]
            together += sum([row[other] for other in topics[place + 1 :]])
        score = TOPIC * alone / sqrt(number) if number else 0.0
        if pairs:
            score += TOPICS * together / sqrt(pairs)
        return self.topic_scale * score

    def _sum_of(self, terms: list[str]) -> float:
        """Return the sum of the weights of some terms with their pieces, which are remembered."""
        known = self.known
        return sum([known[term] if term in known else self._weigh(term) for term in terms])

    def _weigh(self, term: str) -> float:
        if len(self.known) > MOST_KNOWN:
            self.known.clear()
        slots = slots_of(term)
        value = self.known[term] = self._at(slots) / sqrt(len(slots))
        return value

    def _at(self, slots: list[int]) -> int:
        return sum(map(self.words.__getitem__, slots)) - SIGNED * len(slots)


def slots_of(term: str) -> list[int]:
    """Return the slots of the table that a term and its pieces have."""
    return [code % SLOTS for code in map(crc32, map(str.encode, pieces(term)))]


def family_values(subject: Subject, traits: Sequence[float]) -> list[tuple[int, float]]:
    """Return what tells the families apart: places in a row of weights, with their values.

    A row has the topics, then the shape, then what any line of the family has.
    """
    number = len(topic_names())
    topics = subject.topics
    values = [(topic, TOPIC / sqrt(len(topics))) for topic in topics]
    values += ((number + at, trait) for at, trait in enumerate(traits) if trait)
    return [*values, (number + len(traits), 1.0)]


def family_of_line(text: str) -> str:
    """Return the name of the family that a line of the site is most likely of, or nothing."""
    return _learned().family(text[:LONGEST])


@lru_cache(maxsize=4096)
def line_score(text: str) -> float:
    """Return the log-odds that a line is the site's, by the weights of the program."""
    return _learned().score(text[:LONGEST])


@cache
def _learned() -> LineScorer:
    return read_line_scorer(json.loads(get_data(__package__ or "", WEIGHTS) or b"{}"))


def read_line_scorer(plain: dict[str, Any]) -> LineScorer:
    """Return the judge whose weights are the content of a file."""
    families = plain["families"]
    return LineScorer(
        b64decode(plain["words"]),
        plain["scale"],
        _rows(plain["topics"], plain["number_of_topics"]),
        plain["topic_scale"],
        plain["shape"],
        plain["bias"],
        FamilyWeights(
            families["names"],
            _rows(families["rows"], plain["number_of_topics"] + len(plain["shape"]) + 1),
            families["scale"],
        ),
    )


def _rows(text: str, length: int) -> list[bytes]:
    table = b64decode(text)
    return [table[at : at + length] for at in range(0, len(table), length)]


def quotes(text: str) -> bool:
    """Return whether a text has more in quotation marks than the name of a button.

    At the end of a line `»` is an arrow, as in "Read more »".
    """
    said = text.removesuffix("»") if "«" not in text else text
    return bool(_QUOTED.search(said) and _QUOTED.search(_BRIEF.sub("", said)))


def is_foreign(text: str) -> bool:
    """Return whether a line has words by which it cannot be the site's."""
    return quotes(text) or line_score(text) < FOREIGN


def tells(text: str) -> bool:
    """Return whether a line has speech in it, or a year in which something happened."""
    is_speech = _QUOTED.search(text) and _SPEECH.search(_BRIEF.sub("", text))
    return bool(_YEAR.search(text) or is_speech)


def reports(text: str) -> bool:
    """Return whether a line quotes, or reports on others or on the past, as an article does."""
    if sum(map(str.isalpha, line_of(text).split())) <= FEW_WORDS:  # a date has numbers as well
        return False
    return tells(text) or line_score(text) < FOREIGN


def is_editors_note(text: str) -> bool:
    """Return whether a text opens as a correction or a note of the editors does.

    Such a note begins with its name and a colon, a dash or a date, or has brackets around it.
    """
    return _OPENS.match(text[: 2 * LONGEST_NAME].replace("’", "'")) is not None


@lru_cache(maxsize=4096)
def belongs_to_text(text: str) -> bool:
    """Return whether a line is text whatever it says: an editors' note, or all in quotes."""
    return _IS_QUOTED.fullmatch(text) is not None or is_editors_note(text)
