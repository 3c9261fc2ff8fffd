"""Live blogs: posts alike, each with its time, which becomes the heading above it.

The oldest post ends the page and the newest begins it, so that steps which look for the
edges of a text take one of them away.
"""

import re
from itertools import islice

from annotator.extract.blocks.cuts import part
from annotator.extract.dom.elements import Element, attribute, names_of, tag_of, text_of, words
from annotator.extract.kinds.alike import groups_alike
from annotator.extract.kinds.page_kind import PageKind, may_be_own
from annotator.extract.metadata.facts import Facts
from annotator.extract.passages import ArticleDraft, Passage, Region, Rule
from annotator.model.article import Block
from annotator.model.data_file import wordings
from annotator.model.span import Span

LEAST_POSTS = 3
LEAST_TIMED = 0.7  # share of the posts that have a time
MOST_ASKED = 30  # posts whose time is looked for
MOST_ELEMENTS = 60  # of a post, among which its time is
LONGEST_TIME = 40  # characters
LEVEL = 3  # of the headings

_ADDRESS = re.compile(wordings(__package__, "wordings.toml")["live-address"])
_TIME = re.compile(r"(?<![\w-])(?:\w+-)*(?:time|date|timestamp|datetime|clock)(?![\w])")
_TELLS_TIME = re.compile(r"\d{1,2}\s?[.:h]\s?\d\d|\d{1,2} ?[ap]\.?m|\d{1,2} \w+ ago", re.IGNORECASE)
_TOOLS = re.compile(r"\b(?:share|social|toolbar|actions?|related|newsletter|promo|ad|ads|advert)\b")
_IN_HEADING = Rule("live_blog", "time-of-post", "The time of the post, which is its heading.")
_JUDGES = words("next endings kickers wording")


def read_live_blog(draft: ArticleDraft, facts: Facts, url: str) -> PageKind | None:
    """Return the posts of a live blog, None for other pages; each gets a heading with its time."""
    if "LiveBlogPosting" not in facts.kinds and not _ADDRESS.search(url.lower()):
        return None
    for group in groups_alike(draft.regions):
        times = {region.index: _time_of(region) for region in group}
        asked = [bool(times[region.index]) for region in group[:MOST_ASKED]]
        if len(group) >= LEAST_POSTS and sum(asked) >= LEAST_TIMED * len(asked):
            return _read(draft, group, times)
    return None


def _read(draft: ArticleDraft, posts: list[Region], times: dict[int, str]) -> PageKind:
    post_of: dict[int, Region] = {post.index: post for post in posts}
    for region in draft.regions:
        post = post_of.get(region.parent.index) if region.parent is not None else None
        if post is not None and not region.hidden and not _TOOLS.search(region.names):
            post_of.setdefault(region.index, post)
    passages: list[Passage] = []
    own: list[Passage] = []
    headings: dict[int, Passage] = {}
    for passage in draft.passages:
        post = post_of.get(passage.region.index)
        time = times[post.index] if post is not None else ""
        if post is not None and time and post.index not in headings:
            heading = headings[post.index] = Passage(Block("heading", time, level=LEVEL), post)
            passages.append(heading)
        passages.append(passage)
        if time and passage.text == time:
            passage.verdict = _IN_HEADING
        elif time and passage.text.startswith(time) and len(passage.text) <= LONGEST_TIME:
            # "21:00" and the author in one line.
            passage.block = part(passage.block, Span(len(time), len(passage.text)))
        elif post is not None and may_be_own(passage):
            own.append(passage)
    draft.passages, draft.updates = passages, len(posts)
    told = f"Read as a live blog of {len(posts)} posts."
    return PageKind(told, own, _JUDGES, list(headings.values()))


def _time_of(region: Region) -> str:
    """Return the time of a post as the page shows it, empty without one."""
    element = region.element
    if element is None:
        return ""
    some = islice(element.iterdescendants(), MOST_ELEMENTS)
    named = (e for e in some if tag_of(e) == "time" or _TIME.search(names_of(e)))
    return next(filter(None, map(_shown, named)), "")


def _shown(element: Element) -> str:
    text = text_of(element, LONGEST_TIME * 2)
    if len(text) <= LONGEST_TIME and _TELLS_TIME.search(text):
        return text
    written = attribute(element, "datetime")[:16].replace("T", " ")
    return written if _TELLS_TIME.search(written) else ""
