"""Facts in `meta` tags: Open Graph first, then older ones."""

import re
from collections.abc import Iterable

from annotator.extract.dom.elements import Element, attribute
from annotator.extract.dom.link_targets import absolute
from annotator.extract.dom.mojibake import plain
from annotator.extract.metadata.dates import first_date
from annotator.extract.metadata.facts import MAX_EXCERPT, Facts
from annotator.extract.metadata.people import agencies, names

MAX_TAGS = 2_000

_PUBLISHED = (
    "article:published_time", "og:published_time", "article:published", "datepublished", "date",
    "dc.date.issued", "dc.date", "dcterms.created", "dcterms.date", "dc.date.created",
    "parsely-pub-date", "sailthru.date", "pubdate", "publish-date", "publish_date", "publishdate",
    "publication_date", "cxenseparse:recs:publishtime", "citation_publication_date",
    "citation_date", "last-published", "created", "originalpublicationdate", "rnews:datepublished",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "last-modified", "lastmod", "updated", "revised", "article:modified",
)  # fmt: skip
_AUTHOR = (
    "author", "article:author", "og:author", "dc.creator", "dcterms.creator", "byl", "byline",
    "parsely-author", "sailthru.author", "citation_author", "article:author_name", "rbauthors",
    "book:author", "twitter:creator:name", "cxenseparse:author", "article.author",
)  # fmt: skip
_SITE = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "apple-mobile-web-app-title",
    "citation_journal_title",
    "publisher",
)
_TITLE = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "sailthru.title",
    "citation_title",
    "title",
)
_EXCERPT = (
    "og:description",
    "description",
    "twitter:description",
    "dc.description",
    "sailthru.description",
    "abstract",
)
_IMAGE = (
    "og:image:secure_url",
    "og:image",
    "og:image:url",
    "twitter:image",
    "twitter:image:src",
    "sailthru.image.full",
)
_FREE = {
    "free": True,
    "metered": None,
    "locked": False,
    "paid": False,
    "premium": False,
    "subscriber": False,
}

_OF_PICTURE = re.compile(r"(?:Image|Video|Audio|Media)Object$|Comments?$")

Tags = dict[str, list[str]]


def read_meta_tags(root: Element, base: str, known: Facts) -> Facts:
    """Return the facts in the `meta` tags of a page; byline and dates only if not known yet."""
    tags = _tags(root)
    language = plain(
        _first(tags, ("content-language", "og:locale", "dc.language", "language")), limit=35
    )
    tier = _first(tags, ("article:content_tier", "content_tier", "article.content_tier")).lower()
    return Facts(
        title=plain(_first(tags, _TITLE)),
        byline=known.byline or _byline(tags),
        organisations=known.organisations or agencies(_all(tags, _AUTHOR)),
        site_name=plain(_first(tags, _SITE)),
        published=known.published or first_date(_all(tags, _PUBLISHED), language=language),
        modified=known.modified or first_date(_all(tags, _MODIFIED), language=language),
        language=language,
        excerpt=plain(_first(tags, _EXCERPT), limit=MAX_EXCERPT),
        lead_image=absolute(_first(tags, _IMAGE), base),
        canonical_url=_canonical(root, tags, base),
        is_free=_FREE.get(tier),
        kinds=frozenset({plain(_first(tags, ("og:type",)), limit=40)} - {""}),
    )


def _byline(tags: Tags) -> tuple[str, ...]:
    """Return the names in the most trusted tag that has any."""
    site = plain(_first(tags, _SITE))
    return next((people for key in _AUTHOR if (people := names(tags.get(key, ()), site=site))), ())


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
                tags.setdefault(name, []).append(content)
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
    links = [
        attribute(link, "href")
        for link in root.iter("link")
        if attribute(link, "rel").lower() == "canonical"
    ]
    addresses = (absolute(address, base) for address in [*links, *tags.get("og:url", ())])
    return next((address for address in addresses if address.startswith("http")), "")
