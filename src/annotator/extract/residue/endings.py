"""Remove what follows the end of an article: lists of links, author notes, the next article.

The end is the first heading such as "Related" or "Comments" that has most of
the prose before it and little after it. If a heading such as "References"
follows, or links and then more prose in the container of the text, the article
goes on, and nothing ends there.

An endless page loads the next article below the first. That has a headline of its
own, marked as the title of the page is, in a container like that of the first
article and outside of it. Sections of one article can have such headings, too,
but share an `article` element.
"""

import re
from itertools import pairwise

from annotator.extract.choice.density import is_prose, reads_as_prose
from annotator.extract.dom.elements import folded
from annotator.extract.families import hit_of_line, line_of, policy_of
from annotator.extract.metadata.titles import is_same
from annotator.extract.passages import ArticleDraft, Passage, Region, Rule
from annotator.model.data_file import pattern_of, toml_beside, wordings

TAIL_FROM = 0.55  # share of the text before a heading that can end an article
TAIL_PROSE = 0.25  # most of the prose that can follow it and be removed
LEAST_ITEMS = 3  # of a list without links, which is no list of articles
LAST = 4  # passages at the end that can be an author note
LONGEST_AUTHOR_NOTE = 700
LINK = 0.8
LIKELY_SENTENCE = 0.5  # likelihood of a sentence that is marked as a heading

AFTER_THE_END = Rule("related", "after-the-end", "After the heading that ends the article.")
_LINKS = Rule("related", "list-of-links", "List of links after the end.")
HEADING_OF_NOTHING = "heading-of-nothing"  # the name of the rule for it
_EMPTY_HEADING = Rule("related", HEADING_OF_NOTHING, "Heading with nothing under it.")
AUTHOR_NOTE = Rule("author", "biography", "Author note.")

_HEADINGS = toml_beside(__package__, "end_headings.toml")
_ENDS_ARTICLE = re.compile(pattern_of(_HEADINGS["ends"].values()))
_OPENS_SOURCES = re.compile(pattern_of(_HEADINGS["sources"].values()))
_NOTES = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in wordings(__package__, "author_notes.toml").items()
}
_NAME_FIRST = re.compile(r"^[^\w]{0,3}(?:[A-ZÀ-ÝŁŚŻА-Я][\w.’'-]+ ){1,4}")

LEAST_TEXT = 200  # characters of prose in the first article
LEAST_PARAGRAPHS = 2  # in the container of an article

NEXT_ARTICLE = Rule("related", "next-article", "Part of another article that follows.")


def remove_endings(draft: ArticleDraft) -> None:
    """Give a verdict on what follows the end of the article."""
    _cut_tail(draft)
    _remove_author_notes(draft)
    _remove_last_links(draft)


def _cut_tail(draft: ArticleDraft) -> None:
    """Remove what follows a heading such as "Related" if there is little prose after it."""
    # A heading that other steps removed, such as "Related" outside the article, ends it as well.
    visible = [
        p
        for p in draft.passages
        if p.verdict is None
        or (policy_of(p.verdict.step).ends_article and not p.verdict.name.startswith("box-"))
    ]
    lengths = [len(p.text) if is_prose(p) else 0 for p in visible]
    total, before = sum(lengths), 0
    for index, passage in enumerate(visible):
        is_late = before >= TAIL_FROM * total > 0
        after = total - before - lengths[index]
        if is_late and after <= TAIL_PROSE * total and _ends_article(passage):
            followers = visible[index + 1 :]
            # "Related" above a list amid an encyclopedia's article, whose references follow.
            if any(map(_opens_sources, followers)):
                continue
            # "Recommended:" above the processor and the memory that a game needs.
            items = [p for p in followers[:LEAST_ITEMS] if p.block.depth and not p.linked]
            if len(items) == LEAST_ITEMS:
                continue
            # "Read more" above a link amid the text of a newspaper.
            if _goes_on(draft, passage):
                passage.verdict = passage.verdict or _EMPTY_HEADING
                continue
            for follower in followers:
                follower.verdict = follower.verdict or AFTER_THE_END
            return
        before += lengths[index]


def _ends_article(passage: Passage) -> bool:
    if passage.block.kind != "heading" and not _is_bold(passage):
        return False
    line = line_of(passage.text)
    hit = hit_of_line(line)
    is_after = hit is not None and policy_of(hit.rule.step).follows_article
    return is_after or _ENDS_ARTICLE.fullmatch(line) is not None


def _goes_on(draft: ArticleDraft, heading: Passage) -> bool:
    """Return whether the text goes on in its own container below what is under a heading.

    Then the heading is that of a box in the text, such as "Read more" above a link.
    Prose right under a heading belongs to it.
    """
    at = draft.passages.index(heading)
    under = draft.passages[at + 1 : at + 2]
    if not under or is_prose(under[0]):
        return False
    columns = {_column(p) for p in draft.passages[:at] if p.is_kept and is_prose(p)} - {-1}
    return any(
        p.is_kept and is_prose(p) and _column(p) in columns for p in draft.passages[at + 2 :]
    )


def _column(passage: Passage) -> int:
    """Return the index of the container around the element of a passage, -1 without one."""
    return passage.region.parent.index if passage.region.parent else -1


def _opens_sources(passage: Passage) -> bool:
    """Return whether a heading opens the sources of a text, as in an encyclopedia."""
    is_heading = passage.is_kept and passage.block.kind == "heading"
    return is_heading and _OPENS_SOURCES.fullmatch(line_of(passage.text)) is not None


def _is_bold(passage: Passage) -> bool:
    bold = sum(len(mark.span) for mark in passage.block.marks if mark.kind == "strong")
    return passage.block.kind == "paragraph" and bold >= len(passage.text) - 1 > 0


def _remove_author_notes(draft: ArticleDraft) -> None:
    kept = draft.kept
    # A box beside the text, or in it, with the name of the author and what they do.
    people = set(map(folded, draft.byline))
    for name, note in pairwise(p for p in draft.passages if p.text) if people else ():
        is_signed = note.is_kept and folded(name.text) in people
        if is_signed and is_author_note(note.text, draft.byline):
            note.verdict, name.verdict = AUTHOR_NOTE, name.verdict or AUTHOR_NOTE
    for passage in kept[max(1, len(kept) - LAST) :]:
        if passage.block.kind in {"paragraph", "quote"} and is_author_note(
            passage.text, draft.byline
        ):
            passage.verdict = AUTHOR_NOTE


def is_author_note(text: str, byline: tuple[str, ...]) -> bool:
    """Return whether a text at the end says who its author is."""
    if len(text) > LONGEST_AUTHOR_NOTE:
        return False
    start = text.lstrip("—–-*• ")
    # "Ann Lee covers the courts for the Herald", by the name of the byline.
    if any(
        start.startswith(name) and _NOTES["works"].search(start[:250]) for name in byline if name
    ):
        return True
    # "The writer is a professor of law" below an opinion.
    if _NOTES["author"].match(text):
        return True
    # "Bo Chan is a reporter …" of somebody whom the byline leaves out; "She is a writer" in a
    # portrait speaks of its subject.
    name = _NAME_FIRST.match(text)
    if name is None or _NOTES["pronoun"].match(start):
        return False
    behind = range(name.end() + 2)
    return any(_NOTES["somebody"].match(text[:250], at) for at in behind)


def _remove_last_links(draft: ArticleDraft) -> None:
    """Remove what is left after the last sentence: links and headings.

    A sentence that ends a text can be marked as a heading.
    """
    kept = draft.kept
    while len(kept) > 1:
        passage = kept.pop()
        if passage.block.kind == "heading" and not _is_last_sentence(passage):
            passage.verdict = _EMPTY_HEADING
        elif passage.block.kind in {"paragraph", "list_item"} and passage.link_density > LINK:
            passage.verdict = _LINKS
        elif passage.block.kind != "rule":
            return


def _is_last_sentence(heading: Passage) -> bool:
    is_likely = heading.likelihood >= LIKELY_SENTENCE and not heading.linked
    return is_likely and reads_as_prose(heading.text)


def remove_next_articles(draft: ArticleDraft) -> None:
    """Give a verdict on the kept passages of the articles that follow the first."""
    headings = [p for p in draft.passages if p.block.kind == "heading" and not p.region.hidden]
    titles = (p for p in headings if is_same(p.text, draft.title))
    title = min(titles, key=lambda heading: heading.block.level, default=None)
    first = _container(title) if title is not None else None
    if title is None or first is None or first.prose < LEAST_TEXT:
        return
    others = {
        container.index
        for heading in headings[headings.index(title) + 1 :]
        if _is_headline(heading, title, draft.title)
        and (container := _container(heading)) is not None
        and _is_beside(container, first)
    }
    for passage in draft.passages if others else ():
        if passage.is_kept and any(region.index in others for region in passage.region.chain()):
            passage.verdict = NEXT_ARTICLE


def _container(heading: Passage) -> Region | None:
    """Return the smallest region around a heading that has the text of an article."""
    chain = heading.region.chain()
    return next((region for region in chain if region.paragraphs >= LEAST_PARAGRAPHS), None)


def _is_headline(heading: Passage, title: Passage, name: str) -> bool:
    """Return whether a heading is another headline, by its level and names."""
    is_alike = heading.block.level == title.block.level and heading.region.tag == title.region.tag
    is_named = title.block.level == 1 or heading.region.names == title.region.names != ""
    return is_alike and is_named and not is_same(heading.text, name)


def _is_beside(container: Region, first: Region) -> bool:
    """Return whether a container is like that of the first article, and none is in the other."""
    # Each story of an endless page is in an `article` or in a box of the same name.
    if container.tag != first.tag or container.parent is None:
        return False
    is_named_alike = not set(container.names.split()).isdisjoint(first.names.split())
    if container.tag != "article" and not is_named_alike:
        return False
    inner = {region.index for region in first.chain()}
    outer = [region for region in container.chain() if region.index in inner]
    is_apart = first not in outer and container not in outer
    # Parts of one long read are boxes of one name as well, within one `article`.
    are_sections = container.tag != "article" and any(region.tag == "article" for region in outer)
    return is_apart and not are_sections
