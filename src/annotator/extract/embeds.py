"""Posts, videos and other things of elsewhere, as a labelled block."""

import re
from urllib.parse import urlsplit

from annotator.extract.elements import Element, attribute, names_of, tag_of
from annotator.extract.inline import read_inline
from annotator.extract.links import absolute
from annotator.model.article import Block
from annotator.model.text import clean_line

MAX_TEXT = 4_000  # characters of a quoted post

_HOSTS = (
    (
        re.compile(
            r"(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|"
            r"player\.twitch\.tv|jwplayer\.com|brightcove\.(?:net|com)|wistia\.(?:com|net)|"
            r"ted\.com|rumble\.com|odysee\.com)$"
        ),
        "Video",
    ),
    (
        re.compile(
            r"(?:^|\.)(?:soundcloud\.com|spotify\.com|podcasts\.apple\.com|megaphone\.fm|"
            r"simplecast\.com|bandcamp\.com|acast\.com|podigee\.io|buzzsprout\.com|"
            r"art19\.com)$"
        ),
        "Audio",
    ),
    (re.compile(r"(?:^|\.)(?:twitter\.com|x\.com)$"), "Post on X"),
    (re.compile(r"(?:^|\.)instagram\.com$"), "Post on Instagram"),
    (re.compile(r"(?:^|\.)tiktok\.com$"), "Video on TikTok"),
    (re.compile(r"(?:^|\.)bsky\.app$"), "Post on Bluesky"),
    (
        re.compile(r"(?:^|\.)(?:gist\.github\.com|codepen\.io|jsfiddle\.net|codesandbox\.io)$"),
        "Code",
    ),
    (
        re.compile(
            r"(?:^|\.)(?:datawrapper\.de|datawrapper\.dwcdn\.net|flourish\.studio|"
            r"infogram\.com|datawrapper\.dw\.com)$"
        ),
        "Chart",
    ),
    (re.compile(r"(?:^|\.)(?:documentcloud\.org|scribd\.com|slideshare\.net)$"), "Document"),
)
_QUOTED_POSTS = (
    (re.compile(r"\btwitter-(?:tweet|video)\b"), "Post on X"),
    (re.compile(r"\binstagram-media\b"), "Post on Instagram"),
    (re.compile(r"\btiktok-embed\b"), "Video on TikTok"),
    (re.compile(r"\bbluesky-embed\b"), "Post on Bluesky"),
    (re.compile(r"\bmastodon-embed\b"), "Post on Mastodon"),
    (re.compile(r"\b(?:fb-post|fb-video)\b"), "Post on Facebook"),
    (re.compile(r"\breddit-(?:card|embed-bq)\b"), "Post on Reddit"),
)


def read_frame(element: Element, base: str) -> Block | None:
    """Return what a frame shows if it is of a kind that articles embed."""
    source = absolute(attribute(element, "src") or attribute(element, "data-src"), base)
    label = _label_of(source)
    title = clean_line(element.get("title"))
    return Block("embed", title, label=label, source=source) if label else None


def read_media(element: Element, base: str) -> Block | None:
    """Return a video or a sound of the page itself."""
    addresses = [
        attribute(element, "src"),
        *(attribute(child, "src") for child in element.iter("source")),
    ]
    source = next((whole for address in addresses if (whole := absolute(address, base))), "")
    title = clean_line(element.get("title") or element.get("aria-label"))
    label = "Video" if tag_of(element) == "video" else "Audio"
    return Block("embed", title, label=label, source=source) if source else None


def read_post(element: Element, base: str) -> Block | None:
    """Return a quoted post of a social network, with its words."""
    names = names_of(element)
    label = (
        next((label for shape, label in _QUOTED_POSTS if shape.search(names)), "") if names else ""
    )
    if not label:
        return None
    links = [absolute(attribute(link, "href"), base) for link in element.iter("a")]
    source = next((link for link in reversed(links) if _label_of(link)), "")
    inline = read_inline(element, base)
    text = inline.text[:MAX_TEXT]
    marks = tuple(mark for mark in inline.marks if mark.span.end <= len(text))
    return Block("embed", text, marks=marks, label=label, source=source)


def _label_of(source: str) -> str:
    host = urlsplit(source).hostname or "" if source else ""
    return next((label for shape, label in _HOSTS if shape.search(host)), "")
