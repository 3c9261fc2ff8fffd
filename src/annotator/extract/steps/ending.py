"""What follows the end of an article: lists of links, biographies, dangling headings."""

import re

from annotator.extract.measure import is_prose
from annotator.extract.passages import Draft, Passage, Rule
from annotator.extract.steps.lines import hit_of_line
from annotator.extract.steps.shapes import line_of

TAIL_FROM = 0.55  # share of the text before a heading can be one of those that end an article
TAIL_PROSE = 0.25  # share of the prose that may follow it for all of it to go
LAST = 4  # passages at the end among which a biography stands
LONGEST_BIOGRAPHY = 700
LINK = 0.8

_TAIL = Rule("related", "after-the-end", "It follows the heading that ends the article.")
_LINKS = Rule("related", "list-of-links", "It is a list of links after the end.")
_HEADING = Rule("related", "heading-of-nothing", "It is a heading with nothing under it.")
_BIOGRAPHY = Rule("author", "biography", "It tells who the author is.")

_ENDING = frozenset({"related", "comments", "newsletter", "author", "share", "subscribe"})
_JOB = (
    r"(?:writer|reporter|editor|journalist|author|correspondent|freelancer?|professor|"
    r"contributor|columnist|founder|director|critic|"
    r"fellow|producer|blogger|photographer|researcher|lecturer|analyst|novelist|historian|"
    r"scholar|scientist|lawyer|consultant|"
    r"redakteur(?:in)?|autor(?:in)?|journalistin|journaliste|periodista|redactor(?:a)?|"
    r"giornalista|jornalista)"
)
_WORKS = re.compile(
    r"(?:is|was|are|ist|war|est|es|é|è) (?:(?:a|an|the|our|one of|currently|now|ein|eine|un|"
    rf"une|una|um|uma)\b.{{0,80}}\b)?{_JOB}s?\b|"
    r"(?:writes|covers|reports|has written|has covered|has been|joined|lives in|works|"
    r"teaches|schreibt|berichtet|arbeitet)\b",
    re.IGNORECASE,
)
_NAME_FIRST = re.compile(r"^[^\w]{0,3}(?:[A-ZÀ-ÝŁŚŻА-Я][\w.’'-]+ ){1,4}")


def remove_endings(draft: Draft) -> None:
    """Give a verdict on what stands behind the end of the article."""
    _cut_tail(draft)
    _remove_biographies(draft)
    _remove_last_links(draft)


def _cut_tail(draft: Draft) -> None:
    """Take what follows a heading such as "Related" if there is little prose behind it."""
    visible = [p for p in draft.passages if p.is_kept or _is_ending(p.verdict)]
    lengths = [len(p.text) if is_prose(p) else 0 for p in visible]
    total, before = sum(lengths), 0
    for index, passage in enumerate(visible):
        is_late = before >= TAIL_FROM * total > 0
        if (
            is_late
            and _ends_article(passage)
            and total - before - lengths[index] <= TAIL_PROSE * total
        ):
            for follower in visible[index + 1 :]:
                follower.verdict = follower.verdict or _TAIL
            return
        before += lengths[index]


def _is_ending(verdict: Rule | None) -> bool:
    return verdict is not None and verdict.step in _ENDING and not verdict.name.startswith("box-")


def _ends_article(passage: Passage) -> bool:
    is_heading = passage.block.kind == "heading" or _is_bold(passage)
    hit = hit_of_line(line_of(passage.text)) if is_heading else None
    return hit is not None and hit.rule.step in _ENDING


def _is_bold(passage: Passage) -> bool:
    bold = sum(len(mark.span) for mark in passage.block.marks if mark.kind == "strong")
    return passage.block.kind == "paragraph" and bold >= len(passage.text) - 1 > 0


def _remove_biographies(draft: Draft) -> None:
    kept = draft.kept
    for passage in kept[max(1, len(kept) - LAST) :]:
        if passage.block.kind in {"paragraph", "quote"} and is_biography(
            passage.text, draft.byline
        ):
            passage.verdict = _BIOGRAPHY


def is_biography(text: str, byline: tuple[str, ...]) -> bool:
    """Tell whether a text at the end tells who its author is."""
    if len(text) > LONGEST_BIOGRAPHY:
        return False
    begins = text.lstrip("—–-*• ").startswith
    works = _WORKS.search(text[:250])
    if any(begins(name) for name in byline if name):
        return works is not None
    name = _NAME_FIRST.match(text)
    return bool(name and works and works.start() <= name.end() + 1)


def _remove_last_links(draft: Draft) -> None:
    """Take what is left behind the last sentence: links and headings."""
    kept = draft.kept
    while len(kept) > 1:
        passage = kept.pop()
        if passage.block.kind == "heading":
            passage.verdict = _HEADING
        elif passage.block.kind in {"paragraph", "list_item"} and passage.link_density > LINK:
            passage.verdict = _LINKS
        elif passage.block.kind != "rule":
            return
