"""Embeds: posts, videos, charts and the like from other sites, each as a labelled block."""

import re

from annotator.extract.blocks.cuts import marks_within
from annotator.extract.blocks.inline_text import read_inline
from annotator.extract.dom.elements import Element, attribute, names_of, tag_of
from annotator.extract.dom.link_targets import absolute, parts_of
from annotator.model.article import Block
from annotator.model.data_file import toml_beside, wordings
from annotator.model.text import clean_line

MAX_TEXT = 4_000  # characters of a quoted post

_LABELS: dict[str, dict[str, str]] = toml_beside(__package__, "embeds.toml")
_HOSTS = [
    (re.compile(rf"(?:^|\.)(?:{'|'.join(names.split())})$"), label)
    for label, names in _LABELS["hosts"].items()
]
_ADDRESSES = [(re.compile(begin), label) for label, begin in _LABELS["addresses"].items()]
_PAGES = [(re.compile(frame), page) for page, frame in _LABELS["pages"].items()]
_QUOTED_POSTS = [(re.compile(rf"\b{name}\b"), label) for label, name in _LABELS["posts"].items()]
PLAYERS = {tag: told.partition(" | ")[::2] for tag, told in _LABELS["players"].items()}
_IDS = ["videoid", "video-id", "data-videoid", "data-tweetid", "data-shortcode", "data-id", "src"]
_ID = re.compile(r"[\w-]{1,40}")
_SAYS_NOTHING = re.compile(wordings(__package__, "wordings.toml")["says-nothing"], re.IGNORECASE)


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
    name = next((value for key in _IDS if (value := attribute(element, key))), "")
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
    label = next((label for shape, label in _QUOTED_POSTS if shape.search(names)), "")
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
    host = parts_of(source).hostname or ""
    named = next((label for shape, label in _HOSTS if shape.search(host)), "")
    return named or next((label for shape, label in _ADDRESSES if shape.match(source)), "")
