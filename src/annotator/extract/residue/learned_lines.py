"""Judge the lines that no rule has removed by their wording, as a learned judge scores it.

`line_scorer` gives a line a number, from its words and shape alone. Here its
place moves the number at which it goes: a heading with text below it, an item
of a list and a line that the scorer of passages takes for text must be surer
residue than others, and a line in a small box with a form, a button or a line
that a rule has removed may be less sure. Of a list, most items go or none. Where
links lead says what a line is in every language.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from annotator.extract.choice.density import is_prose, width_of
from annotator.extract.families import BY_NAME, LONGEST_LINE
from annotator.extract.passages import Passage, Rule
from annotator.extract.residue.boxes import LEARNED, Boxes, is_certain, is_over
from annotator.extract.residue.line_scorer import (
    LIKELY,
    belongs_to_text,
    family_of_line,
    line_score,
    quotes,
)
from annotator.model.data_file import wordings

OF_HEADING = 1.5  # added for a heading, unless its box is marked
OF_TITLE = 1.5  # added for a heading of prose
OF_TEXT = 2.5  # added for the likelihood of a passage beyond DOUBT, taken off below it
DOUBT = 0.7
OF_PROSE = 2.0  # added for a long line of which that scorer is certain
LONG = 90  # characters of such a line
CERTAIN_TEXT = 0.9  # likelihood of such a line
OF_PLAIN = 0.5  # added in a plain text, where no passage has a likelihood
OF_ITEM = 1.0  # added for an item of a list
OF_LABEL = 0.75  # added for a word or two
OF_QUESTION = 0.75  # added for a line that asks: articles ask their readers too
OF_FORM = 2.0  # added for lines of one form, such as "Region: …" in a list of walks
OF_SPEECH = 2.0  # added for a line that quotes more than a name
OF_BOX = -0.25  # added in a box of which something else is residue
OF_LINK = -1.5  # added for a link to a service of the site
SHORTEST = 2  # letters
NOTICE = 140  # characters; the sentences of a longer passage are judged one by one as well
LONGEST_NOTICE = 700  # characters of a passage of several sentences
LEAST_SENTENCE = 40  # characters of its sentences, on average; results of games have fewer
LABEL = 15  # characters
MOST_OF_A_LIST = 0.6  # share of a list's items that must be residue for any of them to go
LIST = 3  # items
MANY = 4  # lines of a page that begin with the same word
MOST_TAKEN = 0.25  # share of the text that can go by wording alone
MOST_TALK = 3  # whole sentences of a page that consists of such, as a policy does
OF_TALK = -1.5  # added for such a sentence
SURE = 3.0  # log-odds of lines that go even so
MOST = 6.0  # log-odds of a sentence; few have more
NO_NOTICE = -8.0  # log-odds of a passage whose sentences are not read: of 5,000 none was residue

_RULE = Rule("line", LEARNED, "It reads like a line of the site, not of the article.")
_KINDS = frozenset({"paragraph", "heading", "list_item"})
_SAYS = re.compile(r"[–—] ?\w.{15,}[.!?…]\Z")  # speech without quotation marks
_STEP = re.compile(wordings(__package__, "wordings.toml")["step"])
_ASKS = ("?", "？", "؟")
_AFTER_SENTENCE = re.compile(r"(?<=[.!?؟])\s+|(?<=[。！？])")
_SERVICE = re.compile(wordings(__package__, "wordings.toml")["service"], re.IGNORECASE)


def judge_by_wording(passages: Sequence[Passage], spared: Iterable[Passage] = ()) -> None:
    """Give a verdict on the kept passages that read like lines of the site.

    `spared` are those that the rules know, and have left where they are; of
    these only headings are judged.
    """
    known = {id(passage) for passage in spared if passage.block.kind != "heading"}
    boxes = Boxes(passages)
    kept = [passage for passage in passages if passage.is_kept]
    scored: list[tuple[float, Passage]] = []
    for index, passage in enumerate(kept):
        if id(passage) not in known and _may_be_line(passage):
            below = kept[index + 1] if index + 1 < len(kept) else None
            least = _least(passage, below, boxes)
            sure = wording_score(passage.text, least + OF_TALK) - least
            scored.append((sure, passage))
    # A guide to walks says "Region: …" and "Length: …" of each of them, and a list of many games
    # "Published by CMYK": that is never of the site.
    words = [passage.text.partition(" ")[0] for _, passage in scored]
    openings = Counter(word for word, (sure, _) in zip(words, scored, strict=True) if sure > 0)
    scored = [
        (sure - OF_FORM if openings[word] >= MANY else sure, passage)
        for word, (sure, passage) in zip(words, scored, strict=True)
        if openings[word] < 2 * MANY
    ]
    # A recipe has a step such as "Print the list", among steps that are nobody's buttons.
    listed = _listed(kept, {id(passage) for sure, passage in scored if sure > 0})
    scored = [(sure, passage) for sure, passage in scored if id(passage) not in listed]
    # An article on subscriptions has the words of prompts in all of its paragraphs.
    total = sum(len(passage.text) for passage in kept)
    taken = sum(len(passage.text) for sure, passage in scored if sure > 0)
    least = 0 if taken <= MOST_TAKEN * total else SURE
    # So does a policy on privacy, in whole sentences outside of any form.
    talk = {
        id(passage)
        for sure, passage in scored
        if sure > OF_TALK and is_prose(passage) and not boxes.is_marked(passage)
    }
    for sure, passage in scored:
        if sure > least and (len(talk) <= MOST_TALK or id(passage) not in talk):
            family = BY_NAME.get(family_of_line(passage.text))
            passage.verdict = Rule(family.name, LEARNED, family.reason) if family else _RULE


def wording_score(text: str, least: float = NO_NOTICE) -> float:
    """Return the log-odds that a line is the site's, or that the sentences of a notice are.

    The judge knows few long lines of sites, such as requests for consent. Sentences that
    can no longer reach `least` together are not read, nor those of a passage that is no notice.
    """
    score = line_score(text)
    parts = _sentences(text) if score > NO_NOTICE else []
    total, left = 0.0, len(parts)
    for part in parts:
        if total + left * MOST < least * len(parts):
            return score
        total += line_score(part)
        left -= 1
    return max(score, total / len(parts)) if parts else score


def _sentences(text: str) -> list[str]:
    """Return the sentences of a passage that is long, but no longer than a notice."""
    if not NOTICE < len(text) <= LONGEST_NOTICE:
        return []
    parts = [part for part in _AFTER_SENTENCE.split(text) if len(part) > SHORTEST]
    return parts if len(text) >= LEAST_SENTENCE * len(parts) else []


def _listed(kept: Sequence[Passage], sure: set[int]) -> frozenset[int]:
    """Return the items of lists whose other items are mostly text; pictures can be between them."""
    mostly_text: list[int] = []
    lines = (passage for passage in kept if passage.block.kind != "image")
    for is_item, group in groupby(lines, key=lambda passage: passage.block.depth > 0):
        items = [id(passage) for passage in group if is_item]
        if len(items) >= LIST and sum(map(sure.__contains__, items)) < MOST_OF_A_LIST * len(items):
            mostly_text += items
    return frozenset(mostly_text)


def _may_be_line(passage: Passage) -> bool:
    block = passage.block
    # Somebody else's words, and steps of instructions: "3. Sign in to your account".
    if block.kind not in _KINDS or block.quote_depth or block.ordinal is not None:
        return False
    # "Step 3: Turn off comments", a heading or a bold line of a how-to.
    if _STEP.match(block.text):
        return False
    if len(block.text) < SHORTEST or "\n" in block.text or is_certain(passage):
        return False
    if len(block.text) > LONGEST_LINE and not _sentences(block.text)[1:]:
        return False
    # What has a footnote was written for the article.
    if any(mark.kind == "footnote_reference" for mark in block.marks):
        return False
    has_words = any(map(str.isalpha, block.text))
    return has_words and not belongs_to_text(block.text)


def _is_text(passage: Passage) -> bool:
    """Return whether a passage is prose of the article, by its length and wording."""
    return is_prose(passage) and line_score(passage.text) <= LIKELY


def _least(passage: Passage, below: Passage | None, boxes: Boxes) -> float:
    """Return the log-odds at which a passage in its place is residue."""
    least = LIKELY
    # Beside the field of a newsletter's form, or below its removed heading.
    is_in_box = boxes.is_marked(passage)
    if is_in_box:
        least += OF_BOX
    # "Get the app" above the steps that install it is a section of a how-to.
    is_heading = passage.block.kind == "heading"
    if is_heading and (not is_in_box or (below and is_over(passage, below))):
        least += OF_HEADING + (OF_TITLE if below and _is_text(below) else 0)
    # "Log out of all devices" in a list of what to do after a theft.
    if passage.block.depth:
        least += OF_ITEM
    # The judge of passages knows the place on the page, where this one knows the words.
    if passage.likelihood:
        least += OF_TEXT * (passage.likelihood - DOUBT)
        # A reviewer who talks: "I could copy the paragraph above and pop it in here… Shall I?"
        if passage.likelihood > CERTAIN_TEXT and len(passage.text) >= LONG:
            least += OF_PROSE
    else:
        least += OF_PLAIN
    # A name alone, such as that of a speaker in an interview.
    if width_of(passage.text) < LABEL and not is_in_box:
        least += OF_LABEL
    # "What would you pay for the news?" closes a column.
    if passage.text.endswith(_ASKS):
        least += OF_QUESTION
    # "“Sign up”, she said, “or leave.”", "– I never read newsletters, says the mayor."
    if quotes(passage.text) or _SAYS.match(passage.text):
        least += OF_SPEECH
    # A link to the sign-in page, to a shop of apps, to a form that shares the page.
    if passage.linked and any(_SERVICE.match(mark.href) for mark in passage.block.marks):
        least += OF_LINK
    return least
