"""Embeds: posts, videos, charts and the like from other sites, each as a labelled block."""

import re
from urllib.parse import urlsplit

from annotator.extract.blocks.cuts import marks_within
from annotator.extract.blocks.inline_text import read_inline
from annotator.extract.dom.elements import Element, attribute, names_of, tag_of
from annotator.extract.dom.link_targets import absolute
from annotator.model.article import Block
from annotator.model.text import clean_line

MAX_TEXT = 4_000  # characters of a quoted post

_HOSTS = (
    (
        re.compile(
            r"(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|"
            r"player\.twitch\.tv|jwplayer\.com|brightcove\.(?:net|com)|wistia\.(?:com|net)|"
            r"ted\.com|rumble\.com|odysee\.com|loom\.com|streamable\.com|bilibili\.com|"
            r"players?\.[\w-]+\.(?:com|net|tv)|video\.[\w-]+\.\w{2,3})$"
        ),
        "Video",
    ),
    (
        re.compile(
            r"(?:^|\.)(?:soundcloud\.com|spotify\.com|podcasts\.apple\.com|megaphone\.fm|"
            r"simplecast\.com|bandcamp\.com|acast\.com|podigee\.io|buzzsprout\.com|"
            r"art19\.com|libsyn\.com|anchor\.fm|transistor\.fm|mixcloud\.com|podbean\.com|"
            r"omny\.fm|captivate\.fm|deezer\.com|audioboom\.com)$"
        ),
        "Audio",
    ),
    (re.compile(r"(?:^|\.)(?:twitter\.com|x\.com)$"), "Post on X"),
    (re.compile(r"(?:^|\.)instagram\.com$"), "Post on Instagram"),
    (re.compile(r"(?:^|\.)tiktok\.com$"), "Video on TikTok"),
    (re.compile(r"(?:^|\.)bsky\.app$"), "Post on Bluesky"),
    (re.compile(r"(?:^|\.)threads\.(?:net|com)$"), "Post on Threads"),
    (re.compile(r"(?:^|\.)reddit(?:media)?\.com$"), "Post on Reddit"),
    (re.compile(r"(?:^|\.)(?:mastodon\.\w{2,10}|mstdn\.\w{2,10})$"), "Post on Mastodon"),
    (re.compile(r"(?:^|\.)giphy\.com$"), "Animation"),
    (
        re.compile(r"(?:^|\.)(?:gist\.github\.com|codepen\.io|jsfiddle\.net|codesandbox\.io)$"),
        "Code",
    ),
    (
        re.compile(
            r"(?:^|\.)(?:datawrapper\.de|datawrapper\.dwcdn\.net|flourish\.studio|"
            r"infogram\.com|observablehq\.com|ourworldindata\.org|plotly\.com|everviz\.com|datawrapper\.dw\.com)$"
        ),
        "Chart",
    ),
    (re.compile(r"(?:^|\.)(?:documentcloud\.org|scribd\.com|slideshare\.net)$"), "Document"),
)
_PATHS = (
    (re.compile(r"https?://(?:www\.google\.[\w.]{2,6}/maps|maps\.google)"), "Map"),
    (re.compile(r"https?://(?:www\.)?openstreetmap\.org/export/embed"), "Map"),
    (re.compile(r"https?://(?:docs|drive)\.google\.com/"), "Document"),
    (re.compile(r"https?://(?:www\.)?facebook\.com/plugins/video"), "Video on Facebook"),
    (re.compile(r"https?://(?:www\.)?facebook\.com/plugins/post"), "Post on Facebook"),
    (re.compile(r"https?://archive\.org/embed/"), "Recording"),
)
_PAGES = (
    (
        re.compile(
            r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v)/([\w-]{11})(?![\w-])"
        ),
        "https://www.youtube.com/watch?v=",
    ),
    (re.compile(r"https?://player\.vimeo\.com/video/(\d{1,20})"), "https://vimeo.com/"),
    (
        re.compile(r"https?://platform\.twitter\.com/embed/[^#]*?[?&]id=(\d{1,25})"),
        "https://x.com/i/status/",
    ),
    (
        re.compile(r"https?://(?:www\.)?dailymotion\.com/embed/video/(\w{1,20})"),
        "https://www.dailymotion.com/video/",
    ),
)
PLAYERS = {
    **dict.fromkeys(
        ("lite-youtube", "youtube-video", "amp-youtube"),
        ("Video", "https://www.youtube.com/watch?v="),
    ),
    **dict.fromkeys(("lite-vimeo", "amp-vimeo"), ("Video", "https://vimeo.com/")),
    "amp-twitter": ("Post on X", "https://x.com/i/status/"),
    "amp-instagram": ("Post on Instagram", "https://www.instagram.com/p/"),
    "amp-video": ("Video", ""),
}
_ID = re.compile(r"[\w-]{1,40}")
_SAYS_NOTHING = re.compile(
    r"^(?:(?:youtube )?video player|embedded? (?:video|content|tweet|post)|x post|twitter tweet|"
    r"iframe|video|player|spotify embed.*|vimeo.*player)$",
    re.IGNORECASE,
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
    """Return the embed in a frame, None if it is not from a site that articles embed."""
    addresses = (attribute(element, name) for name in ("src", "data-src", "data-lazy-src", "data"))
    sources = (url for address in addresses if (url := absolute(address, base)))
    source = next(filter(_label_of, sources), "")
    label = _label_of(source)
    title = clean_line(element.get("title"))
    text = "" if _SAYS_NOTHING.search(title) else title
    return Block("embed", text, label=label, source=page_of(source)) if label else None


def read_player(element: Element, base: str) -> Block | None:
    """Return the embed of an element that a script turns into a player, by its id attribute."""
    label, address = PLAYERS[tag_of(element)]
    names = (
        "videoid",
        "video-id",
        "data-videoid",
        "data-tweetid",
        "data-shortcode",
        "data-id",
        "src",
    )
    name = next((value for key in names if (value := attribute(element, key))), "")
    source = absolute(name, base) if "/" in name else address + name if _ID.fullmatch(name) else ""
    title = clean_line(element.get("playlabel") or element.get("title"))
    return Block("embed", title, label=label, source=source) if source else None


def page_of(source: str) -> str:
    """Return the URL of the page for a frame's content, or the frame's own if it is not known."""
    for shape, address in _PAGES:
        if match := shape.match(source):
            return address + match[1]
    return source


def read_media(element: Element, base: str) -> Block | None:
    """Return a video or an audio of the page itself."""
    addresses = [
        attribute(element, "src"),
        *(attribute(child, "src") for child in element.iter("source")),
    ]
    source = next((url for address in addresses if (url := absolute(address, base))), "")
    title = clean_line(element.get("title") or element.get("aria-label"))
    label = "Video" if tag_of(element) == "video" else "Audio"
    return Block("embed", title, label=label, source=source) if source else None


def read_post(element: Element, base: str) -> Block | None:
    """Return a quoted post from a social network, with its text."""
    names = names_of(element)
    label = (
        next((label for shape, label in _QUOTED_POSTS if shape.search(names)), "") if names else ""
    )
    if not label:
        return None
    named = ("data-instgrm-permalink", "cite", "data-href")
    own = [absolute(attribute(element, name), base) for name in named]
    links = [absolute(attribute(link, "href"), base) for link in element.iter("a")]
    source = next((link for link in [*own, *reversed(links)] if _label_of(link)), "")
    inline = read_inline(element, base)
    text = inline.text[:MAX_TEXT]
    marks = marks_within(inline.marks, len(text))
    return Block("embed", text, marks=marks, label=label, source=source)


def _label_of(source: str) -> str:
    host = urlsplit(source).hostname or "" if source else ""
    named = next((label for shape, label in _HOSTS if shape.search(host)), "")
    return named or next((label for shape, label in _PATHS if shape.match(source)), "")
