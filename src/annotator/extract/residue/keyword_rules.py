"""Recognise lines that no pattern foresees, by their keywords.

A line is residue if it names what sites ask for (accounts, subscriptions, mail,
consent, shares …) and has hardly a word that such lines do not consist of. A
line that addresses the reader can have a word or two of its own; one that only
names a thing cannot. A line that quotes, or that reports on others or on the
past, is a sentence of the article.

Three examples for the newsletter family:

- "Join 40,000 readers and get our newsletter." has one keyword, a command
  (`join`), a word of the site (`our`), and no unknown word: it goes.
- "Join our newsletter and win a bridge." is like it, but `win` and `bridge` are
  unknown, and that is more than a quarter of its words: it stays.
- "The newsletter, which began in 1998, has 40,000 readers." has one unknown
  word (`began`), and its strong keyword is too little against that: it stays.

In all of this a line is only text. `lines` decides what its place makes of it.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from annotator.extract.dom.elements import contains_any, words
from annotator.extract.passages import Rule
from annotator.extract.residue.families import BY_NAME, policy_of
from annotator.extract.residue.family import line_of
from annotator.extract.residue.keyword_counts import Count, counts

LONGEST = 260  # characters
MOST_WORDS = 48
FEW_WORDS = 4
LABEL_WORDS = 5
HEAD_WORDS = 4  # words before a colon
LONGEST_HEAD = 40  # characters
LONGEST_TAG = 32
MOST_NAMES = 3
A_TOPIC_IN = 4  # a label has a keyword in so many words
ENOUGH_TOPICS = 2
MOST_UNKNOWN = 0.25  # share of unknown words in a line that addresses the reader
FEW_UNKNOWN = 2  # such words in a line of any length
MORE_SIGNS = 2  # by so many must the signs of residue outnumber them
SEVERAL_SIGNS = 3  # keywords of the family, a word for the page, a strong keyword

_BRIEF = re.compile(r"[\"“„«「]\s?\w+(?: \w+)?\s?[\"”“»」]")  # the name of a button
_QUOTED = re.compile('["“”„«»「」]')
_SPEECH = re.compile('["“„«「]\\w.{0,200}\\w[.,!?]?["”“»」]')
_YEAR = re.compile(r"\bin (?:19|20)\d\d\b")
_CODE = re.compile(
    r"[{}<>=]|\w\(\)|\b(?:function|object|handler|router|server|database|parameter|method|api)\b"
)
_OF_CODE = words(
    """
    { } < > = () function object handler router server database parameter method api
    """
)
_COLON = re.compile(r"\s?[:：]\s?")
_COMMA = re.compile(r"\s?[,;、，|·/•]\s?")
_OPENS = (":", "：")  # the line introduces something
_ASKS = ("?", "？")
_ENDS = (".", "!", "?", "。", "！", "？")


class KeywordMatch(NamedTuple):
    """The rule for a line; whether the line is a mere label, and whether it speaks of the page."""

    rule: Rule
    is_label: bool = False
    is_of_page: bool = False


def match_keywords(text: str, *, is_listed: bool = False) -> KeywordMatch | None:
    """Return the rule that makes a short line residue by its keywords, or nothing.

    An item of a list needs certainty: instructions tell readers what to do as well.
    """
    if len(text) > LONGEST or quotes(text) or _holds_code(text) or _YEAR.search(text):
        return None
    is_bare = not text.rstrip().endswith(_ENDS)
    found_by_words = counts(text, most_unknown=MOST_UNKNOWN, with_topics=True)
    is_asked = text.rstrip().endswith(_ASKS)
    matching = (
        count
        for count in found_by_words
        if _is_residue(count, is_bare=is_bare) or (is_asked and _asks_of_page(count))
    )
    found = _heading_of_list(text) or next(matching, None)
    if found is None or (is_listed and not _is_certain(found)):
        return None
    if text.endswith(_OPENS) and not _addresses(found):
        return None
    rule = Rule(found.family, "appeal", BY_NAME[found.family].reason)
    policy = policy_of(found.family)
    is_label = not (policy.several_signs or _addresses(found) or _is_dense(found))
    is_of_page = found.site > 0 or (policy.asks_reader and found.you > 0)
    return KeywordMatch(rule, is_label, is_of_page)


def _holds_code(text: str) -> bool:
    return contains_any(text, _OF_CODE) and _CODE.search(text) is not None


def quotes(text: str) -> bool:
    """Return whether a text has more in quotation marks than the name of a button."""
    return bool(_QUOTED.search(text) and _QUOTED.search(_BRIEF.sub("", text)))


def has_foreign_words(text: str, family: str) -> bool:
    """Return whether a line has words that lines of a family do not contain.

    One such word is forgiven in other languages than English, whose words are
    known less well, and in counters, which name what they count.
    """
    count = _likeliest(counts(text))
    policy = policy_of(family)
    forgiven = int(count.language != "en" or policy.counts_things)
    if count.site or (policy.full_sentences and count.you):
        forgiven = max(forgiven, int(MOST_UNKNOWN * count.words))
    is_told = count.tells > int(policy.counts_things and count.you > 0)
    return is_told or count.unknown - _names(count) > forgiven


def reports(text: str) -> bool:
    """Return whether a line quotes, or reports on others or on the past, as an article does."""
    if len(line_of(text).split()) <= FEW_WORDS:
        return False
    if _YEAR.search(text) or (_QUOTED.search(text) and _SPEECH.search(_BRIEF.sub("", text))):
        return True
    return _likeliest(counts(text)).tells > 0


def _likeliest(found: Iterable[Count]) -> Count:
    """Return the count in the language with the fewest unknown words."""
    return min(found, key=lambda count: count.unknown)


def _is_residue(count: Count, *, is_bare: bool) -> bool:
    """Return whether a line is residue; `is_bare`: it does not end like a sentence."""
    policy = policy_of(count.family)
    is_prompt = is_bare and count.topics > 0 and count.is_command
    is_named = count.strong > 0 or count.topics >= ENOUGH_TOPICS or is_prompt
    if not is_named or count.tells or count.words > MOST_WORDS:
        return False
    addresses = _addresses(count)
    unknown = count.unknown
    if policy.names_people:
        unknown -= min(_names(count), MOST_NAMES)
    if policy.several_signs:
        return _has_several_signs(count, unknown)
    if unknown <= 0:
        is_said = is_bare and count.strong > 0
        return addresses > 0 or is_said or count.words <= LABEL_WORDS or _is_dense(count)
    signs = addresses + count.topics + (count.strong > 0)
    if unknown > min(MOST_UNKNOWN * count.words, FEW_UNKNOWN) or signs < unknown + MORE_SIGNS:
        return False
    if policy.full_sentences and count.strong >= unknown + MORE_SIGNS:
        return True
    return count.site > 0 or (count.strong > 0 and _speaks_to_reader(count, is_bare=is_bare))


def _has_several_signs(count: Count, unknown: int) -> bool:
    """Return whether a line has enough signs for a family that no single word gives away."""
    is_of_page = count.site > 0 or count.strong > 0 or count.own > SEVERAL_SIGNS
    if not is_of_page or unknown > MOST_UNKNOWN * count.words:
        return False
    return count.own + (count.site > 0) + (count.strong > 0) >= SEVERAL_SIGNS + unknown


def _asks_of_page(count: Count) -> bool:
    """Return whether a line asks readers what they think of the page."""
    return policy_of(count.family).asks_reader and count.site > 0 and count.unknown == 0


def _speaks_to_reader(count: Count, *, is_bare: bool) -> bool:
    """Return whether a line with words of its own is a prompt, although no site speaks of itself.

    Instructions tell a reader what to do with accounts and apps.
    """
    if count.unknown > 1 or policy_of(count.family).in_instructions:
        return is_bare and count.topics >= ENOUGH_TOPICS and count.unknown <= 1
    return count.you > 0


def _names(count: Count) -> int:
    """Return how many unknown words are names; in German all nouns begin with a capital."""
    is_telling = count.language != "de" or policy_of(count.family).capitals_are_names
    return count.names if is_telling else 0


def _addresses(count: Count) -> int:
    """Return how often a line addresses the reader, or speaks of the site as "we"."""
    return count.site + count.you + count.is_command


def _is_dense(count: Count) -> bool:
    """Return whether a line consists of little but keywords."""
    is_plain = policy_of(count.family).plain_labels
    if count.strong and (is_plain or 2 * count.topic_words >= count.words > 1):
        return True
    return count.topics >= ENOUGH_TOPICS and A_TOPIC_IN * count.topics >= count.words - 2


def _is_certain(count: Count) -> bool:
    return count.unknown == 0 and count.site > 0


def _heading_of_list(text: str) -> Count | None:
    """Return the count before a colon if that is a label of topics, or of another article."""
    parts = _COLON.split(text, maxsplit=1)
    if len(parts) == 1 or len(parts[0]) > LONGEST_HEAD or not parts[1]:
        return None
    is_tags = all(len(part) <= LONGEST_TAG for part in _COMMA.split(parts[1]))
    for count in counts(parts[0], with_topics=True):
        is_label = count.topics > 0 and count.unknown == 0 and count.words <= HEAD_WORDS
        policy = policy_of(count.family)
        if is_label and policy.names_articles:
            return count
        if is_label and policy.heads_topics and is_tags:
            return None if text.endswith(_ENDS) else count
    return None
