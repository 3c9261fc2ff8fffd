"""Facts in `meta` tags: Open Graph first, then older ones."""

import re
from collections.abc import Iterable

from annotator.extract.dom.elements import Element, attribute
from annotator.extract.dom.link_targets import absolute
from annotator.extract.dom.mojibake import plain, plain_title
from annotator.extract.metadata.dates import first_date
from annotator.extract.metadata.facts import MAX_EXCERPT, Facts
from annotator.extract.metadata.people import agencies, names
from annotator.model.data_file import toml_beside
from annotator.model.identity import doi_in

MAX_TAGS = 2_000

_NAMES = {fact: names.split() for fact, names in toml_beside(__package__, "meta_tags.toml").items()}
_FREE = {"free": True} | dict.fromkeys(("locked", "paid", "premium", "subscriber"), False)

_FAMILY_FIRST = re.compile(r"^([^\W\d_][^,;&]*), ([^\W\d_][^,;&]*)$")
_OF_PICTURE = re.compile(r"(?:Image|Video|Audio|Media)Object$|Comments?$")

Tags = dict[str, list[str]]


def read_meta_tags(root: Element, base: str, known: Facts) -> Facts:
    """Return the facts in the `meta` tags of a page; byline and dates only if not known yet."""
    tags = _tags(root)
    language = plain(_first(tags, _NAMES["language"]), limit=35)
    site = plain(_first(tags, _NAMES["site"]))
    bylines = (names(tags.get(key, ()), site=site) for key in _NAMES["author"])  # best first
    return Facts(
        title=plain_title(_first(tags, _NAMES["title"])),
        byline=known.byline or next(filter(None, bylines), ()),
        organisations=known.organisations or agencies(_all(tags, _NAMES["author"])),
        site_name=site,
        published=known.published or first_date(_all(tags, _NAMES["published"]), language=language),
        modified=known.modified or first_date(_all(tags, _NAMES["modified"]), language=language),
        language=language,
        excerpt=plain(_first(tags, _NAMES["excerpt"]), limit=MAX_EXCERPT),
        lead_image=absolute(_first(tags, _NAMES["image"]), base),
        canonical_url=_canonical(root, tags, base),
        doi=next(filter(None, map(doi_in, _all(tags, _NAMES["doi"]))), ""),
        is_free=_FREE.get(_first(tags, _NAMES["tier"]).lower()),
        kinds=frozenset({plain(_first(tags, ("og:type",)), limit=40)} - {""}),
    )


def _tags(root: Element) -> Tags:
    tags: Tags = {}
    for count, element in enumerate(root.iter("meta")):
        if count >= MAX_TAGS:
            break
        content = attribute(element, "content")
        if element.get("itemprop") and is_of_picture(element):
            continue
        for key in ("property", "name", "itemprop", "http-equiv") if content else ():
            if name := attribute(element, key).lower():
                # Journals give “Lee, Ann” for one of the authors.
                is_author = name == "citation_author"
                said = _FAMILY_FIRST.sub(r"\2 \1", content) if is_author else content
                tags.setdefault(name, []).append(said)
    return tags


def is_of_picture(element: Element) -> bool:
    """Return whether a microdata property is that of a picture, a video or a comment."""
    holders = (around for around in element.iterancestors() if around.get("itemscope") is not None)
    holder = next(holders, None)
    return holder is not None and bool(_OF_PICTURE.search(attribute(holder, "itemtype")))


def _all(tags: Tags, keys: Iterable[str]) -> list[str]:
    return [value for key in keys for value in tags.get(key, ())]


def _first(tags: Tags, keys: Iterable[str]) -> str:
    return next(iter(_all(tags, keys)), "")


def _canonical(root: Element, tags: Tags, base: str) -> str:
    marked = (link for link in root.iter("link") if attribute(link, "rel").lower() == "canonical")
    links = [attribute(link, "href") for link in marked]
    addresses = (absolute(address, base) for address in [*links, *tags.get("og:url", ())])
    return next((address for address in addresses if address.startswith("http")), "")
