"""Which pages the user's browser renders: those of sites for which the user chose that."""

from dataclasses import replace

from annotator import fetch
from annotator.fetch import FetchOptions
from annotator.model import Original
from annotator.model.page import FROM_BROWSER, TEXT_FROM
from annotator.store import Library
from annotator.usecases.articles.site_lines import host_of


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
