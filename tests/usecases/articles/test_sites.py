"""Pages that scripts write, in a real browser: remembered for the site, and forgotten."""

import sys
from functools import partial

import pytest

from annotator.errors import CleaningError, InvalidAddress
from annotator.fetch import FetchOptions
from annotator.model.document import FROM_BROWSER
from annotator.model.extraction import NEEDS_BROWSER
from annotator.usecases.articles.add import add, read_source
from annotator.usecases.articles.refresh import reclean, refresh
from annotator.usecases.articles.sites import options_for
from annotator.usecases.articles.sources import Source
from browsers import browser_for_tests
from serving import serve

pytestmark = pytest.mark.slow

WORDS = "The council voted on Tuesday to keep the old bridge open until the new one is finished."
EMPTY = b"<!doctype html><title>A paper</title><div id=root></div><script src=/app.js></script>"
SCRIPT = f"""root.innerHTML = '<article><h1>The bridge stays open</h1>'
+ '<p>{WORDS}</p>' + '<p>Officials said so, and that nobody is against it.</p></article>'
""".encode()
TOLD = f"The text is from {FROM_BROWSER}."


@pytest.fixture
def site(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    pages = {"/one": EMPTY, "/two": EMPTY, "/app.js": SCRIPT}
    with serve(pages) as served:
        yield served


@pytest.fixture
def options(tmp_path):
    return FetchOptions(browser=browser_for_tests(tmp_path))


@pytest.fixture
def adding(library, moment, options):
    """Return the function that adds an address, rendered or not, or as its site is."""

    async def add_page(url: str, *, renders: bool | None = None):
        chosen = FetchOptions(browser=options.browser, renders=renders)
        return await add(library, url, now=moment, options=chosen)

    return add_page


async def test_a_site_is_rendered_from_when_it_was_asked_for_until_it_is_forgotten(
    site, adding, library, options, later
):
    with pytest.raises(CleaningError, match="--render"):
        await adding(site.url("/one"))
    added = await adding(site.url("/one"), renders=True)
    assert WORDS in library.article(added.record.id).extraction().article.text
    assert TOLD in added.completeness.evidence
    assert TOLD in (await adding(site.url("/two"))).completeness.evidence
    plain = FetchOptions(browser=options.browser, renders=False)
    with pytest.raises(CleaningError):
        await refresh(library, added.record.id, now=later, options=plain)
    with pytest.raises(CleaningError):
        await adding(site.url("/two"))


async def test_a_rendered_article_is_refreshed_in_the_browser_and_cleaned_from_what_it_showed(
    site, adding, library, options, later
):
    record = (await adding(site.url("/one"), renders=True)).record
    site.pages["/app.js"] = SCRIPT.replace(b"Tuesday", b"Wednesday evening")
    refreshed = await refresh(library, record.id, now=later, options=options)
    assert refreshed.outcome == "revised"
    extraction = library.article(record.id).extraction()
    assert "Wednesday evening" in extraction.article.text
    assert TOLD in extraction.completeness.evidence
    assert (await reclean(library, record.id, now=later)).outcome == "unchanged"


async def test_where_no_browser_is_a_remembered_site_is_fetched_as_any_other(
    site, adding, library, moment
):
    await adding(site.url("/one"), renders=True)
    site.pages["/two"] = f"<title>Plain</title><p>{WORDS}</p>".encode()
    elsewhere = FetchOptions(browser="no-such-browser")
    added = await add(library, site.url("/two"), now=moment, options=elsewhere)
    assert TOLD not in added.completeness.evidence


async def test_what_fails_is_not_remembered(site, adding, library):
    site.refusals["/gone"] = 410
    render = partial(adding, renders=True)
    with pytest.raises(Exception, match="410"):
        await render(site.url("/gone"))
    assert library.rendered_sites.all() == ()


async def test_the_label_of_a_page_that_needs_scripts_says_so(site, options):
    site.pages["/some"] = EMPTY.replace(b"<div id=root>", b"<p>A few words.</p><div id=root>")
    _, extraction = await read_source(Source(site.url("/some")), options)
    assert NEEDS_BROWSER in extraction.completeness.evidence


@pytest.mark.parametrize(
    ("host", "typed"), [("::1", "http://[::1]:8000/a"), ("xn--bcher-kva.example", "bücher.example")]
)
def test_a_site_is_known_however_its_address_is_typed(library, host, typed):
    library.rendered_sites.change(lambda _: (host,))
    options = FetchOptions(browser=sys.executable)
    assert options_for(library, Source(typed).address, options).renders


async def test_what_is_no_address_is_refused_and_no_site(library, moment):
    with pytest.raises(InvalidAddress):
        await add(library, "http://[not-an-address", now=moment)
