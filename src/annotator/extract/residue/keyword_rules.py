"""Lines that no exact shape foresees: prompts, labels and lists, by their words.

A line is residue if it names what sites ask for (accounts, subscriptions, mail,
consent, shares …), and if there is hardly a word in it that such lines do not
consist of. What turns to the reader may hold a word or two of its own, what
only names a thing may not. A line that quotes, or tells of others or of the
past, is a sentence of the article.
"""

from collections.abc import Iterable
from typing import NamedTuple

from annotator.extract.html.dom import holds_any, words
from annotator.extract.passages import Rule
from annotator.extract.patterns import later
from annotator.extract.residue.family import line_of
from annotator.extract.residue.keyword_counts import Count, counts

LONGEST = 260  # characters
MOST_WORDS = 48
FEW_WORDS = 4
LABEL_WORDS = 5
HEAD_WORDS = 4  # before a colon
LONGEST_HEAD = 40  # characters
LONGEST_TAG = 32
MOST_NAMES = 3
A_TOPIC_IN = 4  # words of a label
ENOUGH_TOPICS = 2
MOST_UNKNOWN = 0.25  # share of words of its own in a line that turns to the reader
FEW_UNKNOWN = 2  # of them, however long the line
MORE_SIGNS = 2  # than such words must speak for it
SIGNS_OF_OPINION = 3  # of a line that says whose it is: its topics, the page, a strong one

_REASONS = {
    "meter": "It counts what you may still read.",
    "sign_in": "It turns to you about accounts and access.",
    "subscribe": "It turns to you about subscriptions.",
    "donation": "It turns to you about money for the site.",
    "newsletter": "It turns to you about mail.",
    "cookie": "It turns to you about consent or your browser.",
    "share": "It turns to you about sharing or following.",
    "app": "It turns to you about an app or its messages.",
    "comments": "It turns to you about comments.",
    "related": "It leads to other articles.",
    "read_more": "It leads to the rest of a text.",
    "live_blog": "It belongs to the frame of a live report.",
    "tags": "It lists the subjects under which the site files the article.",
    "author": "It leads to what else the author wrote.",
    "footer": "It states rights, or leads around the site.",
    "ads": "It speaks of advertisements, or says what the page earns by its links.",
    "disclaimer": "It says whose opinion the article is, and what it is not meant as.",
    "player": "It is a control of a player, a picture or the text.",
    "feedback": "It asks what you think of the page.",
}
# Families whose lines name people, companies or channels.
_NAMING = frozenset({"author", "share", "ads", "disclaimer"})
_STEPS = frozenset({"sign_in", "app"})
_PLAIN = frozenset({"meter", "ads", "player"})  # those that need not turn to anybody
_LAX = frozenset({"cookie", "ads", "disclaimer"})  # whose shapes hold whole sentences

_BRIEF = later(r"[\"“„«「]\s?\w+(?: \w+)?\s?[\"”“»」]")  # the name of a button
_QUOTED = later('["“”„«»「」]')
_SPEECH = later('["“„«「]\\w.{0,200}\\w[.,!?]?["”“»」]')
_YEAR = later(r"\bin (?:19|20)\d\d\b")
_CODE = later(
    r"[{}<>=]|\w\(\)|\b(?:function|object|handler|router|server|database|parameter|method|api)\b"
)
_OF_CODE = words(
    """
    { } < > = () function object handler router server database parameter method api
    """
)
_COLON = later(r"\s?[:：]\s?")
_COMMA = later(r"\s?[,;、，|·/•]\s?")
_OPENS = (":", "：")  # what introduces something
_ASKS = ("?", "？")
_ENDS = (".", "!", "?", "。", "！", "？")


class Appeal(NamedTuple):
    """Why a line is residue, whether it turns to nobody, and whether it speaks of the page."""

    rule: Rule
    is_label: bool = False
    is_of_page: bool = False


def appeal_of(text: str, *, is_listed: bool = False) -> Appeal | None:
    """Return why a short line is an appeal, or nothing.

    Items of lists must be so without doubt: steps tell readers what to do as well.
    """
    if len(text) > LONGEST or quotes(text) or _holds_code(text) or _YEAR.search(text):
        return None
    is_bare = not text.rstrip().endswith(_ENDS)
    found_by_words = counts(text, most_unknown=MOST_UNKNOWN, with_topics=True)
    is_asked = text.rstrip().endswith(_ASKS)
    appeals = (
        count
        for count in found_by_words
        if _is_appeal(count, is_bare=is_bare) or (is_asked and _asks_of_page(count))
    )
    found = _heading_of_list(text) or next(appeals, None)
    if found is None or (is_listed and not _is_certain(found)):
        return None
    if text.endswith(_OPENS) and not _turns(found):
        return None
    rule = Rule(found.step, "appeal", _REASONS[found.step])
    is_label = found.step != "disclaimer" and not _turns(found) and not _is_dense(found)
    is_of_page = found.site > 0 or (found.step == "feedback" and found.you > 0)
    return Appeal(rule, is_label, is_of_page)


def _holds_code(text: str) -> bool:
    return holds_any(text, _OF_CODE) and _CODE.search(text) is not None


def quotes(text: str) -> bool:
    """Tell whether there is more in quotation marks than the name of a button."""
    return bool(_QUOTED.search(text) and _QUOTED.search(_BRIEF.sub("", text)))


def is_foreign(text: str, step: str) -> bool:
    """Tell whether a line has words that none consists of that only turns to the reader.

    Where the words of a language are less well known, one is forgiven.
    """
    count = _likeliest(counts(text))
    forgiven = int(count.language != "en" or step == "meter")
    if count.site or (step in _LAX and count.you):
        forgiven = max(forgiven, int(MOST_UNKNOWN * count.words))
    is_told = count.tells > int(step == "meter" and count.you > 0)
    return is_told or count.unknown - _names(count) > forgiven


def reports(text: str) -> bool:
    """Tell whether a line quotes, or tells of others or of the past, as an article does."""
    if len(line_of(text).split()) <= FEW_WORDS:
        return False
    if _YEAR.search(text) or (_QUOTED.search(text) and _SPEECH.search(_BRIEF.sub("", text))):
        return True
    return _likeliest(counts(text)).tells > 0


def _likeliest(found: Iterable[Count]) -> Count:
    """Return the count in the language that knows most of the words."""
    return min(found, key=lambda count: count.unknown)


def _is_appeal(count: Count, *, is_bare: bool) -> bool:
    """Tell whether a line is an appeal; `is_bare` says that it does not end like a sentence."""
    is_prompt = is_bare and count.topics > 0 and count.is_command
    is_named = count.strong > 0 or count.topics >= ENOUGH_TOPICS or is_prompt
    if not is_named or count.tells or count.words > MOST_WORDS:
        return False
    turns = _turns(count)
    unknown = count.unknown
    if count.step in _NAMING:
        unknown -= min(_names(count), MOST_NAMES)
    if count.step == "disclaimer":
        return _disclaims(count, unknown)
    if unknown <= 0:
        is_said = is_bare and count.strong > 0
        return turns > 0 or is_said or count.words <= LABEL_WORDS or _is_dense(count)
    signs = turns + count.topics + (count.strong > 0)
    if unknown > min(MOST_UNKNOWN * count.words, FEW_UNKNOWN) or signs < unknown + MORE_SIGNS:
        return False
    if count.step in _LAX and count.strong >= unknown + MORE_SIGNS:
        return True
    return count.site > 0 or (count.strong > 0 and _speaks_to_reader(count, is_bare=is_bare))


def _disclaims(count: Count, unknown: int) -> bool:
    """Tell whether a line says whose opinion it is: no single word of it does."""
    is_of_page = count.site > 0 or count.strong > 0 or count.own > SIGNS_OF_OPINION
    if not is_of_page or unknown > MOST_UNKNOWN * count.words:
        return False
    return count.own + (count.site > 0) + (count.strong > 0) >= SIGNS_OF_OPINION + unknown


def _asks_of_page(count: Count) -> bool:
    """Tell whether a question is what readers think of the page that they read."""
    return count.step == "feedback" and count.site > 0 and count.unknown == 0


def _speaks_to_reader(count: Count, *, is_bare: bool) -> bool:
    """Tell whether a line with words of its own is a prompt, though no site speaks of itself.

    Steps tell a reader what to do with accounts and apps.
    """
    if count.unknown > 1 or count.step in _STEPS:
        return is_bare and count.topics >= ENOUGH_TOPICS and count.unknown <= 1
    return count.you > 0


def _names(count: Count) -> int:
    """Return how many unknown words are names; in German all nouns have capitals."""
    return 0 if count.language == "de" and count.step != "author" else count.names


def _turns(count: Count) -> int:
    return count.site + count.you + count.is_command


def _is_dense(count: Count) -> bool:
    if count.strong and (count.step in _PLAIN or 2 * count.topic_words >= count.words > 1):
        return True
    return count.topics >= ENOUGH_TOPICS and A_TOPIC_IN * count.topics >= count.words - 2


def _is_certain(count: Count) -> bool:
    return count.unknown == 0 and count.site > 0


def _heading_of_list(text: str) -> Count | None:
    """Return what stands before a colon if it is a label of subjects, or of another article."""
    parts = _COLON.split(text, maxsplit=1)
    if len(parts) == 1 or len(parts[0]) > LONGEST_HEAD or not parts[1]:
        return None
    is_tags = all(len(part) <= LONGEST_TAG for part in _COMMA.split(parts[1]))
    for count in counts(parts[0], with_topics=True):
        is_label = count.topics > 0 and count.unknown == 0 and count.words <= HEAD_WORDS
        if is_label and (count.step == "related" or (count.step == "tags" and is_tags)):
            return count if not text.endswith(_ENDS) or count.step == "related" else None
    return None
