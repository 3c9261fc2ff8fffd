"""Threads: the posts of a forum, each with its author, its date and a heading between them.

A post is found by its text: in the markup of a program for forums (`forums.toml`), or
in that of schema.org. Around the text, up to the next post, are who wrote it and when,
and all else that readers do not miss: ranks, buttons, signatures.

Comments below an article are marked up in the same way. So a page is a thread only if
its posts have most of its prose and there is no article above the first of them.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from annotator.extract.choice.density import is_prose
from annotator.extract.dom.elements import Element, attribute, folded
from annotator.extract.kinds.alike import texts_alike
from annotator.extract.kinds.posts import MOST_DEEP, Post, read_posts
from annotator.extract.kinds.programs import outermost, texts_by_program
from annotator.extract.metadata.facts import Facts
from annotator.extract.metadata.json_ld import ARTICLE_TYPE
from annotator.extract.passages import ArticleDraft, Passage, Region, Rule
from annotator.model.article import Block
from annotator.model.data_file import wordings

_SCHEMA_POST = re.compile(r"/(?:Comment|Answer|Question|DiscussionForumPosting)$")
_SCHEMA_TEXT = frozenset({"text", "articleBody", "commentText"})


def find_bodies(regions: Sequence[Region]) -> tuple[list[Region], bool]:
    """Return the regions with the texts of posts, and whether they are of a program for forums."""
    by_schema = [
        region
        for region in regions
        if region.element is not None
        and not region.hidden
        and region.element.get("itemprop") in _SCHEMA_TEXT
        and _SCHEMA_POST.search(_schema_type(region.element))
    ]
    candidates = texts_by_program(regions, "forums.toml")
    most = max(map(_length, candidates), default=0)
    # Other names may be those of boxes around the texts, with ranks and buttons.
    best = next((regions for regions in candidates if 2 * _length(regions) > most), [])
    marked = _alike(by_schema, regions)
    return (marked, False) if _length(marked) > _length(best) else (best, bool(best))


def _alike(bodies: list[Region], regions: Sequence[Region]) -> list[Region]:
    """Return the texts of posts, with those of the same class that have no mark, as the first."""
    if not bodies:
        return []
    known = {body.index for body in bodies}
    classes = {(body.tag, name) for body in bodies if (name := _class_of(body))}
    more = [
        region
        for region in regions
        if region.index in known or (region.tag, _class_of(region)) in classes
    ]
    return outermost(more if len(more) <= 2 * len(bodies) else bodies, regions)


def _class_of(region: Region) -> str:
    if region.element is None or region.hidden:
        return ""
    return attribute(region.element, "class")


def _length(regions: list[Region]) -> int:
    return sum(region.characters for region in regions)


def _schema_type(element: Element) -> str:
    around = (
        e for e in islice(element.iterancestors(), MOST_DEEP) if e.get("itemscope") is not None
    )
    holder = next(around, None)
    return "" if holder is None else attribute(holder, "itemtype")


MOST_ABOVE = 250  # characters of prose above the posts of a page that may be comments
LEAST_SHARE = 0.5  # of the page's prose in its posts
LEAST_POSTS = 2  # on a page that neither calls itself a thread nor is of a known program
LEVEL, LOWEST = 2, 6  # of the headings of posts, and of answers to answers
LEAST_AGAIN = 40  # characters of a text that is a post's
LONGEST_QUOTED = 300  # characters of a paragraph of an earlier post that is shown again
CARD_LEVELS = 4

BESIDE_THE_POSTS = Rule("thread", "beside-the-posts", "Beside the posts of the thread.")
_AGAIN = Rule("repeated", "same-post", "Stands in its own post as well.")
_QUOTED = Rule("repeated", "quoted-post", "Quotes an earlier post of the thread.")

_FORUM_TYPES = frozenset({"DiscussionForumPosting", "QAPage", "Question"})
_WORDINGS = wordings(__package__, "wordings.toml")
# Lines that the program puts into the text of a post.
_INSERTED = re.compile(_WORDINGS["inserted"], re.IGNORECASE)
_ADVERTISER = re.compile(r"advertisements?|sponsored|sponsor|werbung|anzeige", re.IGNORECASE)
_CARD = re.compile(r"(?<!\S)(?:onebox|bb-code-block-unfurl|ips-embedded-other)(?!\S)")


class Thread(Struct):
    """The posts of a page, and the indices of the regions with their text."""

    posts: list[Post]
    regions: frozenset[int]
    headings: set[Passage] = set()

    def fill(self, facts: Facts) -> Facts:
        """Return the facts of a page with the author and the date of the first post."""
        first = self.posts[0]
        return replace(
            facts,
            byline=(first.author,) if first.author else facts.byline,
            published=first.written or facts.published,
        )


def find_thread(draft: ArticleDraft, facts: Facts, url: str = "") -> Thread | None:
    """Return the posts of a page, None unless they are a thread.

    The passages of its posts get a heading before each post.
    """
    bodies, is_known = find_bodies(draft.regions)
    kinds = facts.kinds
    if not bodies:
        bodies = texts_alike(draft.regions, url)
        kinds -= {"article"}  # of Open Graph, which has no word for a thread
    is_said = bool(_FORUM_TYPES & facts.kinds) or any(map(_is_of_forum, bodies))
    if len(bodies) < (1 if is_said or is_known else LEAST_POSTS):
        return None
    own = {body.index for body in bodies}
    within: dict[int, Region] = {}
    for region in draft.regions:
        parent = within.get(region.parent.index) if region.parent is not None else None
        if parent is not None or region.index in own:
            within[region.index] = parent or region
    may_be_article = not is_known and any(map(ARTICLE_TYPE.search, kinds))
    if not _hold_the_text(draft, within, is_said=is_said) or (may_be_article and not is_said):
        return None
    full = {within[p.region.index] for p in draft.passages if p.region.index in within}
    posts = read_posts([body for body in bodies if body in full])
    sold = {post.region.index for post in posts if _ADVERTISER.fullmatch(post.author)}
    posts = [post for post in posts if post.region.index not in sold]
    within = {index: body for index, body in within.items() if body.index not in sold}
    # Lists of frequent questions name no authors.
    named = sum(bool(post.author or post.date) for post in posts)
    if not named or 2 * named < len(posts):
        return None
    thread = Thread(posts, frozenset(within))
    draft.is_thread = True
    draft.passages = list(_with_headings(draft.passages, thread, within))
    return thread


def keep_posts(draft: ArticleDraft, thread: Thread | None) -> None:
    """Keep the posts of a thread, and nothing else; of long quotations, those of other texts."""
    if thread is None:
        return
    posted = {
        folded(passage.text)
        for passage in draft.passages
        if passage.region.index in thread.regions
        if not (passage.block.quote_depth or _is_inserted(passage))
    }
    heading: Passage | None = None
    for passage in draft.passages:
        is_post = passage.region.index in thread.regions
        if passage in thread.headings:
            heading = passage
            passage.verdict = passage.verdict or BESIDE_THE_POSTS  # until there is a text below
        elif passage.region.hidden:
            continue
        elif not is_post or _is_inserted(passage):
            is_again = len(passage.text) >= LEAST_AGAIN and folded(passage.text) in posted
            passage.verdict = _AGAIN if is_again else passage.verdict or BESIDE_THE_POSTS
        else:
            is_quoted = passage.block.quote_depth and len(passage.text) >= LONGEST_QUOTED
            passage.verdict = _QUOTED if is_quoted and folded(passage.text) in posted else None
            if heading is not None:
                heading.verdict = None


def _is_inserted(passage: Passage) -> bool:
    """Return whether a line is the program's, or in a card about a linked page."""
    if _INSERTED.fullmatch(" ".join(passage.text.split())):
        return True
    boxes = islice(passage.region.chain(), CARD_LEVELS)
    return not passage.linked and any(_CARD.search(region.names) for region in boxes)


def _is_of_forum(region: Region) -> bool:
    if region.element is None:
        return False
    types = (attribute(e, "itemtype") for e in islice(region.element.iterancestors(), MOST_DEEP))
    return any(kind.rpartition("/")[2] in _FORUM_TYPES for kind in types)


def _hold_the_text(draft: ArticleDraft, within: dict[int, Region], *, is_said: bool) -> bool:
    """Return whether posts have the text of their page, which may say that it is a thread."""
    above = posted = beside = 0
    for passage in draft.passages:
        if passage.region.hidden or not is_prose(passage):
            continue
        if passage.region.index in within:
            posted += len(passage.text)
        elif not posted:
            above += len(passage.text)
        else:
            beside += len(passage.text)
    if is_said:
        return posted >= LEAST_SHARE * above
    return above <= MOST_ABOVE and posted >= LEAST_SHARE * (above + posted + beside)


def _with_headings(
    passages: list[Passage], thread: Thread, within: dict[int, Region]
) -> Iterator[Passage]:
    """Yield the passages with a heading before each post."""
    by_region = {post.region.index: post for post in thread.posts}
    for passage in passages:
        body = within.get(passage.region.index)
        post = by_region.pop(body.index, None) if body is not None else None
        if post is not None and (line := ", ".join(filter(None, (post.author, post.date)))):
            heading = Passage(
                Block("heading", line, level=min(LOWEST, LEVEL + post.depth)), post.region
            )
            thread.headings.add(heading)
            yield heading
        yield passage
