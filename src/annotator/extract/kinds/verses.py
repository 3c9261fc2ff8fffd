"""Poems and songs: stanzas, and lines that are elements, beside notes in prose.

The prose is what other steps take for the text. A refrain is no repetition, and a line
such as “By the river” no byline.
"""

import re
from itertools import groupby

from annotator.extract.dom.elements import words
from annotator.extract.kinds.page_kind import PageKind, is_candidate, length_of
from annotator.extract.metadata.facts import Facts
from annotator.extract.passages import ArticleDraft, Passage
from annotator.model.data_file import wordings

LONGEST_LINE = 90  # characters
SHORT = 50  # characters of a line, on average
LEAST_LINES = 8  # of a poem on a page with prose
LEAST_STANZAS = 2
LEAST_SHARE = 0.3  # of the text of the page
LEAST_TOGETHER = 2  # lines that are elements of one box

_WORDINGS = wordings(__package__, "wordings.toml")
_NAMES = re.compile(_WORDINGS["verse-names"])
_ADDRESS = re.compile(_WORDINGS["verse-address"])
_KINDS = frozenset({"MusicComposition", "MusicRecording", "Poem"})
_JUDGES = words("lines repeats kickers endings wording next")


def read_verse(draft: ArticleDraft, facts: Facts, url: str) -> PageKind | None:
    """Return the stanzas of a poem or a song, None for other pages."""
    shown = list(filter(is_candidate, draft.passages))
    stanzas = [passage for passage in shown if _is_stanza(passage)]
    is_said = bool(_KINDS & facts.kinds) or bool(_ADDRESS.search(url.lower()))
    is_said = is_said or any(_NAMES.search(r.names) for p in stanzas for r in p.region.chain())
    lines = sum(passage.text.count("\n") + 1 for passage in stanzas)
    if is_said and lines < LEAST_LINES:
        stanzas = _lines(shown)
        lines = len(stanzas)
    if lines < LEAST_LINES or len(stanzas) < LEAST_STANZAS or not is_said:
        return None
    own = sum(len(passage.text) for passage in stanzas)
    rest = length_of(draft.passages) - length_of(stanzas)
    if own < LEAST_SHARE * (own + rest):
        return None
    return PageKind("Read as a poem or a song.", stanzas, _JUDGES)


def _is_stanza(passage: Passage) -> bool:
    lines = passage.text.split("\n")
    is_text = passage.block.kind in {"paragraph", "quote", "code"}
    is_short = max(map(len, lines)) <= LONGEST_LINE and len(passage.text) <= SHORT * len(lines)
    return is_text and len(lines) > 1 and is_short and not passage.linked


def _lines(passages: list[Passage]) -> list[Passage]:
    """Return the lines that are elements, of which each box has several."""
    lines: list[Passage] = []
    for _, group in groupby(
        passages, key=lambda p: p.region.parent.index if p.region.parent else -1
    ):
        together = [p for p in group if p.block.kind == "paragraph" and not p.linked]
        if len(together) >= LEAST_TOGETHER and all(len(p.text) <= SHORT for p in together):
            lines += together
    return lines
