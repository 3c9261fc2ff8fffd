"""Images worth showing, with their captions and credits."""

import re
from itertools import islice

from msgspec.structs import replace

from annotator.extract.blocks.captions import credit_in, split_credit
from annotator.extract.blocks.cuts import marks_within
from annotator.extract.blocks.inline_text import Inline, read_inline
from annotator.extract.dom.elements import (
    IMAGE_TAGS,
    Element,
    attribute,
    finder,
    names_of,
    tag_of,
    text_of,
    words,
)
from annotator.extract.dom.link_targets import absolute
from annotator.extract.dom.mojibake import plain
from annotator.model.article import Block
from annotator.model.data_file import wordings
from annotator.model.text import clean_line

SMALLEST = 60  # pixels; a smaller image is an icon, a portrait or a tracking pixel
_MOST_WORDS = 900  # characters in a figure; one with more contains a piece of the article
MAX_ELEMENTS = 150  # in a figure; an element with more is part of the page's layout
_EMOJI_LENGTH = 2  # characters: an emoji and a variation selector
MAX_SOURCES = 8  # of a `picture`; the parser nests them
MAX_IMAGES = 40  # of one figure
_PAIR = 2  # an image, and the same in a `noscript`

_LAZY_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_WORDINGS = wordings(__package__, "wordings.toml")
_LAZY = _WORDINGS["lazy-sources"].split()
_names_furniture = finder(_WORDINGS["furniture"])
_FURNITURE_SOURCE = re.compile(_WORDINGS["furniture-source"], re.IGNORECASE)
_NO_ALTERNATIVE = re.compile(_WORDINGS["no-alternative"], re.IGNORECASE)
_BETWEEN_CANDIDATES = re.compile(r",\s+")
_DESCRIPTOR = re.compile(r"(\d{1,6}(?:\.\d{1,4})?)[wx],?")
_PIXELS = re.compile(r"\d{1,5}(?:px)?")
_EMOJI = re.compile(r"\b(?:emoji|smiley)\b")
# Whether names are those of a container for a picture and its caption.
names_a_picture = finder(r"\b(?:caption|image|photo|picture|figure|media|img)\b")
OF_PICTURE = ("caption", "image", "photo", "picture", "figure", "media", "img")
_CAPTION_NAMES = re.compile(r"\bcaption|\bcutline|\blegende\b|\bbildunterschrift\b")
_CREDIT_NAMES = re.compile(_WORDINGS["credit-names"])
_NOT_A_PICTURE = words("pre table blockquote iframe video audio h1 h2 h3 ul ol figure")


def read_image(element: Element, base: str) -> Block | None:
    """Return an image without a caption, None for furniture such as icons."""
    source = _source(element, base)
    if not source or is_furniture(element):
        return None
    said = plain(element.get("alt"), limit=600)
    alternative = "" if _NO_ALTERNATIVE.fullmatch(said) else said
    return Block("image", "", source=source, alternative=alternative)


def read_figure(element: Element, base: str) -> tuple[Block, ...] | None:
    """Return the images of a figure, the first with the caption; None if it is not a picture."""
    # Page builders put tables, players and whole sections into figures.
    below = list(islice(element.iterdescendants(), MAX_ELEMENTS))
    if len(below) == MAX_ELEMENTS or any(tag_of(child) in _NOT_A_PICTURE for child in below):
        return None
    if len(text_of(element)) > _MOST_WORDS:
        return None
    images = [
        image
        for child in below
        if tag_of(child) in IMAGE_TAGS and (image := read_image(child, base))
    ]
    images = _without_stand_ins(images, below, base)
    caption, credit = _caption(below, base)
    if not images and not caption.text:
        return None
    first = images[0] if images else Block("image", "")
    text, name = split_credit(caption.text)
    marks = marks_within(caption.marks, len(text))
    first = replace(first, text=text, marks=marks, credit=clean_line(credit or name))
    shown = {first.source: first}
    for image in images[1:MAX_IMAGES]:
        shown.setdefault(image.source, image)
    return tuple(shown.values())


def _without_stand_ins(images: list[Block], below: list[Element], base: str) -> list[Block]:
    """Return only the sharp image of a pair, where the other is a blurred placeholder."""
    boxes = [child for child in below if tag_of(child) == "noscript"]
    sharp = [
        image for box in boxes for child in box.iter("img") if (image := read_image(child, base))
    ]
    return sharp if len(images) == 2 * len(sharp) == _PAIR else images


def is_captioned_picture(element: Element) -> bool:
    """Return whether an element is a figure without being a `figure`."""
    names = names_of(element)
    if not names_a_picture(names):
        return False
    below = list(islice(element.iterdescendants(), MAX_ELEMENTS))
    has_image = any(tag_of(child) in IMAGE_TAGS for child in below)
    return has_image and any(_CAPTION_NAMES.search(names_of(child)) for child in below)


def is_furniture(element: Element) -> bool:
    """Return whether an image is an icon, a portrait or a tracking pixel."""
    # A tracking pixel says its size; a portrait beside a byline is named after the author.
    sizes = [attribute(element, name) for name in ("width", "height")]
    if any(_PIXELS.fullmatch(size) and int(size.removesuffix("px")) < SMALLEST for size in sizes):
        return True
    holders = [element, *islice(element.iterancestors(), 2)]
    return any(_names_furniture(names_of(holder)) for holder in holders)


def emoji_of(element: Element) -> str:
    """Return the character that a small inline image represents, empty if there is none."""
    alternative_text = element.get("alt", "")
    # WordPress turns emoji into pictures with the character as their alternative text.
    is_emoji = bool(_EMOJI.search(names_of(element)))
    if not is_emoji and alternative_text.isascii():
        return ""
    alternative = clean_line(alternative_text, limit=40)
    is_sign = len(alternative) <= _EMOJI_LENGTH and not alternative.isascii()
    return alternative if is_emoji or is_sign else ""


def _caption(below: list[Element], base: str) -> tuple[Inline, str]:
    """Return the caption of an image, and its credit if that is a separate element."""
    captions = [child for child in below if tag_of(child) == "figcaption"]
    captions = captions or [child for child in below if _CAPTION_NAMES.search(names_of(child))]
    credit = next((child for child in below if _CREDIT_NAMES.search(names_of(child))), None)
    has_own = bool(captions) and captions[0] is not credit
    caption = read_inline(captions[0], base) if has_own else Inline("")
    if credit is None:
        return caption, ""
    name = read_inline(credit, base).text
    if name and caption.text.endswith(name):
        text = caption.text.removesuffix(name).rstrip()
        marks = marks_within(caption.marks, len(text))
        caption = Inline(text, marks, min(caption.linked, len(text)))
    name = name[1:-1].strip() if name.startswith("(") and name.endswith(")") else name
    return caption, credit_in(name) or name


def _source(element: Element, base: str) -> str:
    keys = element.keys()
    addresses = [attribute(element, name) for name in _LAZY if name in keys]
    sets = [attribute(element, name) for name in _LAZY_SETS if name in keys]
    sets += _picture_sets(element)
    addresses += [_largest(candidates) for candidates in sets if candidates]
    addresses.append(attribute(element, "src"))
    for address in addresses:
        url = absolute(address, base) if address and not address.startswith("data:") else ""
        if url and not url.startswith("mailto:") and not _FURNITURE_SOURCE.search(url[:2_000]):
            return url
    return ""


def _picture_sets(element: Element) -> list[str]:
    holders = islice(element.iterancestors(), MAX_SOURCES)
    picture = next((holder for holder in holders if tag_of(holder) == "picture"), None)
    sources = picture.iter("source") if picture is not None else iter(())
    return [attribute(source, "srcset") for source in islice(sources, MAX_SOURCES)]


def _largest(candidates: str) -> str:
    """Return the URL of the widest image in a `srcset`."""
    widest, best = -1.0, ""
    for candidate in _BETWEEN_CANDIDATES.split(candidates[:20_000]):
        address, _, descriptor = candidate.strip().partition(" ")
        width = _DESCRIPTOR.fullmatch(descriptor.strip())
        if address and (size := float(width[1]) if width else 1.0) > widest:
            widest, best = size, address
    return best.rstrip(",")
