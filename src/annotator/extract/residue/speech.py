"""Recognise sentences of an article among lines that resemble the site's: quotations and reports.

An article that speaks of subscriptions or cookies quotes somebody, names a year,
or has words that no prompt has. A line of the site does none of this, whatever
pattern of a family it matches.
"""

import re

from annotator.extract.families.family import line_of
from annotator.extract.residue.line_scorer import line_score

FEW_WORDS = 4  # of a line that is too short to report anything
FOREIGN = -2.8  # log-odds below which a line has words that lines of sites do not have

_BRIEF = re.compile(r"[\"“„«「]\s?\w+(?: \w+)?\s?[\"”“»」]")  # the name of a button
_QUOTED = re.compile('["“”„«»「」]')
_SPEECH = re.compile('["“„«「]\\w.{0,200}\\w[.,!?]?["”“»」]')
_YEAR = re.compile(r"\bin (?:19|20)\d\d\b")


def quotes(text: str) -> bool:
    """Return whether a text has more in quotation marks than the name of a button."""
    return bool(_QUOTED.search(text) and _QUOTED.search(_BRIEF.sub("", text)))


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
