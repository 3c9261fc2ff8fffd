"""Metadata of an article: title, byline, dates and more, from all places of a page.

JSON-LD is trusted most, then `meta` tags, then the page itself. Titles and
names of sites are checked against each other.
"""

import re
from urllib.parse import urlsplit

from msgspec.structs import replace

from annotator.extract.dom.elements import folded
from annotator.extract.dom.parse import Tree
from annotator.extract.metadata.dates import is_before
from annotator.extract.metadata.facts import Facts
from annotator.extract.metadata.json_ld import read_json_ld
from annotator.extract.metadata.meta_tags import read_meta_tags
from annotator.extract.metadata.page_elements import page_headings, page_title, read_page
from annotator.extract.metadata.people import is_site, names
from annotator.extract.metadata.titles import choose_title

__all__ = ["Facts", "host_of", "read_metadata"]

LEAST_TITLE = 8  # letters; a shorter title may also be the name of the site

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?\b")


def read_metadata(tree: Tree, url: str) -> Facts:
    """Return the metadata of a page, with its sources checked against each other."""
    linked = read_json_ld(tree.root, tree.base)
    tags = read_meta_tags(tree.root, tree.base, linked)
    site = _plausible_site(tags.site_name, tags.title) or linked.site_name
    sites = [site, linked.site_name, host_of(url), host_of(url).partition(".")[0]]
    title = choose_title(
        [linked.title, tags.title, page_title(tree.root)], page_headings(tree.root), sites
    )
    own = [site, linked.site_name]
    known = _without_sites(linked, own).filled_from(_without_sites(tags, own))
    page = read_page(tree.root, url, known, title)
    facts = known.filled_from(page)
    return replace(
        facts,
        title=title,
        byline=names(facts.byline, site=site) or _without_sites(facts, own).organisations,
        site_name=site or host_of(url),
        language=_tag(page.language) or _tag(facts.language),
        modified=_plausible_modified(facts),
        canonical_url=_plausible_canonical(tags.canonical_url, url),
        is_free=tags.is_free if linked.is_free is None else linked.is_free,
        kinds=linked.kinds | tags.kinds,
    )


def _without_sites(facts: Facts, sites: list[str]) -> Facts:
    """Return facts without the site as the author of its articles."""
    byline, organisations = facts.byline, facts.organisations
    for site in filter(None, sites):
        byline = tuple(name for name in byline if not is_site(name, site))
        organisations = tuple(name for name in organisations if not is_site(name, site))
    return replace(facts, byline=byline, organisations=organisations)


def host_of(url: str) -> str:
    """Return the name of the server without `www.`; empty for a file."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _tag(language: str) -> str:
    """Return a language as a BCP 47 tag such as `pt-BR`, empty if it is not one."""
    match = _LANGUAGE.match(language.strip())
    if not match or folded(match[1]) in {"und", "mul", "zxx"}:
        return ""
    subtags = [match[1].lower(), (match[2] or "").title(), (match[3] or "").upper()]
    return "-".join(filter(None, subtags))


def _plausible_site(site: str, title: str) -> str:
    """Return the name of a site, empty if it is a URL or repeats the title."""
    if "://" in site:
        return ""
    return "" if len(folded(title)) > LEAST_TITLE and folded(title) in folded(site) else site


def _plausible_modified(facts: Facts) -> str:
    """Return the date of modification, empty if it is before that of publication."""
    is_early = bool(facts.published) and is_before(facts.modified, facts.published)
    return "" if is_early else facts.modified


def _plausible_canonical(canonical: str, url: str) -> str:
    """Return the canonical URL, empty if it is only the front page of the site."""
    try:
        is_front = urlsplit(canonical).path in {"", "/"} and not urlsplit(canonical).query
        is_own_front = is_front and urlsplit(url).path not in {"", "/"}
    except ValueError:
        return ""
    return "" if is_own_front else canonical
