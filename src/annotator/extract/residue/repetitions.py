"""Remove what is said twice: on the page, or from article to article of a site.

On a page those are titles, decks, captions, notices and pull quotes, and labels
above the text.

Which lines a site repeats is known to whoever has other articles of it; here they
are names of passages (`model.overrides.name_of`). Two copies of one article share
all their lines, so nothing is removed from a page that shares much of its text.
Headings and items of lists stay, since reviews have the same headings and recipes
the same ingredients, and so do questions in bold, which are headings too.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import islice, pairwise

from msgspec.structs import replace

from annotator.extract.blocks.captions import split_credit
from annotator.extract.choice.density import is_prose, is_wide, width_of
from annotator.extract.dom.elements import folded
from annotator.extract.metadata.titles import is_same
from annotator.extract.passages import ArticleDraft, Passage, Rule
from annotator.extract.residue.line_scorer import is_editors_note
from annotator.model.data_file import wordings
from annotator.model.overrides import name_of

MOST_DECKS = 2  # lines above the text that come again
HEAD = 12  # passages among which a title and a deck are
LEAST_ECHO = 20  # letters: shorter lines repeat by chance
LEAST_PULL_QUOTE = 25
LEAST_IN_A_HEADING = 50  # letters: a shorter heading has words in common with the text under it
LONGEST_PULL_QUOTE = 600
QUOTE_AND_SOURCE = 2  # passages
MOST_PULL_QUOTES = 200  # so many are searched for in the text
COPIES = 5  # paragraphs of a second copy of the text,
LEAST_COPIED = 0.25  # and their share of it
PREFIX = 60  # letters that tell one caption from another
LONGEST_CREDIT = 60
TIMES = 3  # that a notice is on the page
DOUBTFUL = 0.6  # likelihood below which what is on the page so often is a notice
ALL_LINK = 0.8  # share of the characters
LEAST_AS_LINE = 100  # characters of a heading that is a caption or a pull quote

LONGEST_LABEL = 45  # characters
MOST_LABEL_WORDS = 6
LONGEST_WIDE = 24  # characters of Chinese, Japanese or Korean
CERTAIN = 0.9  # likelihood of a line that is text whatever a picture is called
SURE = 0.8  # likelihood of a line that belongs to the article, short as it is
MOST_LABELS = 6  # before the text; more of them are verse, or a list that matters
ENDS = (".", "!", "?", ":", "…", "。", "！", "？", "：", "”", '"', "»", "」", ",", ";", "—", "–")

_TITLE = Rule("repeated", "title", "Repeats the title.")
_DECK = Rule("repeated", "deck", "Repeats the lines above.")
_CAPTION = Rule("repeated", "caption", "Repeats the caption of a picture.")
_NOTICE = Rule("repeated", "notice", "On the page several times, and unlike the text.")
_PULL_QUOTE = Rule("repeated", "pull-quote", "Repeats a sentence of the text as a pull quote.")
_COPY = Rule("repeated", "copy", "Stands in the text above as well.")
_KICKER = Rule("navigation", "kicker", "Section, name or date above the text.")

_TEXT = frozenset({"heading", "code", "table", "quote"})
_SET_APART = re.compile(wordings(__package__, "wordings.toml")["set-apart"])

SHORTEST = 20  # characters of a line that a site repeats
MOST_SHARED = 0.2  # share of a page's text; a copy of the same article has more

_OF_SITE = Rule(
    "line", "repeated", "Other articles of this site in your library have this line too."
)


def remove_repeated(draft: ArticleDraft) -> None:
    """Give a verdict on the kept passages that only repeat others."""
    _remove_titles(draft)
    _remove_decks(draft)
    _remove_captions(draft)
    _remove_notices(draft)
    _remove_pull_quotes(draft)
    _remove_copies(draft)


def _remove_titles(draft: ArticleDraft) -> None:
    """Remove lines that repeat the title; once the text has begun, only whole repetitions."""
    has_begun = False
    for position, passage in enumerate(draft.kept):
        is_title = passage.block.kind == "heading" and passage.block.level == 1
        is_line = passage.block.kind in {"heading", "paragraph", "quote", "list_item"}
        is_at_head = position < HEAD and is_line and not is_prose(passage)
        is_whole = not has_begun or folded(passage.text) == folded(draft.title)
        is_short = len(passage.text) <= 2 * len(draft.title)
        if (
            (is_title or (is_at_head and is_whole))
            and is_short
            and is_same(passage.text, draft.title)
        ):
            passage.verdict = _TITLE
        has_begun = has_begun or (passage.is_kept and is_prose(passage))


def _remove_decks(draft: ArticleDraft) -> None:
    """Keep the first of equal lines before the text has well begun.

    Where more come again, the page is made so: a guide that lists its chapters with a
    summary of each, cameras with the same thanks below each.
    """
    seen: dict[str, Passage] = {}
    decks: list[Passage] = []
    paragraphs = 0
    for passage in draft.kept:
        key = folded(passage.text)
        if len(key) >= LEAST_ECHO and passage.block.kind in {"paragraph", "heading", "quote"}:
            # Equal lines in unlike parts, such as a header and the text.
            if key in seen and (
                passage.region.parent is None  # a text without parts
                or _place(passage) != _place(seen[key])
                or passage.block.kind != seen[key].block.kind
            ):
                decks.append(passage)
            seen.setdefault(key, passage)
        paragraphs += is_prose(passage)
        if paragraphs > HEAD:
            break
    if len(decks) <= MOST_DECKS:
        for deck in decks:
            deck.verdict = _DECK


def _place(passage: Passage) -> list[tuple[str, str]]:
    return [(region.tag, region.names) for region in islice(passage.region.chain(), 3)]


def _remove_captions(draft: ArticleDraft) -> None:
    """Remove lines beside a picture that repeat its caption, perhaps with a credit.

    A heading has the words of the picture below it, and some sites take captions
    from the text: so short headings stay, and so do paragraphs with links and those
    that are within the text, away from the picture and without a credit. A caption
    that repeats such a paragraph goes.
    """
    kept = draft.kept
    said = {
        place: folded(passage.text or passage.block.alternative)
        for place, passage in enumerate(kept)
        if passage.block.kind == "image"
    }
    if not said:
        return
    pictures: dict[str, list[int]] = {}
    for place, caption in said.items():
        pictures.setdefault(caption[:LEAST_ECHO], []).append(place)
    lines = {place: folded(p.text) for place, p in enumerate(kept) if place not in said}
    has_begun = False
    for place, line in lines.items():
        passage = kept[place]
        same = [at for at in pictures.get(line[:LEAST_ECHO], ()) if _repeats(line, said[at])]
        # An alternative text alone is not shown in place of a line that is text for certain.
        is_shown = passage.likelihood < CERTAIN or any(kept[at].text for at in same)
        if same and is_shown and _may_repeat_caption(passage):
            is_beside = any(abs(at - place) == 1 for at in same)
            is_above = not has_begun and any(kept[at].text for at in same if at < place)
            if is_beside or is_above or _is_caption(passage):
                passage.verdict = _CAPTION
        has_begun = has_begun or (passage.is_kept and is_prose(passage))
    text = {line for place, line in lines.items() if kept[place].is_kept}
    for place, caption in said.items():
        if len(caption) >= LEAST_ECHO and caption in text:
            kept[place].block = replace(kept[place].block, text="", marks=())


def _may_repeat_caption(passage: Passage) -> bool:
    """Return whether a passage may be a caption; one that is all link leads to its picture."""
    kind, is_link = passage.block.kind, passage.link_density > ALL_LINK
    if kind == "heading":
        return is_link or len(passage.text) >= LEAST_AS_LINE
    is_line = kind in {"paragraph", "list_item"}
    return is_line and (is_link or not passage.linked or _is_caption(passage))


def _is_caption(passage: Passage) -> bool:
    """Return whether a line is called a caption, or ends with the credit of a picture."""
    return "caption" in passage.region.names or bool(split_credit(passage.text)[1])


def _repeats(line: str, caption: str) -> bool:
    is_begun = line.startswith(caption[:PREFIX]) and len(caption) >= LEAST_ECHO
    return is_begun and len(line) <= len(caption) + LONGEST_CREDIT


def _remove_notices(draft: ArticleDraft) -> None:
    """Remove what is in place of each embedded post or video, such as a request to load it.

    Recipes and plans repeat paragraphs, too, but the scorer takes those for text. Where more
    than one comes again, the page is made so: a manual has a step in seven languages.
    """
    prose = [(folded(passage.text), passage) for passage in draft.kept if is_prose(passage)]
    times = Counter(key for key, _ in prose)
    notices = [(k, p) for k, p in prose if times[k] >= TIMES and 0 < p.likelihood < DOUBTFUL]
    for _, passage in notices if len({key for key, _ in notices}) == 1 else ():
        passage.verdict = _NOTICE


def _remove_pull_quotes(draft: ArticleDraft) -> None:
    """Remove sentences of the text that magazines print again in large letters."""
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
            _remove_source(kept, passage)


def _remove_copies(draft: ArticleDraft) -> None:
    """Remove a second copy of the text, as of pages that have one for phones.

    It is as far below the first all the way. A plan of meals repeats paragraphs in other places.
    """
    kept = draft.kept
    keys = [folded(passage.text) for passage in kept]
    first: dict[str, int] = {}
    copies: dict[int, list[int]] = {}
    for place, key in enumerate(keys):
        above = first.setdefault(key, place)
        if key and above < place:
            copies.setdefault(place - above, []).append(place)
    total = sum(len(passage.text) for passage in kept)
    for places in copies.values():
        text = {keys[place] for place in places if is_prose(kept[place])}
        length = sum(len(kept[place].text) for place in places)
        if len(text) >= COPIES and length >= LEAST_COPIED * total:
            for place in places:
                kept[place].verdict = _COPY


def _remove_source(kept: list[Passage], quote: Passage) -> None:
    """Remove the line below a pull quote that names who said it, if the box holds nothing else."""
    place = kept.index(quote)
    below = kept[place + 1] if place + 1 < len(kept) else None
    box = next((one for one in quote.region.chain() if one.passages > 1), None)
    if below is not None and box is not None and box.passages == QUOTE_AND_SOURCE:
        is_short = below.block.kind in {"paragraph", "quote"} and len(below.text) <= LONGEST_CREDIT
        if is_short and box in below.region.chain() and not is_prose(below):
            below.verdict = _PULL_QUOTE


def _is_set_apart(passage: Passage) -> bool:
    """Return whether a passage may be a pull quote; a short heading may be, if its name says so."""
    region, kind = passage.region, passage.block.kind
    is_long = kind == "heading" and len(passage.text) >= LEAST_AS_LINE
    if kind == "quote" or is_long or region.tag == "aside":
        return True
    holders = (region, region.parent) if region.parent else (region,)
    return any(holder.tag == "aside" or bool(_SET_APART.search(holder.names)) for holder in holders)


def remove_kickers(draft: ArticleDraft) -> None:
    """Give a verdict on the short lines before the first sentence of a page."""
    passages = draft.passages
    if len(draft.regions) == 1:  # a text without parts: its lines are its own
        return
    text = (
        i for i, p in enumerate(passages) if p.is_kept and (is_prose(p) or p.block.kind in _TEXT)
    )
    first = next(text, 0)
    above = passages[:first]
    listed = {id(p) for pair in pairwise(above) if all(map(_is_item, pair)) for p in pair}
    lines = [p for p in above if p.is_kept and _is_label(p) and id(p) not in listed]
    if len(lines) <= MOST_LABELS:
        for passage in lines:
            if passage.likelihood < SURE:
                passage.verdict = _KICKER


def _is_item(passage: Passage) -> bool:
    """Return whether a passage is an item such as a feature of a product, and no link of a menu."""
    return passage.block.kind == "list_item" and passage.is_kept and not passage.linked


def _is_label(passage: Passage) -> bool:
    block, text = passage.block, passage.text
    # The number of a footnote can follow the last sentence.
    last = block.marks[-1] if block.marks else None
    if last and last.kind in {"superscript", "footnote_reference"}:
        text = text[: last.span.start]
    text = text.rstrip()
    if block.kind not in {"paragraph", "list_item"} or block.ordinal is not None or not text:
        return False
    longest = LONGEST_WIDE if is_wide(text) else LONGEST_LABEL
    is_short = len(text) <= longest and len(text.split()) <= MOST_LABEL_WORDS
    return is_short and not text.endswith(ENDS) and not text.startswith("$")


def remove_repeated_lines(passages: Sequence[Passage], names: Collection[str]) -> None:
    """Give a verdict on the kept passages whose names are among those of the site's lines."""
    if not names:
        return
    kept = [passage for passage in passages if passage.is_kept]
    lines = [p for p in kept if _may_be_of_site(p) and name_of(p.text) in names]
    total = sum(len(passage.text) for passage in kept)
    if sum(len(passage.text) for passage in lines) > MOST_SHARED * total:
        return
    for passage in lines:  # such as "This article is part of our series on rivers."
        passage.verdict = _OF_SITE


def _may_be_of_site(passage: Passage) -> bool:
    block = passage.block
    if block.kind != "paragraph" or block.depth or block.quote_depth:
        return False
    bold = sum(len(mark.span) for mark in block.marks if mark.kind == "strong")
    is_heading = bold >= len(block.text) - 1
    return not is_heading and width_of(block.text) >= SHORTEST and not is_editors_note(block.text)
