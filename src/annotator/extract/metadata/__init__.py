"""Metadata of an article: title, byline, dates and more, from all places of a page.

JSON-LD is trusted most, then `meta` tags, then the page itself. Titles and
names of sites are checked against each other.
"""

import re
import unicodedata
from collections.abc import Iterable

from msgspec.structs import replace

from annotator.extract.dom.elements import folded, names_of
from annotator.extract.dom.link_targets import parts_of
from annotator.extract.dom.parse import Tree
from annotator.extract.metadata.dates import is_before
from annotator.extract.metadata.facts import Facts
from annotator.extract.metadata.headline_area import headline_of
from annotator.extract.metadata.json_ld import read_json_ld
from annotator.extract.metadata.meta_tags import read_meta_tags
from annotator.extract.metadata.page_elements import masthead, page_headings, page_title, read_page
from annotator.extract.metadata.people import is_full_name, is_site, names
from annotator.extract.metadata.titles import LEAST_WORDS, MOST_OF_SITE, choose_title, fits_host
from annotator.model.data_file import wordings

__all__ = ["Facts", "host_of", "read_metadata"]

_AT_THE_END = re.compile(r"\s[|–—-]\s")
_ON_A_SITE = re.compile(r" on ([A-Z]\w+)$")  # “Dota 2 on Steam”
_SUFFIX = re.compile(r"(?:\.(?:ac|co|com|edu|gov|gob|net|or|org))?\.[a-z-]+$")  # of a host
_MOST_WORDS = 3  # in the name of a section
_SHORT = 3  # letters of a word that may be in an address by chance
_WORDINGS = wordings(__package__, "wordings.toml")
# An address, a template that was not filled, or the name of any section.
_NO_SITE = re.compile(_WORDINGS["no-site"], re.IGNORECASE)
_HEADLINE = re.compile(r"(?<![\w-])(?:\w+-){0,4}(?:title|headline)(?![\w-])")
MOST_WORDS = 25  # of a headline; longer ones are decks
LEAST_TITLE = 8  # letters; a shorter title may also be the name of the site

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?\b")


def read_metadata(tree: Tree, url: str) -> Facts:
    """Return the metadata of a page, with its sources checked against each other."""
    linked = read_json_ld(tree.root, tree.base)
    tags = read_meta_tags(tree.root, tree.base, linked)
    # Some sites put the title of the page, or an address, into the tag for their name.
    is_title = len(folded(tags.title)) > LEAST_TITLE and folded(tags.title) in folded(
        tags.site_name
    )
    named = "" if is_title or _NO_SITE.search(tags.site_name) else tags.site_name
    # The name of a section is not at the end of the title of the window, where the site's may be.
    window, headings = page_title(tree.root), page_headings(tree.root)
    last = _AT_THE_END.split(window)[1:][-1:]
    site = named or linked.site_name
    if folded(site) not in map(folded, last):
        people = set(filter(is_full_name, (*linked.byline, *tags.byline)))
        site = _site_of(url, site, (one for one in (linked.site_name, *last) if one not in people))
    own = [site, linked.site_name]
    host, over = host_of(url), masthead(tree.root)
    site = site or _site_in_title(window, headings, host)
    sites = [site, linked.site_name, host, host.partition(".")[0], over]
    title = choose_title([linked.title, tags.title, window], headings, sites)
    shown = headline_of(tree.root, title) if linked.published or tags.published else None
    if shown is not None and len(headings) == 1 and _HEADLINE.search(names_of(shown)):
        is_other = folded(title) not in folded(headings[0])  # which may go on with the date
        is_long = LEAST_WORDS < len(headings[0].split()) <= MOST_WORDS
        title = headings[0] if is_other and is_long else title
    known = _without_sites(linked, own).filled_from(_without_sites(tags, own))
    page = read_page(tree.root, url, known, title)
    facts = known.filled_from(page)
    is_early = bool(facts.published) and is_before(facts.modified, facts.published)
    # Some pages call the front page of their site the canonical form of themselves.
    front = parts_of(tags.canonical_url)
    is_front = front.path in {"", "/"} and not front.query
    is_own = is_front and parts_of(url).path in {"", "/"}
    return replace(
        facts,
        title=title,
        byline=names(facts.byline, site=own[0]) or _without_sites(facts, own).organisations,
        site_name=site or host_of(url),
        language=_tag(page.language) or _tag(facts.language),
        modified="" if is_early else facts.modified,
        canonical_url=tags.canonical_url if is_own or not is_front else "",
        is_free=tags.is_free if linked.is_free is None else linked.is_free,
        kinds=linked.kinds | tags.kinds,
    )


def _without_sites(facts: Facts, sites: list[str]) -> Facts:
    """Return facts without the site, or parts of organisations, as the authors of its articles."""
    byline, organisations = facts.byline, facts.organisations
    for site in filter(None, sites):
        byline = tuple(name for name in byline if not is_site(name, site))
        organisations = tuple(name for name in organisations if not is_site(name, site))
    # “Center for Drug Evaluation and Research” is no byline of two people.
    pieces = names(facts.organisations)
    byline = tuple(name for name in byline if name not in pieces)
    return replace(facts, byline=byline, organisations=organisations)


def host_of(url: str) -> str:
    """Return the name of the server without `www.`; empty for a file."""
    return (parts_of(url).hostname or "").removeprefix("www.")


def _site_of(url: str, name: str, others: Iterable[str]) -> str:
    """Return the name of a site, or another that fits the address if it can be that of a section.

    Some newspapers put “Science” or “Premium” in place of their name.
    """
    host = _letters(_SUFFIX.sub("", host_of(url)))
    words = [_letters(word) for word in name.split()]
    is_own = any(word in host for word in words if len(word) > _SHORT) or _names_host(name, host)
    if not host or is_own or not any(words) or len(words) > _MOST_WORDS:
        return name
    return next((other for other in others if "." not in other and _names_host(other, host)), name)


def _site_in_title(window: str, headings: list[str], host: str) -> str:
    """Return the end or start of the window's title, or what follows “on”, if it is the site."""
    parts = [part.strip(" |·–—-") for part in _AT_THE_END.split(window)]
    on = _ON_A_SITE.search(window)
    said = [*parts[1:][-1:], *(on.groups() if on else ()), *parts[:-1][:1]]
    letters = _letters(_SUFFIX.sub("", host))
    fitting = (one for one in said if _names_host(one, letters) or fits_host(one, [host]))
    short = (one for one in fitting if len(one.split()) <= MOST_OF_SITE and "." not in one)
    sites = (one for one in short if one not in headings and not _NO_SITE.search(one))
    return next(sites, "") if letters else ""


def _names_host(name: str, host: str) -> bool:
    """Return whether a name is that of a host, in full, in part or by its first letters."""
    letters, initials = _letters(name), _letters("".join(word[0] for word in name.split()))
    is_part = len(letters) > 1 and letters in host and 2 * len(letters) >= len(host)
    return is_part or initials == host or host in letters


def _letters(text: str) -> str:
    """Return the letters and digits of a text without accents, as addresses have them."""
    return folded("".join(c for c in unicodedata.normalize("NFKD", text) if c.isascii()))


def _tag(language: str) -> str:
    """Return a language as a BCP 47 tag such as `pt-BR`, empty if it is not one."""
    match = _LANGUAGE.match(language.strip())
    if not match or folded(match[1]) in {"und", "mul", "zxx"}:
        return ""
    subtags = [match[1].lower(), (match[2] or "").title(), (match[3] or "").upper()]
    return "-".join(filter(None, subtags))
