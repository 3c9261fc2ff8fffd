"""What stands about the title and is no text: names of sections, bylines, dates, counts."""

from annotator.extract.measure import is_prose, is_wide
from annotator.extract.passages import Draft, Passage, Rule
from annotator.model.article import Block

LONGEST = 45  # characters of such a line
MOST_WORDS = 6
LONGEST_WIDE = 24
SURE = 0.8  # likelihood of a line that is of the article, short as it is
MOST = 6  # such lines before the text; more of them are verse, or a list that matters
ENDS = (".", "!", "?", ":", "…", "。", "！", "？", "：", "”", '"', "»", "」", ",", ";", "—", "–")

_KICKER = Rule("navigation", "kicker", "It names a section of the site, or says who and when.")


def remove_kickers(draft: Draft) -> None:
    """Give a verdict on the short lines before the first sentence of a page."""
    passages = draft.passages
    if len(draft.regions) == 1:  # a text without parts: its lines are its own
        return
    first = next((i for i, p in enumerate(passages) if p.is_kept and _begins_text(p)), 0)
    lines = [p for p in passages[:first] if p.is_kept and _is_label(p)]
    if len(lines) <= MOST:
        for passage in lines:
            if passage.likelihood < SURE:
                passage.verdict = _KICKER


def _begins_text(passage: Passage) -> bool:
    return is_prose(passage) or passage.block.kind in {"heading", "code", "table", "quote"}


def _without_references(block: Block) -> str:
    """Return the text of a block without the number of a note behind its last sentence."""
    last = block.marks[-1] if block.marks else None
    is_number = last and last.kind in {"superscript", "footnote_reference"}
    return block.text[: last.span.start] if last and is_number else block.text


def _is_label(passage: Passage) -> bool:
    block, text = passage.block, _without_references(passage.block).rstrip()
    if block.kind not in {"paragraph", "list_item"} or block.ordinal is not None or not text:
        return False
    longest = LONGEST_WIDE if is_wide(text) else LONGEST
    is_short = len(text) <= longest and len(text.split()) <= MOST_WORDS
    return is_short and not text.endswith(ENDS) and not text.startswith("$")
