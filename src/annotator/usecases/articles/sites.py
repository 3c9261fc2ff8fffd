"""What is known of a site: the lines that all of its pages have, and whether they are rendered.

The user's browser renders the pages of sites for which the user chose that.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlsplit

from annotator import fetch, model
from annotator.errors import DamagedFile, NotInLibrary
from annotator.fetch import FetchOptions
from annotator.model import Extraction, Original
from annotator.model.document import FROM_BROWSER, TEXT_FROM
from annotator.model.overrides import name_of
from annotator.store import Library, questions

MOST_ARTICLES = 6  # of a site, newest first; what it prints changes with time
LONGEST = 340  # characters of such a line


def site_lines(library: Library, url: str, article_id: str = "") -> tuple[str, ...]:
    """Return the names of the short lines of other articles of a site, but not restored ones.

    `article_id` is the article that is cleaned, which does not count.
    """
    host = host_of(url)
    lines: set[str] = set()
    restored: set[str] = set()
    for saved in _of_site(library, host, article_id) if host else ():
        lines.update(
            name_of(block.text)
            for block in saved.article.blocks
            if block.kind == "paragraph" and 0 < len(block.text) <= LONGEST
        )
        restored.update(saved.choices.kept)
    return tuple(sorted(lines - restored))


def _of_site(library: Library, host: str, article_id: str) -> Iterator[Extraction]:
    records = library.ask(questions.articles.find_articles(model.query.Field("site", host)))
    others = [one for one in records if one.id != article_id and host_of(one.url) == host]
    for record in sorted(others, key=lambda record: record.added, reverse=True)[:MOST_ARTICLES]:
        with suppress(DamagedFile, NotInLibrary):
            yield library.article(record.id).extraction(record.revision)


def host_of(url: str) -> str:
    """Return the host by which a site is known; empty for what is not of the web."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def options_for(library: Library, url: str, options: FetchOptions) -> FetchOptions:
    """Return options that say whether the page at `url` is rendered, as others of its site are."""
    if options.renders is not None or not is_rendered(library, url):
        return options
    return replace(options, renders=bool(fetch.find_browser(options.browser)))


def is_rendered(library: Library, url: str) -> bool:
    """Return whether the pages of the site of `url` are rendered."""
    return host_of(url) in library.rendered_sites.all()


def note_choice(library: Library, url: str, page: Original, *, chosen: bool | None) -> None:
    """Remember what was chosen for the page at `url`, for the other pages of its site."""
    site = host_of(url)
    was_done = chosen == (page.header(TEXT_FROM) == FROM_BROWSER)  # a document needs no browser
    if was_done and chosen != is_rendered(library, url):
        added = [site] * bool(chosen)
        library.rendered_sites.change(lambda known: (*filter(site.__ne__, known), *added))


async def visit(url: str, options: FetchOptions, kept: Original | None = None) -> Original:
    """Return the page at `url`, rendered if the options say so, or `kept` if it is unchanged."""
    if options.renders:
        return await fetch.render_page(url, options=options)
    return await fetch.fetch_again(url, kept=kept, options=options)
