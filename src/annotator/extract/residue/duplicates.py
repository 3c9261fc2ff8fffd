"""Remove repeated titles, decks, captions and pull quotes, and labels above the text."""

import re
from itertools import islice

from annotator.extract.content.density import is_prose, is_wide
from annotator.extract.html.dom import folded
from annotator.extract.metadata.titles import is_same
from annotator.extract.passages import ArticleDraft, Passage, Rule
from annotator.model.article import Block

HEAD = 12  # passages among which a title and a deck are
LEAST_ECHO = 20  # letters: shorter lines repeat by chance
LEAST_PULL_QUOTE = 25
LEAST_IN_A_HEADING = 50  # letters: a shorter heading has words in common with the text under it
LONGEST_PULL_QUOTE = 600
MOST_PULL_QUOTES = 200  # so many are searched for in the text
PREFIX = 60  # letters that tell one caption from another
LONGEST_CREDIT = 60

LONGEST_LABEL = 45  # characters
MOST_LABEL_WORDS = 6
LONGEST_WIDE = 24  # characters of Chinese, Japanese or Korean
SURE = 0.8  # likelihood of a line that belongs to the article, short as it is
MOST_LABELS = 6  # before the text; more of them are verse, or a list that matters
ENDS = (".", "!", "?", ":", "…", "。", "！", "？", "：", "”", '"', "»", "」", ",", ";", "—", "–")

_TITLE = Rule("repeated", "title", "Repeats the title.")
_DECK = Rule("repeated", "deck", "Repeats the lines above.")
_CAPTION = Rule("repeated", "caption", "Repeats the caption of a picture.")
_PULL_QUOTE = Rule("repeated", "pull-quote", "Repeats a sentence of the text as a pull quote.")
_KICKER = Rule("navigation", "kicker", "Section, name or date above the text.")

_SET_APART = re.compile(
    r"\b(?:pull-?quote|pull|quote|callout|highlight|blockquote|zitat|cita|citation)\b"
)


def remove_repeated(draft: ArticleDraft) -> None:
    """Give a verdict on the kept passages that only repeat others."""
    _remove_titles(draft)
    _remove_decks(draft)
    _remove_captions(draft)
    _remove_pull_quotes(draft)


def _remove_titles(draft: ArticleDraft) -> None:
    for position, passage in enumerate(draft.kept):
        is_title = passage.block.kind == "heading" and passage.block.level == 1
        is_line = passage.block.kind in {"heading", "paragraph", "quote", "list_item"}
        is_at_head = position < HEAD and is_line and not is_prose(passage)
        if (is_title or is_at_head) and _is_title(passage.text, draft.title):
            passage.verdict = _TITLE


def _is_title(text: str, title: str) -> bool:
    return bool(title) and len(text) <= 2 * len(title) and is_same(text, title)


def _remove_decks(draft: ArticleDraft) -> None:
    """Keep the first of equal lines before the text has well begun."""
    seen: dict[str, Passage] = {}
    paragraphs = 0
    for passage in draft.kept:
        key = folded(passage.text)
        if len(key) >= LEAST_ECHO and passage.block.kind in {"paragraph", "heading", "quote"}:
            if key in seen and _differs_in_place(passage, seen[key]):
                passage.verdict = _DECK
            seen.setdefault(key, passage)
        paragraphs += is_prose(passage)
        if paragraphs > HEAD:
            return


def _differs_in_place(one: Passage, other: Passage) -> bool:
    """Return whether two equal lines are in unlike parts, such as a header and the text."""
    if one.region.parent is None:  # a text without parts
        return True
    return _place(one) != _place(other) or one.block.kind != other.block.kind


def _place(passage: Passage) -> list[tuple[str, str]]:
    return [(region.tag, region.names) for region in islice(passage.region.chain(), 3)]


def _remove_captions(draft: ArticleDraft) -> None:
    """Remove paragraphs that repeat a caption, perhaps with the credit that the caption lost."""
    kept = draft.kept
    captions: dict[str, str] = {}
    for image in (p for p in kept if p.block.kind == "image"):
        said = folded(image.text or image.block.alternative)
        captions.setdefault(said[:LEAST_ECHO], said)
    for passage in kept if captions else []:
        if passage.block.kind not in {"paragraph", "list_item", "heading"}:
            continue
        key = folded(passage.text)
        said = captions.get(key[:LEAST_ECHO], "")
        if said and key.startswith(said[:PREFIX]) and len(key) <= len(said) + LONGEST_CREDIT:
            passage.verdict = _CAPTION


def _remove_pull_quotes(draft: ArticleDraft) -> None:
    kept = draft.kept
    set_apart = [p for p in kept if _is_set_apart(p) and len(p.text) <= LONGEST_PULL_QUOTE]
    text = {id(p): folded(p.text) for p in kept if is_prose(p)} if set_apart else {}
    for passage in set_apart[:MOST_PULL_QUOTES]:
        key = folded(passage.text)
        is_heading = passage.block.kind == "heading"
        if len(key) >= (LEAST_IN_A_HEADING if is_heading else LEAST_PULL_QUOTE) and any(
            key in other and len(other) > len(key)
            for holder, other in text.items()
            if holder != id(passage)
        ):
            passage.verdict = _PULL_QUOTE


def _is_set_apart(passage: Passage) -> bool:
    region = passage.region
    if passage.block.kind in {"quote", "heading"} or region.tag == "aside":
        return True
    holders = (region, region.parent) if region.parent else (region,)
    return any(holder.tag == "aside" or bool(_SET_APART.search(holder.names)) for holder in holders)


def remove_kickers(draft: ArticleDraft) -> None:
    """Give a verdict on the short lines before the first sentence of a page."""
    passages = draft.passages
    if len(draft.regions) == 1:  # a text without parts: its lines are its own
        return
    first = next((i for i, p in enumerate(passages) if p.is_kept and _begins_text(p)), 0)
    lines = [p for p in passages[:first] if p.is_kept and _is_label(p)]
    if len(lines) <= MOST_LABELS:
        for passage in lines:
            if passage.likelihood < SURE:
                passage.verdict = _KICKER


def _begins_text(passage: Passage) -> bool:
    return is_prose(passage) or passage.block.kind in {"heading", "code", "table", "quote"}


def _without_references(block: Block) -> str:
    """Return the text of a block without the number of a footnote after its last sentence."""
    last = block.marks[-1] if block.marks else None
    is_number = last and last.kind in {"superscript", "footnote_reference"}
    return block.text[: last.span.start] if last and is_number else block.text


def _is_label(passage: Passage) -> bool:
    block, text = passage.block, _without_references(passage.block).rstrip()
    if block.kind not in {"paragraph", "list_item"} or block.ordinal is not None or not text:
        return False
    longest = LONGEST_WIDE if is_wide(text) else LONGEST_LABEL
    is_short = len(text) <= longest and len(text.split()) <= MOST_LABEL_WORDS
    return is_short and not text.endswith(ENDS) and not text.startswith("$")
