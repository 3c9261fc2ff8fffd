"""Interviews: turns that begin with a speaker's name, or questions in bold above their answers.

An insert in the middle, such as a form for a newsletter, ends the text for steps that
look for its end, or parts it into two boxes, of which only one was chosen.
"""

import re
from collections import Counter
from itertools import pairwise

from annotator.extract.dom.elements import words
from annotator.extract.kinds.page_kind import PageKind, is_candidate, may_be_own, prose_of
from annotator.extract.metadata.facts import Facts
from annotator.extract.metadata.titles import is_same
from annotator.extract.passages import ArticleDraft, Passage
from annotator.model.data_file import wordings

LEAST_TURNS = 5  # that begin with a name, of two speakers or more
LEAST_QUESTIONS = 4  # in bold or in headings, with answers below
LEAST_SPOKEN = 0.3  # turns for each paragraph of the text
LEAST_REPEATED = 2  # turns of one speaker
LEAST_ASKED = 0.3  # share of the turns of one speaker that ask: “Price: …” never does
LEAST_PERSONAL = 0.5  # share of the answers in which somebody speaks of themselves

_NAME = r"[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){0,3}|[QAFR]\d{0,2}"
_SPEAKER = re.compile(rf"(?P<name>{_NAME})\.?\s?[:：—–]\s*\S")
_WIDE_SPEAKER = re.compile(r"(?P<name>[\u3040-\u9fff\uac00-\ud7af][^\s:：、。，]{0,9})[:：]\s*\S")
_ASKS = ("?", "？", "؟", "?”", '?"', "?»", "?“")
_WORDINGS = wordings(__package__, "wordings.toml")
_SAID = re.compile(_WORDINGS["interview"])
# Firms say “we” in their answers.
_FIRST_PERSON = re.compile(_WORDINGS["first-person"])
_JUDGES = words("next endings kickers wording")


def read_interview(draft: ArticleDraft, facts: Facts, url: str) -> PageKind | None:
    """Return the turns of an interview and what is between them, None for other pages."""
    some = list(filter(is_candidate, draft.passages))
    if not any(sign in passage.text for passage in some for sign in "?？؟"):
        return None
    shown = [passage for passage in some if not is_same(passage.text, draft.title)]
    is_said = _SAID.search(f"{draft.title} {facts.excerpt} {url}".lower()) is not None
    turns = _by_name(shown) or _by_question(shown, is_said=is_said)
    if not turns or len(turns) < LEAST_SPOKEN * len(prose_of(draft.passages)):
        return None
    columns = {_column(passage) for passage in turns}
    places = {id(passage): place for place, passage in enumerate(draft.passages)}
    first, last = places[id(turns[0])], places[id(turns[-1])]
    amid = draft.passages[first : last + 1]
    after = draft.passages[last + 1 :]
    own = [p for p in amid if _column(p) in columns and may_be_own(p)]
    # The answer to the last question; what is below it is judged as in any article.
    own += [p for p in after[:1] if p.is_kept or (may_be_own(p) and _column(p) in columns)]
    return PageKind("Read as an interview.", own, _JUDGES)


def _by_name(passages: list[Passage]) -> list[Passage]:
    named = [(name, p) for p in passages if (name := _speaker(p))]
    counts = Counter(name for name, _ in named)
    speakers = {name for name, count in counts.items() if count >= LEAST_REPEATED}
    turns = [passage for name, passage in named if name in speakers]
    asking = Counter(name for name, passage in named if any(map(passage.text.__contains__, "?？؟")))
    asks = any(asking[name] >= LEAST_ASKED * counts[name] for name in speakers)
    return turns if asks and len(speakers) > 1 and len(turns) >= LEAST_TURNS else []


def _speaker(passage: Passage) -> str:
    if passage.block.kind not in {"paragraph", "quote"}:
        return ""
    match = _SPEAKER.match(passage.text) or _WIDE_SPEAKER.match(passage.text)
    return match["name"] if match else ""


def _by_question(passages: list[Passage], *, is_said: bool) -> list[Passage]:
    """Return questions that stand out, each with its answer, if there are enough.

    In answers to frequent questions nobody speaks of themselves. Blogs have questions as
    headings, unless the page says that it is an interview.
    """
    turns: list[Passage] = []
    for passage, answer in pairwise(passages):
        if _is_question(passage) and answer.block.kind == "paragraph" and not _is_question(answer):
            turns += [passage, answer]
    answers = turns[1::2]
    personal = sum(1 for answer in answers if _FIRST_PERSON.search(answer.text))
    is_enough = len(answers) >= LEAST_QUESTIONS and personal >= LEAST_PERSONAL * len(answers)
    are_headings = all(question.block.kind == "heading" for question in turns[::2])
    return turns if is_enough and (is_said or not are_headings) else []


def _is_question(passage: Passage) -> bool:
    block, text = passage.block, passage.text.rstrip()
    bold = sum(len(mark.span) for mark in block.marks if mark.kind in {"strong", "emphasis"})
    stands_out = block.kind == "heading" or (block.kind == "paragraph" and bold >= len(text) - 1)
    return stands_out and text.endswith(_ASKS)


def _column(passage: Passage) -> int:
    return passage.region.parent.index if passage.region.parent else -1
